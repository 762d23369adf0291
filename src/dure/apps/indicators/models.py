"""Plans and their indicators (촉진계획, 성과지표): figures with revisions, reports, data requests."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.indicators.kinds import Origin
from dure.apps.indicators.stages import OPEN, ReportStage, RevisionStage, YearPlanStage
from dure.apps.people.models import Organisation, SentFile, User
from dure.foundation.file_places import AnonymousPlace
from dure.foundation.history import track, untracked


@track()
class Plan(models.Model):
    """A promotion plan as its file said it; the file is read for everything but names and years."""

    slug = models.SlugField(_("Id"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=300)
    name_en = models.CharField(_("Name in English"), max_length=300)
    first_year = models.PositiveSmallIntegerField(_("First year"))
    last_year = models.PositiveSmallIntegerField(_("Last year"))
    content = models.TextField(_("File"))
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(_("Taken in"))

    class Meta:
        verbose_name = pgettext_lazy("promotion", "plan")
        ordering = ["-first_year", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="plan_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name

    def get_absolute_url(self) -> str:
        """The plan's own page."""
        return reverse("indicators:plan", args=[self.slug])


@track()
class Indicator(models.Model):
    """An indicator of a plan: what figures hang on. What it is says the plan's file."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="indicators")
    code = models.CharField(_("Id"), max_length=60)
    place = models.PositiveSmallIntegerField(_("Place"))
    name = models.CharField(_("Name"), max_length=300)
    name_en = models.CharField(_("Name in English"), max_length=300)
    unit = models.CharField(_("Unit"), max_length=20)

    class Meta:
        verbose_name = _("indicator")
        ordering = ["plan", "place"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="indicator_once_in_a_plan")
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name

    def get_absolute_url(self) -> str:
        """The page that defines the indicator."""
        return reverse("indicators:indicator", args=[self.plan.slug, self.code])


@track()
class Figure(models.Model):
    """The place of one figure: an indicator in a period. `asked_of` is the body that reports it."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures")
    period = models.CharField(_("Period"), max_length=10)
    year = models.PositiveSmallIntegerField(_("Year"))
    asked_of = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="figures_asked",
        verbose_name=_("Asked of"),
    )
    due_on = models.DateField(_("Until"), null=True)

    class Meta:
        verbose_name = _("figure")
        ordering = ["indicator", "year", "period"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period"], name="figure_once_in_a_period"),
            models.CheckConstraint(
                condition=Q(asked_of__isnull=True, due_on__isnull=True)
                | Q(asked_of__isnull=False, due_on__isnull=False),
                name="who_is_asked_has_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"

    def get_absolute_url(self) -> str:
        """The figure's own page."""
        return reverse("indicators:figure", args=[self.pk])


@track()
class Revision(models.Model):
    """A figure as somebody drafted it; the newest published one counts.

    `behind` holds the facts of a measured figure, [id, day, value]; `cells` what each value of a
    dimension came to, {dimension: [[value, figure, facts]]}. What came with the plan's file was
    drafted by nobody.
    """

    figure = models.ForeignKey(Figure, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("Revision"))
    value = models.DecimalField(_("Figure"), max_digits=24, decimal_places=4)
    origin = models.CharField(_("Origin"), max_length=10, choices=Origin)
    as_of = models.DateField(_("As of"), null=True)
    evidence = models.CharField(_("Where it is from"), max_length=500, blank=True)
    behind = models.JSONField(null=True)
    cells = models.JSONField(default=dict)
    reason = models.CharField(_("Why it changed"), max_length=500, blank=True)
    stage = models.CharField(
        _("Status"), max_length=10, choices=RevisionStage, default=RevisionStage.DRAFT
    )
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(_("Drafted"))
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("Published"), null=True)

    class Meta:
        verbose_name = _("revision of a figure")
        ordering = ["figure", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["figure"], condition=Q(stage__in=OPEN), name="one_open_revision"
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.HISTORY)
                | Q(drafted_by__isnull=False)
                & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("drafted_by"))),
                name="figure_confirmed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[RevisionStage.CONFIRMED, RevisionStage.PUBLISHED])
                | Q(origin=Origin.HISTORY)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(stage=RevisionStage.PUBLISHED, published_at__isnull=False)
                | ~Q(stage=RevisionStage.PUBLISHED) & Q(published_at__isnull=True),
                name="figure_published_at_matches_stage",
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.MEASURED, as_of__isnull=False, behind__isnull=False)
                | ~Q(origin=Origin.MEASURED) & ~Q(evidence=""),
                name="measured_as_of_a_day_or_reported_with_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.figure_id} r{self.number}"


_anonymous_place = AnonymousPlace("figures")


@track()
class FigureFile(SentFile):
    """A file that shows a reported figure, as it came in; for those who work on figures and the body asked."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="files")
    file = models.FileField(_("File"), upload_to=_anonymous_place)

    class Meta(SentFile.Meta):
        verbose_name = _("evidence of a figure")


@track()
class Report(models.Model):
    """A version of the report on the execution of a plan in a year (시행계획 이행 현황).

    `figures` are those of the release, so that a change afterwards shows as an erratum:
    {"code period": figure as text}.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField(_("Year"))
    number = models.PositiveSmallIntegerField(_("Version"))
    stage = models.CharField(
        _("Status"), max_length=10, choices=ReportStage, default=ReportStage.DRAFT
    )
    figures = models.JSONField(default=dict)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Begun"))
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(_("Released"), null=True)

    class Meta:
        verbose_name = _("execution report")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "number"], name="report_version_once"),
            models.UniqueConstraint(
                fields=["plan", "year"],
                condition=Q(stage=ReportStage.DRAFT),
                name="one_report_in_work",
            ),
            models.CheckConstraint(
                condition=Q(
                    stage=ReportStage.RELEASED,
                    released_by__isnull=False,
                    released_at__isnull=False,
                )
                | Q(stage=ReportStage.DRAFT, released_by__isnull=True, released_at__isnull=True),
                name="report_released_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.year} v{self.number}"

    def get_absolute_url(self) -> str:
        """The report's own page."""
        return reverse("indicators:report", args=[self.pk])


@track()
class TextBlock(models.Model):
    """What somebody wrote under a heading of a report: the whole (empty), a strategy or a task."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="blocks")
    place = models.CharField(_("Section"), max_length=60, blank=True)
    text = models.TextField(_("Text"), max_length=5000)
    text_en = models.TextField(_("Text in English"), max_length=5000, blank=True)
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(_("Changed"))

    class Meta:
        verbose_name = _("text of a report")
        constraints = [
            models.UniqueConstraint(fields=["report", "place"], name="one_text_for_a_section")
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def shown(self) -> str:
        """The text in the reader's language; the Korean one where there is no other."""
        return self.text_en if get_language() == "en" and self.text_en else self.text


@track()
class Comment(models.Model):
    """A remark on a section of a report in work; the report is released once all are settled."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="comments")
    place = models.CharField(_("Section"), max_length=60, blank=True)
    text = models.TextField(_("Comment"), max_length=1000)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("Written"))
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(pgettext_lazy("comment", "Settled"), null=True)

    class Meta:
        verbose_name = _("comment on a report")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="comment_settled_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


@track()
class YearPlan(models.Model):
    """What is to be done for a plan in a year (시행계획): actions under its tasks, resolved by a second person."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="year_plans")
    year = models.PositiveSmallIntegerField(_("Year"))
    stage = models.CharField(
        _("Status"), max_length=10, choices=YearPlanStage, default=YearPlanStage.DRAFT
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Begun"))
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(pgettext_lazy("year plan", "Resolved"), null=True)

    class Meta:
        verbose_name = _("execution plan")
        ordering = ["-year", "plan"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year"], name="one_plan_for_a_year"),
            models.CheckConstraint(
                condition=Q(
                    stage=YearPlanStage.RESOLVED,
                    resolved_by__isnull=False,
                    resolved_at__isnull=False,
                )
                | Q(stage=YearPlanStage.DRAFT, resolved_by__isnull=True, resolved_at__isnull=True),
                name="year_plan_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.year}"

    def get_absolute_url(self) -> str:
        """The page of the year's plan."""
        return reverse("indicators:year_plan", args=[self.pk])


@track()
class Action(models.Model):
    """Something that a body does under a task in a year, with its budget in won and what it aims at."""

    year_plan = models.ForeignKey(YearPlan, models.CASCADE, related_name="actions")
    task = models.CharField(_("Task"), max_length=60)
    name = models.CharField(_("What is done"), max_length=200)
    body = models.CharField(_("Who does it"), max_length=100)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To"))
    budget_before = models.BigIntegerField(_("Budget of the year before (won)"), default=0)
    budget = models.BigIntegerField(_("Budget (won)"), default=0)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, related_name="actions", verbose_name=_("Indicator")
    )
    target = models.DecimalField(_("Target"), max_digits=24, decimal_places=4, null=True)
    result = models.TextField(
        pgettext_lazy("year plan", "What came of it"), max_length=2000, blank=True
    )

    class Meta:
        verbose_name = _("action of a year's plan")
        ordering = ["task", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="action_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(budget__gte=0, budget_before__gte=0),
                name="action_costs_nothing_or_more",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(indicator__isnull=False),
                name="target_of_an_indicator",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@track()
class DataRequest(models.Model):
    """A table that was asked for (국회 요구자료): a measure by up to three dimensions, as of a day."""

    name = models.CharField(_("What is asked for"), max_length=200)
    asked_by = models.CharField(_("Who asked for it"), max_length=200, blank=True)
    measure = models.CharField(_("What is counted"), max_length=40)
    by = ArrayField(models.CharField(max_length=40), size=3, verbose_name=_("Told apart by"))
    first_on = models.DateField(_("From"))
    last_on = models.DateField(_("To"))
    as_of = models.DateField(_("As of"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Saved"))

    class Meta:
        verbose_name = _("data request")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="request_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The table."""
        return reverse("indicators:request", args=[self.pk])


@untracked("Counted anew every quarter of an hour, from records whose history is kept.")
class BoardCount(models.Model):
    """What a board counts of a measure with many facts: of an organisation's own records, or of all.

    `groups` holds the names of what facts are told apart by, and for each group the values, the sum
    and how many facts there are.
    """

    measure = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    groups = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("count of a board")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "organisation"], nulls_distinct=False, name="one_board_count"
            )
        ]

    def __str__(self) -> str:
        return self.measure
