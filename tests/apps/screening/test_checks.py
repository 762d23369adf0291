"""What checks cost and find, by how they were chosen; what the tables say of a case."""

import pytest
from django.urls import reverse
from django.utils import timezone

from dure.apps.screening import operations, presenters
from dure.apps.screening.kinds import Cause, Outcome
from dure.apps.screening.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(cast, place):
    """An open case in which an invoice was confirmed to be claimed twice."""
    case = cast.audit_case(place.project)
    question = cast.audit_question(case, place.findings.get(signal="same_evidence"))
    now = timezone.now()
    operations.answer(question=question, text="두 번 등록", by=cast["supplier"], at=now)
    operations.judge(
        question=question, verdict=Outcome.CONFIRMED, disallowed=1_230_450, note="중복",
        by=cast["auditor"], at=now,
    )  # fmt: skip
    return case


def test_a_closed_case_counts_with_its_hours(as_role, cast, confirmed):
    as_role("auditor").post(
        reverse("screening:close", args=[confirmed.pk]), {"note": "환수", "hours": "12"}
    )

    line = presenters.checks()[0]
    assert (line["cause"], line["cases"], line["closed"], line["hits"]) == (Cause.RISK, 1, 1, 1)
    assert (line["hours_each"], line["rate"]["percent"]) == (12, 100)
    page = as_role("visitor").get(reverse("screening:rates")).content.decode()
    assert confirmed.project.title not in page


def test_what_nobody_checked_is_counted(cast, place):
    year = timezone.localdate().year
    assert presenters.unchecked() == [{"year": year, "projects": 1}]

    cast.audit_case(place.project)

    assert presenters.unchecked() == [{"year": year, "projects": 0}]


def test_what_others_found_becomes_a_case(as_role, place):
    as_role("auditor").post(
        reverse("screening:tip", args=[place.pk]),
        {"cause": Cause.OUTSIDE, "tip": "감사원 지적"},
    )

    assert Case.objects.get().cause == Cause.OUTSIDE


def test_the_case_says_what_the_table_of_the_day_of_the_spending_says(as_role, confirmed):
    advice = presenters.guidance_of(confirmed)

    assert advice["misused"] == advice["said"].surcharge == 1_230_450
    assert advice["said"].ban == (6, 24)
    page = as_role("auditor").get(confirmed.get_absolute_url()).content.decode()
    assert "1,845,675" in page
    assert "Look up the table in force" in page


def test_without_disallowed_money_the_tables_say_nothing(cast, place):
    assert presenters.guidance_of(cast.audit_case(place.project)) is None
