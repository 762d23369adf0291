"""Who may do what with courses."""

from datetime import datetime

from django.utils.timezone import localdate

from dure.apps.people.queries import Reader, roles_of
from dure.apps.training import queries
from dure.apps.training.models import Course, Day
from dure.apps.training.reasons import Reason
from dure.apps.training.roles import READERS, RUNNING
from dure.apps.training.stages import CourseStage, SeatStage
from dure.foundation.verdict import YES, Verdict


def may_run(user: Reader) -> Verdict:
    """Offer courses, note who came: the office and coordinators."""
    return YES if roles_of(user).holds(RUNNING) else Verdict(Reason.NOT_A_RUNNER)


def may_read_participants(user: Reader) -> Verdict:
    """Read who takes part, and what is said of a course: who runs courses, who reads everything."""
    roles = roles_of(user)
    is_one = roles.holds(RUNNING) or roles.holds(READERS)
    return YES if is_one else Verdict(Reason.NOT_A_RUNNER)


def may_edit(user: Reader, course: Course) -> Verdict:
    """Change a course and its days, until it is held or cancelled."""
    is_open = course.stage in (CourseStage.DRAFT, CourseStage.OPEN)
    return may_run(user) if is_open else Verdict(Reason.STAGE_CLOSED)


def may_publish(user: Reader, course: Course) -> Verdict:
    """Open a draft for registration, once it has a day."""
    if course.stage != CourseStage.DRAFT:
        return Verdict(Reason.STAGE_CLOSED)
    return may_run(user) if course.days.exists() else Verdict(Reason.NO_DAYS)


def may_close(user: Reader, course: Course, at: datetime) -> Verdict:
    """Say that a course was held, and issue certificates: once its last day is over."""
    runs = may_run(user)
    if not runs:
        return runs
    if course.stage != CourseStage.OPEN:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if queries.is_over(course, at) else Verdict(Reason.NOT_OVER)


def may_register(user: Reader, course: Course, at: datetime) -> Verdict:
    """Take a seat, or a place on the waiting list: everybody with an account, in time."""
    if not user.is_authenticated:
        return Verdict(Reason.SIGN_IN_FIRST)
    if course.stage != CourseStage.OPEN:
        return Verdict(Reason.STAGE_CLOSED)
    if queries.seat_of(user, course):
        return Verdict(Reason.REGISTERED_ALREADY)
    is_late = localdate(at) > course.register_until or queries.has_begun(course, at)
    return Verdict(Reason.TOO_LATE) if is_late else YES


def may_give_back(user: Reader, course: Course, at: datetime) -> Verdict:
    """Give one's seat to others, until the course begins."""
    if queries.seat_of(user, course) is None:
        return Verdict(Reason.NOT_REGISTERED)
    if course.stage != CourseStage.OPEN:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.HAS_BEGUN) if queries.has_begun(course, at) else YES


def may_note_presence(user: Reader, day: Day, at: datetime) -> Verdict:
    """Note who came, on the day itself or later, until the course is closed."""
    runs = may_run(user)
    if not runs:
        return runs
    if day.course.stage != CourseStage.OPEN:
        return Verdict(Reason.STAGE_CLOSED)
    is_here = localdate(day.starts_at) <= localdate(at)
    return YES if is_here else Verdict(Reason.NOT_HELD_YET)


def may_give_feedback(user: Reader, course: Course) -> Verdict:
    """Say how a course was, once: who was there."""
    seat = queries.seat_of(user, course)
    if seat is None or seat.stage != SeatStage.SEATED or not queries.was_there(seat):
        return Verdict(Reason.NOT_ATTENDED)
    if course.stage != CourseStage.CLOSED:
        return Verdict(Reason.NOT_OVER)
    return Verdict(Reason.ANSWERED_BEFORE) if seat.has_answered else YES
