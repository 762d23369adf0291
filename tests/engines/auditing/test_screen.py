"""A run as a whole: order of rows, one project beside another, absent columns, places."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.auditing import EXPENSES, Finding, Level, rank, rarity, signals
from tests.engines.auditing.made import paid, pay, project, screened

AGAINST_THE_FIELD = {
    "digits", "high_price", "holidays", "late_share", "odd_hours", "only_customer", "over_plan",
    "per_head", "round_vendor", "vendor_share",
}  # fmt: skip
BETWEEN_PROJECTS = {
    "each_other", "evidence_elsewhere", "in_circle", "over_full_time", "same_picture", "same_text",
    "shared_account", "two_employers",
}  # fmt: skip

any_row = st.fixed_dictionaries(
    {
        "project": st.sampled_from("AB"),
        "date": st.dates(date(2025, 12, 1), date(2027, 2, 1)),
        "minute": st.none() | st.integers(0, 1439),
        "item": st.sampled_from(["재료비", "회의비", "인건비", "연구수당", "장비비", "other"]),
        "vendor": st.none() | st.sampled_from(["V1", "V2", "FA", "FB"]),
        "account": st.none() | st.sampled_from(["K1", "K2"]),
        "method": st.sampled_from(["card", "이체", "현금"]),
        "amount": st.integers(-3_000_000, 30_000_000) | st.just(2_950_000),
        "evidence": st.none() | st.sampled_from(["E10001", "E10002", "E77777"]),
        "person": st.none() | st.sampled_from(["S1", "S2"]),
        "attendees": st.none() | st.integers(0, 9),
        "in_plan": st.none() | st.booleans(),
    }
)
several = st.lists(any_row, min_size=1, max_size=25)


def numbered(rows):
    return [paid(n) | row | {"row": str(n)} for n, row in enumerate(rows, 1)]


@pytest.mark.slow
@settings(max_examples=3, deadline=None)
@given(several, st.integers(0, 99))
def test_the_order_of_rows_never_matters(rows, seed):
    rows = numbered(rows)
    shuffled = random.Random(seed).sample(rows, len(rows))

    assert screened(rows) == screened(shuffled)


@pytest.mark.slow
@settings(max_examples=3, deadline=None)
@given(several, any_row)
def test_a_row_of_one_project_leaves_the_signals_of_another_as_they_were(rows, row):
    rows = numbered(rows)
    added = [*rows, paid(99) | row | {"row": "99", "project": "B"}]

    def told(screening):
        return {
            f"{f}" for f in screening.findings
            if f.project == "A" and f.signal not in AGAINST_THE_FIELD | BETWEEN_PROJECTS
        }  # fmt: skip

    assert told(screened(rows)) == told(screened(added))


def test_a_column_that_is_not_there_silences_its_signals_and_the_run_says_so():
    absent = ("minute", "evidence", "person", "account", "attendees", "in_plan", "vat")

    screening = screened([paid(1), paid(2)], without=absent)

    silent = {silence.signal: silence.missing for silence in screening.silent}
    assert silent["odd_hours"] == ("time",)
    assert silent["related_party"] == ("relations.vendor", "relations.relation")
    assert silent.keys() >= {"same_evidence", "double_pay", "shared_account", "per_head"}
    assert "split_orders" not in silent


def test_with_nothing_but_amounts_the_run_still_ends():
    absent = set(EXPENSES) - {"row", "project", "amount"}

    screening = screened([paid(1)], without=absent)

    assert screening.findings == ()
    assert len(screening.silent) == len(signals())


def test_a_project_without_expenses_has_its_place():
    screening = screened([pay(1, "S1", 3)], [project("A"), project("B")])

    assert [r.project for r in screening.ranking] == ["A", "B"]


def finding(key, signal, level=Level.MEDIUM, score=1.0, **facts):
    return Finding(key, signal, level, score, ("1",), facts)


def test_what_many_show_says_little():
    projects = {f"P{n}": 0 for n in range(100)}
    common = [finding(f"P{n}", "common") for n in range(60)]

    ranking = rank(projects, [*common, finding("P99", "rare")])

    assert ranking[0].project == "P99"
    assert ranking[1].project == "P0"
    assert rarity(60, 100) < 0.2 < rarity(1, 100)


def test_a_signal_counts_once_in_a_project_and_more_where_much_money_is_behind_it():
    totals = {"A": 1_000_000, "B": 1_000_000}
    once = rank(totals, [finding("A", "x")])
    often = rank(totals, [finding("A", "x"), finding("A", "x", score=0.4)])
    much = [finding("A", "x", paid=900), finding("B", "x", paid=90_000)]

    assert once == often
    assert [r.project for r in rank(totals, much)] == ["B", "A"]
