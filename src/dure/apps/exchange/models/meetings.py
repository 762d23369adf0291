"""Exchange meetings, who takes part, delegations."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.exchange.kinds import HOME_ZONE, Form, Side
from dure.apps.exchange.models.listings import Listing
from dure.apps.exchange.models.partners import Partner
from dure.apps.exchange.stages import MeetingStage, PartStage
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track


@track()
class ExchangeMeeting(models.Model):
    """A meeting of Korean firms with those of other countries (기술교류 상담회).

    `zone` is the time zone of its place; `places` limits how many Korean firms are selected.
    """

    name = models.CharField(_("Name"), max_length=200)
    lead = models.TextField(_("What it is about"), max_length=3000, blank=True)
    countries = ArrayField(models.CharField(max_length=2), verbose_name=_("Countries"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="meetings",
        verbose_name=_("Partner agency"),
    )  # fmt: skip
    form = models.CharField(
        pgettext_lazy("exchange", "Held"), max_length=10, choices=Form, default=Form.HYBRID
    )
    place = models.CharField(_("Place"), max_length=200, blank=True)
    link = models.URLField(_("Address of the online room"), max_length=500, blank=True)
    zone = models.CharField(_("Time zone of the place"), max_length=50, default=HOME_ZONE)
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("To"))
    apply_until = models.DateTimeField(_("Applications until"))
    places = models.PositiveSmallIntegerField(_("Places for Korean firms"), null=True, blank=True)
    stage = models.CharField(
        _("Status"), max_length=10, choices=MeetingStage, default=MeetingStage.PLANNED
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("exchange meeting")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="exchange_meeting_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("exchange:meeting", args=[self.pk])


@track()
class Delegation(models.Model):
    """Firms of a country that come together."""

    meeting = models.ForeignKey(ExchangeMeeting, models.CASCADE, related_name="delegations")
    country = models.CharField(_("Country"), max_length=2)
    name = models.CharField(_("Delegation"), max_length=200)
    head = models.CharField(_("Led by"), max_length=200, blank=True)
    arrives_on = models.DateField(_("Arrives"), null=True, blank=True)
    leaves_on = models.DateField(pgettext_lazy("exchange", "Leaves"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("delegation")
        ordering = ["country", "name"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "name"], name="delegation_once_a_meeting")
        ]

    def __str__(self) -> str:
        return self.name


@track()
class Part(models.Model):
    """That an organisation wants to take part, with which technology or wish, and the answer."""

    meeting = models.ForeignKey(ExchangeMeeting, models.PROTECT, related_name="parts")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="exchange_parts", verbose_name=_("Organisation")
    )
    side = models.CharField(pgettext_lazy("exchange", "Side"), max_length=10, choices=Side)
    listing = models.ForeignKey(
        Listing, models.PROTECT, null=True, related_name="parts", verbose_name=_("Technology")
    )
    wish = models.TextField(_("What it looks for"), max_length=2000, blank=True)
    delegation = models.ForeignKey(Delegation, models.SET_NULL, null=True, related_name="parts")
    stage = models.CharField(
        _("Status"), max_length=10, choices=PartStage, default=PartStage.APPLIED
    )
    reason = models.TextField(pgettext_lazy("exchange", "Why not"), max_length=1000, blank=True)
    applied_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(pgettext_lazy("exchange meeting", "Applied"))
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(pgettext_lazy("exchange", "Decided"), null=True)

    class Meta:
        verbose_name = _("part in an exchange meeting")
        ordering = ["side", "applied_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="one_part_each"),
            models.CheckConstraint(
                condition=~Q(stage=PartStage.REFUSED) | ~Q(reason=""),
                name="part_refused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(side=Side.ABROAD) | Q(listing__isnull=False),
                name="korean_part_has_a_technology",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
