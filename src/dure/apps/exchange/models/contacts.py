"""Two who stay in exchange after a meeting, what they write, and what they ask the office for."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.exchange.kinds import Finding, RequestKind
from dure.apps.exchange.models.talks import Talk
from dure.apps.exchange.stages import RequestStage
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track


@track()
class Contact(models.Model):
    """A Korean organisation and one from abroad in exchange, open until one of them closes it."""

    home = models.ForeignKey(
        Organisation, models.PROTECT, related_name="exchange_home",
        verbose_name=_("Korean organisation"),
    )  # fmt: skip
    abroad = models.ForeignKey(
        Organisation, models.PROTECT, related_name="exchange_abroad",
        verbose_name=_("Organisation from abroad"),
    )  # fmt: skip
    talk = models.ForeignKey(Talk, models.PROTECT, null=True, related_name="contacts")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("Opened"))
    closed_at = models.DateTimeField(_("Closed"), null=True)

    class Meta:
        verbose_name = _("open exchange")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "abroad"],
                condition=Q(closed_at=None),
                name="one_open_exchange_of_two",
            ),
            models.CheckConstraint(condition=~Q(home=F("abroad")), name="exchange_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.home} · {self.abroad}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("exchange:contact", args=[self.pk])


@track()
class Message(models.Model):
    """What one of the two wrote, in its own language."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="messages")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("Message"), max_length=5000)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("Written"))

    class Meta:
        verbose_name = _("message of an exchange")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


@track()
class HelpRequest(models.Model):
    """What an organisation wants help with, who took it on until when, and what was reported."""

    kind = models.CharField(
        pgettext_lazy("exchange", "What for"), max_length=12, choices=RequestKind
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="exchange_requests",
        verbose_name=pgettext_lazy("exchange", "Asks"),
    )
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="requests")
    text = models.TextField(pgettext_lazy("exchange", "What is asked"), max_length=3000)
    buyer = models.CharField(_("Buyer"), max_length=200, blank=True)
    buyer_country = models.CharField(_("Country of the buyer"), max_length=2, blank=True)
    buyer_number = models.CharField(_("Number of the buyer, if known"), max_length=100, blank=True)
    stage = models.CharField(
        _("Status"), max_length=10, choices=RequestStage, default=RequestStage.ASKED
    )
    owner = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="exchange_requests",
        verbose_name=pgettext_lazy("exchange", "Owner"),
    )
    due_on = models.DateField(_("Due"), null=True)
    finding = models.CharField(
        pgettext_lazy("exchange", "Found"), max_length=10, choices=Finding, blank=True
    )
    report = models.TextField(pgettext_lazy("exchange", "Report"), max_length=5000, blank=True)
    reported_at = models.DateTimeField(pgettext_lazy("exchange", "Reported"), null=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Asked on"))

    class Meta:
        verbose_name = _("request of an exchange")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=RequestStage.ASKED)
                | Q(owner__isnull=False, due_on__isnull=False),
                name="request_taken_has_owner_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(stage=RequestStage.REPORTED) | ~Q(report=""),
                name="request_reported_has_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.buyer or self.organisation}"

    @property
    def number(self) -> str:
        """By which it is cited."""
        return f"GX-{localdate(self.created_at).year}-{self.pk:05d}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("exchange:request", args=[self.pk])
