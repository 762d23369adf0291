"""Two reports of one deal are found from either side; what differs for sure never is."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.reconciling import DAYS, PERCENT, Report, Sign, twins_of

OURS = Report("a", "contract", frozenset({"1", "2"}), date(2026, 3, 2), Decimal(1_000_000), "KRW")


def other(**differs):
    return replace(OURS, id="b", **differs)


reports = st.builds(
    Report,
    id=st.sampled_from("abcdef"),
    family=st.sampled_from(["contract", "mou"]),
    parties=st.sampled_from([frozenset({"1", "2"}), frozenset({"1", "3"}), frozenset({"1"})]),
    on=st.dates(date(2026, 1, 1), date(2026, 2, 28)),
    amount=st.none() | st.decimals(0, 1000, places=2),
    currency=st.sampled_from(["KRW", "USD"]),
    number=st.sampled_from(["", "K-1", "k 1", "K-2"]),
)


@given(reports, reports)
def test_both_find_each_other_for_the_same_reasons(report, twin):
    report, twin = replace(report, id="a"), replace(twin, id="b")

    there, back = twins_of(report, [twin]), twins_of(twin, [report])

    assert [twin.signs for twin in there] == [twin.signs for twin in back]


@given(reports, st.lists(reports, max_size=8))
def test_no_twin_is_of_another_kind_or_of_other_parties(report, others):
    known = {other.id: other for other in others if other.id != report.id}

    for twin in twins_of(report, known.values()):
        assert known[twin.id].family == report.family
        assert known[twin.id].parties == report.parties


@pytest.mark.parametrize(
    ("differs", "signs"),
    [
        ({}, [Sign.SAME_DAY, Sign.SAME_AMOUNT]),
        ({"on": OURS.on + timedelta(DAYS)}, [Sign.NEAR_DAY, Sign.SAME_AMOUNT]),
        ({"on": OURS.on - timedelta(DAYS + 1)}, None),
        ({"amount": OURS.amount * (100 - PERCENT) / 100}, [Sign.SAME_DAY, Sign.NEAR_AMOUNT]),
        ({"amount": OURS.amount * (100 - PERCENT) / 100 - 1}, None),
        ({"amount": None}, [Sign.SAME_DAY, Sign.AMOUNT_UNSAID]),
        ({"currency": "USD"}, None),
    ],
)
def test_how_far_two_reports_may_differ(differs, signs):
    twins = twins_of(OURS, [other(**differs)])

    assert [list(twin.signs) for twin in twins] == ([signs] if signs else [])


def test_the_same_number_of_the_paper_is_enough():
    numbered = replace(OURS, number="제2026-12호")
    later = other(number="제 2026 12호", on=date(2026, 9, 1), amount=Decimal(1))

    assert [twin.signs for twin in twins_of(numbered, [later])] == [(Sign.SAME_NUMBER,)]
    assert twins_of(numbered, [other(number="제2026-13호")]) == []


def test_the_likeliest_comes_first():
    near = replace(other(on=OURS.on + timedelta(3)), id="c")

    assert [twin.id for twin in twins_of(OURS, [near, other()])] == ["b", "c"]
