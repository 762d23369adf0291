"""Courses are offered, changed, opened and cancelled."""

from datetime import datetime
from typing import Any

from django.db import transaction

from dure.apps.people.models import User
from dure.apps.training import permissions, queries
from dure.apps.training.models import Course, Day, Seat
from dure.apps.training.operations.seats import move_up
from dure.apps.training.operations.telling import locked, tell_of
from dure.apps.training.reasons import Reason
from dure.apps.training.stages import CourseStage, SeatStage
from dure.foundation.verdict import Refused


@transaction.atomic
def offer(*, values: dict[str, Any], by: User, at: datetime) -> Course:
    """Write a course; nobody else sees it until it is opened. Raises Refused."""
    permissions.may_run(by).require()
    return Course.objects.create(**values, made_by=by, made_at=at)


@transaction.atomic
def edit(*, course: Course, values: dict[str, Any], by: User, at: datetime) -> Course:
    """Change a course; with more seats the first of the waiting list move up. Raises Refused."""
    course = locked(course)
    permissions.may_edit(by, course).require()
    seated = queries.seated_in(course).count()
    if values["seats"] < seated:
        raise Refused(Reason.SEATS_TAKEN, number=seated)
    for name, value in values.items():
        setattr(course, name, value)
    course.save()
    move_up(course, at)
    return course


@transaction.atomic
def add_day(*, course: Course, values: dict[str, Any], by: User) -> Day:
    """Add a day to a course. Raises Refused."""
    course = locked(course)
    permissions.may_edit(by, course).require()
    if values["ends_at"] <= values["starts_at"]:
        raise Refused(Reason.TIMES_TURNED)
    return Day.objects.create(course=course, **values)


@transaction.atomic
def drop_day(*, day: Day, by: User) -> None:
    """Take a day out of a draft. Raises Refused."""
    course = locked(day.course)
    permissions.may_edit(by, course).require()
    if course.stage != CourseStage.DRAFT:
        raise Refused(Reason.STAGE_CLOSED)
    day.delete()


@transaction.atomic
def publish(*, course: Course, by: User) -> Course:
    """Open a course for registration. Raises Refused."""
    course = locked(course)
    permissions.may_publish(by, course).require()
    course.stage = CourseStage.OPEN
    course.save(update_fields=["stage"])
    return course


@transaction.atomic
def cancel(*, course: Course, why: str, by: User, at: datetime) -> Course:
    """Cancel a course, and tell everybody who is registered. Raises Refused."""
    course = locked(course)
    permissions.may_edit(by, course).require()
    if not why.strip():
        raise Refused(Reason.SAY_WHY)
    course.stage, course.why_cancelled = CourseStage.CANCELLED, why.strip()
    course.save(update_fields=["stage", "why_cancelled"])
    held = Seat.objects.filter(course=course).exclude(stage=SeatStage.LEFT).select_related("user")
    people = [seat.user for seat in held]
    tell_of(course, people, "CANCELLED", at=at, why=course.why_cancelled)
    return course
