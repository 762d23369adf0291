"""A project (과제): an agreement in life, who takes part, its budget, milestones and reports."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.agreements.models import MOST_WON, Agreement
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.models import Version
from dure.apps.projects.kinds import STAGE_DAYS, MemberRole, ReportKind
from dure.apps.projects.stages import ProjectStage
from dure.foundation.file_places import AnonymousPlace
from dure.foundation.history import track

if TYPE_CHECKING:
    from dure.apps.projects.models.settlement import Settlement


@track()
class Project(models.Model):
    """What an agreement became: it binds the rules of the day on which it was signed.

    Only what came of an agreement here has its money in the ledger.
    """

    agreement = models.OneToOneField(
        Agreement, models.PROTECT, null=True, related_name="project", verbose_name=_("Agreement")
    )
    number = models.CharField(_("Number"), max_length=40, unique=True)
    title = models.CharField(_("Title"), max_length=300)
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="projects", verbose_name=_("Programme")
    )
    agreed_on = models.DateField(_("Agreed"))
    begins_on = models.DateField(_("Begins"))
    ends_on = models.DateField(_("Ends"))
    officer = models.ForeignKey(
        User, models.PROTECT, related_name="projects_in_charge", verbose_name=_("Officer in charge")
    )
    accountant = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="projects_examined",
        verbose_name=_("Accounting firm"),
    )  # fmt: skip
    stage = models.CharField(
        _("Status"), max_length=10, choices=ProjectStage, default=ProjectStage.RUNNING
    )
    stage_reason = models.TextField(_("Reason"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("project")
        ordering = ["-begins_on", "-pk"]
        indexes = [models.Index(fields=["stage", "ends_on"], name="project_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="project_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The project's own page."""
        return reverse("projects:project", args=[self.pk])

    @property
    def settlement(self) -> "Settlement | None":
        """The settlement in work, else the last one; None before the first."""
        settlements = list(self.settlements.all())
        in_work = [settlement for settlement in settlements if settlement.concluded_at is None]
        return (in_work or settlements or [None])[-1]

    @property
    def years(self) -> range:
        """Its years, from 1."""
        months = (self.ends_on.year - self.begins_on.year) * 12
        months += self.ends_on.month - self.begins_on.month
        if self.ends_on.day < self.begins_on.day:
            months -= 1
        return range(1, max(months, 0) // 12 + 2)

    def year_of(self, day: date) -> int:
        """The year of the project in which a day lies, from 1."""
        months = (day.year - self.begins_on.year) * 12 + day.month - self.begins_on.month
        if day.day < self.begins_on.day:
            months -= 1
        return min(max(months, 0) // 12 + 1, self.years[-1])


@track()
class Member(models.Model):
    """An organisation in a project, with the cash that it is given and bears itself, in won."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="project_members")
    role = models.CharField(_("Role"), max_length=12, choices=MemberRole)
    grant = models.BigIntegerField(_("Grant (won)"), default=0)
    own_cash = models.BigIntegerField(_("Own cash (won)"), default=0)
    own_in_kind = models.BigIntegerField(_("Own share in kind (won)"), default=0)
    top_up = models.BigIntegerField(_("Top-up (won)"), default=0)
    size = models.CharField(_("Size"), max_length=12, default="small")

    class Meta:
        verbose_name = _("member of a project")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation"], name="project_member_once"),
            models.CheckConstraint(
                condition=Q(grant__range=(0, MOST_WON), own_cash__range=(0, MOST_WON))
                & Q(own_in_kind__range=(0, MOST_WON), top_up__range=(0, MOST_WON)),
                name="project_member_money_is_money",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


@track()
class BudgetLine(models.Model):
    """What the agreed plan gives an organisation for a line (비목) in a year of the project."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="budget")
    year = models.PositiveSmallIntegerField(_("Year"))
    line = models.CharField(_("Budget line"), max_length=60)
    is_in_kind = models.BooleanField(_("In kind"), default=False)
    amount = models.BigIntegerField(_("Amount (won)"))

    class Meta:
        verbose_name = _("budget line")
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "year", "line", "is_in_kind"], name="budget_line_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__range=(0, MOST_WON), year__range=(1, 30)),
                name="budget_line_is_money_of_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.line}"


@track()
class Milestone(models.Model):
    """What is to be reached by a day; the demand organisation confirms it on its evidence."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    title = models.CharField(_("Milestone"), max_length=200)
    due_on = models.DateField(_("Due"))
    text = models.TextField(_("What was reached"), max_length=5000, blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(_("Reported"), null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True)

    class Meta:
        verbose_name = _("milestone")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(reported_at__isnull=False),
                name="milestone_is_reported_before_it_is_confirmed",
            )
        ]

    def __str__(self) -> str:
        return self.title


@track()
class Report(models.Model):
    """A report that is due; it asks only what the platform does not know."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="reports")
    kind = models.CharField(_("Report"), max_length=10, choices=ReportKind)
    due_on = models.DateField(_("Due"))
    text = models.TextField(_("What was done"), max_length=10_000, blank=True)
    problems = models.TextField(_("What went differently"), max_length=5000, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("Handed in"), null=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("report")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"

    @property
    def stage_ends_on(self) -> date:
        """The last day of the stage that a stage report is about."""
        return self.due_on + timedelta(days=STAGE_DAYS)


@track()
class Message(models.Model):
    """What the parties write to each other in one place; a risk is raised early."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="messages")
    text = models.TextField(_("Message"), max_length=5000)
    is_risk = models.BooleanField(_("This is a risk"), default=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("Written"))

    class Meta:
        verbose_name = _("message")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk} in {self.project_id}"


anonymous_place = AnonymousPlace("projects")


class SentFile(models.Model):
    """A file as it came in: its harmless name, size and hash."""

    file = models.FileField(_("File"), upload_to=anonymous_place)
    name = models.CharField(_("Name"), max_length=200)
    size = models.PositiveIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("Added"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class KeptFile(SentFile):
    """A file of somebody who is signed in."""

    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


@track()
class Paper(KeptFile):
    """A file of the project; the same name again is its next version."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="papers")
    milestone = models.ForeignKey(Milestone, models.CASCADE, null=True, related_name="papers")
    version = models.PositiveSmallIntegerField(_("Version"))

    class Meta:
        verbose_name = _("file")
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "version"], name="project_file_version_once"
            )
        ]
