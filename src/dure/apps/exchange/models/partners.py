"""Partner agencies with their yearly plans, and organisations of other countries."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.exchange.kinds import HOME_ZONE, Scheme
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track


@track()
class Partner(models.Model):
    """An agency of another country with which meetings are held; `country` as in ISO 3166-1."""

    country = models.CharField(_("Country"), max_length=2)
    name = models.CharField(pgettext_lazy("exchange", "Agency"), max_length=200)
    contact = models.CharField(_("Contact"), max_length=200, blank=True)
    site = models.URLField(_("Website"), max_length=300, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("partner agency")
        ordering = ["country", "name"]
        constraints = [
            models.UniqueConstraint(fields=["country", "name"], name="partner_agency_once")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the agency."""
        return reverse("exchange:partner", args=[self.pk])


@track()
class PartnerPlan(models.Model):
    """What is planned with an agency in a year."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="plans")
    year = models.PositiveSmallIntegerField(_("Year"))
    text = models.TextField(_("Plan"), max_length=5000)
    meetings = models.PositiveSmallIntegerField(_("Meetings planned"), default=1)
    firms = models.PositiveSmallIntegerField(_("Korean firms planned"), default=0)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("plan with a partner agency")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "year"], name="one_partner_plan_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.year}"


@track()
class Abroad(models.Model):
    """That an organisation is of another country, by which number it is known, in which time zone.

    The number itself is the organisation's (`other_id`); a LEI was checked by its check digits.
    """

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="abroad")
    country = models.CharField(_("Country"), max_length=2)
    scheme = models.CharField(_("Known by"), max_length=10, choices=Scheme)
    register = models.CharField(_("Register"), max_length=100, blank=True)
    zone = models.CharField(_("Time zone"), max_length=50, default=HOME_ZONE)
    seeks = models.TextField(_("What it seeks"), max_length=3000, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("organisation from abroad")
        ordering = ["country", "pk"]
        indexes = [models.Index(fields=["country"], name="abroad_by_country")]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("exchange:organisation", args=[self.pk])
