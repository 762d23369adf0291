"""The day of a panel, reminders, and members who cannot come."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime
from procrastinate.contrib.django import app as queue

from dure.apps.calls.queries import officers
from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import managers_of
from dure.apps.selection import adapter, notices, permissions, queries
from dure.apps.selection.models import Item, Member, Panel
from dure.apps.selection.operations.locking import locked_panel
from dure.apps.selection.operations.seating import replaced
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import MemberStage
from dure.foundation.verdict import Refused

SOON, RARELY = timedelta(days=3), timedelta(hours=20)


@transaction.atomic
def plan_day(
    *, panel: Panel, starts_at: datetime, minutes: int, place: str, by: User, at: datetime,
    pause_after: int = 0, pause_minutes: int = 0,
) -> Panel:  # fmt: skip
    """Say when the panel meets and, one after the other, when each applicant presents.

    Those who answer one challenge follow each other, in the order of their numbers, as far as no
    firm would have to be before two panels at once (engines/scheduling). Each has `minutes`; after
    every `pause_after` there is a pause. Members and applicants are told, and invited by an e-mail
    with a calendar file. Raises Refused.
    """
    panel = locked_panel(panel)
    permissions.may_plan_day(by, panel).require()
    panel.meets_at, panel.place, panel.minutes_each = starts_at, place.strip(), minutes
    panel.day_planned_at, panel.day_revision = at, panel.day_revision + 1
    panel.save()
    order = adapter.order_of_day(panel, starts_at, pause_after, pause_minutes)
    if order is None:
        raise Refused(Reason.NO_ORDER)
    for item, presents_at in order:
        item.presents_at = presents_at
        item.save(update_fields=["presents_at"])
        _invite(
            panel, notices.presentation, managers_of(item.application.organisation), at, item=item
        )
    seats = panel.members.exclude(stage=MemberStage.LEFT).select_related("reviewer__user")
    _invite(panel, notices.panel_day, [seat.reviewer.user for seat in seats], at)
    return panel


@transaction.atomic
def remind(*, panel: Panel, by: User, at: datetime) -> int:
    """Remind whoever has not handed in or confirmed; return how many. Raises Refused."""
    panel = locked_panel(panel)
    permissions.may_remind(by, panel).require()
    return _remind(panel, at)


def remind_due(*, at: datetime) -> int:
    """Remind of sheets that are due in three days or overdue, once a day; return of how many panels."""
    reminded = 0
    for panel in queries.panels_to_remind().filter(due_at__lte=at + SOON):
        with transaction.atomic():
            panel = locked_panel(panel)  # noqa: PLW2901
            is_fresh = panel.reminded_at is None or panel.reminded_at <= at - RARELY
            reminded += bool(is_fresh and _remind(panel, at))
    return reminded


@transaction.atomic
def give_up_seat(*, member: Member, reason: str, by: User, at: datetime) -> None:
    """Say that one cannot take part: the one who fits best comes in one's place.

    Where nobody can, the office is told and the seat stays empty. Raises Refused.
    """
    panel = locked_panel(member.panel)
    member = Member.objects.select_for_update().get(pk=member.pk)
    permissions.may_give_up_seat(by, member).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    replaced(panel, member, reason.strip(), at)
    tell(
        recipients=officers(), kind=notices.seat_declined,
        facts={"call": str(panel.selection), "reason": reason.strip()},
        url=reverse("selection:selection", args=[panel.selection_id]), at=at,
    )  # fmt: skip


def _invite(
    panel: Panel, kind: NoticeKind, people: Iterable[User], at: datetime, item: Item | None = None
) -> None:
    """Tell people of the day, or of the time of their presentation, and send them the invitation.

    By its name: the task stands in a door of this app.
    """
    invited = list(people)
    starts_at = panel.meets_at if item is None else item.presents_at
    facts = {"call": str(panel.selection), "place": panel.place, "until": _written(starts_at)}
    if item is not None:
        facts["number"] = item.application.number
    tell(recipients=invited, kind=kind, facts=facts, url=reverse("selection:reviews"), at=at)
    task = queue.configure_task("mail_invitation", queue="mail")
    for person in invited:
        task.defer(panel_id=panel.pk, user_id=person.pk, item_id=item and item.pk)


def _remind(panel: Panel, at: datetime) -> int:
    waited = queries.waited_for(panel)
    if not waited:
        return 0
    tell(
        recipients=waited, kind=notices.sheets_reminded,
        facts={"call": str(panel.selection), "until": _written(panel.due_at)},
        url=reverse("selection:panel", args=[panel.pk]), at=at,
    )  # fmt: skip
    panel.reminded_at = at
    panel.save(update_fields=["reminded_at"])
    return len(waited)


def _written(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}"
