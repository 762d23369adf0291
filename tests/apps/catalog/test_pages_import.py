"""Bringing in many by page: template, check, confirmation, result; and request forms."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from dure.apps.catalog.models import Need
from dure.apps.catalog.stages import NeedStage
from dure.apps.jobs import operations as jobs
from dure.apps.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def sheet(*rows, name="수요.xlsx"):
    """A workbook with the usual columns and `rows`."""
    book, target = Workbook(), io.BytesIO()
    book.active.title = "수요"
    for row in (("관리번호", "기관", "제목", "내용", "분야", "기술성숙도"), *rows):
        book.active.append(row)
    book.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def hand_over(client, file, kind="needs"):
    """Upload `file` and do its check; the address of the job's page."""
    answer = client.post(f"/import/{kind}/upload/", {"file": file})
    work_off()
    return answer["Location"]


def work_off():
    """Do the jobs that wait, as a worker would."""
    for job in Job.objects.filter(stage="WAITING"):
        jobs.run(job_id=str(job.pk), clock=lambda: datetime.now(UTC))


FINE = ("N-1", "한빛중공업", "도장 건조로 배기열 회수", "배기 180도", "스마트 제조", 6)


@pytest.mark.parametrize(
    ("who", "kind", "status"),
    [
        ("visitor", "needs", 302),
        ("newcomer", "needs", 404),
        ("auditor", "needs", 404),
        ("member", "needs", 200),
        ("supplier", "technologies", 200),
        ("member", "organisations", 404),
        ("officer", "organisations", 200),
        ("officer", "nonsense", 404),
    ],
)
@pytest.mark.parametrize("page", ["", "template/"])
def test_who_brings_in_what(client, cast, who, kind, status, page):
    if who != "visitor":
        client.force_login(cast[who])

    assert client.get(f"/import/{kind}/{page}").status_code == status


@pytest.mark.parametrize(("language", "header"), [("ko", "제목"), ("en", "Title")])
def test_the_template_speaks_the_readers_language(client, cast, language, header):
    client.force_login(cast["officer"])

    answer = client.get("/import/needs/template/", headers={"accept-language": language})

    first = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert header in [str(cell.value).strip(" *") for row in first.iter_rows() for cell in row]


def test_a_file_is_checked_confirmed_and_taken_in(client, cast):
    client.force_login(cast["member"])

    check = hand_over(client, sheet(FINE))
    page = client.get(check)
    assert [figure["number"] for figure in page.context["figures"]] == ["1", "1", "0", "0", "0"]
    assert not Need.objects.exists()

    done = client.post(f"{check}confirm/")["Location"]
    work_off()
    assert client.get(done).context["job"].kind == "import_sheet"
    assert Need.objects.get().stage == NeedStage.UNDER_REVIEW


def test_every_problem_is_shown_with_its_place_and_what_to_do(client, cast):
    client.force_login(cast["member"])

    check = hand_over(
        client,
        sheet(FINE, ("N-2", "새솔화학", "", "내용", "없는 분야", 12)),
    )
    page = client.get(check, headers={"accept-language": "ko"})
    text = page.content.decode()

    problems = {(p.sheet, p.row, p.column) for p in page.context["problems"]}
    assert {("수요", 3, "C"), ("수요", 3, "E"), ("수요", 3, "F")} <= problems
    for problem in page.context["problems"]:
        assert problem.fix.split(":")[0][:20] in text
    assert "confirm/" not in text

    client.post(f"{check}confirm/")
    work_off()
    assert not Need.objects.exists()


def test_the_same_file_again_says_that_nothing_is_new(client, cast):
    client.force_login(cast["member"])
    client.post(f"{hand_over(client, sheet(FINE))}confirm/")
    work_off()

    page = client.get(hand_over(client, sheet(FINE)), headers={"accept-language": "ko"})

    assert page.context["why_not"]
    assert page.context["why_not"] in page.content.decode()


def bar_of(check: str) -> str:
    return reverse("jobs:bar", args=[check.rstrip("/").rpartition("/")[2]])


def test_a_job_is_seen_by_its_owner_and_officers_only(client, cast):
    client.force_login(cast["member"])
    check = hand_over(client, sheet(FINE))

    seen = {}
    for who in ("member", "officer", "rival"):
        client.force_login(cast[who])
        seen[who] = [client.get(page).status_code for page in (check, bar_of(check))]

    assert seen == {"member": [200, 200], "officer": [200, 200], "rival": [404, 404]}


def test_progress_polls_until_the_job_has_ended_then_the_page_comes_anew(client, cast):
    client.force_login(cast["member"])
    check = client.post("/import/needs/upload/", {"file": sheet(FINE)})["Location"]

    page = client.get(check)
    waiting = client.get(bar_of(check))
    work_off()
    ended = client.get(bar_of(check))

    for shown in (page, waiting):
        assert f'hx-get="{bar_of(check)}"' in shown.content.decode()
    assert "HX-Refresh" not in waiting
    assert ended["HX-Refresh"] == "true"


def test_a_file_that_is_no_table_says_what_to_do(client, cast):
    client.force_login(cast["member"])

    page = client.get(hand_over(client, SimpleUploadedFile("a.xlsx", b"\x89PNG\r\n\x1a\n" * 99)))

    assert len(page.context["problems"]) == 1


def test_without_a_file_the_page_says_so(client, cast):
    client.force_login(cast["member"])

    answer = client.post("/import/needs/upload/", {}, follow=True)

    [message] = answer.context["messages"]
    assert message.level_tag == "error"


def test_other_jobs_are_no_imports(client, cast):
    job = Job.objects.create(kind="match", title="x", requested_by=cast["member"])
    client.force_login(cast["member"])

    assert client.get(f"/import/job/{job.pk}/").status_code == 404


def test_a_request_form_that_cannot_be_read_keeps_the_page(client, cast):
    client.force_login(cast["member"])

    answer = client.post(
        "/import/document/",
        {"organisation": cast.buyer.pk, "file": SimpleUploadedFile("a.hwp", b"nothing")},
    )

    assert answer.context["document_form"].errors["file"]
    assert not Need.objects.exists()


def request_form(rows):
    """A HWPX document that holds one table."""
    cells = "".join(
        "<tr>" + "".join(f"<tc><p><t>{text}</t></p></tc>" for text in row) + "</tr>" for row in rows
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        archive.writestr("Contents/section0.xml", f"<sec><p><tbl>{cells}</tbl></p></sec>")
    return SimpleUploadedFile("요청서.hwpx", target.getvalue())


def test_a_request_form_becomes_a_draft_whose_owner_goes_on_with_it(client, cast):
    client.force_login(cast["member"])
    file = request_form(
        [
            ("과제명", "저온 배기 폐열 회수 기술 개발"),
            ("필요성", "건조로에서 나오는 80도 배기의 열이 모두 버려지고 있어 되찾을 필요가 있음"),
            ("연구목표", "회수율 50% 이상의 열교환기를 만들고 현장에서 검증함"),
        ]
    )

    answer = client.post("/import/document/", {"organisation": cast.buyer.pk, "file": file})

    need = Need.objects.get()
    assert answer["Location"] == f"/needs/{need.pk}/edit/"
    assert (need.stage, need.organisation) == (NeedStage.DRAFT, cast.buyer)
    assert need.title == "저온 배기 폐열 회수 기술 개발"
    assert "버려지고 있어" in need.body
