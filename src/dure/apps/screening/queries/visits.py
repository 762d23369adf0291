"""Visits, fingerprints of evidence, and what was checked so far."""

from collections import Counter
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.db.models.functions import ExtractYear

from dure.apps.people.models import Organisation
from dure.apps.projects.models import Evidence
from dure.apps.screening.kinds import Outcome
from dure.apps.screening.models import Case, EvidenceMark, Place, Question, Run, Visit
from dure.apps.screening.stages import CaseStage


def unmarked_evidence() -> QuerySet[Evidence]:
    """Files of evidence of which no fingerprint was made yet."""
    return Evidence.objects.filter(screening_mark=None).order_by("pk")


def marks_of_expenses() -> dict[int, tuple[int | None, int | None]]:
    """By expense the fingerprints of its first picture and of its first text."""
    marks: dict[int, tuple[int | None, int | None]] = {}
    rows = EvidenceMark.objects.order_by("-evidence").values_list(
        "evidence__expense", "picture", "text"
    )
    for expense, picture, text in rows:
        known = marks.get(expense, (None, None))
        marks[expense] = (
            known[0] if picture is None else picture,
            known[1] if text is None else text,
        )
    return marks


def vendors_known(numbers: set[str]) -> dict[str, Organisation]:
    """By business number the vendors that are organisations here."""
    vendors = Organisation.objects.filter(business_number__in=numbers - {""})
    return {vendor.business_number: vendor for vendor in vendors}


def visit_results() -> list[tuple[int, date, dict[str, str]]]:
    """Year, day and results of every visit, the latest first."""
    visits = Visit.objects.annotate(year=ExtractYear("visited_on")).order_by("-visited_on", "-pk")
    return list(visits.values_list("year", "visited_on", "results"))


def checked_projects() -> list[tuple[dict[str, float], bool]]:
    """Of each closed case the strongest score of each signal in the last run before it was opened, and
    whether something was confirmed; cases in which nothing could be cleared up are left out."""
    judged = Question.objects.filter(case=OuterRef("pk"))
    cases = Case.objects.filter(stage=CaseStage.CLOSED).annotate(
        is_confirmed=Exists(judged.filter(verdict=Outcome.CONFIRMED)),
        is_cleared=Exists(judged.filter(verdict=Outcome.EXPLAINED)),
    )
    checked = []
    for case in cases.order_by("pk"):
        if not (case.is_confirmed or case.is_cleared):
            continue
        places = Place.objects.filter(project=case.project_id, run__done_at__lte=case.opened_at)
        place = places.order_by("run").last()
        if place is not None:
            scores = place.findings.values_list("signal").annotate(Max("score")).order_by("signal")
            checked.append((dict(scores), case.is_confirmed))
    return checked


def flagged_by_year() -> list[tuple[int, int, dict[str, int]]]:
    """Of the last run of each year: its year, its projects, and by signal how many showed it."""
    last: dict[int, Run] = {}
    for run in Run.objects.order_by("done_at").annotate(year=ExtractYear("done_at")):
        last[run.year] = run
    return [
        (
            year,
            run.projects,
            Counter(
                dict(
                    run.places.filter(findings__isnull=False)
                    .values_list("findings__signal")
                    .annotate(Count("pk", distinct=True))
                    .order_by("findings__signal")
                )
            ),
        )
        for year, run in sorted(last.items(), reverse=True)
    ]
