"""A week and a day before the deadline, everybody who follows a call is reminded, once of each."""

from datetime import datetime, timedelta

from django.db import transaction

from dure.apps.calls import queries
from dure.apps.calls.models import Call, CallMode, Reminder
from dure.apps.calls.notices import call_closing
from dure.apps.calls.operations.telling import locked, moment, tell_of
from dure.apps.calls.stages import CallStage
from dure.apps.people.models import Membership, MembershipStage

DAYS = (1, 7)


def remind(*, at: datetime) -> int:
    """Remind of all deadlines that come near; returns how many people were told.

    It can be run as often as one likes: nobody is told twice of one deadline at one distance.
    Whoever learns only on the last day of a call is not told of the week before as well.
    """
    near = Call.objects.filter(stage=CallStage.ANNOUNCED, opens_at__lte=at, deadline_at__gt=at)
    late = Call.objects.filter(extensions__until__gt=at, stage=CallStage.CLOSED)
    sent = 0
    for call in (near | late).distinct().order_by("pk"):
        with transaction.atomic():
            sent += _remind_of(locked(call), at)
    return sent


def _remind_of(call: Call, at: datetime) -> int:
    general = call.deadline_at
    if call.mode == CallMode.ROUNDS and (current := queries.round_at(call, at)):
        general = current.deadline_at
    own = _own_deadlines(call)
    sent = 0
    for user in queries.followers_of(call):
        deadline = max(general, own.get(user.pk, general))
        days = next(
            (days for days in DAYS if timedelta(0) < deadline - at <= timedelta(days)), None
        )
        if days is None:
            continue
        _reminder, is_new = Reminder.objects.get_or_create(
            call=call, user=user, days=days, deadline_at=deadline
        )
        if is_new:
            tell_of(call, call_closing, [user], at, until=moment(deadline))
            sent += 1
    return sent


def _own_deadlines(call: Call) -> dict[int, datetime]:
    """The later deadlines of people whose organisation was given one."""
    deadlines: dict[int, datetime] = {}
    for extension in call.extensions.all():
        people = Membership.objects.filter(
            organisation=extension.organisation_id, stage=MembershipStage.ACTIVE
        )
        for user_id in people.values_list("user", flat=True):
            deadlines[user_id] = max(extension.until, deadlines.get(user_id, extension.until))
    return deadlines
