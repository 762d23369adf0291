"""Settlement: whose turn a row is, two who answer at once, and the sum to the won."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse

from dure.apps.projects import adapter, operations, queries
from dure.apps.projects.models import Mark, Recovery
from dure.apps.projects.reasons import Reason
from dure.apps.projects.stages import MarkStage, ProjectStage, RecoveryStage
from dure.apps.records.queries import entries_about
from dure.foundation.verdict import Refused
from tests.conftest import NOON
from tests.html import flat

SLIP = ContentFile(b"%PDF-1.7", "전표.pdf")


def refused(act) -> Reason:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason


@pytest.fixture
def settling(cast, made):
    """70M spent of 80M in cash, 20M in kind shown in full, and the settlement begun."""
    cast.expense(made, key="m", files=[SLIP], amount=50_000_000)
    cast.expense(made, key="a", files=[SLIP], amount=20_000_000, purpose="travel")
    cast.expense(
        made, key="k", files=[SLIP], amount=20_000_000, purpose="staff_pay", paid_by="in_kind"
    )
    operations.open_settlement(project=made, by=cast["officer"], at=NOON)
    made.refresh_from_db()
    return made


def mark(cast, project, key="m", amount=4_000_000):
    return operations.mark_row(
        expense=project.expenses.get(row_key=key), amount=amount, question="납품서가 없습니다.",
        by=cast["rival"], at=NOON,
    )  # fmt: skip


def judge(cast, row, stage, amount=0, revision=None):
    row.refresh_from_db()
    return operations.judge_mark(
        mark=row, stage=stage, amount=amount, note="검토 결과", by=cast["rival"], at=NOON,
        revision=row.revision if revision is None else revision,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_row_goes_to_and_fro_until_it_is_decided(cast, settling):
    row = mark(cast, settling)
    assert (row.stage, row.due_on) == (MarkStage.OPEN, date(2026, 12, 2))

    row = operations.answer_mark(
        mark=row, answer="붙였습니다.", revision=0, by=cast["supplier"], at=NOON
    )
    assert row.stage == MarkStage.ANSWERED
    row = judge(cast, row, MarkStage.OPEN)
    assert row.stage == MarkStage.OPEN
    operations.answer_mark(
        mark=row, answer="다시 붙였습니다.", revision=2, by=cast["supplier"], at=NOON
    )
    assert judge(cast, row, MarkStage.DROPPED).stage == MarkStage.DROPPED


@pytest.mark.django_db
def test_the_sum_is_the_algebra_of_the_form(cast, settling):
    row = mark(cast, settling)
    judge(cast, row, MarkStage.UPHELD, 4_000_000)

    concluded = operations.conclude(project=settling, by=cast["officer"], at=NOON)

    # A 60M, B 20M, F 70M, H 4M: X 0.75, G 10M, G1 7.5M, G2 2.5M, H1 3M, S -0.5M
    result = concluded.result
    assert (result["returned"], result["to_pay"]) == (0, 500_000)
    assert (result["recovered"], result["disallowed_in_kind"]) == (10_000_000, 0)
    [entry] = entries_about(f"project:{settling.pk}")
    assert json.loads(entry.leaf)["content"]["recovered_won"] == 10_000_000
    settling.refresh_from_db()
    assert settling.stage == ProjectStage.SETTLED
    recovery = Recovery.objects.get()
    assert (recovery.amount, recovery.due_on) == (10_500_000, date(2026, 12, 22))


@pytest.mark.django_db
def test_nothing_is_concluded_while_a_row_is_open(cast, settling):
    mark(cast, settling)

    assert refused(lambda: operations.conclude(project=settling, by=cast["officer"], at=NOON)) == (
        Reason.OPEN_MARKS
    )


@pytest.mark.django_db
def test_expenses_stand_still_once_the_settlement_has_begun(cast, settling):
    assert refused(lambda: cast.expense(settling, key="late")) == Reason.IN_SETTLEMENT
    spent = settling.expenses.get(row_key="m")
    operations.add_evidence(
        expense=spent, files=[SLIP], kind="contract", by=cast["supplier"], at=NOON
    )
    assert spent.evidence.count() == 2


@pytest.mark.django_db
def test_who_takes_part_does_not_examine(cast, made):
    assert refused(
        lambda: operations.name_accountant(project=made, firm=cast.buyer, by=cast["officer"])
    ) == (Reason.ACCOUNTANT_TAKES_PART)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_one_row_at_once_one_answer_stands(cast, settling):
    row = mark(cast, settling)
    people = [cast["supplier"], cast.colleague()]

    def answer(person):
        try:
            operations.answer_mark(
                mark=row, answer=f"{person}의 답", revision=0, by=person, at=NOON
            )
        except Refused as refusal:
            return refusal.reason
        finally:
            connection.close()
        return str(person)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(answer, people))

    assert answers.count(Reason.ANSWERED_MEANWHILE) == 1
    row.refresh_from_db()
    winner = next(
        answer_given for answer_given in answers if answer_given != Reason.ANSWERED_MEANWHILE
    )
    assert (row.answer, row.revision) == (f"{winner}의 답", 1)
    assert Mark.objects.count() == 1


@pytest.mark.django_db
def test_the_bundle_holds_both_workbooks_and_every_evidence(as_role, settling):
    from io import BytesIO
    from zipfile import ZipFile

    answer = as_role("rival").get(reverse("projects:bundle", args=[settling.pk]))

    names = ZipFile(BytesIO(b"".join(answer.streaming_content))).namelist()
    assert [name for name in names if name.endswith(".xlsx")] == [
        "Usage report.xlsx",
        "Plan against actual.xlsx",
    ]
    assert sum(name.endswith("전표.pdf") for name in names) == 3


@pytest.fixture
def recovery(cast, settling):
    operations.conclude(project=settling, by=cast["officer"], at=NOON)
    return Recovery.objects.get()


@pytest.mark.django_db
def test_money_comes_back_in_instalments_that_add_up(cast, recovery):
    officer = cast["officer"]
    day = recovery.due_on

    def agree(*amounts):
        parts = [(day + timedelta(days=30 * n), amount) for n, amount in enumerate(amounts)]
        return operations.agree_instalments(recovery=recovery, parts=parts, by=officer)

    def pay(amount, key):
        return operations.record_payment(
            recovery=recovery, paid_on=day, amount=amount, key=key, by=officer, at=NOON
        )

    assert recovery.amount == 7_500_000
    assert refused(lambda: agree(3_000_000, 4_000_000)) == Reason.INSTALMENTS_DIFFER
    agree(3_500_000, 4_000_000)
    pay(3_500_000, "1")
    pay(3_500_000, "1")  # sent twice
    assert queries.recoveries_visible_to(officer).get().open == 4_000_000
    assert refused(lambda: pay(4_000_001, "2")) == Reason.MORE_THAN_OPEN
    pay(4_000_000, "2")

    recovery.refresh_from_db()
    assert recovery.stage == RecoveryStage.PAID


@pytest.mark.django_db
def test_a_recovery_is_deferred_once_and_for_two_years_at_most(cast, recovery):
    def defer(days):
        return operations.move_recovery(
            recovery=recovery, stage=RecoveryStage.DEFERRED, note="경영난",
            until=recovery.due_on + timedelta(days=days), by=cast["officer"], at=NOON,
        )  # fmt: skip

    assert refused(lambda: defer(800)) == Reason.DEFERRED_TOO_LONG
    deferred = defer(365)
    assert (deferred.stage, deferred.deferrals) == (RecoveryStage.DEFERRED, 1)
    operations.move_recovery(
        recovery=recovery, stage=RecoveryStage.DEMANDED, note="기한 경과", until=None,
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    recovery.refresh_from_db()
    assert refused(lambda: defer(365)) == Reason.DEFERRED_ALREADY


@pytest.fixture
def small(cast):
    """A project of 30M a year with forty expenses; one is large, one shows nothing."""
    made = cast.project("P-5")
    made.members.filter(role="LEAD").update(grant=20_000_000, own_cash=10_000_000)
    for number in range(38):
        cast.expense(
            made, key=f"s{number:02}", files=[SLIP], amount=100_000 + number, payee=f"상점{number}"
        )
    cast.expense(made, key="large", files=[SLIP], amount=4_000_000)
    cast.expense(made, key="bare", amount=50_000)
    operations.open_settlement(project=made, by=cast["officer"], at=NOON)
    made.refresh_from_db()
    return made


@pytest.mark.django_db
def test_of_a_small_project_a_sample_is_examined_and_the_rest_is_settled_as_declared(cast, small):
    settlement = small.settlement
    why = dict(settlement.sample.values_list("expense__row_key", "why"))

    assert settlement.is_sampled
    assert len(why) == 6  # 15 % of 40
    assert (why["large"], why["bare"]) == ("LARGE", "BROKEN")
    expenses = list(small.expenses.order_by("spent_on", "row_key"))
    assert settlement.seed == adapter.seed_of(small, expenses[::-1], date(2026, 11, 22))
    again = adapter.sampled(small, expenses[::-1], settlement.seed)
    assert {expense.row_key for expense, _ in again} == set(why)
    outside = next(expense.row_key for expense in expenses if expense.row_key not in why)
    assert refused(lambda: mark(cast, small, outside, 1)) == Reason.NOT_IN_SAMPLE
    mark(cast, small, next(key for key, reason in why.items() if reason == "DRAWN"), 1)

    operations.examine_all(project=small, reason="표본에서 오류", by=cast["rival"])

    assert mark(cast, small, outside, 1).stage == MarkStage.OPEN


@pytest.mark.django_db
def test_the_page_says_which_rows_are_examined_and_why(as_role, cast, small):
    page = flat(
        as_role("rival").get(reverse("projects:settlement", args=[small.pk])).content.decode()
    )
    assert "6 of 40 rows are examined" in page
    assert small.settlement.seed in page
    listed = as_role("officer").get(
        reverse("projects:expenses", args=[small.pk]), {"look": "sampled"}
    )
    assert listed.context["total"] == 6

    answer = as_role("rival").post(
        reverse("projects:examine_all", args=[small.pk]), {"reason": "오류 여럿"}, follow=True
    )
    assert "오류 여럿" in answer.content.decode()


@pytest.mark.django_db
def test_a_large_project_is_examined_whole(settling):
    assert not settling.settlement.is_sampled
    assert not settling.settlement.sample.exists()
