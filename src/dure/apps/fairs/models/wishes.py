"""Who would meet whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Need, Technology
from dure.apps.fairs.models.fairs import Fair
from dure.apps.fairs.models.registrations import Registration, Side
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track


@track()
class Pair(models.Model):
    """Two organisations that may meet at a fair; wishes, meetings and the record hang on it."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="pairs")
    demand = models.ForeignKey(
        Registration,
        models.CASCADE,
        related_name="pairs_as_demand",
        verbose_name=_("Demand organisation"),
    )
    supply = models.ForeignKey(
        Registration,
        models.CASCADE,
        related_name="pairs_as_supply",
        verbose_name=_("Small firm"),
    )
    need = models.ForeignKey(
        Need, models.SET_NULL, null=True, blank=True, related_name="pairs", verbose_name=_("Need")
    )
    technology = models.ForeignKey(
        Technology,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="pairs",
        verbose_name=_("Technology"),
    )

    class Meta:
        verbose_name = _("pair")
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "supply"],
                name="one_pair_of_two",
                violation_error_message=_("These two are a pair already."),
            ),
            models.CheckConstraint(
                condition=~Q(demand=F("supply")),
                name="pair_of_two_different",
                violation_error_message=_("Nobody meets themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.demand_id}-{self.supply_id}"

    @property
    def sides(self) -> tuple[Organisation, Organisation]:
        """The demand organisation and the small firm."""
        return self.demand.organisation, self.supply.organisation


class Level(models.TextChoices):
    """How much one side wants to meet the other; NO is a rule, never a low weight."""

    MUST = "MUST", _("Must meet")
    MEET = "MEET", _("Would like to meet")
    NO = "NO", _("No, thank you")


class Origin(models.TextChoices):
    OWN = "OWN", _("Own wish")
    PROPOSED = "PROPOSED", _("Proposed from the matches")


@track()
class Wish(models.Model):
    """What one side says of a pair; a proposal that nobody has answered says it tentatively."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="wishes")
    side = models.CharField(_("Side"), max_length=10, choices=Side)
    level = models.CharField(_("Wish"), max_length=10, choices=Level, default=Level.MEET)
    origin = models.CharField(_("Origin"), max_length=10, choices=Origin, default=Origin.OWN)
    rank = models.PositiveSmallIntegerField(_("Rank among the proposals"), null=True, blank=True)
    note = models.TextField(_("What about"), blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="wishes"
    )
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("wish")
        constraints = [
            models.UniqueConstraint(fields=["pair", "side"], name="one_wish_per_side"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answered_at__isnull=True)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="wish_answered_by_somebody_at_some_time",
                violation_error_message=_("An answered wish says who answered, and when."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False)
                | Q(origin=Origin.PROPOSED, level=Level.MEET, rank__isnull=False),
                name="wish_unanswered_only_when_proposed",
                violation_error_message=_("Only a proposal can be without an answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.side} {self.level}"
