"""Royalties (기술료): what a project's lead reports of a year, what is billed, and what was paid."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.agreements.models import MOST_WON
from dure.apps.people.models import Organisation, User
from dure.apps.projects.models import Project, SentOnce
from dure.apps.royalties.stages import RoyaltyStage
from dure.foundation.history import track

WHOLE = Decimal(100)


@track()
class Royalty(models.Model):
    """The royalty of a project for the income of one year.

    The income is what licences brought, and of own sales the share to which the result
    contributed; `amount` is the bill after the relief.
    """

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="royalties", verbose_name=_("Project")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="royalties", verbose_name=_("Who pays")
    )
    year = models.PositiveSmallIntegerField(_("Year of the income"))
    due_on = models.DateField(_("Report due"))
    stage = models.CharField(
        _("Status"), max_length=12, choices=RoyaltyStage, default=RoyaltyStage.ASKED
    )
    licence_income = models.BigIntegerField(_("Licence income (won)"), default=0)
    sales = models.BigIntegerField(_("Own sales with the result (won)"), default=0)
    contribution = models.DecimalField(
        _("Contribution of the result (%)"), max_digits=5, decimal_places=2, default=WHOLE
    )
    note = models.TextField(_("Note"), max_length=2000, blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(_("Reported"), null=True)
    relief = models.BigIntegerField(_("Relief (won)"), default=0)
    relief_reason = models.CharField(_("Reason of the relief"), max_length=500, blank=True)
    amount = models.BigIntegerField(_("Billed (won)"), default=0)
    billed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    billed_on = models.DateField(_("Billed"), null=True)
    pay_by = models.DateField(_("Pay by"), null=True)

    class Meta:
        verbose_name = _("royalty")
        verbose_name_plural = _("royalties")
        ordering = ["-year", "pk"]
        indexes = [models.Index(fields=["stage", "due_on"], name="royalty_by_stage")]
        constraints = [
            models.UniqueConstraint(fields=["project", "year"], name="royalty_of_a_year_once"),
            models.CheckConstraint(
                condition=Q(licence_income__range=(0, MOST_WON), sales__range=(0, MOST_WON))
                & Q(relief__range=(0, MOST_WON), amount__range=(0, MOST_WON))
                & Q(contribution__range=(0, 100)),
                name="royalty_is_money",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.year}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("royalties:royalty", args=[self.pk])

    @property
    def sales_income(self) -> int:
        """What of the own sales came of the result, in won; what is below a won falls away."""
        return int(self.sales * self.contribution / WHOLE)

    @property
    def income(self) -> int:
        """The income on which the royalty is reckoned, in won."""
        return self.licence_income + self.sales_income

    @property
    def paid(self) -> int:
        """What was paid of the bill, in won."""
        return sum(payment.amount for payment in self.payments.all())

    @property
    def open(self) -> int:
        """What is still to be paid, in won."""
        return self.amount - self.paid

    @property
    def subject(self) -> str:
        """How the ledger names it as a cause."""
        return f"royalty:{self.pk}"

    def is_late(self, on: date) -> bool:
        """Whether the firm is behind: with its report, or with the money."""
        if self.stage == RoyaltyStage.ASKED:
            return self.due_on < on
        return self.stage == RoyaltyStage.BILLED and self.pay_by is not None and self.pay_by < on


@track()
class RoyaltyPayment(SentOnce):
    """Money that a firm paid of a bill."""

    royalty = models.ForeignKey(Royalty, models.PROTECT, related_name="payments")

    class Meta(SentOnce.Meta):
        verbose_name = _("payment of a royalty")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="royalty_payment_is_money")
        ]

    @property
    def subject(self) -> str:
        """How the ledger names it as a cause."""
        return f"royalty_payment:{self.pk}"
