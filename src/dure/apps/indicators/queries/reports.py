"""Who reads which reports, plans of years and data requests."""

from django.db.models import QuerySet

from dure.apps.indicators.models import Action, Comment, DataRequest, Report, TextBlock, YearPlan
from dure.apps.indicators.queries.figures import reads_inside
from dure.apps.indicators.stages import ReportStage, YearPlanStage
from dure.apps.people.queries import Reader


def reports_visible_to(user: Reader) -> QuerySet[Report]:
    """Released ones are public; drafts are read by those who read figures in work."""
    reports = Report.objects.select_related("plan", "created_by", "released_by")
    return reports if reads_inside(user) else reports.filter(stage=ReportStage.RELEASED)


def requests_visible_to(user: Reader) -> QuerySet[DataRequest]:
    """Those who read figures in work read all saved requests, nobody else any."""
    data_requests = DataRequest.objects.select_related("created_by")
    return data_requests if reads_inside(user) else data_requests.none()


def blocks_of(report: Report) -> dict[str, str]:
    """What was written in a report, by section, in the reader's language where it is."""
    return {block.place: block.shown for block in report.blocks.all()}


def places_without_english(report: Report) -> set[str]:
    """The sections of a report whose text stands in Korean alone."""
    return set(report.blocks.filter(text_en="").exclude(text="").values_list("place", flat=True))


def block_at(report: Report, place: str) -> TextBlock | None:
    """What was written in one section."""
    return report.blocks.filter(place=place).first()


def comments_visible_to(user: Reader) -> QuerySet[Comment]:
    """Remarks on reports, for those who read figures in work; the oldest first."""
    comments = Comment.objects.select_related("report__plan", "written_by", "settled_by")
    return comments if reads_inside(user) else comments.none()


def year_plans_visible_to(user: Reader) -> QuerySet[YearPlan]:
    """Resolved ones are public; drafts are read by those who read figures in work."""
    year_plans = YearPlan.objects.select_related("plan", "created_by", "resolved_by")
    return year_plans if reads_inside(user) else year_plans.filter(stage=YearPlanStage.RESOLVED)


def actions_visible_to(user: Reader) -> QuerySet[Action]:
    """The actions of the plans of years that are visible."""
    actions = Action.objects.select_related("year_plan__plan", "indicator")
    return actions.filter(year_plan__in=year_plans_visible_to(user))


def actions_of(year_plan: YearPlan) -> QuerySet[Action]:
    """The actions of a year's plan that the caller let somebody open, by task."""
    return year_plan.actions.select_related("indicator")
