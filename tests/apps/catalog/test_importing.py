"""Importing spreadsheets: checked whole, taken whole or not at all, and again without harm."""

import csv
import io

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dure.apps.catalog.adapter.sheets import (
    NEED_COLUMNS,
    ORGANISATION_COLUMNS,
    TECHNOLOGY_COLUMNS,
)
from dure.apps.catalog.models import Language, Need, Technology, Visibility
from dure.apps.catalog.operations import check_sheet, import_sheet, withdraw
from dure.apps.catalog.operations.importing import TEMPLATES
from dure.apps.catalog.reasons import Reason
from dure.apps.catalog.stages import NeedStage
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import CompanyGroup, Organisation
from dure.foundation.sheets import UnreadableFile, template, workbook
from dure.foundation.verdict import Refused
from tests.conftest import NOON

BUYER, SUPPLIER = "124-81-00998", "열림테크"


@pytest.fixture
def bring_in(cast, tmp_path):
    """A function that imports rows (the first is the header) for a person of the cast."""
    path = tmp_path / "file"

    def function(*rows, kind="needs", by="officer", as_xlsx=False):
        if as_xlsx:
            path.write_bytes(workbook("시트", rows[0], rows[1:]))
        else:
            target = io.StringIO()
            csv.writer(target).writerows(rows)
            path.write_text(target.getvalue(), encoding="utf-8", newline="")
        job = Job.objects.create(kind="import_sheet", title="", requested_by=cast[by])
        return import_sheet(kind=kind, path=path, by=cast[by], at=NOON, progress=Progress(job))

    return function


def counts(report):
    return report.rows, report.new, report.changed, report.same


def kinds(report):
    return [(problem.kind, problem.place) for problem in report.problems]


HEADER = ["관리번호", "기관", "제목", "내용"]


def test_import_fills_every_field_of_a_need(cast, bring_in, collaborative_robots):
    header = [
        "관리번호",
        "수요기관",
        "기술명",
        "영문 제목",
        "수요내용",
        "Description in English",
        "분야",
        "로드맵",
    ]
    header += [
        "TRL",
        "키워드",
        "지역",
        "협력형태",
        "언어",
        "공개범위",
        "요구사항",
        "예산(원)",
        "출처",
    ]
    row = [
        "N-1",
        "한빛 중공업",
        "배기열 회수",
        "Heat",
        "건조로",
        "Dryer",
        "스마트 제조",
        "협동로봇",
    ]
    row += [
        "TRL 6단계",
        "폐열; 열교환기",
        "부산광역시",
        "공동개발, 구매",
        "국문",
        "회원 공개",
        "60%",
        "1.5억원",
        "2026 조사",
    ]

    report = bring_in(header, row)

    assert (counts(report), report.problems) == ((1, 1, 0, 0), [])
    need = Need.objects.get()
    fields = [f for f in TEMPLATES["needs"].columns if f.name != "business_number"]
    assert {field.name: getattr(need, field.name) for field in fields} == {
        "external_id": "N-1",
        "branch": collaborative_robots,
        "organisation": cast.buyer,
        "title": "배기열 회수",
        "title_en": "Heat",
        "body": "건조로",
        "body_en": "Dryer",
        "field": "SMARTFAC",
        "trl": 6,
        "keywords": ["폐열", "열교환기"],
        "region": "BUSAN",
        "cooperation": ["JOINT", "PURCHASE"],
        "language": "ko",
        "visibility": "MEMBERS",
        "requirements": "60%",
        "budget": 150_000_000,
        "source": "2026 조사",
    }
    assert (need.stage, need.handed_in_by) == (NeedStage.UNDER_REVIEW, cast["officer"])


def test_a_branch_that_no_roadmap_has_is_told_with_its_column(bring_in, collaborative_robots):
    header = ["기관", "제목", "내용", "로드맵"]
    report = bring_in(header, ["한빛중공업", "a", "b", "없는 분야"])
    [problem] = report.problems
    assert (problem.kind, problem.header, problem.value) == (
        "UNKNOWN_BRANCH", "로드맵", "없는 분야"
    )  # fmt: skip
    assert "sme:SF-09" in problem.fix
    assert not Need.objects.exists()


def test_import_of_organisations_makes_groups_and_updates_by_number(bring_in):
    header = ["사업자등록번호", "기관명", "유형", "계열", "설립연도", "임직원 수"]
    first = bring_in(header, ["110-81-00010", "두레소재", "중견", "두레그룹", "2012-03-01", "1,200명"],
                     kind="organisations")  # fmt: skip
    again = bring_in(header, ["1108100010", "두레신소재", "대기업", "두레그룹", "2012", "1200"],
                     kind="organisations")  # fmt: skip

    assert (counts(first), counts(again)) == ((1, 1, 0, 0), (1, 0, 1, 0))
    organisation = Organisation.objects.get(business_number="1108100010")
    shown = (organisation.name, organisation.kind, organisation.founded, organisation.employees)
    assert shown == ("두레신소재", "LARGE", 2012, 1200)
    assert CompanyGroup.objects.filter(name="두레그룹").count() == 1


def test_organisation_needs_a_kind(bring_in):
    report = bring_in(["사업자등록번호", "기관명", "유형"], ["110-81-00010", "두레", ""],
                      kind="organisations")  # fmt: skip

    assert kinds(report) == [("REQUIRED", "C2")]


def test_second_import_updates_by_id_and_leaves_the_rest(bring_in):
    bring_in(HEADER, ["N-1", BUYER, "하나", "글"], ["N-2", BUYER, "둘", "글"])

    report = bring_in(HEADER, ["N-1", BUYER, "하나", "새 글"], ["N-2", BUYER, "둘", "글"],
                      ["N-3", BUYER, "셋", "글"])  # fmt: skip

    assert counts(report) == (3, 1, 1, 1)
    known = Need.objects.order_by("external_id").values_list("external_id", "body")
    assert list(known) == [("N-1", "새 글"), ("N-2", "글"), ("N-3", "글")]


def test_columns_that_the_file_does_not_have_stay_as_they_are(bring_in):
    bring_in([*HEADER, "예산", "공개범위"], ["N-1", BUYER, "하나", "글", "5억원", "티저"])

    bring_in([*HEADER, "공개범위"], ["N-1", BUYER, "하나", "새 글", ""])

    need = Need.objects.get()
    assert (need.body, need.budget, need.visibility) == ("새 글", 500_000_000, Visibility.TEASER)


def test_rows_without_an_id_are_known_by_title_and_text(bring_in):
    rows = HEADER, ["", BUYER, "하나", "글"], ["", BUYER, "하나", "다른 글"]

    assert counts(bring_in(*rows)) == (2, 2, 0, 0)
    assert counts(bring_in(*rows)) == (2, 0, 0, 2)


def test_same_id_of_two_organisations_is_two_needs(bring_in):
    report = bring_in(HEADER, ["1", BUYER, "하나", "글"], ["1", "새솔화학", "하나", "글"])

    assert (counts(report), report.problems) == ((2, 2, 0, 0), [])


def test_nothing_is_imported_when_anything_is_wrong(bring_in):
    report = bring_in(
        [*HEADER, "기술성숙도", "예산"],
        ["N-1", BUYER, "하나", "글", "6", "1000"],
        ["N-1", BUYER, "둘", "글", "", ""],
        ["N-3", "없는 곳", "", "글", "십", "협의"],
    )

    assert kinds(report) == [
        ("DOUBLE_ROW", "A3"), ("REQUIRED", "C4"), ("NOT_A_NUMBER", "E4"), ("NOT_AN_AMOUNT", "F4")
    ]  # fmt: skip
    assert [problem.facts for problem in report.problems[:1]] == [{"row": 2}]
    assert Need.objects.count() == 0


def test_organisation_is_found_by_number_name_or_both(cast, bring_in):
    header = ["사업자등록번호", "기관명", "제목", "내용"]
    rows = [[BUYER, "", "가", "글"], ["", "㈜한빛중공업", "나", "글"]]
    rows += [[BUYER, "한빛중공업", "다", "글"], ["", "１２４-８１-００９９８", "라", "글"]]

    report = bring_in(header, *rows)

    assert report.problems == []
    assert set(Need.objects.values_list("organisation", flat=True)) == {cast.buyer.pk}


def test_number_and_name_of_different_organisations_are_a_problem(bring_in):
    report = bring_in(["사업자등록번호", "기관명", "제목", "내용"], [BUYER, "새솔화학", "가", "글"])

    assert kinds(report) == [("OTHER_ORGANISATION", "B2")]


def test_member_imports_for_the_own_organisation_only(cast, bring_in):
    mine = bring_in(HEADER, ["1", "", "하나", "글"], by="member")
    others = bring_in(HEADER, ["1", "새솔화학", "하나", "글"], by="member")

    assert (counts(mine), kinds(others)) == ((1, 1, 0, 0), [("NOT_YOUR_ORGANISATION", "B2")])
    assert Need.objects.get().organisation == cast.buyer


@pytest.mark.parametrize(
    ("kind", "by", "reason"),
    [
        ("organisations", "member", Reason.NOT_AN_OFFICER),
        ("needs", "newcomer", Reason.NOTHING_TO_IMPORT_FOR),
        ("secrets", "officer", Reason.UNKNOWN_KIND),
    ],
)
def test_import_is_refused(bring_in, kind, by, reason):
    with pytest.raises(Refused) as refusal:
        bring_in(HEADER, ["1", "", "하나", "글"], kind=kind, by=by)

    assert refusal.value.reason == reason


def test_withdrawn_entry_is_not_changed_but_may_stand_in_the_file(cast, bring_in):
    bring_in(HEADER, ["N-1", BUYER, "하나", "글"])
    withdraw(entry=Need.objects.get(), by=cast["manager"], at=NOON)

    assert counts(bring_in(HEADER, ["N-1", BUYER, "하나", "글"])) == (1, 0, 0, 1)
    assert kinds(bring_in(HEADER, ["N-1", BUYER, "하나", "새 글"])) == [("CLOSED_ENTRY", "A2")]


def test_entry_changed_while_the_import_runs_is_not_overwritten(cast, tmp_path, bring_in):
    bring_in(HEADER, ["N-1", BUYER, "하나", "글"])

    class Meddler(Progress):
        def step(self, step, total=0):
            if step == "Saving":
                need = Need.objects.get()
                need.body = "그 사이에 고친 글"
                need.save()
            super().step(step, total)

    path = tmp_path / "again.csv"
    path.write_text("관리번호,기관,제목,내용\nN-1,124-81-00998,하나,새 글\n", encoding="utf-8")
    job = Job.objects.create(kind="import_sheet", title="", requested_by=cast["officer"])
    with pytest.raises(Refused) as refusal:
        import_sheet(kind="needs", path=path, by=cast["officer"], at=NOON, progress=Meddler(job))

    assert refusal.value.reason == Reason.CHANGED_DURING_IMPORT
    assert Need.objects.get().body == "그 사이에 고친 글"


def test_language_is_read_from_the_text_when_no_column_says_it(bring_in):
    bring_in(
        HEADER, ["1", BUYER, "Heat recovery", "For a dryer"], ["2", BUYER, "열 회수", "건조로"]
    )

    known = dict(Need.objects.values_list("external_id", "language"))
    assert known == {"1": Language.EN, "2": Language.KO}


def test_technologies_are_imported_too(bring_in):
    report = bring_in([*HEADER, "적용 실적"], ["T-1", SUPPLIER, "열교환기", "판형", "2개 라인"],
                      kind="technologies", as_xlsx=True)  # fmt: skip

    assert counts(report) == (1, 1, 0, 0)
    assert Technology.objects.get().track_record == "2개 라인"


def test_check_changes_nothing(cast, tmp_path):
    path = tmp_path / "needs.csv"
    path.write_text("관리번호,기관,제목,내용\nN-1,124-81-00998,하나,글\n", encoding="utf-8")
    job = Job.objects.create(kind="check_sheet", title="", requested_by=cast["officer"])

    report = check_sheet(kind="needs", path=path, by=cast["officer"], progress=Progress(job))

    assert (counts(report), report.titles, Need.objects.count()) == ((1, 1, 0, 0), ["하나"], 0)


@pytest.mark.parametrize("columns", [NEED_COLUMNS, TECHNOLOGY_COLUMNS, ORGANISATION_COLUMNS])
def test_no_header_means_two_columns(columns):
    spellings = [spelling for column in columns for spelling in column.known_as]

    assert sorted(spellings) == sorted(set(spellings))


@pytest.mark.parametrize("kind", TEMPLATES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_template_is_recognised_by_its_own_import(cast, tmp_path, kind, language):
    path = tmp_path / "template.xlsx"
    path.write_bytes(template(kind, TEMPLATES[kind].columns, language))
    job = Job.objects.create(kind="check_sheet", title="", requested_by=cast["officer"])

    report = check_sheet(kind=kind, path=path, by=cast["officer"], progress=Progress(job))

    assert [problem.kind for problem in report.problems] == ["NO_ROWS"]


# Whatever is written in the cells: it is refused in words, or it is all there, once.

anything = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=25),
    st.sampled_from(
        [
            "",
            "배기열 회수",
            "=1+1",
            "#N/A",
            "６",
            "6",
            "TRL 7",
            "로봇",
            "AI",
            "3억",
            "N-1",
            "_x000D_",
        ]
    ),
    st.integers(-10, 10**16),
    st.floats(allow_nan=False, allow_infinity=False),
)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "관리번호": anything,
            "기관": st.one_of(st.just(BUYER), anything),
            "제목": st.one_of(st.just("가"), anything),
            "내용": st.one_of(st.just("글"), anything),
        },
        optional={"기술성숙도": anything, "예산": anything, "키워드": anything, "분야": anything},
    ),
    min_size=1,
    max_size=4,
)


@given(rows=rows, as_xlsx=st.booleans())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_is_refused_in_words_or_there_once(bring_in, rows, as_xlsx):
    header = list(dict.fromkeys(name for row in rows for name in row))
    sheet = [header, *([row.get(name, "") for name in header] for row in rows)]
    with transaction.atomic():
        if not as_xlsx and any("\x00" in str(cell) for row in sheet for cell in row):
            with pytest.raises(UnreadableFile):  # a text file with a NUL in it is no table
                bring_in(*sheet, as_xlsx=as_xlsx)
            assert Need.objects.count() == 0
            return
        first = bring_in(*sheet, as_xlsx=as_xlsx)
        again = bring_in(*sheet, as_xlsx=as_xlsx)

        if first.problems:
            assert Need.objects.count() == 0
            assert all(problem.fix for problem in first.problems)
        else:
            assert counts(first) == (first.rows, first.rows, 0, 0)
            assert counts(again) == (first.rows, 0, 0, first.rows)
            assert Need.objects.count() == first.rows
        transaction.set_rollback(True)
