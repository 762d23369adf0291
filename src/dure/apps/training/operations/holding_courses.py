"""Who came, certificates, and what people thought of it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.records.operations import record
from dure.apps.training import permissions, queries
from dure.apps.training.kinds import CERTIFIED, new_number
from dure.apps.training.models import Certificate, Course, Day, Feedback, Presence, Seat
from dure.apps.training.operations.telling import locked, tell_of
from dure.apps.training.stages import CourseStage

_HUNDRED = 100


@transaction.atomic
def note_presences(*, day: Day, present: Collection[int], by: User, at: datetime) -> int:
    """Note who of those with a seat came on a day, by the keys of their seats; who was noted before
    and is not among them was not there. Returns how many came. Raises Refused."""
    locked(day.course)
    permissions.may_note_presence(by, day, at).require()
    Presence.objects.filter(day=day).exclude(seat__in=present).delete()
    known = set(Presence.objects.filter(day=day).values_list("seat", flat=True))
    seats = queries.seated_in(day.course).filter(pk__in=present).exclude(pk__in=known)
    Presence.objects.bulk_create(
        Presence(seat=seat, day=day, noted_by=by, noted_at=at) for seat in seats
    )
    return Presence.objects.filter(day=day).count()


@transaction.atomic
def close(*, course: Course, by: User, at: datetime) -> int:
    """Say that a course was held: who was there long enough gets a certificate, everybody who was
    there is asked how it was. Returns how many certificates were issued. Raises Refused."""
    course = locked(course)
    permissions.may_close(by, course, at).require()
    course.stage = CourseStage.CLOSED
    course.save(update_fields=["stage"])
    days = list(course.days.all())
    whole = sum(day.minutes for day in days)
    certified, others = [], []
    for seat in queries.seated_in(course):
        minutes = queries.minutes_of(seat)
        if minutes and course.percent and minutes * _HUNDRED >= course.percent * whole:
            _certify(seat, days, minutes, by, at)
            certified.append(seat.user)
        elif minutes:
            others.append(seat.user)
    tell_of(course, certified, "CERTIFIED", at=at)
    tell_of(course, [*certified, *others], "FEEDBACK", at=at)
    return len(certified)


@transaction.atomic
def give_feedback(*, course: Course, score: int, text: str, by: User) -> None:
    """Say how a course was; nothing that is kept says who or when. Raises Refused."""
    course = locked(course)
    permissions.may_give_feedback(by, course).require()
    Feedback.objects.create(course=course, score=score, text=text.strip())
    Seat.objects.filter(course=course, user=by).update(has_answered=True)


def _certify(seat: Seat, days: list[Day], minutes: int, by: User, at: datetime) -> Certificate:
    course = seat.course
    certificate = Certificate.objects.create(
        seat=seat, number=new_number(), name=seat.user.name or seat.user.email,
        title=course.title, title_en=course.title_en, host=course.host,
        first_on=localdate(days[0].starts_at), last_on=localdate(days[-1].ends_at),
        minutes=minutes, issued_at=at,
    )  # fmt: skip
    # The number opens the check page, so that the record holds everything but it and the name.
    content = {"course": course.pk, "minutes": minutes, "last_on": certificate.last_on.isoformat()}
    record(
        kind=CERTIFIED, about=f"certificate:{certificate.pk}", content=content, is_of_office=True,
        by=by, at=at,
    )  # fmt: skip
    return certificate
