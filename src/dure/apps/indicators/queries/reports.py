"""Who reads which reports and data requests."""

from django.db.models import QuerySet

from dure.apps.indicators.models import DataRequest, Report
from dure.apps.indicators.queries.figures import reads_inside
from dure.apps.indicators.stages import ReportStage
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
