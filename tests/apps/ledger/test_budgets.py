"""What a programme has for a year is spoken for step by step, and never twice."""

import uuid
from datetime import date
from fractions import Fraction

import pytest
from django.urls import reverse

from dure.apps.ledger import kinds, operations
from dure.apps.ledger.models import Appropriation, Entry
from dure.apps.ledger.operations import NewEntry, budget_postings
from dure.apps.ledger.queries import budget_by_month, budgets, free_won
from dure.apps.ledger.reasons import Reason
from dure.apps.programmes.models import Programme
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
STEPS = (kinds.FREE, kinds.RESERVED, kinds.COMMITTED, kinds.PAID)


def moved(appropriation, step, amount, day):
    source, target = STEPS[step], STEPS[step + 1]
    lines = budget_postings(appropriation, source, target, amount)
    key = f"{step}/{amount}/{day}"
    return operations.post(
        [NewEntry(key, day, kinds.APPROPRIATION, appropriation.subject, lines)], by=None, at=NOON
    )


def test_money_is_reserved_committed_and_paid_month_by_month(cast):
    budget = cast.appropriation(amount=1_000)
    moved(budget, 0, 600, date(2026, 1, 31))
    moved(budget, 1, 500, date(2026, 2, 28))
    moved(budget, 2, 333, date(2026, 3, 31))

    figures = [
        (month.free, month.reserved, month.committed, month.paid)
        for _, month in budget_by_month(budget, date(2026, 4, 1))
    ]
    assert figures == [(400, 600, 0, 0), (400, 100, 500, 0), *[(400, 100, 167, 333)] * 2]
    assert budgets([budget])[budget.pk].execution_rate == Fraction(333, 1_000)


@pytest.mark.parametrize("step", [0, 1, 2])
def test_more_than_there_is_is_refused(cast, step):
    budget = cast.appropriation(amount=1_000)
    for before in range(step):
        moved(budget, before, 500 - before, date(2026, 1, 5))
    there = (1_000, 500, 499)[step]

    with pytest.raises(Refused) as refusal:
        moved(budget, step, there + 1, date(2026, 1, 6))

    assert (refusal.value.reason, refusal.value.details["short"]) == (Reason.OVERDRAWN, 1)


def test_only_what_is_free_can_be_taken_back(cast):
    budget = cast.appropriation(amount=1_000)
    moved(budget, 0, 600, date(2026, 1, 5))
    less = {
        "programme": budget.programme, "year": 2026, "reason": "감액", "day": date(2026, 5, 1),
        "by": cast["officer"], "at": NOON,
    }  # fmt: skip

    with pytest.raises(Refused):
        operations.appropriate(**less, amount=-401, key="x")
    operations.appropriate(**less, amount=-400, key="y")

    assert free_won(budget) == 0


def test_officer_enters_a_budget_on_its_page_and_sees_it_in_the_list(as_role, cast):
    cast.appropriation(slug="co-investment")
    programme = Programme.objects.get(slug="challenge")
    form = {
        "programme": programme.pk, "year": 2026, "amount": "2500000000", "reason": "본예산",
        "key": str(uuid.uuid4()),
    }  # fmt: skip
    client = as_role("officer")

    client.post(reverse("ledger:appropriate"), form)
    client.post(reverse("ledger:appropriate"), form)  # sent twice

    made = Appropriation.objects.get(programme=programme)
    assert free_won(made) == 2_500_000_000
    assert Entry.objects.filter(cause=made.subject).count() == 1
    listed = client.get(reverse("ledger:budgets")).content.decode()
    assert "2.5 billion" in listed
    for address in (
        reverse("ledger:budget", args=[made.pk]),
        reverse("ledger:trial"),
        reverse("ledger:accounts"),
        reverse("ledger:budgets"),
    ):
        assert client.get(address, {"format": "xlsx"}).content.startswith(b"PK")


def test_refused_entry_is_said_in_the_form(as_role, cast):
    budget = cast.appropriation(amount=1_000)
    form = {
        "programme": budget.programme_id, "year": 2026, "amount": "-1001", "reason": "감액",
        "key": str(uuid.uuid4()),
    }  # fmt: skip

    page = as_role("officer").post(reverse("ledger:appropriate"), form)

    assert "There is not enough money for this." in page.content.decode()
