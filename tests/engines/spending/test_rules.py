"""What is disallowed of an expense, limits of a month, changes, and records that repeat."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.spending import (
    ChangeRule,
    Condition,
    Disallowed,
    Duplicate,
    Finding,
    Fraction,
    Handling,
    MonthLimit,
    Part,
    Purpose,
    Record,
    Rule,
    Spent,
    classify_change,
    duplicates,
    indirect_cut,
    judge,
    over_months,
    over_participation,
    propose,
    reward_clawback,
)

NIGHT = Rule("night", (Condition("time", hours=(time(23), time(6))),))


@pytest.mark.parametrize(
    ("at", "is_night"),
    [
        (time(22, 59), False),
        (time(23), True),
        (time(0), True),
        (time(6), True),
        (time(6, 1), False),
        (time(12), False),
    ],
)
def test_both_ends_of_the_night_count(at, is_night):
    assert bool(judge({"amount": 1000, "time": at}, [NIGHT])) == is_night


@pytest.mark.parametrize(
    ("disallowed", "facts", "won"),
    [
        (Disallowed(), {"amount": 9}, 9),
        (Disallowed(), {"month_pay": 9}, 9),
        (Disallowed(Part.FACT, "vat"), {"amount": 110, "vat": 10}, 10),
        (Disallowed(Part.ABOVE, won=100), {"amount": 110}, 10),
        (Disallowed(Part.PER_HEAD, "heads", won=30), {"amount": 121, "heads": 4}, 1),
        (Disallowed(Part.PER_HEAD, "heads", won=30), {"amount": 121}, None),
        (Disallowed(Part.BEYOND, "days", "planned"), {"amount": 500, "days": 5, "planned": 4}, 100),
        (Disallowed(Part.SHARE, "price", share=Fraction(1, 5)), {"amount": 30, "price": 100}, 10),
        (
            Disallowed(Part.PARTICIPATION),
            {"month_pay": 1000, "shares": (60, 70), "share_here": 70},
            300,
        ),
        (
            Disallowed(Part.PARTICIPATION),
            {"month_pay": 1000, "shares": (120, 10), "share_here": 10},
            100,
        ),
        (Disallowed(Part.NOTHING), {"amount": 9}, 0),
    ],
)
def test_the_part_that_is_disallowed(disallowed, facts, won):
    findings = judge(facts, [Rule("rule", disallowed=disallowed)])

    assert findings == (() if won is None else (Finding("rule", won),))


@given(
    st.integers(1, 10**9), st.integers(0, 10**10), st.integers(1, 50), st.sampled_from(list(Part))
)
def test_nothing_is_disallowed_twice(amount, other, heads, part):
    facts = {"amount": amount, "fact": other, "allowed": heads, "vat": other}
    rule = Rule("rule", disallowed=Disallowed(part, "fact", "allowed", 10, Fraction(1, 2)))

    assert all(0 <= finding.disallowed <= amount for finding in judge(facts, [rule]))


def test_what_is_not_known_breaks_no_rule():
    rule = Rule("minutes", (Condition("minutes", one_of=(False,)),))

    assert judge({"amount": 5}, [rule]) == ()
    assert judge({"amount": 5, "minutes": False}, [rule]) == (Finding("minutes", 5),)


def test_an_exception_lets_pass():
    rule = Rule("paid", (Condition("by", none_of=("card",)),), (Condition("why", one_of=(True,)),))

    assert judge({"amount": 5, "by": "cash", "why": True}, [rule]) == ()
    assert judge({"amount": 5, "by": "cash", "why": False}, [rule]) == (Finding("paid", 5),)


def test_the_month_is_over_from_the_expense_that_passes_its_limit():
    limits = [MonthLimit("taxi", 100, date(2025, 1, 1), date(2025, 12, 1))]
    spent = [
        Spent("a", "taxi", date(2025, 3, 1), 90),
        Spent("b", "taxi", date(2025, 3, 2), 90),
        Spent("a", "taxi", date(2025, 3, 3), 20),
        Spent("a", "taxi", date(2025, 3, 4), 5),
        Spent("a", "taxi", date(2026, 1, 4), 500),
    ]

    assert over_months(spent, limits) == (0, 0, 10, 5, 0)


def test_more_than_all_of_a_month():
    shares = [("Kim", 2025, 3, 60), ("Kim", 2025, 3, 50), ("Lee", 2025, 3, 100)]

    assert over_participation(shares) == {("Kim", 2025, 3): 110}


def test_a_change_needs_approval_a_notice_or_comes_too_late():
    rules = [ChangeRule("total", (Condition("total_changed", one_of=(True,)),), days_before_end=5)]

    mixed = classify_change({"total_changed": True, "address": True}, rules, days_left=5)
    assert (mixed.handling, mixed.rules) == (Handling.APPROVE, ("total",))
    notice = classify_change({"address": True}, rules, days_left=30, notice_days=30)
    assert notice.handling is Handling.NOTIFY
    late = classify_change({"address": True}, rules, days_left=29, notice_days=30)
    assert late.handling is Handling.TOO_LATE
    late = classify_change({"total_changed": True}, rules, days_left=4)
    assert (late.handling, late.rules) == (Handling.TOO_LATE, ("total",))


def test_a_change_that_only_goes_with_another_is_barred_without_it():
    more = Condition("total_up", above=Fraction(0))
    rules = [ChangeRule("reward", (Condition("reward_up", above=Fraction(0)),), (more,))]

    alone = classify_change({"reward_up": 1, "total_up": 0}, rules)
    assert (alone.handling, alone.rules) == (Handling.BARRED, ("reward",))
    assert classify_change({"reward_up": 1, "total_up": 1}, rules).handling is Handling.APPROVE
    named = classify_change({"total_up": 1}, rules, notices=[ChangeRule("more", (more,))])
    assert (named.handling, named.rules) == (Handling.NOTIFY, ("more",))


def test_sums_that_ran_ahead_go_back():
    assert reward_clawback(paid=100, planned=100, direct_spent=50, direct_planned=100) == 30
    assert reward_clawback(paid=100, planned=100, direct_spent=80, direct_planned=100) == 0
    assert indirect_cut(spent=90, planned=100, direct_spent=40, direct_planned=100) == 45
    assert indirect_cut(spent=90, planned=100, direct_spent=50, direct_planned=100) == 0


def test_the_same_number_is_surely_the_same_and_a_payment_like_its_invoice_probably():
    day = date(2025, 5, 2)
    records = [
        Record(0, "card", day, 50_000, "식당", "123"),
        Record(1, "card", day, 50_000, "식당", "123"),
        Record(2, "card", day, 50_000, "식당", "124"),  # another purchase of the same day
        Record(3, "invoice", date(2025, 5, 1), 900_000, "상사", "A"),
        Record(4, "bank", day, 900_000, "상사"),
        Record(5, "bank", day, 900_000, "상사"),
        Record(6, "bank", date(2025, 6, 2), 900_000, "상사"),
    ]

    assert duplicates(records) == (Duplicate(1, 0, True), Duplicate(4, 3, False))


def test_a_purpose_is_proposed_by_what_the_payee_had_before_or_by_the_longest_word():
    purposes = [Purpose("meal", "activity", ("카페",)), Purpose("test", "outside", ("카페시험원",))]

    assert propose("서울카페시험원", purposes) == "test"
    assert propose("서울카페시험원", purposes, known="meal") == "meal"
    assert propose("서울", purposes) is None
