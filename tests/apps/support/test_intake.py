"""A list of partners and experts from a spreadsheet: all or nothing, every mistake by its cell."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dure.apps.jobs import operations as jobs
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.support import operations
from dure.apps.support.models import Profile
from dure.foundation.sheets import workbook
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
HEADER = [
    "번호", "구분", "이름", "소속", "사업자등록번호", "이메일", "전문가 풀", "지역", "키워드", "할 수 있는 일",
]  # fmt: skip
ROW = [
    "EX-1", "전문가", "김가온", "한결대학교", "124-81-00998", "Gaon@example.org",
    "소재·부품·장비", "부산", "가스 센서, 촉매", "감도를 높여요.",
]  # fmt: skip


@pytest.fixture
def bring_in(cast, tmp_path):
    path = tmp_path / "experts.xlsx"

    def function(rows, is_check=False):
        path.write_bytes(workbook("전문가", HEADER, rows))
        job = Job.objects.create(kind=operations.IMPORT, title="", requested_by=cast["officer"])
        run = operations.check_profiles if is_check else operations.import_profiles
        return run(path=path, by=cast["officer"], at=NOON, progress=Progress(job))

    return function


def counts(report):
    return report.rows, report.new, report.changed, report.same, len(report.problems)


def test_a_list_is_taken_in_and_again_changes_what_differs(cast, bring_in):
    assert counts(bring_in([ROW], is_check=True)) == (1, 1, 0, 0, 0)
    assert not Profile.objects.exists()
    assert counts(bring_in([ROW])) == (1, 1, 0, 0, 0)
    made = Profile.objects.get()
    assert (made.pool, made.region, made.email) == ("materials", "BUSAN", "gaon@example.org")
    assert (made.keywords, made.organisation) == (["가스 센서", "촉매"], cast.buyer)

    assert counts(bring_in([ROW])) == (1, 0, 0, 1, 0)
    moved = [*ROW[:3], "누리대학교", "", *ROW[5:]]
    assert counts(bring_in([moved])) == (1, 0, 1, 0, 0)
    made.refresh_from_db()
    assert (made.affiliation, made.organisation) == ("누리대학교", None)


def test_every_problem_has_its_cell_and_nothing_is_taken(bring_in):
    report = bring_in([
        ROW,
        ROW,
        ["EX-3", "교수님", *ROW[2:]],
        ["EX-4", *ROW[1:4], "116-82-00277", *ROW[5:]],
        ["EX-5", *ROW[1:4], "105-81-00018", *ROW[5:]],
        ["EX-6", *ROW[1:5], "gaon", *ROW[6:]],
        ["EX-7", *ROW[1:6], "", *ROW[7:]],
        ["EX-8", *ROW[1:8], "", ""],
        ["", *ROW[1:]],
    ])  # fmt: skip

    assert [(problem.place, problem.kind) for problem in report.problems] == [
        ("전문가!A3", "PROFILE_TWICE"),
        ("전문가!B4", "NOT_IN_LIST"),
        ("전문가!E5", "NOT_A_BUSINESS_NUMBER"),
        ("전문가!E6", "UNKNOWN_ORGANISATION"),
        ("전문가!F7", "NO_ADDRESS"),
        ("전문가!G8", "POOL_NEEDED"),
        ("전문가!J9", "NOTHING_SAID"),
        ("전문가!A10", "REQUIRED"),
    ]
    assert not Profile.objects.exists()


def test_849_experts_come_in_at_once(bring_in):
    rows = [[f"EX-{number}", *ROW[1:]] for number in range(849)]

    assert counts(bring_in(rows)) == (849, 849, 0, 0, 0)
    assert Profile.objects.count() == 849


def test_an_upload_is_checked_confirmed_and_taken_in(cast, as_role):
    file = SimpleUploadedFile("전문가.xlsx", workbook("전문가", HEADER, [ROW]))
    officer = as_role("officer")
    assert officer.get(reverse("support:import")).status_code == 200
    template = officer.get(reverse("support:import_template"))
    assert template["Content-Type"].endswith("spreadsheetml.sheet")
    page = officer.post(reverse("support:import_upload"), {"file": file}, follow=True)
    check = page.context["job"]
    jobs.run(job_id=str(check.pk), clock=timezone.now)
    assert "The file is in order" in officer.get(page.request["PATH_INFO"]).content.decode()

    page = officer.post(reverse("support:import_confirm", args=[check.pk]), follow=True)
    jobs.run(job_id=str(page.context["job"].pk), clock=timezone.now)

    assert Profile.objects.get().name == "김가온"
