"""A register from a spreadsheet: all or nothing, every mistake by its cell."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dure.apps.designations import operations
from dure.apps.designations.kinds import registers
from dure.apps.designations.models import Entry
from dure.apps.jobs import operations as jobs
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.foundation.sheets import workbook
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
HEADER = [
    "사업자등록번호", "공장", "지정번호", "상태", "단계 일자", "시작일", "만료일", "지원 방식", "수준", "구축비(원)",
]  # fmt: skip
FIRM = "124-81-00998"
ROW = [
    FIRM,
    "창원 1공장",
    "SF-1",
    "수준 확인",
    "2022-06-01",
    "2022-06-01",
    "2025-05-31",
    "정부 단독",
    "중간 1",
    "2억원",
]


@pytest.fixture
def bring_in(cast, tmp_path):
    path = tmp_path / "factories.xlsx"

    def function(rows, is_check=False):
        path.write_bytes(workbook("공장", HEADER, rows))
        job = Job.objects.create(kind=operations.IMPORT, title="", requested_by=cast["officer"])
        run = operations.check_entries if is_check else operations.import_entries
        return run(
            register=registers()["smart-factory"], path=path, by=cast["officer"], at=NOON,
            progress=Progress(job),
        )  # fmt: skip

    return function


def counts(report):
    return report.rows, report.new, report.changed, report.same, len(report.problems)


def test_a_list_is_taken_in_and_again_changes_what_differs(cast, bring_in):
    assert counts(bring_in([ROW], is_check=True)) == (1, 1, 0, 0, 0)
    assert not Entry.objects.exists()
    assert counts(bring_in([ROW])) == (1, 1, 0, 0, 0)
    entry = Entry.objects.get()
    assert (entry.stage, entry.ends_on) == ("checked", date(2025, 5, 31))
    assert entry.values == {"form": "government", "level": "intermediate_1", "cost": 200_000_000}

    assert counts(bring_in([ROW])) == (1, 0, 0, 1, 0)
    lapsed = [*ROW[:3], "확인 만료", "2025-06-01", *ROW[5:]]
    assert counts(bring_in([lapsed])) == (1, 0, 1, 0, 0)
    assert [step.stage for step in Entry.objects.get().steps.all()] == ["checked", "lapsed"]


def test_every_problem_has_its_cell_and_nothing_is_taken(bring_in):
    report = bring_in(
        [
            ROW,
            [FIRM, "2공장", "SF-1", *ROW[3:]],
            [FIRM, "3공장", "SF-3", "지음", *ROW[4:]],
            [FIRM, "4공장", "SF-4", "구축 완료", "2022-13-01", *ROW[5:]],
            [FIRM, "5공장", "SF-5", *ROW[3:5], "2022-06-01", "2021-01-01", *ROW[7:]],
            [FIRM, "6공장", "SF-6", *ROW[3:7], "", *ROW[8:]],
            [FIRM, "7공장", "SF-7", *ROW[3:8], "최고", ""],
            ["116-82-00277", "8공장", "SF-8", *ROW[3:]],
        ]
    )

    assert [(problem.place, problem.kind) for problem in report.problems] == [
        ("공장!C3", "NUMBER_TWICE"),
        ("공장!D4", "NOT_IN_LIST"),
        ("공장!E5", "NO_DAY"),
        ("공장!G6", "ENDS_TOO_EARLY"),
        ("공장!H7", "REQUIRED"),
        ("공장!I8", "NOT_IN_LIST"),
        ("공장!A9", "NOT_A_BUSINESS_NUMBER"),
    ]
    assert not Entry.objects.exists()


def test_an_upload_is_checked_confirmed_and_taken_in(cast, as_role):
    file = SimpleUploadedFile("공장.xlsx", workbook("공장", HEADER, [ROW]))
    officer = as_role("officer")
    assert officer.get(reverse("designations:import", args=["smart-factory"])).status_code == 200
    template = officer.get(reverse("designations:import_template", args=["smart-factory"]))
    assert template["Content-Type"].endswith("spreadsheetml.sheet")
    upload = reverse("designations:import_upload", args=["smart-factory"])
    page = officer.post(upload, {"file": file}, follow=True)
    check = page.context["job"]
    jobs.run(job_id=str(check.pk), clock=timezone.now)
    assert "The file is in order" in officer.get(page.request["PATH_INFO"]).content.decode()

    page = officer.post(reverse("designations:import_confirm", args=[check.pk]), follow=True)
    jobs.run(job_id=str(page.context["job"].pk), clock=timezone.now)

    assert Entry.objects.get().title == "창원 1공장"
