"""Outcomes from a spreadsheet: all or nothing, every mistake by its cell."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dure.apps.jobs import operations as jobs
from dure.apps.outcomes.models import Outcome
from dure.foundation.sheets import workbook
from tests.apps.outcomes.conftest import HEADER

pytestmark = pytest.mark.django_db
FIRM = "107-88-12348"
ROWS = [
    [FIRM, "계약", "회수기 8대 공급", "2026-10-05", "한빛중공업", "3억2천만원", "", "제2026-8호"],
    [
        FIRM,
        "수출",
        "센서 수출",
        "2026. 9. 1.",
        "Saigon Valve",
        "12,500.50",
        "USD",
        "",
        "",
        "베트남",
    ],
    [FIRM, "신규 고용", "연구원 채용", "2026-06-30", "", "", "", "", "3", "", "2026-01-01"],
    [FIRM, "patent", "판형 열교환기", "2026-05-01", "", "", "", "10-2026-0001234"],
]


@pytest.fixture(autouse=True)
def number_of_the_firm(cast):
    """Rows name organisations by numbers whose check digit is right."""
    cast.supplier.business_number = FIRM.replace("-", "")
    cast.supplier.save()


def counts(report):
    return report.rows, report.new, report.same, len(report.problems)


def test_a_list_is_taken_in_once(cast, bring_in):
    project = cast.project()
    rows = [*ROWS, [FIRM, "매출", "과제 매출", "2026-11-01", *[""] * 8, project.number]]
    rows[-1][5] = "1.5억원"
    assert counts(bring_in(rows, is_check=True)) == (5, 5, 0, 0)
    assert not Outcome.objects.exists()

    assert counts(bring_in(rows)) == (5, 5, 0, 0)
    assert counts(bring_in(rows)) == (5, 0, 5, 0)

    made = {outcome.kind: outcome for outcome in Outcome.objects.all()}
    assert (made["contract"].counterpart, made["contract"].amount) == (cast.buyer, 320_000_000)
    export = made["export"]
    assert (export.amount, export.currency, export.country) == (Decimal("12500.50"), "USD", "VN")
    assert (export.counterpart, export.counterpart_name) == (None, "Saigon Valve")
    assert made["jobs"].count == 3
    assert made["patent"].number == "10-2026-0001234"
    assert (made["sales"].chain.project, made["sales"].chain.anchor) == (project, "project")
    assert {outcome.stage for outcome in made.values()} == {"CLAIMED"}


def test_every_problem_has_its_cell_and_nothing_is_taken(cast, bring_in):
    report = bring_in(
        [
            ["107-88-12343", "계약", "가", "2026-10-05", "한빛중공업", "100"],
            [FIRM, "기적", "가", "2026-10-05"],
            [FIRM, "계약", "가", "2026-13-05", "한빛중공업", "100"],
            [FIRM, "계약", "가", "2027-10-05", "한빛중공업", "100"],
            [FIRM, "계약", "가", "2026-10-05", "한빛중공업", ""],
            [FIRM, "신규 고용", "가", "2026-10-05", "", "100", "", "", "3"],
            [FIRM, "수출", "가", "2026-10-05", "", "10.5", "JPY", "", "", "일본"],
            [FIRM, "수출", "가", "2026-10-05", "", "열 개", "USD", "", "", "일본"],
            [FIRM, "수출", "가", "2026-10-05", "", "10", "USD", "", "", "달나라"],
            [FIRM, "매출", "가", "2026-10-05", "", "100", "", "", "", "", "", "", "P-77"],
            [FIRM, "계약", "가", "2026-10-05", "열림테크", "100"],
            ROWS[0],
            ROWS[0],
        ]
    )

    assert [(problem.place, problem.kind) for problem in report.problems] == [
        ("성과!A2", "NOT_A_BUSINESS_NUMBER"),
        ("성과!B3", "NOT_IN_LIST"),
        ("성과!D4", "NOT_A_DAY"),
        ("성과!D5", "FUTURE_DAY"),
        ("성과!F6", "KIND_NEEDS_IT"),
        ("성과!F7", "KIND_HAS_NONE"),
        ("성과!F8", "TOO_MANY_DECIMALS"),
        ("성과!F9", "NOT_A_DECIMAL"),
        ("성과!J10", "NOT_IN_LIST"),
        ("성과!M11", "UNKNOWN_PROJECT"),
        ("성과!E12", "SAME_PARTY"),
        ("성과!C14", "REPORTED_TWICE"),
    ]
    assert not Outcome.objects.exists()


def test_a_firm_brings_in_its_own_only(cast, bring_in):
    report = bring_in([ROWS[3], ["116-82-00276", *ROWS[3][1:]]], by="supplier")
    assert [problem.kind for problem in report.problems] == ["NOT_YOUR_ORGANISATION"]

    bring_in([ROWS[3]], by="supplier")

    assert Outcome.objects.get().reported_for == cast.supplier


def test_an_upload_is_checked_confirmed_and_taken_in(cast, as_role):
    file = SimpleUploadedFile("성과.xlsx", workbook("성과", HEADER, [[*ROWS[3], *[""] * 5]]))
    firm = as_role("supplier")
    page = firm.post(reverse("outcomes:import_upload"), {"file": file}, follow=True)
    check = page.context["job"]
    jobs.run(job_id=str(check.pk), clock=timezone.now)
    assert "The file is in order" in firm.get(page.request["PATH_INFO"]).content.decode()

    page = firm.post(reverse("outcomes:import_confirm", args=[check.pk]), follow=True)
    jobs.run(job_id=str(page.context["job"].pk), clock=timezone.now)

    assert Outcome.objects.get().title == "판형 열교환기"
    template = firm.get(reverse("outcomes:import_template"))
    assert template["Content-Type"].endswith("spreadsheetml.sheet")
