"""Who reads which reports, plans of years and data requests."""

from django.db.models import QuerySet

from dure.apps.indicators.models import Action, DataRequest, Report, YearPlan
from dure.apps.indicators.queries.figures import reads_inside
from dure.apps.indicators.stages import ReportStage, YearPlanStage
from dure.apps.people.queries import Reader


def reports_visible_to(user: Reader) -> QuerySet[Report]:
    """Released ones are public; drafts are read by those who read figures in work."""
    found = Report.objects.select_related("plan", "created_by", "released_by")
    return found if reads_inside(user) else found.filter(stage=ReportStage.RELEASED)


def requests_visible_to(user: Reader) -> QuerySet[DataRequest]:
    """Those who read figures in work read all saved requests, nobody else any."""
    found = DataRequest.objects.select_related("created_by")
    return found if reads_inside(user) else found.none()


def blocks_of(report: Report) -> dict[str, str]:
    """What was written in a report, by section."""
    return dict(report.blocks.values_list("place", "text"))


def year_plans_visible_to(user: Reader) -> QuerySet[YearPlan]:
    """Resolved ones are public; drafts are read by those who read figures in work."""
    found = YearPlan.objects.select_related("plan", "created_by", "resolved_by")
    return found if reads_inside(user) else found.filter(stage=YearPlanStage.RESOLVED)


def actions_visible_to(user: Reader) -> QuerySet[Action]:
    """The actions of the plans of years that are visible."""
    found = Action.objects.select_related("year_plan__plan", "indicator")
    return found.filter(year_plan__in=year_plans_visible_to(user))


def actions_of(year_plan: YearPlan) -> QuerySet[Action]:
    """The actions of a year's plan that the caller let somebody open, by task."""
    return year_plan.actions.select_related("indicator")
