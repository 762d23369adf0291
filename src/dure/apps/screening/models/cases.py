"""Runs of the screening, what they saw, and cases with questions to firms."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.apps.projects.models import Expense, Project, Recovery
from dure.apps.screening.kinds import Cause, Outcome
from dure.apps.screening.models.rules import RuleSet
from dure.apps.screening.stages import CaseStage
from dure.foundation.history import track, untracked

MOST_WON = 10**13


@track()
class Run(models.Model):
    """One look at all projects; `silent` are the signals that lacked a column.

    The monthly one nobody asked for.
    """

    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    rules = models.ForeignKey(RuleSet, models.PROTECT, null=True, related_name="runs")
    done_at = models.DateTimeField(_("Done"))
    projects = models.PositiveIntegerField(_("Projects"))
    rows = models.PositiveIntegerField(_("Expenses"))
    silent = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("run of the screening")
        ordering = ["-done_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk} {self.done_at:%Y-%m-%d}"


@untracked("written once by a run and never changed")
class Place(models.Model):
    """A project in the list of a run, 1 first.

    `learned` is its place by what verdicts have taught, with the signals and what each adds (log
    odds) as `reasons`; empty while verdicts are too few. `companions` are ids of projects whose
    findings share an account, a person, a proof or a row with its own.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="places")
    project = models.ForeignKey(Project, models.CASCADE, related_name="screened")
    rank = models.PositiveIntegerField(_("Place"))
    score = models.FloatField(_("Score"))
    learned = models.PositiveIntegerField(_("Place by verdicts"), null=True)
    reasons = models.JSONField(default=list)
    companions = models.JSONField(default=list)

    class Meta:
        verbose_name = _("place in the list")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["run", "project"], name="project_placed_once_in_a_run")
        ]

    def __str__(self) -> str:
        return f"#{self.rank} of run {self.run_id}"

    def get_absolute_url(self) -> str:
        """The page of the project in this run."""
        return reverse("screening:place", args=[self.pk])


@untracked("written once by a run and never changed")
class Finding(models.Model):
    """What one signal saw in a project: its score, what its sentence names, and its rows.

    `expenses` are the rows by id of the expense; `digest` is the same for the same rows of the same
    signal in every run.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="findings")
    signal = models.CharField(_("Signal"), max_length=40)
    level = models.CharField(max_length=10)
    score = models.FloatField(_("Score"))
    facts = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("signal")
        ordering = ["-score", "pk"]
        indexes = [models.Index(fields=["signal"], name="finding_by_signal")]

    def __str__(self) -> str:
        return f"{self.signal} {self.score:.2f}"


@track()
class Case(models.Model):
    """A project that an auditor looks into."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="audit_cases")
    cause = models.CharField(_("Chosen by"), max_length=10, choices=Cause)
    tip = models.TextField(_("What was said"), max_length=5000, blank=True)
    stage = models.CharField(_("Status"), max_length=10, choices=CaseStage, default=CaseStage.OPEN)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("Opened"))
    note = models.TextField(_("What the check found"), max_length=5000, blank=True)
    hours = models.PositiveSmallIntegerField(_("Hours of work"), null=True)
    recovery = models.ForeignKey(Recovery, models.PROTECT, null=True, related_name="+")
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("Closed"), null=True)

    class Meta:
        verbose_name = _("audit case")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(stage="OPEN"), name="one_open_audit_case"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.project_id}"

    def get_absolute_url(self) -> str:
        """The case's own page."""
        return reverse("screening:case", args=[self.pk])

    @property
    def disallowed(self) -> int:
        """What its verdicts disallow, in won."""
        return sum(question.disallowed for question in self.questions.all())


@track()
class Question(models.Model):
    """What a firm is asked about rows of its spending; `signal` is empty for what a tip says."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="questions")
    signal = models.CharField(_("Signal"), max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    expenses = models.ManyToManyField(Expense, related_name="audit_questions")
    text = models.TextField(_("Question"), max_length=2000)
    due_on = models.DateField(_("Answer by"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Asked"))
    answer = models.TextField(_("Answer"), max_length=5000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)
    verdict = models.CharField(
        _("What the check found"), max_length=10, choices=Outcome, blank=True
    )
    disallowed = models.BigIntegerField(_("Disallowed (won)"), default=0)
    note = models.TextField(_("Reason"), max_length=2000, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(_("Judged"), null=True)

    class Meta:
        verbose_name = _("question of an audit")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "digest"], condition=~Q(digest=""), name="finding_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(disallowed__range=(0, MOST_WON)), name="audit_disallows_money"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", judged_at__isnull=True)
                | ~Q(verdict="") & Q(judged_at__isnull=False),
                name="audit_verdict_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of case {self.case_id}"

    def get_absolute_url(self) -> str:
        """Where the firm answers."""
        return reverse("screening:question", args=[self.pk])

    def may_be_judged_on(self, day: date) -> bool:
        """Whether it is answered or its term is over."""
        return self.answered_at is not None or day > self.due_on
