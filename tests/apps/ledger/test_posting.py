"""Entries balance, are posted once, are never changed, and overdraw nothing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection

from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import MOST, Account, Entry, Line
from dure.apps.ledger.operations import Posting, correct, seal
from dure.apps.ledger.queries import balance, lines_of, trial_balance
from dure.apps.ledger.reasons import Reason
from dure.foundation.verdict import Refused
from tests.apps.ledger.conftest import CASH, DAY, OTHER, THIRD, entry, posted
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
ADD_LINES = """
    INSERT INTO ledger_line (entry_id, account_id, day, amount)
    SELECT entry_id, account_id, day, amount FROM ledger_line
"""


def account(name):
    return Account.objects.get(**name._asdict())


def test_what_is_posted_can_be_asked_for_any_day():
    posted(
        entry("a", 100),
        entry("b", 30, to=OTHER, source=CASH, day=DAY + timedelta(days=2)),
        entry("c", 5, day=DAY - timedelta(days=1)),
    )

    held = [balance(account(CASH), DAY + timedelta(days=n)) for n in (-2, -1, 0, 1, 2)]
    assert held == [0, 5, 105, 105, 75]
    assert balance(account(CASH)) == account(CASH).balance == 75
    assert [line.running for line in lines_of(account(CASH))] == [5, 105, 75]
    debit, credit = (
        sum(getattr(row, side) for row in trial_balance()) for side in ("debit", "credit")
    )
    assert debit == credit == 135


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"lines": (Posting(CASH, 2), Posting(OTHER, -1))}, Reason.UNBALANCED),
        (
            {"lines": (Posting(CASH, 2), Posting(OTHER._replace(currency="USD"), -2))},
            Reason.UNBALANCED,
        ),
        ({"amount": 0}, Reason.LINES_MISSING),
        ({"lines": (Posting(CASH, 1),)}, Reason.UNBALANCED),
        ({"amount": MOST + 1}, Reason.AMOUNT_OUT_OF_RANGE),
        ({"amount": True}, Reason.AMOUNT_OUT_OF_RANGE),
        ({"amount": 1.0}, Reason.AMOUNT_OUT_OF_RANGE),
        ({"cause": ""}, Reason.CAUSE_MISSING),
        ({"amount": -101}, Reason.OVERDRAWN),
    ],
)
def test_entry_is_refused_and_nothing_of_the_others_posted(wrong, reason):
    with pytest.raises(Refused) as refusal:
        posted(entry("good", 100), entry("wrong", **wrong))

    assert refusal.value.reason == reason
    assert not Entry.objects.exists()


def test_the_largest_amount_is_posted_to_the_won():
    posted(*(entry(str(n), MOST) for n in range(5)))

    assert balance(account(CASH)) == 5 * MOST
    assert list(faults()) == []


def test_same_key_is_posted_once_and_refused_for_something_else():
    [first] = posted(entry("a", 100))
    [again] = posted(entry("a", 100))

    assert again == first
    assert account(CASH).balance == 100
    with pytest.raises(Refused) as refusal:
        posted(entry("a", 101))
    assert refusal.value.reason == Reason.KEY_TAKEN


def test_correction_is_a_new_entry_and_happens_once(cast):
    [wrong] = posted(entry("a", 100))

    opposite = correct(entry=wrong, reason="계좌 오류", day=DAY, by=cast["officer"], at=NOON)

    assert (opposite.corrects, account(CASH).balance, Entry.objects.count()) == (wrong, 0, 2)
    with pytest.raises(Refused) as refusal:
        correct(entry=wrong, reason="x", day=DAY, by=cast["officer"], at=NOON)
    assert refusal.value.reason == Reason.CORRECTED_ALREADY


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_line SET amount = amount * 2",
        "DELETE FROM ledger_line",
        "UPDATE ledger_entry SET day = day + 1",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_account SET subject = 'test:9'",
        "UPDATE ledger_account SET floor = 0",
        "DELETE FROM ledger_account",
        "UPDATE ledger_seal SET digest = ''",
        "DELETE FROM ledger_seal",
        ADD_LINES,
    ],
)
def test_database_refuses_to_change_what_is_posted(statement):
    posted(entry())
    seal(at=NOON)

    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (((CASH, 5), (OTHER, -4)), "does not balance"),
        (((CASH, 5),), "other lines than it says"),
        (((CASH, 5), (OTHER, 0)), "line_has_an_amount"),
    ],
)
def test_database_refuses_an_entry_that_does_not_balance(lines, complaint):
    posted(entry("a", to=CASH), entry("b", to=THIRD))
    with pytest.raises(IntegrityError, match=complaint):
        write_past_the_operations(lines)


def write_past_the_operations(lines):
    made = Entry.objects.create(
        key="x", day=DAY, kind="TEST", cause="test:1", line_count=2, created_at=NOON, digest=""
    )
    for name, amount in lines:
        Line.objects.create(entry=made, account=account(name), day=DAY, amount=amount)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_database_refuses_an_overdrawn_account():
    posted(entry())
    with pytest.raises(IntegrityError, match="account_is_not_overdrawn"):
        Account.objects.filter(pk=account(CASH).pk).update(balance=-1)
