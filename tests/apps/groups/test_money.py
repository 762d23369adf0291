"""Dues from a bank's file, who owes, receipts, and the account that a meeting approves."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from dure.apps.groups import operations, queries
from dure.apps.groups.models import Due
from dure.apps.groups.operations.paying import shared
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.foundation.sheets import workbook
from dure.foundation.verdict import Refused
from tests.at_once import at_once
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
HEADER = ["거래일시", "적요", "의뢰인/수취인", "출금액", "입금액", "잔액"]


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason.value


@pytest.fixture
def group(cast):
    group = cast.exchange_group()
    cast.second_member(group)
    operations.set_dues(
        group=group, year=2026, amount=300_000, due_on=date(2026, 3, 31), by=cast["supplier"],
        at=NOON,
    )  # fmt: skip
    return group


@pytest.fixture
def bring_in(cast, group, tmp_path):
    path = tmp_path / "bank.xlsx"

    def function(rows, header=HEADER, is_check=False):
        path.write_bytes(workbook("거래내역", header, rows))
        job = Job.objects.create(
            kind=operations.IMPORT_BANK, title="", requested_by=cast["supplier"]
        )
        run = operations.check_bank if is_check else operations.import_bank
        return run(group=group, path=path, by=cast["supplier"], at=NOON, progress=Progress(job))

    return function


ROWS = [
    ["2026-03-02 09:10:00", "인터넷", "열림테크(주)", "", "300,000", "300,000"],
    ["2026-03-03 10:00:00", "타행이체", "김아무개", "", "100,000", "400,000"],
    ["2026-03-05 12:00:00", "체크카드", "상공회의소", "80,000", "", "320,000"],
]


def owed(group):
    return dict(
        Due.objects.filter(rate__group=group).values_list("member__organisation__name", "paid")
    )


def test_a_banks_file_pays_dues_once_and_the_rest_is_assigned_by_hand(
    as_role, cast, group, bring_in
):
    assert bring_in(ROWS, is_check=True).new == 3
    assert not group.bookings.exists()
    report = bring_in(ROWS)
    assert (report.new, report.same, report.titles) == (3, 0, ["김아무개"])
    assert bring_in(ROWS).same == 3
    assert owed(group) == {"열림테크": 300_000, "한빛중공업": 0}

    page = as_role("supplier").get(reverse("groups:money", args=[group.pk])).content.decode()
    assert "Payments to assign" in page
    waiting = queries.unassigned(group).get()
    member = group.members.get(organisation=cast.buyer)
    assign = reverse("groups:assign", args=[waiting.pk])
    assert as_role("supplier").post(assign, {"kind": "DUES"}).status_code == 422
    as_role("supplier").post(assign, {"kind": "DUES", "member": member.pk})
    assert owed(group) == {"열림테크": 300_000, "한빛중공업": 100_000}
    as_role("supplier").post(assign, {"kind": "OTHER_INCOME"})
    assert owed(group)["한빛중공업"] == 0


def test_two_rows_that_are_alike_are_two_payments(group, bring_in):
    report = bring_in([ROWS[1], ROWS[1]])
    assert (report.new, report.same) == (2, 0)
    assert bring_in([ROWS[1], ROWS[1], ROWS[1]]).new == 1


def test_every_wrong_cell_is_named_and_then_nothing_is_booked(group, bring_in):
    rows = [list(row) for row in ROWS]
    rows[0][0], rows[1][4] = "어제", "십만원"
    rows.append(["2027-01-05", "인터넷", "열림테크", "", "10,000", ""])

    report = bring_in(rows)

    problems = {(problem.place, problem.kind) for problem in report.problems}
    assert problems == {
        ("거래내역!A2", "NO_DAY_OF_PAYMENT"), ("거래내역!E3", "NOT_WHOLE_WON"),
        ("거래내역!5", "PAID_TO_COME"),
    }  # fmt: skip
    assert not group.bookings.exists()


def test_a_cards_file_is_none_of_an_account(bring_in):
    report = bring_in([["2026-03-02", "문구점", "5,000"]], ["이용일자", "가맹점명", "이용금액"])
    assert [problem.kind for problem in report.problems] == ["NOT_OF_A_BANK"]


def book(cast, group, amount, on=date(2026, 4, 1), **more):
    values = {"on": on, "amount": amount, "party": "열림테크", "text": "", **more}
    return operations.book(group=group, values=values, by=cast["supplier"], at=NOON)


def test_the_oldest_dues_are_paid_first_and_more_counts_for_the_next(cast, group):
    member = group.members.get(organisation=cast.supplier)
    book(cast, group, 450_000, kind="DUES", member=member)
    operations.set_dues(
        group=group, year=2027, amount=300_000, due_on=date(2027, 3, 31), by=cast["supplier"],
        at=NOON,
    )  # fmt: skip
    dues = member.dues.order_by("rate__year").values_list("paid", flat=True)
    assert list(dues) == [300_000, 150_000]


def test_who_joins_owes_what_is_not_late_and_who_leaves_owes_it_no_more(cast, group):
    operations.set_dues(
        group=group, year=2025, amount=10, due_on=date(2026, 12, 31), by=cast["supplier"], at=NOON
    )
    operations.join(
        group=group, organisation=cast.stranger, on=NOON.date(), is_agreed=True,
        by=cast["supplier"], today=NOON.date(),
    )  # fmt: skip
    newcomer = group.members.get(organisation=cast.stranger)
    assert not newcomer.dues.exists()  # those of this year were late already
    leaver = group.members.get(organisation=cast.buyer)
    operations.leave(member=leaver, on=NOON.date(), by=cast["supplier"], today=NOON.date())
    assert list(leaver.dues.values_list("rate__year", flat=True)) == [2026]


def test_late_dues_are_on_the_desk_of_who_collects_and_a_firm_sees_its_own(as_role, cast, group):
    assert "한빛중공업" in as_role("supplier").get("/").content.decode()
    money = reverse("groups:money", args=[group.pk])
    page = as_role("member").get(money).content.decode()
    assert "한빛중공업" in page
    assert "열림테크" not in page  # what others owe is for who collects
    assert "300,000" in as_role("member").get(reverse("groups:mine")).content.decode()
    assert as_role("rival").get(money).status_code == 404


def test_a_receipt_has_one_number_and_is_for_who_paid(as_role, cast, group):
    member = group.members.get(organisation=cast.buyer)
    booking = book(cast, group, 300_000, kind="DUES", member=member)
    give = reverse("groups:receipt_new", args=[booking.pk])
    as_role("supplier").post(give)
    as_role("supplier").post(give)
    booking.refresh_from_db()
    assert booking.receipt == f"{group.pk}-2026-001"

    receipt = reverse("groups:receipt", args=[booking.pk])
    paper = as_role("member").get(receipt)
    text = PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    assert booking.receipt in text
    assert "300,000" in text
    assert as_role("rival").get(receipt).status_code == 404
    assert refused(
        lambda: operations.assign(
            booking=booking, kind="OTHER_INCOME", member=None, by=cast["supplier"], at=NOON
        )
    ) == "STAGE_CLOSED"  # fmt: skip


def test_a_meeting_approves_the_account_and_the_year_is_closed(as_role, cast, group):
    last, today = NOON.year - 1, NOON + timedelta(hours=1)
    day = date(last, 6, 1)
    book(cast, group, 1_000_000, on=day, kind="CARRIED")
    book(cast, group, 240_000, on=day, kind="MEETING", party="상공회의소")
    waiting = book(cast, group, 5_000, on=day, kind="DUES", member=None)
    meeting = cast.group_meeting(group)
    operations.write_minutes(
        meeting=meeting, minutes="결산 승인", result="", by=cast["supplier"], at=today
    )
    account = reverse("groups:account", args=[group.pk, last])
    money, change = (
        reverse("groups:money", args=[group.pk]), reverse("groups:assign", args=[waiting.pk]),
    )  # fmt: skip
    approve = reverse("groups:approve", args=[group.pk, last])

    refusal = as_role("supplier").post(approve, {"meeting": meeting.pk})
    assert refusal.status_code == 422
    assert "not assigned" in refusal.content.decode()
    operations.assign(
        booking=waiting, kind="OTHER_INCOME", member=None, by=cast["supplier"], at=today
    )
    assert change in as_role("supplier").get(money).content.decode()
    as_role("supplier").post(approve, {"meeting": meeting.pk})
    assert change not in as_role("supplier").get(money).content.decode()

    kept = group.accounts.get()
    assert (kept.income, kept.spending, kept.closing) == (1_005_000, 240_000, 765_000)
    assert "Approved" in as_role("member").get(account).content.decode()
    sheet = as_role("member").get(account + "?format=xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert rows[-1][-1] == 765_000
    assert refused(lambda: book(cast, group, 1, on=day, kind="OTHER_INCOME")) == "YEAR_CLOSED"
    assert as_role("member").get(approve).status_code == 404


@given(st.integers(0, 2_000_000), st.lists(st.integers(1, 400_000), max_size=6))
def test_the_oldest_dues_are_full_before_the_next_get_anything(paid, amounts):
    shares = shared(paid, amounts)
    assert sum(shares) == min(paid, sum(amounts))
    assert all(0 <= share <= amount for share, amount in zip(shares, amounts, strict=True))
    short = next((n for n, share in enumerate(shares) if share < amounts[n]), len(shares))
    assert not any(shares[short + 1 :])


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_once_books_once(cast, group, bring_in):
    outcomes = at_once(lambda: bring_in(ROWS), lambda: bring_in(ROWS))
    assert outcomes == ["done", "done"]
    assert group.bookings.count() == 3
