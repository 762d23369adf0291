"""Expenses: filed once, judged with their evidence, justified, decided; the time of people."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from dure.apps.notices.models import Notice
from dure.apps.projects import operations, queries
from dure.apps.projects.kinds import Decision, MemberRole
from dure.apps.projects.models import Evidence, Expense
from dure.apps.projects.reasons import Reason
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
SLIP = ContentFile(b"%PDF-1.7", "전표.pdf")


def refused(act) -> Reason:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason


def test_what_is_sent_twice_is_filed_once(cast, made):
    first, second = cast.expense(made), cast.expense(made)

    assert first == second
    assert Expense.objects.count() == 1


def test_evidence_mends_what_it_can(cast, made):
    spent = cast.expense(made)
    assert (spent.broken, spent.expected) == (["no-evidence"], 1_100_000)

    spent = operations.add_evidence(
        expense=spent, files=[SLIP], kind="card_slip", by=cast["supplier"], at=NOON
    )

    assert (spent.broken, spent.expected) == ([], 0)
    assert Evidence.objects.get().name == "전표.pdf"


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (ContentFile(b"", "a.pdf"), Reason.FILE_EMPTY),
        (ContentFile(b"MZ", "a.exe"), Reason.FILE_NOT_ALLOWED),
        (ContentFile(b"<html>", "a.pdf"), Reason.FILE_NOT_ALLOWED),
    ],
)
def test_a_file_that_is_none_leaves_nothing_behind(cast, made, file, reason):
    assert refused(lambda: cast.expense(made, files=[file])) == reason
    assert not Expense.objects.exists()


def test_the_same_dinner_paid_in_two_parts_is_seen(cast, made):
    parts = {
        "purpose": "meeting", "amount": 90_000,
        "answers": {"attendees": 4, "outsiders": 2, "minutes": True},
    }  # fmt: skip
    cast.expense(made, key="1", files=[SLIP], **parts)

    second = cast.expense(made, key="2", files=[SLIP], **parts)

    assert second.broken == ["split"]


def test_a_justification_waits_for_the_officer_whose_decision_stands(cast, made):
    spent = cast.expense(made)
    officer = cast["officer"]

    operations.justify(expense=spent, text="영수증을 잃었습니다.", by=cast["supplier"], at=NOON)
    assert Notice.objects.filter(recipient=officer).exists()
    decided = operations.decide(
        expense=spent, decision=Decision.DISALLOWED, amount=300_000, note="일부만 인정",
        by=officer, at=NOON,
    )  # fmt: skip

    assert (decided.decision, decided.disallowed) == (Decision.DISALLOWED, 300_000)
    again = {"decision": "ALLOWED", "amount": 0, "note": "x", "by": officer, "at": NOON}
    assert refused(lambda: operations.decide(expense=spent, **again)) == Reason.DECIDED_ALREADY
    change = {"values": {"amount": 1}, "by": cast["supplier"], "at": NOON}
    assert refused(lambda: operations.change_expense(expense=spent, **change)) == (
        Reason.DECIDED_ALREADY
    )
    [row] = list(queries.spending_of(made))
    assert (row.amount, row.disallowed) == (1_100_000, 300_000)


@pytest.mark.parametrize(("amount", "note"), [(0, "x"), (1_100_001, "x"), (5, "")])
def test_a_decision_is_a_part_of_the_amount_and_says_why(cast, made, amount, note):
    spent = cast.expense(made)

    assert refused(
        lambda: operations.decide(
            expense=spent, decision="DISALLOWED", amount=amount, note=note,
            by=cast["officer"], at=NOON,
        )
    ) in (Reason.OUT_OF_RANGE, Reason.SAY_WHY)  # fmt: skip


def test_nobody_is_above_all_of_a_month_over_all_projects(cast, made):
    other = cast.project("P-2")

    def share(project, percent):
        return operations.name_share(
            member=project.members.get(role=MemberRole.LEAD), researcher="R-17", name="김가나",
            month=date(2026, 3, 14), percent=percent, month_pay=3_000_000, by=cast["supplier"],
        )  # fmt: skip

    share(made, 60)
    assert refused(lambda: share(other, 41)) == Reason.OVER_ALL_TIME
    share(other, 40)
    share(made, 50)  # lowered: the same month of the same person

    assert queries.total_share("R-17", date(2026, 3, 1)) == 90


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"amount": 0, "expected": 0}, "expense_is_money"),
        ({"vat": 2_000_000}, "expense_is_money"),
        ({"disallowed": 2_000_000}, "expense_disallowed_is_a_part"),
        ({"decision": "ALLOWED"}, "expense_decision_has_a_time"),
    ],
)
def test_the_database_refuses_what_must_never_be(cast, made, values, constraint):
    spent = cast.expense(made)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Expense.objects.filter(pk=spent.pk).update(**values)
