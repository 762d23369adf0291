"""Statements taken in: proposed, without doubles, all or nothing, also when the worker is killed."""

import csv
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dure.apps.imports.operations import confirm_upload, take_upload
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import Progress
from dure.apps.projects import operations
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Expense
from dure.foundation.statements import read_statement
from dure.foundation.verdict import YES
from tests.conftest import NOON
from tests.processes import database_url, dure, has_come_to, has_ended, kill, wait_until

HEADER = ["이용일시", "승인번호", "가맹점명", "이용금액", "부가세", "업종", "취소여부"]
ROWS = [
    ["2026-03-14 12:30", "1001", "두레식당", "44000", "4000", "한식", "N"],
    ["2026-03-15 10:00", "1002", "한빛시약", "550000", "50000", "화학제품", "N"],
    ["2026-03-16 10:00", "1003", "가나상사", "99000", "9000", "", "N"],
    ["2026-03-17 10:00", "1003", "가나상사", "-99000", "-9000", "", "취소"],
]


def written(path, rows, header=HEADER):
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture
def take(cast, made, tmp_path):
    def taking(rows, header=HEADER):
        job = Job.objects.create(kind="import_statement", title="")
        return operations.import_statement(
            member=made.members.get(role=MemberRole.LEAD),
            path=written(tmp_path / "statement.csv", rows, header),
            by=cast["supplier"],
            at=NOON,
            progress=Progress(job),
        )

    return taking


@pytest.mark.django_db(transaction=True)
def test_payments_get_a_purpose_and_a_second_time_nothing_happens(take):
    first, again = take(ROWS), take(ROWS)

    assert (first.rows, first.new, first.problems) == (4, 2, [])
    assert (again.new, again.same) == (0, 2)
    assert dict(Expense.objects.values_list("payee", "purpose")) == {
        "두레식당": "meeting",
        "한빛시약": "materials",
    }


@pytest.mark.django_db(transaction=True)
def test_the_payment_of_an_invoice_that_is_there_is_not_spent_twice(take):
    invoices = ["작성일자", "승인번호", "상호", "합계금액", "세액", "품목명"]
    bank = ["거래일시", "받는분", "출금액", "적요"]
    take([["2026-04-01", "T-1", "(주)한빛정밀", "5500000", "500000", "금형"]], invoices)

    report = take([["2026-04-02", "한빛정밀", "5500000", "이체"]] * 2, bank)

    assert (report.new, report.same) == (1, 1)  # a second payment of the sum is one of its own
    assert Expense.objects.filter(payee="한빛정밀").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_broken_cell_keeps_the_whole_file_out(take):
    report = take([*ROWS, ["어제", "1009", "두레식당", "1000", "", "", "N"]])

    assert [(problem.kind, problem.place) for problem in report.problems] == [
        ("NO_DAY_OF_PAYMENT", "A6")
    ]
    assert not Expense.objects.exists()


@pytest.mark.django_db
def test_rows_out_of_excel_are_checked_like_a_file(as_role, made):
    rows = "\n".join("\t".join(row) for row in [HEADER, *ROWS])
    member = made.members.get(role=MemberRole.LEAD)

    answer = as_role("supplier").post(
        reverse("projects:paste_statement", args=[made.pk]), {"member": member.pk, "rows": rows}
    )

    job = Job.objects.get(kind="check_statement")
    assert answer["Location"] == reverse("projects:statement_job", args=[job.pk])


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_50_000_rows_all_of_them_come_once(cast, made, settings, tmp_path):
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(300)]
    rows = [
        [f"{days[n % 300]} 12:{n % 60:02}", f"{n:08}", f"상점{n % 400}", str(1000 + n), "", "", "N"]
        for n in range(50_000)
    ]
    file = SimpleUploadedFile("card.csv", written(tmp_path / "big.csv", rows).read_bytes())
    member = made.members.get(role=MemberRole.LEAD)
    by = cast["supplier"]
    arguments = {"project": made.pk, "member": member.pk}
    check = take_upload(check="check_statement", file=file, arguments=arguments, by=by)
    environment = {"DATABASE_URL": database_url(), "DURE_HOME": str(settings.HOME)}

    with dure("worker", **environment) as worker:
        wait_until(lambda: has_ended(check))
        job = confirm_upload(
            job=check, check="check_statement", take="import_statement", may=lambda _: YES, by=by
        )
        wait_until(lambda: has_come_to(job, "Taking in", 10_000))
        kill(worker)
    assert not Expense.objects.exists()
    with dure("worker", **environment):
        wait_until(lambda: has_ended(job))

    job.refresh_from_db()
    assert (job.stage, job.result["new"]) == (JobStage.DONE, 50_000)
    assert Expense.objects.count() == 50_000


RCMS = [
    "사용일자",
    "비목",
    "세목",
    "거래처명",
    "합계금액",
    "부가세",
    "증빙구분",
    "승인번호",
    "적요",
    "집행상태",
]
USED = [
    ["2026-03-14", "연구재료비", "연구재료 구입비", "한빛정밀", "5500000", "500000", "전자세금계산서", "T-1", "금형", "완료"],
    ["2026-03-15", "연구활동비", "회의비", "두레식당", "44000", "4000", "연구비카드", "1001", "회의", "완료"],
    ["2026-03-15", "연구활동비", "회의비", "두레식당", "44000", "4000", "연구비카드", "1009", "회의", "완료"],
    ["2026-03-16", "연구활동비", "", "코레일", "59800", "", "연구비카드", "1010", "출장", "완료"],
    ["2026-03-25", "인건비", "내부인건비(현물)", "", "3000000", "", "현물", "", "3월", "완료"],
    ["2026-03-26", "성과급", "", "김가나", "10000", "", "계좌이체", "", "", "완료"],
    ["2026-03-27", "간접비", "", "한전", "10000", "", "계좌이체", "", "", "사용등록"],
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_list_of_rcms_gives_each_row_its_budget_line(take):
    first, again = take(USED, RCMS), take(USED, RCMS)

    assert (first.new, first.waiting, first.unsorted, first.problems) == (6, 1, 1, [])
    assert (again.new, again.same) == (0, 6)
    spent = Expense.objects.order_by("spent_on", "number", "payee")
    assert list(spent.values_list("line", "purpose", "paid_by", "shown_elsewhere")) == [
        ("materials", "materials", "transfer", "e_tax_invoice"),
        ("activity", "meeting", "project_card", "card_slip"),
        ("activity", "meeting", "project_card", "card_slip"),
        ("activity", "travel", "project_card", "card_slip"),
        ("personnel", "staff_pay", "in_kind", "in_kind_certificate"),
        ("", "", "transfer", "transfer_slip"),
    ]
    assert "no-evidence" not in spent.first().broken


@pytest.mark.django_db(transaction=True)
def test_what_the_card_company_and_rcms_both_list_is_spent_once(take):
    take(ROWS)

    report = take(USED[:3], RCMS)
    assert (report.new, report.same) == (2, 1)
    back = take([["2026-03-15 12:00", "1009", "두레식당", "44000", "4000", "한식", "N"]])

    assert (back.new, back.same) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_one_payment_that_rcms_splits_over_two_lines_stays_two(take):
    half = [*USED[0][:4], "2750000", "250000", *USED[0][6:]]
    other = [half[0], "연구활동비", "전문가활용비", *half[3:]]
    report = take([half, other], RCMS)

    assert report.new == 2
    invoice = ["작성일자", "승인번호", "상호", "합계금액", "세액", "품목명"]
    whole = take([["2026-03-10", "T-1", "한빛정밀", "5500000", "500000", "금형"]], invoice)
    assert (whole.new, whole.same) == (0, 1)


NUMBERED = ["과제번호", "사용일자", "비목", "거래처명", "합계금액"]


@pytest.mark.django_db(transaction=True)
def test_a_list_of_another_project_is_refused_by_row(cast, made, take):
    cast.project("P-2")
    other = take([["P-2", "2026-03-14", "연구재료비", "두레상사", "110000"]], NUMBERED)
    mixed = take(
        [
            ["S3301234", "2026-03-14", "연구재료비", "두레상사", "110000"],
            ["S3305678", "2026-03-15", "연구재료비", "가나상사", "220000"],
        ],
        NUMBERED,
    )

    assert [(problem.row, problem.value) for problem in other.problems] == [(2, "P-2")]
    assert len(mixed.problems) == 2
    assert not Expense.objects.exists()
    # RCMS may number a project otherwise than we do: one unknown number is the project's own.
    assert take([["S3301234", "2026-03-14", "연구재료비", "두레상사", "110000"]], NUMBERED).new == 1


@pytest.mark.django_db(transaction=True)
def test_rows_of_a_stage_in_settlement_are_refused_by_row(cast, made, take):
    operations.end_stage(project=made, ends_on=date(2026, 3, 15), by=cast["officer"], at=NOON)
    operations.settle_stage(project=made, by=cast["officer"], at=NOON)

    report = take(ROWS)

    assert [problem.value for problem in report.problems] == ["2026-03-14", "2026-03-15"]
    assert all("2026-03-15" in problem.fix for problem in report.problems)
    assert not Expense.objects.exists()
    assert take(ROWS[2:]).new == 0  # what is called off needs no place


def test_the_columns_that_rcms_showed_in_2013_are_read(tmp_path):
    card = ["카드번호", "카드사", "승인번호", "매입추심번호", "매입승인구분", "취소여부", "사용일자", "매입일자",
            "가맹점명", "사업자등록번호", "대표자", "주소", "사용구분", "사용금액", "공급가액", "부가세", "봉사료",
            "수정 금액", "등록여부", "과제번호", "업종제한", "증빙여부"]  # fmt: skip
    row = ["9410-****", "두레카드", "30001", "55001", "승인", "N", "2013-09-02", "2013-09-04", "두레상사",
           "6018612356", "김가나", "서울", "일반", "110000", "100000", "10000", "0", "", "Y", "S2055555", "N",
           "Y"]  # fmt: skip
    [line] = read_statement(written(tmp_path / "card.csv", [row], card)).lines
    assert (line.source, line.on, line.amount, line.vat) == (
        "card",
        date(2013, 9, 2),
        110_000,
        10_000,
    )
    assert (line.number, line.project, line.payee) == ("30001", "S2055555", "두레상사")

    transfer = ["증빙구분", "비목", "세목", "세세목", "은행", "계좌번호", "예금주", "통장표시", "금액", "용도",
                "등록일자", "사용일자", "이체일자", "상태", "자계좌 여부", "휴폐업 집행사유"]  # fmt: skip
    paid = ["세금계산서", "직접비", "연구활동비", "회의비", "두레은행", "110-1", "한빛식당", "한빛", "88000",
            "과제 회의", "2013-09-01", "2013-09-02", "2013-09-03", "이체완료", "N", ""]  # fmt: skip
    [line] = read_statement(written(tmp_path / "use.csv", [paid], transfer)).lines
    assert (line.source, line.on, line.amount, line.payee) == (
        "rcms",
        date(2013, 9, 2),
        88_000,
        "한빛식당",
    )
    assert (line.what, line.listed_as) == ("과제 회의", ("회의비", "연구활동비", "직접비"))
