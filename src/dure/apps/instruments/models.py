"""Schemes (자금 운용): mutual funds, savings, vouchers, and steps of several institutions.

A scheme has stakes: what one founder pledged, one saver saves, one firm may spend, or one firm's way
through the institutions. Movements are what happens to a stake; its money stands in the ledger.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.agreements.models import Agreement, Instalment
from dure.apps.instruments.kinds import MovementKind, SchemeKind
from dure.apps.instruments.stages import MovementStage, StakeStage
from dure.apps.ledger.models import Appropriation
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.models import Programme
from dure.foundation.history import track

MOST_WON = 10**15
_ENDED = (StakeStage.COMPLETED, StakeStage.LEFT, StakeStage.LAPSED)


@track()
class Scheme(models.Model):
    """A fund, savings, vouchers, or a row of institutions, under one programme.

    `keeper` is the organisation that holds the money. A fund gives one project at most
    `project_cap`. Vouchers are spent at the `institutions`.
    """

    kind = models.CharField(pgettext_lazy("scheme", "Kind"), max_length=10, choices=SchemeKind)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="schemes", verbose_name=_("Programme")
    )
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    keeper = models.ForeignKey(
        Organisation, models.PROTECT, related_name="kept_schemes", verbose_name=_("Kept by")
    )
    project_cap = models.BigIntegerField(_("At most for one project (won)"), null=True, blank=True)
    institutions = models.ManyToManyField(
        Organisation, related_name="operated_schemes", blank=True,
        verbose_name=_("Operating institutions"),
    )  # fmt: skip
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("scheme")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="scheme_name_once"),
            models.CheckConstraint(
                condition=Q(project_cap__isnull=True)
                | Q(project_cap__gt=0, project_cap__lte=MOST_WON, kind=SchemeKind.FUND),
                name="scheme_cap_is_money_of_a_fund",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name

    def get_absolute_url(self) -> str:
        """The scheme's own page."""
        return reverse("instruments:scheme", args=[self.pk])


@track()
class Stake(models.Model):
    """What one organisation or saver has in a scheme.

    `amount` is the pledge, what each payer of savings gives, or the worth of the voucher; nought of
    a way through institutions. Savings belong to `person` (if they have an account) called `name`;
    the firm's part is paid by the `sponsor`. A voucher's firm without support in the last years
    `comes_first`. `agreement` is the one that a way through institutions leads to.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="stakes")
    number = models.CharField(pgettext_lazy("stake", "Number"), max_length=40)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="stakes", verbose_name=_("Organisation")
    )
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="stakes")
    name = models.CharField(_("Name"), max_length=200)
    sponsor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="sponsored_stakes",
        verbose_name=_("Pays the firm's part"),
    )  # fmt: skip
    amount = models.BigIntegerField(_("Amount (won)"))
    months = models.PositiveSmallIntegerField(_("Months"), null=True, blank=True)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To"), null=True, blank=True)
    trl = models.PositiveSmallIntegerField(_("Readiness level"), null=True, blank=True)
    comes_first = models.BooleanField(_("No support in the last years"), default=False)
    stage = models.CharField(
        pgettext_lazy("stake", "Status"), max_length=10, choices=StakeStage,
        default=StakeStage.RUNNING,
    )  # fmt: skip
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    appropriation = models.ForeignKey(
        Appropriation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="stakes"
    )
    ended_on = models.DateField(_("Ended"), null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("stake")
        ordering = ["pk"]
        indexes = [models.Index(fields=["scheme", "stage"], name="stake_by_stage")]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="stake_number_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lte=MOST_WON), name="stake_is_money"
            ),
            models.CheckConstraint(
                condition=Q(months__isnull=True) | Q(months__gte=1, months__lte=600),
                name="stake_has_months",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=_ENDED, ended_on__isnull=False)
                | ~Q(stage__in=_ENDED) & Q(ended_on__isnull=True),
                name="stake_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="stake_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """How accounts of the ledger name it."""
        return f"stake:{self.pk}"

    def get_absolute_url(self) -> str:
        """The stake's own page."""
        return reverse("instruments:stake", args=[self.pk])


@track()
class Commitment(models.Model):
    """What a fund gives to the project of an agreement; how much of it is paid the ledger says."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="commitments")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="fund_commitments")
    amount = models.BigIntegerField(_("Amount (won)"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Committed"))
    released_on = models.DateField(_("Rest released"), null=True)

    class Meta:
        verbose_name = _("commitment of a fund")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "agreement"], name="commitment_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=MOST_WON), name="commitment_is_money"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.agreement}"

    @property
    def subject(self) -> str:
        """How the ledger names it as a cause; also the part of the founders' accounts."""
        return f"commitment:{self.pk}"


@track()
class Movement(models.Model):
    """Money that came into a stake or went out of it, or a step of a way through institutions.

    `part` is the payer of savings or the stage of the programme, `month` the month that is paid.
    `organisation` is where a voucher is spent or who confirms the step; `confirmed_by` the other side.
    """

    stake = models.ForeignKey(Stake, models.PROTECT, related_name="movements")
    kind = models.CharField(pgettext_lazy("movement", "Kind"), max_length=10, choices=MovementKind)
    part = models.CharField(max_length=60, blank=True)
    month = models.DateField(_("Month"), null=True)
    amount = models.BigIntegerField(_("Amount (won)"))
    on = models.DateField(_("Day"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("Organisation")
    )
    instalment = models.ForeignKey(Instalment, models.PROTECT, null=True, related_name="drawn")
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, related_name="draws")
    what = models.CharField(_("What for"), max_length=300, blank=True)
    stage = models.CharField(
        pgettext_lazy("movement", "Status"), max_length=10, choices=MovementStage,
        default=MovementStage.CONFIRMED,
    )  # fmt: skip
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("Entered"))
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True)

    class Meta:
        verbose_name = _("movement")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["stake", "kind", "on"], name="movement_of_stake")]
        constraints = [
            models.UniqueConstraint(
                fields=["stake", "part", "month"],
                condition=Q(kind=MovementKind.PAID_IN, month__isnull=False),
                name="month_of_savings_once",
            ),
            models.UniqueConstraint(
                fields=["stake", "part"],
                condition=Q(kind=MovementKind.STEP),
                name="step_of_a_stake_once",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=MOST_WON)
                | Q(amount=0, kind=MovementKind.STEP),
                name="movement_is_money",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"

    @property
    def subject(self) -> str:
        """How the ledger names it as a cause."""
        return f"movement:{self.pk}"
