"""Seats are taken and given back; whoever waits first moves up."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import Organisation, User
from dure.apps.training import permissions, queries
from dure.apps.training.models import Course, Seat
from dure.apps.training.operations.telling import locked, tell_of
from dure.apps.training.stages import SeatStage


@transaction.atomic
def register(
    *, course: Course, by: User, at: datetime, organisation: Organisation | None = None
) -> Seat:
    """Take a seat, or a place at the end of the waiting list where none is free. Raises Refused."""
    course = locked(course)
    permissions.may_register(by, course, at).require()
    is_free = queries.seated_in(course).count() < course.seats
    stage = SeatStage.SEATED if is_free else SeatStage.WAITING
    seat, _is_new = Seat.objects.update_or_create(
        course=course, user=by,
        defaults={"stage": stage, "asked_at": at, "organisation": organisation},
    )  # fmt: skip
    if is_free:
        tell_of(course, [by], "SEATED", at=at)
    else:
        tell_of(course, [by], "WAITING", at=at, place=str(queries.place_of(seat)))
    return seat


@transaction.atomic
def give_back(*, course: Course, by: User, at: datetime) -> None:
    """Give one's seat back; the first of the waiting list gets it. Raises Refused."""
    course = locked(course)
    permissions.may_give_back(by, course, at).require()
    Seat.objects.filter(course=course, user=by).update(stage=SeatStage.LEFT)
    move_up(course, at)


def move_up(course: Course, at: datetime) -> None:
    """Give free seats of a held course to those who wait first, and tell them."""
    free = course.seats - queries.seated_in(course).count()
    for seat in queries.waiting_for(course)[: max(free, 0)]:
        seat.stage = SeatStage.SEATED
        seat.save(update_fields=["stage"])
        tell_of(course, [seat.user], "MOVED_UP", at=at)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Remind of tomorrow's days, everybody once a day of the course; returns how many."""
    tomorrow, count = localdate(at) + timedelta(days=1), 0
    for seat in queries.seats_on(tomorrow).select_for_update(of=("self",), skip_locked=True):
        seat.reminded_on = tomorrow
        seat.save(update_fields=["reminded_on"])
        tell_of(seat.course, [seat.user], "SOON", at=at, day=tomorrow.isoformat())
        count += 1
    return count
