"""Demand surveys (수요조사): what ministries ask public bodies and firms, and what is needed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Need
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.models import Programme
from dure.apps.roadmaps.models import Branch
from dure.apps.surveys.stages import AskedStage, SurveyStage, WishStage
from dure.foundation.history import track


@track()
class Survey(models.Model):
    """What one ministry or several together ask, and until when."""

    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    text = models.TextField(_("What is asked"), max_length=5000)
    ministries = models.ManyToManyField(
        Organisation, related_name="surveys", verbose_name=_("Ministries")
    )
    closes_at = models.DateTimeField(_("Answered until"))
    stage = models.CharField(
        _("Status"), max_length=10, choices=SurveyStage, default=SurveyStage.OPEN
    )
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("Opened"))

    class Meta:
        verbose_name = _("demand survey")
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


@track()
class Asked(models.Model):
    """A body that a survey asks, and what became of it."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="asked")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="surveys_asked")
    stage = models.CharField(
        _("Status"), max_length=10, choices=AskedStage, default=AskedStage.ASKED
    )
    requested_at = models.DateTimeField(_("Asked"))
    reminders = models.PositiveSmallIntegerField(_("Reminders"), default=0)
    reminded_at = models.DateTimeField(_("Reminded"), null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)

    class Meta:
        verbose_name = _("body asked")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "organisation"], name="body_asked_once"),
            models.CheckConstraint(
                condition=Q(stage=AskedStage.ASKED, answered_at__isnull=True)
                | ~Q(stage=AskedStage.ASKED) & Q(answered_at__isnull=False),
                name="answered_at_matches_stage",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


@track()
class Wish(models.Model):
    """One need that a body names, to which programme or ministry it goes, and why.

    `need` is the entry of the catalogue that was made of it.
    """

    asked = models.ForeignKey(Asked, models.CASCADE, related_name="wishes")
    title = models.CharField(_("Title"), max_length=300)
    body = models.TextField(_("Problem"), max_length=5000)
    requirements = models.TextField(_("Requirements"), max_length=5000, blank=True)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, related_name="wishes", verbose_name=_("Roadmap")
    )
    stage = models.CharField(_("Status"), max_length=10, choices=WishStage, default=WishStage.DRAFT)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, related_name="wishes", verbose_name=_("Programme")
    )
    ministry = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("Ministry")
    )
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided"), null=True)
    need = models.OneToOneField(
        Need, models.PROTECT, null=True, related_name="wish", verbose_name=_("Need")
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("Written"))

    class Meta:
        verbose_name = _("need named in a survey")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=[WishStage.ALLOTTED, WishStage.LEFT_OUT]) | ~Q(reason=""),
                name="decided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(stage=WishStage.ALLOTTED)
                | Q(programme__isnull=False)
                | Q(ministry__isnull=False),
                name="allotted_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title
