"""The lives of a course and of a place in it."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class CourseStage(TextChoices):
    """A course, seminar or joint briefing."""

    DRAFT = "DRAFT", pgettext_lazy("training", "Draft")
    OPEN = "OPEN", pgettext_lazy("training", "Open for registration")
    CLOSED = "CLOSED", pgettext_lazy("training", "Held")
    CANCELLED = "CANCELLED", pgettext_lazy("training", "Cancelled")


COURSE_NEXT = {
    CourseStage.DRAFT: {CourseStage.OPEN, CourseStage.CANCELLED},
    CourseStage.OPEN: {CourseStage.CLOSED, CourseStage.CANCELLED},
    CourseStage.CLOSED: set(),
    CourseStage.CANCELLED: set(),
}


class SeatStage(TextChoices):
    """A seat in a course."""

    WAITING = "WAITING", pgettext_lazy("training", "On the waiting list")
    SEATED = "SEATED", pgettext_lazy("training", "Has a seat")
    LEFT = "LEFT", pgettext_lazy("training", "Gave it back")


SEAT_NEXT = {
    SeatStage.WAITING: {SeatStage.SEATED, SeatStage.LEFT},
    SeatStage.SEATED: {SeatStage.LEFT},
    SeatStage.LEFT: {SeatStage.WAITING, SeatStage.SEATED},
}
