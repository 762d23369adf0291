"""An outcome (성과), as somebody reports it."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.outcomes.kinds import Kind, Source, kind_of
from dure.apps.outcomes.stages import OPEN, OutcomeStage
from dure.apps.people.models import Organisation, User
from dure.apps.projects.models import FollowUp
from dure.foundation.history import track

MOST = Decimal(10**15)


@track()
class Outcome(models.Model):
    """A contract, a purchase, sales, a patent: what came of a cooperation, as one side says it.

    `organisation` is whose outcome it is: of two the one that supplies. `reported_for` is the side
    that said so, None for the programme office. What was confirmed is never changed: it is
    withdrawn, and reported anew. An amount stays in its own currency.
    """

    kind = models.CharField(_("Kind"), max_length=40)
    title = models.CharField(pgettext_lazy("outcome", "What"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="outcomes", verbose_name=_("Whose outcome")
    )
    counterpart = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="outcomes_as_counterpart",
        verbose_name=_("Other side"),
    )  # fmt: skip
    counterpart_name = models.CharField(_("Name of the other side"), max_length=200, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    number = models.CharField(_("Number of the paper"), max_length=100, blank=True)
    on = models.DateField(_("Day"))
    since = models.DateField(_("From"), null=True, blank=True)
    until = models.DateField(_("Until"), null=True, blank=True)
    amount = models.DecimalField(
        _("Amount"), max_digits=17, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("Currency"), max_length=3, blank=True)
    count = models.PositiveIntegerField(_("Number of people"), null=True, blank=True)
    note = models.TextField(_("In a few sentences"), max_length=3000, blank=True)
    source = models.CharField(_("Reported by"), max_length=10, choices=Source, default=Source.FORM)
    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    stage = models.CharField(
        _("Status"), max_length=10, choices=OutcomeStage, default=OutcomeStage.CLAIMED
    )
    reported_for = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Reported for"),
    )  # fmt: skip
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="outcomes_reported"
    )
    reported_as = models.CharField(_("Name of who reported it"), max_length=100, blank=True)
    reported_at = models.DateTimeField(_("Reported"))
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )

    class Meta:
        verbose_name = _("outcome")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["kind", "stage", "on"], name="outcome_by_kind"),
            models.Index(fields=["stage", "reported_at"], name="outcome_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "kind"], name="one_outcome_of_a_kind_for_a_follow_up"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="")
                | Q(amount__gte=0, amount__lt=MOST) & ~Q(currency=""),
                name="outcome_amount_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(counterpart__isnull=True) | ~Q(counterpart=F("organisation")),
                name="outcome_is_between_two",
            ),
            models.CheckConstraint(
                condition=Q(stage=OutcomeStage.CONFIRMED, confirmed_at__isnull=False)
                | Q(stage__in=OPEN, confirmed_at__isnull=True)
                | Q(stage__in=[OutcomeStage.WITHDRAWN, OutcomeStage.MERGED]),
                name="outcome_confirmed_at_matches_stage",
            ),
            models.CheckConstraint(
                condition=Q(stage=OutcomeStage.WITHDRAWN, withdrawn_at__isnull=False)
                & ~Q(reason="")
                | ~Q(stage=OutcomeStage.WITHDRAWN) & Q(withdrawn_at__isnull=True),
                name="outcome_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(stage=OutcomeStage.MERGED, merged_into__isnull=False)
                | ~Q(stage=OutcomeStage.MERGED) & Q(merged_into__isnull=True),
                name="outcome_merged_into_matches_stage",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The outcome's own page."""
        return reverse("outcomes:outcome", args=[self.pk])

    @property
    def kind_file(self) -> Kind | None:
        """What the file says of its kind; None for one that the file no longer knows."""
        return kind_of(self.kind)

    @property
    def kind_name(self) -> str:
        """The kind in the reader's language."""
        return str(self.kind_file or self.kind)

    @property
    def other_side(self) -> str:
        """The other side by its name; empty where there is none."""
        return str(self.counterpart) if self.counterpart else self.counterpart_name

    @property
    def parties(self) -> tuple[int, ...]:
        """The organisations that it concerns, by id."""
        return tuple(pk for pk in (self.organisation_id, self.counterpart_id) if pk)
