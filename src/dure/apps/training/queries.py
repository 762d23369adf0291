"""Who sees which course, who has a seat, what waits."""

from datetime import date, datetime

from django.db.models import Avg, Count, Max, Min, Q, QuerySet, Sum

from dure.apps.people.queries import Reader, roles_of
from dure.apps.training.models import Certificate, Course, Day, Feedback, Seat
from dure.apps.training.roles import READERS, RUNNING
from dure.apps.training.stages import CourseStage, SeatStage


def courses_visible_to(user: Reader) -> QuerySet[Course]:
    """Everything but drafts for everybody who is signed in; drafts for those who run courses."""
    courses = Course.objects.annotate(
        seated=Count("taken", filter=Q(taken__stage=SeatStage.SEATED), distinct=True),
        waiting=Count("taken", filter=Q(taken__stage=SeatStage.WAITING), distinct=True),
        first_at=Min("days__starts_at"),
        last_at=Max("days__ends_at"),
    )
    if not user.is_authenticated:
        return courses.none()
    roles = roles_of(user)
    if roles.holds(RUNNING) or roles.holds(READERS):
        return courses
    return courses.exclude(stage=CourseStage.DRAFT)


def days_visible_to(user: Reader) -> QuerySet[Day]:
    """The days of the courses that one sees."""
    seen = courses_visible_to(user).order_by().values("pk")
    return Day.objects.filter(course__in=seen).select_related("course")


def seats_visible_to(user: Reader) -> QuerySet[Seat]:
    """One's own; all for those who run courses and who read everything."""
    seats = Seat.objects.select_related("user", "organisation", "course", "certificate")
    roles = roles_of(user)
    if roles.holds(RUNNING) or roles.holds(READERS):
        return seats
    return seats.filter(user=user.pk) if user.is_authenticated else seats.none()


def certificates_visible_to(user: Reader) -> QuerySet[Certificate]:
    """One's own; all for those who run courses and who read everything."""
    seen = seats_visible_to(user).order_by().values("pk")
    return Certificate.objects.filter(seat__in=seen).select_related("seat__course")


def certificate_with(number: str) -> Certificate | None:
    """The certificate with a number, for whoever knows it."""
    return Certificate.objects.filter(number=number).first() if number else None


def seat_of(user: Reader, course: Course) -> Seat | None:
    """The seat of somebody, or their place on the list, unless they gave it back."""
    if not user.is_authenticated:
        return None
    held = Seat.objects.filter(course=course, user=user.pk).exclude(stage=SeatStage.LEFT)
    return held.select_related("certificate").first()


def place_of(seat: Seat) -> int:
    """Which number somebody is on the waiting list, from 1."""
    before = Q(asked_at__lt=seat.asked_at) | Q(asked_at=seat.asked_at, pk__lt=seat.pk)
    return waiting_for(seat.course).filter(before).count() + 1


def waiting_for(course: Course) -> QuerySet[Seat]:
    """The waiting list, the first in front."""
    waiting = Seat.objects.filter(course=course, stage=SeatStage.WAITING)
    return waiting.select_related("user").order_by("asked_at", "pk")


def seated_in(course: Course) -> QuerySet[Seat]:
    """Who has a seat."""
    seated = Seat.objects.filter(course=course, stage=SeatStage.SEATED)
    return seated.select_related("user", "organisation").order_by("asked_at", "pk")


def has_begun(course: Course, at: datetime) -> bool:
    """True from the beginning of the first day on."""
    return course.days.filter(starts_at__lte=at).exists()


def is_over(course: Course, at: datetime) -> bool:
    """True once all of its days are over."""
    return course.days.exists() and not course.days.filter(ends_at__gt=at).exists()


def was_there(seat: Seat) -> bool:
    """True for who was noted as present on some day."""
    return seat.presences.exists()


def minutes_of(seat: Seat) -> int:
    """For how long somebody was there."""
    present = Day.objects.filter(presences__seat=seat)
    return sum(day.minutes for day in present)


def courses_to_close(at: datetime) -> QuerySet[Course]:
    """Open courses whose days are all over, what ended first in front."""
    courses = Course.objects.filter(stage=CourseStage.OPEN).annotate(last_at=Max("days__ends_at"))
    return courses.filter(last_at__lte=at).order_by("last_at", "pk")


def seats_to_answer(user: Reader) -> QuerySet[Seat]:
    """Courses that somebody took part in and has given no feedback on."""
    held = Seat.objects.filter(
        user=user.pk, stage=SeatStage.SEATED, has_answered=False,
        course__stage=CourseStage.CLOSED, presences__isnull=False,
    )  # fmt: skip
    return held.select_related("course").distinct().order_by("asked_at", "pk")


def has_seats(user: Reader) -> bool:
    """True for who ever registered for a course."""
    return user.is_authenticated and Seat.objects.filter(user=user.pk).exists()


def seats_on(day: date) -> QuerySet[Seat]:
    """Seats in courses that begin or go on on a day, of whom nobody was reminded."""
    seats = Seat.objects.filter(
        stage=SeatStage.SEATED, course__stage=CourseStage.OPEN, course__days__starts_at__date=day
    )
    ids = seats.exclude(reminded_on=day).order_by().values("pk")
    return Seat.objects.filter(pk__in=ids).select_related("user", "course").order_by("pk")


def feedback_on(course: Course) -> QuerySet[Feedback]:
    """What was said of a course, in no order that says who."""
    return course.feedback.order_by("score", "text")


def figures() -> dict[str, int | float | None]:
    """All courses together."""
    held = Course.objects.filter(stage=CourseStage.CLOSED)
    answers = Feedback.objects.aggregate(number=Count("pk"), mean=Avg("score"))
    seats = Course.objects.exclude(stage__in=(CourseStage.DRAFT, CourseStage.CANCELLED))
    return {
        "open": Course.objects.filter(stage=CourseStage.OPEN).count(),
        "held": held.count(),
        "seats": seats.aggregate(sum=Sum("seats"))["sum"] or 0,
        "seated": Seat.objects.filter(stage=SeatStage.SEATED).count(),
        "waiting": Seat.objects.filter(stage=SeatStage.WAITING).count(),
        "certificates": Certificate.objects.count(),
        "answers": answers["number"],
        "mean": answers["mean"],
    }
