"""What a reviewer did comes from a spreadsheet, and counts when panels are formed."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dure.apps.jobs import operations as jobs
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import Progress
from dure.apps.selection import adapter, operations, queries
from dure.apps.selection.kinds import Source
from dure.apps.selection.models import Reviewer, Work
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ItemStage, ReviewerStage
from dure.foundation.sheets import workbook
from tests.apps.selection.cast import DUE, LATER
from tests.apps.selection.test_life import refused

pytestmark = pytest.mark.django_db
HEADER = ["구분", "제목", "요약", "연도", "번호"]
ROWS = [
    ["특허", "극저온 펌프의 밀봉 구조", "누설을 막는 고리", "2021", "10-2021-0012345"],
    ["논문", "Cryogenic seals", "", "2023-05-01", "10.1000/182"],
    ["과제", "액화수소 펌프 국산화", "", "", ""],
]


@pytest.fixture
def bring_in(cast, tmp_path):
    cast.pool()

    def run(rows, *, is_check=False, by="reviewer", header=HEADER):
        path = Path(tmp_path) / "works.xlsx"
        path.write_bytes(workbook("실적", header, rows))
        job = Job.objects.create(kind=operations.IMPORT_WORKS, title="", requested_by=cast[by])
        act = operations.check_works if is_check else operations.import_works
        return act(path=path, by=cast[by], at=LATER, progress=Progress(job))

    return run


def counts(report):
    return report.rows, report.new, report.changed, report.same, len(report.problems)


def test_a_list_is_checked_and_taken_in_and_again_changes_only_what_is_different(cast, bring_in):
    assert counts(bring_in(ROWS, is_check=True)) == (3, 3, 0, 0, 0)
    assert not Work.objects.exists()

    assert counts(bring_in(ROWS)) == (3, 3, 0, 0, 0)
    assert counts(bring_in(ROWS)) == (3, 0, 0, 3, 0)
    assert counts(bring_in([[*ROWS[0][:2], "다른 요약", *ROWS[0][3:]], *ROWS[1:]])) == (
        3,
        0,
        1,
        2,
        0,
    )

    works = cast["reviewer"].reviewer.works
    assert [(work.kind, work.year, work.number) for work in works.order_by("pk")] == [
        ("PATENT", 2021, "10-2021-0012345"), ("PAPER", 2023, "10.1000/182"), ("PROJECT", None, ""),
    ]  # fmt: skip
    assert works.get(kind="PATENT").summary == "다른 요약"


def test_every_problem_has_its_cell_and_nothing_is_taken(bring_in):
    report = bring_in([
        ["저서", "책", "", "2020", ""],
        ["특허", "", "", "2020", ""],
        ["논문", "가" * 301, "", "2020", ""],
        ["논문", "제목", "", "작년", ""],
        ["논문", "제목", "나" * 4001, "2020", ""],
        ["", "제목", "", "2020", ""],
        ["과제", "같은 것", "", "2020", ""],
        ["과제", "같은 것", "", "2021", ""],
    ])  # fmt: skip

    assert [(problem.place, problem.kind) for problem in report.problems] == [
        ("실적!A2", "NOT_IN_LIST"), ("실적!B3", "REQUIRED"), ("실적!B4", "TOO_LONG"),
        ("실적!D5", "NOT_A_NUMBER"), ("실적!C6", "TOO_LONG"), ("실적!A7", "REQUIRED"),
        ("실적!B9", "WORK_TWICE"),
    ]  # fmt: skip
    assert not Work.objects.exists()


def test_only_reviewers_keep_a_list_and_only_their_own(cast, bring_in):
    bring_in(ROWS)
    work = Work.objects.first()

    refused(Reason.NOT_A_REVIEWER, operations.remove_work, work=work, by=cast["supplier"])
    other = Reviewer.objects.exclude(user=cast["reviewer"]).first()
    refused(Reason.NOT_A_REVIEWER, operations.remove_work, work=work, by=other.user)
    Reviewer.objects.filter(user=cast["reviewer"]).update(
        stage=ReviewerStage.BARRED, barred_reason="청렴 서약 위반"
    )
    refused(Reason.NOT_A_REVIEWER, bring_in, rows=ROWS)


def test_a_list_has_an_end(bring_in):
    rows = [["논문", f"제목 {n}", "", "", ""] for n in range(operations.MOST_WORKS + 1)]
    refused(Reason.TOO_MANY_WORKS, bring_in, rows=rows)


def test_an_upload_is_checked_confirmed_and_taken_in_on_pages(cast, as_role):
    cast.pool()
    client = as_role("reviewer")
    template = client.get(reverse("selection:works_import_template"))
    assert template["Content-Type"].endswith("sheet")
    file = SimpleUploadedFile("works.xlsx", workbook("실적", HEADER, ROWS))
    page = client.post(reverse("selection:works_import_upload"), {"file": file}, follow=True)
    check = page.context["job"]
    jobs.run(job_id=str(check.pk), clock=timezone.now)
    assert "The file is in order" in client.get(page.request["PATH_INFO"]).content.decode()

    page = client.post(reverse("selection:works_import_confirm", args=[check.pk]), follow=True)
    job = page.context["job"]
    jobs.run(job_id=str(job.pk), clock=timezone.now)
    job.refresh_from_db()
    assert job.stage == JobStage.DONE

    listed = client.get(reverse("selection:works")).content.decode()
    assert all(row[1] in listed for row in ROWS)
    patent = Work.objects.get(kind="PATENT")
    client.post(reverse("selection:work_remove", args=[patent.pk]))
    assert Work.objects.count() == 2
    assert as_role("supplier").get(reverse("selection:works")).status_code == 404


def test_what_one_did_counts_towards_the_fit_with_its_words(cast):
    """Of two who say the same of their field, who did such a thing sits on the panel."""
    selection = cast.begun_selection()
    selection.items.update(stage=ItemStage.ADMITTED)
    Reviewer.objects.update(fields="농업 정책")
    able = list(Reviewer.objects.order_by("-pk")[:5])
    Work.objects.bulk_create(
        Work(reviewer=reviewer, kind="PATENT", title="극저온펌프밀봉비밀 구조", summary="펌프 누설을 막는다",
             added_at=LATER)
        for reviewer in able
    )  # fmt: skip

    [panel] = operations.form_panels(
        selection=selection, count=1, members=5, due_at=DUE, by=cast["officer"], at=LATER
    )

    assert set(panel.members.values_list("reviewer", flat=True)) == {
        reviewer.pk for reviewer in able
    }
    item = selection.items.select_related("submission").first()
    assert {"누설", "펌프"} & set(adapter.shared_words(item, able[0]))
    other = Reviewer.objects.order_by("pk").first()
    assert not {"누설", "펌프"} & set(adapter.shared_words(item, other))


@pytest.mark.parametrize(
    ("written", "year", "is_tied"),
    [
        ("rival(새솔화학); 아무개", "2025", True),
        ("rival(공급사와 다른 곳)", "2025", False),
        ("rival(새솔화학)", "2015", False),
        ("rival(새솔화학)", "", True),
    ],
)
def test_who_wrote_with_an_applicant_in_the_last_years_does_not_judge_it(
    cast, bring_in, written, year, is_tied
):
    row = ["논문", "Cryogenic seals", "", year, "", written]
    assert counts(bring_in([row], header=[*HEADER, "공저자"])) == (1, 1, 0, 0, 0)

    selection = cast.begun_selection()

    item = selection.items.get(application__organisation=cast.rival)
    conflicts = queries.conflicts_of([item]).filter(reviewer=cast["reviewer"].reviewer)
    assert [(conflict.kind, conflict.party) for conflict in conflicts] == (
        [("co_authorship", "rival")] if is_tied else []
    )
    assert not queries.conflicts_of(selection.items.exclude(pk=item.pk)).exists()


def with_people(cast, *names):
    """An opened call in which the rival's application names these people."""
    call = cast.opened_call()
    submission = call.applications.get(organisation=cast.rival).submissions.get()
    submission.content["members"][0]["people"] = [{"name": name} for name in names]
    submission.save()
    return call


def begun(cast, call):
    return operations.begin(
        call=call, within=None, places=1, reserve=1, by=cast["officer"], at=LATER
    )


def test_who_takes_part_in_an_application_is_known_by_name_and_organisation(cast, bring_in):
    bring_in(
        [["과제", "밀봉", "", "2025", "", "연구원하나(다른회사); 연구원둘(주식회사 새솔화학)"]],
        header=[*HEADER, "authors"],
    )

    selection = begun(cast, with_people(cast, "연구원하나", "연구원둘"))

    [conflict] = queries.conflicts_of(selection.items.all())
    assert (conflict.reviewer, conflict.kind, conflict.party, conflict.source) == (
        cast["reviewer"].reviewer, "co_project", "연구원둘", Source.COMPUTED,
    )  # fmt: skip
    assert not queries.possible_conflicts_open(selection).exists()


@pytest.mark.parametrize("is_same", [True, False])
def test_a_name_alone_ties_nobody_until_a_person_says_so_with_a_reason(
    cast, bring_in, as_role, is_same
):
    bring_in([["논문", "밀봉", "", "2025", "", "김민수"]], header=[*HEADER, "authors"])
    selection = begun(cast, with_people(cast, "김민수"))
    selection.items.update(stage=ItemStage.ADMITTED)
    item = selection.items.get(application__organisation=cast.rival)

    [possible] = queries.possible_conflicts_open(selection)
    assert (possible.reviewer, possible.party) == (cast["reviewer"].reviewer, "김민수")
    assert not queries.conflicts_of([item]).exists()
    refused(
        Reason.POSSIBLE_OPEN, operations.form_panels, selection=selection, count=1, members=6,
        due_at=DUE, by=cast["officer"], at=LATER,
    )  # fmt: skip
    page = reverse("selection:possible", args=[possible.pk])
    assert as_role("reviewer").get(page).status_code == 404
    officer = as_role("officer")
    step = officer.get(reverse("selection:selection", args=[selection.pk])).context["step"]
    assert step["url"] == page
    assert "밀봉" in officer.get(page).content.decode()
    answer = {"is_confirmed": "yes" if is_same else "no", "reason": ""}
    assert officer.post(page, answer).status_code == 422
    officer.post(page, answer | {"reason": "소속을 전화로 확인함"})

    conflicts = queries.conflicts_of([item])
    assert [(conflict.source, conflict.kind, conflict.reason) for conflict in conflicts] == (
        [(Source.PINNED, "co_authorship", "소속을 전화로 확인함")] if is_same else []
    )
    refused(
        Reason.STAGE_CLOSED, operations.answer_possible_conflict, possible=possible,
        is_confirmed=not is_same, reason="다시", by=cast["officer2"], at=LATER,
    )  # fmt: skip
    # What was answered is not asked again, and does not come back by itself.
    operations.find_conflicts(selection=selection, by=cast["officer"], at=LATER)
    assert not queries.possible_conflicts_open(selection).exists()
    assert queries.conflicts_of([item]).count() == is_same
    operations.form_panels(
        selection=selection, count=1, members=6, due_at=DUE, by=cast["officer"], at=LATER
    )


def test_a_likeness_whose_work_was_taken_out_is_gone(cast, bring_in):
    bring_in([["논문", "밀봉", "", "2025", "", "김민수"]], header=[*HEADER, "authors"])
    selection = begun(cast, with_people(cast, "김민수"))
    operations.remove_work(work=Work.objects.get(), by=cast["reviewer"])

    operations.find_conflicts(selection=selection, by=cast["officer"], at=LATER)

    assert not queries.possible_conflicts_open(selection).exists()
