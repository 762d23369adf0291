"""Consultations of an exchange meeting, and interpreters; the database lets nobody be in two at once."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.exchange.kinds import Form
from dure.apps.exchange.models.meetings import ExchangeMeeting, Part
from dure.apps.exchange.stages import TalkStage
from dure.apps.people.models import User
from dure.foundation.history import track

_COUNTS = Q(stage__in=[TalkStage.PLANNED, TalkStage.HELD])


def _one_at_a_time(field: str, name: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        expressions=[(field, RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
        condition=_COUNTS,
    )


@track()
class Interpreter(models.Model):
    """Somebody who interprets between Korean and other languages (ISO 639-1)."""

    name = models.CharField(_("Name"), max_length=100)
    languages = ArrayField(models.CharField(max_length=2), verbose_name=_("Languages"))
    email = models.EmailField(_("E-mail"), blank=True)
    is_active = models.BooleanField(_("Can be booked"), default=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("interpreter")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


@track()
class Talk(models.Model):
    """A consultation of a Korean firm and one from abroad, from `during.lower` until `during.upper`.

    `language` is what an interpreter is wanted for, empty where none is.
    """

    meeting = models.ForeignKey(ExchangeMeeting, models.PROTECT, related_name="talks")
    home = models.ForeignKey(
        Part, models.PROTECT, related_name="talks_home", verbose_name=_("Korean firm")
    )
    abroad = models.ForeignKey(
        Part, models.PROTECT, related_name="talks_abroad", verbose_name=_("Firm from abroad")
    )
    during = DateTimeRangeField(_("When"))
    form = models.CharField(
        pgettext_lazy("exchange", "Held"), max_length=10, choices=Form, default=Form.ON_SITE
    )
    table = models.CharField(_("Table"), max_length=50, blank=True)
    language = models.CharField(_("Interpreted"), max_length=2, blank=True)
    interpreter = models.ForeignKey(
        Interpreter, models.PROTECT, null=True, related_name="talks", verbose_name=_("Interpreter")
    )
    stage = models.CharField(
        _("Status"), max_length=10, choices=TalkStage, default=TalkStage.PLANNED
    )
    note = models.TextField(_("What was said"), max_length=5000, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("Recorded"), null=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("consultation of an exchange meeting")
        ordering = ["during", "pk"]
        constraints = [
            _one_at_a_time("home", "one_talk_at_a_time_home"),
            _one_at_a_time("abroad", "one_talk_at_a_time_abroad"),
            _one_at_a_time("interpreter", "one_talk_at_a_time_interpreter"),
        ]

    def __str__(self) -> str:
        return f"{self.home} · {self.abroad}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("exchange:talk", args=[self.pk])
