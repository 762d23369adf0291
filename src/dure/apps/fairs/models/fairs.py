"""A fair, its time and its room."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.fairs.stages import FairStage
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track


@track()
class Fair(models.Model):
    """A gathering at which demand organisations and small firms meet one to one."""

    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    place = models.CharField(_("Place"), max_length=200)
    place_en = models.CharField(_("Place in English"), max_length=200, blank=True)
    lead = models.TextField(_("What it is about"), blank=True)
    lead_en = models.TextField(_("What it is about, in English"), blank=True)
    organiser = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fairs_organised",
        verbose_name=_("Organiser"),
    )
    stage = models.CharField(_("Status"), max_length=20, choices=FairStage, default=FairStage.DRAFT)
    registration_until = models.DateTimeField(_("Registration until"), null=True, blank=True)
    wishes_until = models.DateTimeField(_("Wishes until"), null=True, blank=True)
    most_musts = models.PositiveSmallIntegerField(
        _("Most “must meet” wishes of one organisation"),
        default=5,
        null=True,
        blank=True,
        help_text=_("Empty: as many as they like. Few make each of them count."),
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="fairs_made")
    created_at = models.DateTimeField(_("Entered"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Changed"), auto_now=True)
    cancellation_reason = models.TextField(_("Cancelled because"), blank=True)

    class Meta:
        verbose_name = _("fair")
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=FairStage.CANCELLED) & ~Q(cancellation_reason="")
                | ~Q(stage=FairStage.CANCELLED) & Q(cancellation_reason=""),
                name="fair_says_why_when_cancelled",
                violation_error_message=_("A cancelled fair says why."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def where(self) -> str:
        """The place in the reader's language."""
        return self.place_en if self.place_en and get_language() == "en" else self.place


@track()
class Hall(models.Model):
    """A room of a fair, with its tables."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="halls")
    name = models.CharField(_("Hall"), max_length=100)
    name_en = models.CharField(_("Hall in English"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("hall")
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "name"],
                name="hall_name_once_per_fair",
                violation_error_message=_("There is a hall of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


@track()
class Table(models.Model):
    """A place for one meeting at a time; spare ones are kept free for walk-ins."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="tables")
    hall = models.ForeignKey(Hall, models.CASCADE, related_name="tables", verbose_name=_("Hall"))
    number = models.PositiveSmallIntegerField(_("Table"), validators=[MinValueValidator(1)])
    is_spare = models.BooleanField(_("Kept free for walk-ins"), default=False)

    class Meta:
        verbose_name = _("table")
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "number"],
                name="table_number_once_per_fair",
                violation_error_message=_("There is a table of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="table_numbers_start_at_1",
                violation_error_message=_("Tables are numbered from 1."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


@track()
class Slot(models.Model):
    """A stretch of time in which meetings are held, or a break."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("To"))
    is_break = models.BooleanField(_("Break"), default=False)
    name = models.CharField(_("Name"), max_length=100, blank=True)
    name_en = models.CharField(_("Name in English"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("slot")
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "starts_at"],
                name="slot_start_once_per_fair",
                violation_error_message=_("Another slot starts at this time."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="slot_ends_after_it_starts",
                violation_error_message=_("A slot ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.starts_at:%m-%d %H:%M}"


@track()
class DeskDuty(models.Model):
    """A person who helps at the desk of one fair: check-in, walk-ins, no-shows."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="desk_duties")
    person = models.ForeignKey(User, models.CASCADE, related_name="desk_duties")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="desk_duties_given")
    given_at = models.DateTimeField(_("Since"))

    class Meta:
        verbose_name = _("desk duty")
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "person"],
                name="one_desk_duty_each",
                violation_error_message=_("This person is at the desk already."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id} at {self.fair_id}"
