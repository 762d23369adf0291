"""Who comes to a fair, with whom, and when they can meet."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.apps.fairs.models.fairs import Fair, Slot
from dure.apps.fairs.stages import RegistrationStage
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track


class Side(models.TextChoices):
    """Who an organisation is at a fair; one that buys may be a supplier at another."""

    DEMAND = "DEMAND", _("Demand organisation")
    SUPPLY = "SUPPLY", _("Small firm")


@track(exclude=["looked_at"])
class Registration(models.Model):
    """An organisation at a fair."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="registrations")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="fair_registrations",
        verbose_name=_("Organisation"),
    )
    side = models.CharField(_("Side"), max_length=10, choices=Side)
    stage = models.CharField(
        _("Status"), max_length=20, choices=RegistrationStage, default=RegistrationStage.APPLIED
    )
    parallel = models.PositiveSmallIntegerField(
        _("Meetings at the same time"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("How many people can each hold a meeting of their own."),
    )
    max_meetings = models.PositiveSmallIntegerField(
        _("Most meetings"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit."),
    )
    interpreter = models.CharField(
        _("Interpreter for"),
        max_length=50,
        blank=True,
        help_text=_("The language, such as English. Empty: none is needed."),
    )
    note = models.TextField(_("Note to the programme office"), blank=True)
    applied_by = models.ForeignKey(User, models.PROTECT, related_name="fair_registrations_made")
    applied_at = models.DateTimeField(_("Applied"))
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="fair_registrations_answered"
    )
    answered_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    refusal_reason = models.TextField(_("Refused because"), blank=True)
    looked_at = models.DateTimeField(
        _("Last looked at the proposals"), null=True, blank=True, editable=False
    )
    # How often the secret address of the calendar feed was renewed; it is part of the address.
    feed_number = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(_("Changed"), auto_now=True)

    class Meta:
        verbose_name = _("registration")
        indexes = [
            models.Index(fields=["fair", "side", "stage"], name="registration_of_side"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "organisation"],
                name="one_registration_per_organisation",
                violation_error_message=_("This organisation is registered already."),
            ),
            models.CheckConstraint(
                condition=Q(parallel__range=(1, 20)),
                name="registration_parallel_from_1_to_20",
                violation_error_message=_("Between 1 and 20 meetings at the same time."),
            ),
            models.CheckConstraint(
                condition=Q(max_meetings__isnull=True) | Q(max_meetings__gte=1),
                name="registration_at_least_one_meeting",
                violation_error_message=_("The most meetings are at least one, or left empty."),
            ),
            models.CheckConstraint(
                condition=Q(stage=RegistrationStage.REFUSED) & ~Q(refusal_reason="")
                | ~Q(stage=RegistrationStage.REFUSED) & Q(refusal_reason=""),
                name="registration_says_why_when_refused",
                violation_error_message=_("A refused registration says why."),
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[RegistrationStage.APPROVED, RegistrationStage.REFUSED])
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="registration_answered_by_somebody",
                violation_error_message=_("Somebody approves or refuses a registration."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.side} {self.organisation_id} at {self.fair_id}"


@track()
class Attendee(models.Model):
    """A person who comes for an organisation; the badge is a signed form of the id."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="attendees")
    person = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("Account"),
    )
    name = models.CharField(_("Name"), max_length=100)
    position = models.CharField(_("Position"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("attendee")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "name", "position"],
                name="attendee_once_per_registration",
                violation_error_message=_("This person is on the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="attendee_has_a_name",
                violation_error_message=_("An attendee has a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@track()
class Absence(models.Model):
    """A slot in which an organisation cannot meet; without one it is there."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="absences")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="absences", verbose_name=_("Slot"))

    class Meta:
        verbose_name = _("absence")
        constraints = [
            models.UniqueConstraint(fields=["registration", "slot"], name="one_absence_per_slot")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.registration_id} not in {self.slot_id}"
