"""Briefing sessions: set up, seats taken and given back, who came."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from dure.apps.briefings import permissions
from dure.apps.briefings.models import Briefing, BriefingSeat
from dure.apps.briefings.reasons import Reason
from dure.apps.fairs.models import Fair
from dure.apps.fairs.reasons import Reason as FairReason
from dure.apps.people.models import User
from dure.foundation.verdict import Refused


@transaction.atomic
def set_up_briefing(*, fair: Fair, values: dict[str, Any], by: User) -> Briefing:
    """Add a session to a fair. Raises Refused."""
    permissions.may_edit_briefings(by, fair).require()
    return _write(Briefing(fair=fair), values)


@transaction.atomic
def edit_briefing(
    *, briefing: Briefing, values: dict[str, Any], by: User, at: datetime
) -> Briefing:
    """Change a session; never to fewer seats than are taken. Raises Refused."""
    briefing = _locked(briefing)
    permissions.may_edit_briefings(by, briefing.fair).require()
    if values.get("seats", briefing.seats) < briefing.taken.count():
        raise Refused(Reason.NO_SEAT_LEFT)
    briefing.revision, briefing.changed_at = briefing.revision + 1, at
    return _write(briefing, values)


@transaction.atomic
def drop_briefing(*, briefing: Briefing, by: User) -> None:
    """Remove a session in which nobody has a seat. Raises Refused."""
    briefing = _locked(briefing)
    permissions.may_edit_briefings(by, briefing.fair).require()
    if briefing.taken.exists():
        raise Refused(Reason.SEATS_ARE_TAKEN)
    briefing.delete()


@transaction.atomic
def copy_briefings(
    *, fair_id: int, to_fair_id: int, shift: timedelta, halls: dict[int, int]
) -> None:
    """Hold the sessions of a fair again at its copy, `shift` later; `halls` by id of the old ones.

    Nobody has a seat in them yet. Whoever copied the fair had the right to.
    """
    briefings = list(Briefing.objects.filter(fair=fair_id).order_by("pk"))
    for briefing in briefings:
        briefing.pk, briefing.fair_id = None, to_fair_id
        briefing._state.adding = True  # noqa: SLF001 -- Django's way to copy a row
        briefing.hall_id = halls.get(briefing.hall_id)
        briefing.revision, briefing.changed_at = 0, None
        briefing.starts_at += shift
        briefing.ends_at += shift
    Briefing.objects.bulk_create(briefings)


@transaction.atomic
def take_seat(*, briefing: Briefing, by: User, at: datetime) -> BriefingSeat:
    """Take a seat for oneself. Raises Refused."""
    briefing = _locked(briefing)
    permissions.may_take_seat(by, briefing, at).require()
    if briefing.taken.filter(holder=by).exists():
        raise Refused(Reason.SEAT_TAKEN_ALREADY)
    return _seat(briefing, at, holder=by)


@transaction.atomic
def give_seat_back(*, briefing: Briefing, by: User, at: datetime) -> None:
    """Give one's seat to others, as long as one did not sit in it. Raises Refused."""
    briefing = _locked(briefing)
    permissions.may_take_seat(by, briefing, at).require()
    gone, _ = briefing.taken.filter(holder=by, attended_at__isnull=True).delete()
    if not gone:
        raise Refused(FairReason.NOTHING_TO_TAKE_BACK)


@transaction.atomic
def admit_guest(*, briefing: Briefing, name: str, by: User, at: datetime) -> BriefingSeat:
    """Give a seat to a guest without an account, who is here. Raises Refused."""
    briefing = _locked(briefing)
    permissions.may_note_attendance(by, briefing).require()
    return _seat(briefing, at, name=name.strip(), attended_at=at)


@transaction.atomic
def note_attendance(*, seat: BriefingSeat, has_come: bool, by: User, at: datetime) -> BriefingSeat:
    """Note that the holder of a seat came, or take that back. Raises Refused."""
    permissions.may_note_attendance(by, seat.briefing).require()
    seat = BriefingSeat.objects.select_for_update().get(pk=seat.pk)
    if has_come == (seat.attended_at is not None):
        return seat
    seat.attended_at = at if has_come else None
    seat.save()
    return seat


def _seat(briefing: Briefing, at: datetime, **who: Any) -> BriefingSeat:
    if briefing.taken.count() >= briefing.seats:
        raise Refused(Reason.NO_SEAT_LEFT)
    seat: BriefingSeat = briefing.taken.create(taken_at=at, **who)
    return seat


def _write(briefing: Briefing, values: dict[str, Any]) -> Briefing:
    for name, value in values.items():
        setattr(briefing, name, value)
    if briefing.hall is not None and briefing.hall.fair_id != briefing.fair_id:
        raise Refused(FairReason.OTHER_FAIR)
    try:
        briefing.validate_constraints()
    except ValidationError as faults:
        raise Refused(FairReason.INCOMPLETE, messages=faults.messages) from faults
    briefing.save()
    return briefing


def _locked(briefing: Briefing) -> Briefing:
    return (
        Briefing.objects.select_for_update(of=("self",))
        .select_related("fair", "hall")
        .get(pk=briefing.pk)
    )
