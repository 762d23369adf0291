"""Who is in charge of a call, and which bodies recommend in it."""

from datetime import datetime

from django.db import transaction

from dure.apps.calls import permissions, queries
from dure.apps.calls.models import Call, Recommender
from dure.apps.calls.notices import call_handed_over, call_recommending
from dure.apps.calls.operations.telling import keep, locked, moment, tell_of
from dure.apps.calls.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.foundation.verdict import Refused


@transaction.atomic
def hand_over(*, call: Call, to: User, reason: str, by: User, at: datetime) -> Call:
    """Put another officer in charge, with everything that is open on the call. Raises Refused."""
    call = locked(call)
    permissions.may_hand_over(by, call).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    if not queries.is_office(to):
        raise Refused(Reason.NOT_AN_OFFICER)
    if call.contact_id == to.pk:
        raise Refused(Reason.SAME_OFFICER)
    call.contact = to
    keep(call, at, "contact")
    tell_of(call, call_handed_over, [to], at, reason=reason.strip())
    return call


@transaction.atomic
def name_recommender(
    *, call: Call, organisation: Organisation, quota: int, until: datetime, by: User, at: datetime
) -> Recommender:
    """Let a body recommend at most `quota` applications until a date of its own. Raises Refused."""
    call = locked(call)
    permissions.may_name_recommenders(by, call).require()
    deadline = queries.last_deadline(call)
    if deadline is None:
        raise Refused(Reason.NO_DEADLINE)
    if until <= deadline or until <= at:
        raise Refused(Reason.NOT_AFTER_DEADLINE)
    made, is_new = Recommender.objects.get_or_create(
        call=call, organisation=organisation, defaults={"quota": quota, "until": until}
    )
    if not is_new:
        raise Refused(Reason.RECOMMENDS_ALREADY)
    tell_of(
        call,
        call_recommending,
        people_of(organisation),
        at,
        what=quota,
        until=moment(until),
        organisation=organisation.name,
    )
    return made


@transaction.atomic
def drop_recommender(*, recommender: Recommender, by: User) -> None:
    """Take a body off the list. Raises Refused."""
    call = locked(recommender.call)
    permissions.may_name_recommenders(by, call).require()
    Recommender.objects.filter(pk=recommender.pk).delete()
