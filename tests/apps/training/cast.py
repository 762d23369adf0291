"""A course of the cast: one day tomorrow, offered by the officer."""

from datetime import timedelta

from django.utils.timezone import localdate

from dure.apps.training import operations
from dure.apps.training.models import Course, Day
from tests.cast import Cast
from tests.conftest import NOON

LATER = NOON + timedelta(days=2)
"""After the course of `open_course` is over."""


def drafted_course(cast: Cast, seats: int = 2, ahead: int = 1, **values) -> Course:
    """A course that nobody sees yet, so many days after NOON."""
    known = {
        "kind": "COURSE", "topic": "ADMINISTRATION", "level": "BASIC", "title": "연구비 관리 첫걸음",
        "title_en": "Managing research money", "text": "협약부터 정산까지 살펴봐요.",
        "host": "한울기술매칭센터", "seats": seats, "register_until": localdate(NOON),
        "percent": 80,
    }  # fmt: skip
    course = operations.offer(values=known | values, by=cast["officer"], at=NOON)
    course_day(cast, course, ahead)
    return course


def course_day(cast: Cast, course: Course, days: int = 1, hours: int = 4) -> Day:
    """A day of a course, so many days after NOON."""
    starts_at = NOON + timedelta(days=days)
    values = {
        "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=hours),
        "place": "대전 교육장", "text": "협약과 사업비",
    }  # fmt: skip
    return operations.add_day(course=course, values=values, by=cast["officer"])


def open_course(cast: Cast, seats: int = 2, who: tuple[str, ...] = (), **values) -> Course:
    """A course that is open, with people registered in this order."""
    course = cast.drafted_course(seats, **values)
    course = operations.publish(course=course, by=cast["officer"])
    for place, name in enumerate(who):
        operations.register(course=course, by=cast[name], at=NOON + timedelta(minutes=place))
    return course


def attended_course(cast: Cast, who: tuple[str, ...], seats: int = 20, **values) -> Course:
    """A course that is over, and everybody was there."""
    course = cast.open_course(seats, who, **values)
    for day in course.days.all():
        operations.note_presences(
            day=day, present=list(course.taken.values_list("pk", flat=True)),
            by=cast["officer"], at=LATER,
        )  # fmt: skip
    return course


def held_course(cast: Cast, who: tuple[str, ...], **values) -> Course:
    """A course that is closed; who was there has a certificate."""
    course = cast.attended_course(who, **values)
    operations.close(course=course, by=cast["officer"], at=LATER)
    course.refresh_from_db()
    return course
