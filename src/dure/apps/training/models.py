"""Courses, seminars and joint briefings: days, seats, attendance, certificates, feedback."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation, User
from dure.apps.training.kinds import Kind, Level, Topic
from dure.apps.training.stages import CourseStage, SeatStage
from dure.foundation.history import track, untracked


@track()
class Course(models.Model):
    """Something to learn, on one day or several.

    Who was there for `percent` of the time gets a certificate; with none (0) there are none.
    """

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind, default=Kind.COURSE)
    topic = models.CharField(_("Topic"), max_length=20, choices=Topic)
    level = models.CharField(
        pgettext_lazy("training", "Level"), max_length=14, choices=Level, default=Level.ALL
    )
    title = models.CharField(_("Title"), max_length=200)
    title_en = models.CharField(_("Title in English"), max_length=200, blank=True)
    text = models.TextField(_("What it is about"), max_length=5000)
    host = models.CharField(pgettext_lazy("training", "Held by"), max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(_("Seats"))
    register_until = models.DateField(_("Register until"))
    percent = models.PositiveSmallIntegerField(
        _("Attendance for a certificate (%)"), default=80,
        help_text=_("0: there are no certificates."),
    )  # fmt: skip
    stage = models.CharField(
        _("Status"), max_length=10, choices=CourseStage, default=CourseStage.DRAFT
    )
    why_cancelled = models.CharField(_("Why"), max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = pgettext_lazy("training", "course")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__range=(1, 5000)), name="course_has_seats"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="course_percent_of_hundred"),
        ]

    def __str__(self) -> str:
        return self.title_en if self.title_en and get_language() == "en" else self.title

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("training:course", args=[self.pk])


@track()
class Day(models.Model):
    """A part of a course, without a break of a night."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="days")
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("To"))
    place = models.CharField(_("Place"), max_length=200)
    text = models.CharField(_("What it is about"), max_length=300, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("training", "day of a course")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="course_day_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.course_id} {self.starts_at:%Y-%m-%d}"

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@track(exclude=["has_answered"])
class Seat(models.Model):
    """Somebody who has a seat, waits for one, or gave it back; who asked first comes first.

    `has_answered` stands outside the history, which would tell when feedback was written by whom.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="taken")
    user = models.ForeignKey(User, models.PROTECT, related_name="training_seats")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="training_seats",
        verbose_name=_("Organisation"),
    )  # fmt: skip
    stage = models.CharField(_("Status"), max_length=8, choices=SeatStage)
    asked_at = models.DateTimeField(pgettext_lazy("training", "Registered"))
    has_answered = models.BooleanField(_("Has given feedback"), default=False)
    reminded_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = pgettext_lazy("training", "seat")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "user"], name="one_training_seat_each")
        ]

    def __str__(self) -> str:
        return f"#{self.course_id} {self.user_id}"


@track()
class Presence(models.Model):
    """That somebody was there on a day."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="presences")
    day = models.ForeignKey(Day, models.CASCADE, related_name="presences")
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("Noted"))

    class Meta:
        verbose_name = pgettext_lazy("training", "attendance")
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["seat", "day"], name="present_once_a_day")]

    def __str__(self) -> str:
        return f"#{self.seat_id} {self.day_id}"


@track()
class Certificate(models.Model):
    """What a certificate says, as it was on the day it was made; `number` is how it is checked."""

    seat = models.OneToOneField(Seat, models.PROTECT, related_name="certificate")
    number = models.CharField(_("Number"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=100)
    title = models.CharField(_("Title"), max_length=200)
    title_en = models.CharField(_("Title in English"), max_length=200, blank=True)
    host = models.CharField(pgettext_lazy("training", "Held by"), max_length=200, blank=True)
    first_on = models.DateField(_("First day"))
    last_on = models.DateField(_("Last day"))
    minutes = models.PositiveIntegerField(_("Minutes"))
    issued_at = models.DateTimeField(_("Issued"))

    class Meta:
        verbose_name = pgettext_lazy("training", "certificate")
        ordering = ["-issued_at", "-pk"]

    def __str__(self) -> str:
        return self.number

    def course_name(self) -> str:
        """What was learnt, in the reader's language."""
        return self.title_en if self.title_en and get_language() == "en" else self.title


@untracked("Feedback is without name, time and order, so that nobody learns who wrote it.")
class Feedback(models.Model):
    """What somebody who took part thinks; nothing leads from it to them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    course = models.ForeignKey(Course, models.CASCADE, related_name="feedback")
    score = models.PositiveSmallIntegerField(_("How useful (1 to 5)"))
    text = models.TextField(_("In words"), max_length=2000, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("training", "feedback")
        constraints = [
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="feedback_score_of_five")
        ]

    def __str__(self) -> str:
        return f"#{self.course_id} {self.score}"
