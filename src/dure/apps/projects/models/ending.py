"""How a project ends: its verdict, sanctions, and what is asked of it in later years."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation, User
from dure.apps.projects.kinds import PromiseKept, SpecialDecision, Success
from dure.apps.projects.models.project import MOST_WON, Project, SentFile
from dure.apps.projects.stages import SanctionStage
from dure.foundation.history import track


@track()
class FinalVerdict(models.Model):
    """The final verdict, by the matrix of score and sincerity of the day of the agreement."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="verdict")
    score = models.PositiveSmallIntegerField(_("Score"))
    is_sincere = models.BooleanField(_("The work was sincere"))
    reliefs = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    verdict = models.CharField(_("Verdict"), max_length=60)
    note = models.TextField(_("Reasons of the panel"), max_length=5000)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("Decided"))

    class Meta:
        verbose_name = _("final verdict")
        constraints = [
            models.CheckConstraint(
                condition=Q(score__range=(0, 100)), name="verdict_score_is_of_a_hundred"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.verdict}"


@track()
class SpecialEvaluation(models.Model):
    """A special evaluation (특별평가): money stands still until it is decided (GL 16)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="special_evaluations")
    cause = models.TextField(_("Cause"), max_length=2000)
    opened_on = models.DateField(_("Opened"))
    due_on = models.DateField(_("Due"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decision = models.CharField(_("Decision"), max_length=8, choices=SpecialDecision, blank=True)
    note = models.TextField(_("Reasons of the panel"), max_length=5000, blank=True)
    decided_on = models.DateField(_("Decided"), null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("special evaluation")
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(decision=""), name="one_special_evaluation_open"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.project_id}"


@track()
class Sanction(models.Model):
    """A bar from programmes (참여제한) or a surcharge (제재부가금), with its pre-notice and dates."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="sanctions")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="sanctions", verbose_name=_("Organisation")
    )
    cause = models.TextField(_("Cause"), max_length=2000)
    ban_months = models.PositiveSmallIntegerField(_("Bar (months)"), default=0)
    surcharge = models.BigIntegerField(_("Surcharge (won)"), default=0)
    noticed_on = models.DateField(_("Pre-notice"))
    reexamine_until = models.DateField(_("Re-examination can be asked for until"))
    plea = models.TextField(_("What the organisation says"), max_length=5000, blank=True)
    decided_on = models.DateField(_("Decided"), null=True)
    starts_on = models.DateField(_("The bar begins"), null=True)
    stage = models.CharField(
        _("Status"), max_length=12, choices=SanctionStage, default=SanctionStage.PRE_NOTICE
    )
    noticed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("sanction")
        ordering = ["-noticed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ban_months__range=(0, 600), surcharge__range=(0, MOST_WON))
                & ~Q(ban_months=0, surcharge=0),
                name="sanction_is_a_bar_or_a_surcharge",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.organisation_id}"


@track()
class FollowUp(models.Model):
    """What is asked of a firm some years after the end, by a signed link that needs no sign-in."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="follow_ups")
    year = models.PositiveSmallIntegerField(_("Years after the end"))
    due_on = models.DateField(_("Due"))
    asked_at = models.DateTimeField(_("Asked"), null=True)
    sales = models.BigIntegerField(_("Sales from the result (won)"), null=True, blank=True)
    jobs = models.PositiveIntegerField(_("New jobs"), null=True, blank=True)
    successes = ArrayField(
        models.CharField(max_length=12, choices=Success),
        verbose_name=_("In which ways it became business"), default=list, blank=True,
    )  # fmt: skip
    promise = models.CharField(
        _("Did the demand organisation buy as promised?"), max_length=10, choices=PromiseKept,
        blank=True,
    )  # fmt: skip
    promise_reason = models.CharField(_("Why not in full"), max_length=500, blank=True)
    text = models.TextField(_("In a few sentences"), max_length=3000, blank=True)
    answered_as = models.CharField(_("Who answers"), max_length=100, blank=True)
    answered_at = models.DateTimeField(_("Answered"), null=True)

    class Meta:
        verbose_name = _("follow-up")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "year"], name="follow_up_of_a_year_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} after {self.year}"


@track()
class FollowUpFile(SentFile):
    """What shows an answer, from whoever has the link."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="files")

    class Meta:
        verbose_name = _("file of a follow-up")
        ordering = ["pk"]
