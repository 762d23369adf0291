"""The screening's part of the demonstration: a run, and a case in which the firm was asked."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop

from dure.apps.screening import operations, queries
from dure.apps.screening.kinds import Cause
from dure.apps.screening.models import Run
from dure.foundation.demo import Demonstration, demonstrates

DAYS = 14
QUESTION = (
    "전체 과제 가운데 일부를 살펴보고 있습니다. 아래 집행에 대해 무엇을 샀고 과제에 어떻게 쓰였는지"
    " 알려 주세요."
)


@demonstrates("screening")
def load(demonstration: Demonstration) -> None:
    """Screen the projects and ask about the first, unless that was done."""
    auditor = queries.auditors().first()
    if Run.objects.exists() or auditor is None:
        return
    demonstration.run_job(kind="screen", title=gettext_noop("Screening"), arguments={}, by=auditor)
    place = queries.places_visible_to(auditor).order_by("rank").first()
    finding = place and place.findings.first()
    if not finding:
        return
    now = timezone.now()
    case = operations.open_case(project=place.project, cause=Cause.RISK, by=auditor, at=now)
    operations.ask(
        case=case,
        finding=finding,
        text=QUESTION,
        due_on=timezone.localdate() + timedelta(days=DAYS),
        by=auditor,
        at=now,
    )
