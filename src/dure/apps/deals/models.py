"""Technology deals: a written request, what was proposed for it, terms, payments, the signed contract."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Need, Technology
from dure.apps.deals.kinds import FoundBy, Kind, Step, Words, failure_of, kind_of, step_of
from dure.apps.outcomes.models import Outcome
from dure.apps.people.models import Organisation, User
from dure.apps.rooms.models import Room
from dure.foundation.history import track


@track()
class Entrusted(models.Model):
    """That a technology is entrusted to the office (신탁기술): its brokers propose it first."""

    technology = models.OneToOneField(Technology, models.PROTECT, related_name="entrusted")
    since = models.DateField(_("Entrusted on"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("entrusted technology")

    def __str__(self) -> str:
        return str(self.technology)


@track()
class Deal(models.Model):
    """A request for technology (기술수요제안서, RFT) from a need, and what became of it.

    `stage` is a step of `deals.toml`; `finder` is the organisation that found the need. The terms are
    those that both sides sign; amounts are whole won. `failure` says why it did not come about.
    """

    need = models.ForeignKey(Need, models.PROTECT, related_name="deals", verbose_name=_("Need"))
    asking = models.ForeignKey(
        Organisation, models.PROTECT, related_name="deals_asking", verbose_name=_("Asks")
    )
    finder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="deals_found", verbose_name=_("Found by")
    )
    found_by = models.CharField(_("Found as"), max_length=10, choices=FoundBy)
    title = models.CharField(_("What is sought"), max_length=200)
    text = models.TextField(_("In a few sentences"), max_length=5000)
    wish = models.CharField(_("Wished form"), max_length=30, blank=True)
    stage = models.CharField(_("Status"), max_length=30, default="FILED")
    broker = models.ForeignKey(User, models.PROTECT, null=True, related_name="deals_brokered")
    judgement = models.TextField(_("Judgement"), max_length=2000, blank=True)
    technology = models.ForeignKey(Technology, models.PROTECT, null=True, related_name="deals")
    supply = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="deals_supplying",
        verbose_name=_("Offers"),
    )  # fmt: skip
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="deals")
    kind = models.CharField(_("Contract"), max_length=30, blank=True)
    terms = models.TextField(_("Terms"), max_length=5000, blank=True)
    amount = models.BigIntegerField(_("Amount"), null=True)
    valuation = models.BigIntegerField(_("Valuation"), null=True)
    fee = models.BigIntegerField(_("Brokerage fee"), null=True)
    fee_support = models.BigIntegerField(_("Support of the fee"), null=True)
    failure = models.CharField(_("Why not"), max_length=30, blank=True)
    failure_note = models.TextField(_("Why not, in words"), max_length=2000, blank=True)
    file = models.FileField(upload_to="deals/", max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    contracted_on = models.DateField(_("Contract signed"), null=True)
    outcome = models.OneToOneField(Outcome, models.PROTECT, null=True, related_name="deal")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Filed"))

    class Meta:
        verbose_name = _("technology deal")
        indexes = [
            models.Index(fields=["stage"], name="deal_by_stage"),
            models.Index(fields=["finder"], name="deal_by_finder"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(supply=None) | ~Q(supply=F("asking")), name="deal_between_two"
            ),
            models.CheckConstraint(
                condition=Q(fee=None) | Q(fee__gte=F("fee_support")), name="deal_support_within_fee"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The deal's own page."""
        return reverse("deals:deal", args=[self.pk])

    @property
    def document_number(self) -> str:
        """By which it is cited."""
        return f"RFT-{localdate(self.created_at).year}-{self.pk:05d}"

    @property
    def step(self) -> Step:
        """The step at which it stands."""
        return step_of(self.stage)

    @property
    def kind_of(self) -> Kind | None:
        """The kind of contract."""
        return kind_of(self.kind)

    @property
    def failure_of(self) -> Words | None:
        """Why it did not come about."""
        return failure_of(self.failure)


@track()
class Proposal(models.Model):
    """A technology that the broker proposes for a request; its owner is told when it is taken."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="proposals")
    technology = models.ForeignKey(Technology, models.PROTECT, related_name="deal_proposals")
    note = models.TextField(_("Why it fits"), max_length=2000)
    is_entrusted = models.BooleanField(_("Entrusted"), default=False)
    is_taken = models.BooleanField(_("Taken"), default=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Proposed"))

    class Meta:
        verbose_name = _("proposed technology")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "technology"], name="proposed_once"),
            models.UniqueConstraint(
                fields=["deal"], condition=Q(is_taken=True), name="one_proposal_taken"
            ),
        ]

    def __str__(self) -> str:
        return str(self.technology)


@track()
class Payment(models.Model):
    """A part of the amount, when it is due and when it was paid; whole won."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="payments")
    number = models.PositiveSmallIntegerField(_("No."))
    due_on = models.DateField(_("Due"))
    amount = models.BigIntegerField(_("Amount"))
    paid_on = models.DateField(_("Paid"), null=True)

    class Meta:
        verbose_name = _("payment of a deal")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "number"], name="payment_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_of_something"),
        ]

    def __str__(self) -> str:
        return f"#{self.deal_id} {self.number}"


@track()
class Signature(models.Model):
    """That a manager signed the terms for one side."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="signatures")
    side = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("Signed"))

    class Meta:
        verbose_name = _("signature of a deal")
        constraints = [
            models.UniqueConstraint(fields=["deal", "side"], name="deal_signed_once_a_side")
        ]

    def __str__(self) -> str:
        return f"#{self.deal_id} {self.side_id}"
