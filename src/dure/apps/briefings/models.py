"""Briefing sessions with seats, commendations, and stories of good practice."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.fairs.models import Fair, Hall, Pair
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track


@track()
class Briefing(models.Model):
    """A session before an audience (미래기술설명회, 구매방침설명회)."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="briefings")
    title = models.CharField(_("Title"), max_length=200)
    title_en = models.CharField(_("Title in English"), max_length=200, blank=True)
    lead = models.TextField(_("What it is about"), blank=True)
    speaker = models.CharField(_("Speaker"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="briefings",
        verbose_name=_("Organisation"),
    )
    hall = models.ForeignKey(
        Hall,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="briefings",
        verbose_name=_("Hall"),
    )
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("To"))
    seats = models.PositiveSmallIntegerField(_("Seats"), validators=[MinValueValidator(1)])
    # For calendars: how often it was changed, and when last.
    revision = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("briefing session")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="briefing_ends_after_it_starts",
                violation_error_message=_("A session ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1),
                name="briefing_has_a_seat",
                violation_error_message=_("A session has at least one seat."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if self.title_en and get_language() == "en" else self.title


@track()
class BriefingSeat(models.Model):
    """A seat somebody took; a guest without an account is known by name."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="taken")
    holder = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="briefing_seats"
    )
    name = models.CharField(_("Name"), max_length=100, blank=True)
    taken_at = models.DateTimeField(_("Taken"))
    attended_at = models.DateTimeField(_("Came"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat")
        constraints = [
            models.UniqueConstraint(
                fields=["briefing", "holder"],
                name="one_seat_each",
                violation_error_message=_("This person has a seat already."),
            ),
            models.CheckConstraint(
                condition=Q(holder__isnull=False) | ~Q(name=""),
                name="seat_has_a_holder_or_a_name",
                violation_error_message=_("A seat belongs to an account or a name."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.briefing_id} {self.holder_id or self.name}"


@track()
class Commendation(models.Model):
    """An award given at a fair (유공자 포상)."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="commendations")
    award = models.CharField(_("Award"), max_length=200)
    name = models.CharField(_("Recipient"), max_length=100)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commendations",
        verbose_name=_("Organisation"),
    )
    grounds = models.TextField(_("What for"), blank=True)

    class Meta:
        verbose_name = _("commendation")

    def __str__(self) -> str:
        return f"{self.award}: {self.name}"


@track()
class Story(models.Model):
    """A case of good practice (우수사례), told for others; shown once published."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="stories")
    pair = models.ForeignKey(
        Pair,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("Whose story"),
    )
    title = models.CharField(_("Title"), max_length=200)
    title_en = models.CharField(_("Title in English"), max_length=200, blank=True)
    body = models.TextField(_("Story"))
    body_en = models.TextField(_("Story in English"), blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="stories")
    published_at = models.DateTimeField(_("Published"), null=True, blank=True)
    updated_at = models.DateTimeField(_("Changed"), auto_now=True)

    class Meta:
        verbose_name = _("story")

    def __str__(self) -> str:
        return self.title_en if self.title_en and get_language() == "en" else self.title
