"""Memoranda and contracts by country, what became of them, and rates of currencies."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.exchange.kinds import AccordKind, Became
from dure.apps.exchange.models.meetings import ExchangeMeeting
from dure.apps.outcomes.models import Outcome
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track


@track()
class Rate(models.Model):
    """What one unit of a currency was worth in won on a day, and who says so."""

    currency = models.CharField(_("Currency"), max_length=3)
    on = models.DateField(_("Day"))
    won = models.DecimalField(_("Won for one unit"), max_digits=14, decimal_places=6)
    source = models.CharField(_("Source"), max_length=200)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("exchange rate")
        ordering = ["-on", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="one_rate_a_day"),
            models.CheckConstraint(condition=Q(won__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.on}"


class Money(models.Model):
    """An amount as it was agreed, and in whole won by a dated rate (None for won itself)."""

    amount = models.DecimalField(_("Amount"), max_digits=20, decimal_places=2, null=True)
    currency = models.CharField(_("Currency"), max_length=3, blank=True)
    rate = models.ForeignKey(
        Rate,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("exchange", "Rate"),
    )
    won = models.BigIntegerField(_("In won"), null=True)

    class Meta:
        abstract = True


@track()
class Accord(Money):
    """A memorandum or contract of a Korean organisation with one from abroad.

    It is reported as an outcome at the same time, whose other side or the office confirms it.
    """

    kind = models.CharField(_("Kind"), max_length=10, choices=AccordKind)
    title = models.CharField(_("What it is about"), max_length=200)
    home = models.ForeignKey(
        Organisation, models.PROTECT, related_name="accords_home",
        verbose_name=_("Korean organisation"),
    )  # fmt: skip
    abroad = models.ForeignKey(
        Organisation, models.PROTECT, related_name="accords_abroad",
        verbose_name=_("Organisation from abroad"),
    )  # fmt: skip
    country = models.CharField(_("Country"), max_length=2)
    on = models.DateField(_("Signed on"))
    meeting = models.ForeignKey(
        ExchangeMeeting, models.PROTECT, null=True, related_name="accords",
        verbose_name=_("From the meeting"),
    )  # fmt: skip
    outcome = models.OneToOneField(Outcome, models.PROTECT, null=True, related_name="accord")
    became = models.CharField(
        pgettext_lazy("exchange", "What became of it"),
        max_length=10,
        choices=Became,
        default=Became.UNDER_WAY,
    )
    asked_on = models.DateField(_("Last word of"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("memorandum or contract")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["country"], name="accord_by_country"),
            models.Index(fields=["became", "asked_on"], name="accord_to_follow"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AccordKind.MOU) | Q(amount__isnull=False, won__isnull=False),
                name="contract_has_an_amount",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("exchange:accord", args=[self.pk])


@track()
class FollowUp(Money):
    """What was found out later of a memorandum or contract, with the money that came of it."""

    accord = models.ForeignKey(Accord, models.PROTECT, related_name="follow_ups")
    on = models.DateField(_("As of"))
    became = models.CharField(
        pgettext_lazy("exchange", "What became of it"), max_length=10, choices=Became
    )
    note = models.TextField(_("In words"), max_length=2000, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("follow-up of a memorandum or contract")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"#{self.accord_id} {self.on}"
