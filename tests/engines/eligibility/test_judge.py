"""Verdicts on who may apply, each with the fact it rests on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.eligibility import (
    Answer,
    Applicant,
    AtLeast,
    AtMost,
    Clear,
    Effect,
    EligibilityRule,
    Fact,
    Holds,
    NoneOf,
    OneOf,
    Shown,
    Source,
    Younger,
    judge,
)

ON = date(2026, 11, 30)


def answer(question, value):
    rule = EligibilityRule("rule", question)
    [verdict] = judge(Applicant((Fact(question.fact, value),)), [rule], ON)
    return verdict.answer


@pytest.mark.parametrize(
    ("question", "value", "expected"),
    [
        (OneOf("size", ("small",)), "small", Answer.YES),
        (OneOf("size", ("small",)), "large", Answer.NO),
        (NoneOf("size", ("large",)), "large", Answer.NO),
        (AtMost("debt_ratio", 999), 999, Answer.YES),
        (AtMost("debt_ratio", 999), 1000, Answer.NO),
        (AtLeast("members", 2), 2, Answer.YES),
        (AtLeast("members", 2), 1, Answer.NO),
        (Younger("founded", 7), date(2019, 11, 30), Answer.YES),
        (Younger("founded", 7), date(2019, 11, 29), Answer.NO),
        (Younger("founded", 7), date(2027, 1, 1), Answer.NO),
        (Younger("founded", 7), "2019", Answer.NO),
        (Clear("banned"), False, Answer.YES),
        (Clear("banned"), True, Answer.NO),
        (Clear("banned"), 0, Answer.NO),
        (Holds("fund_member"), True, Answer.YES),
        (Holds("fund_member"), False, Answer.NO),
    ],
)
def test_a_rule_answers(question, value, expected):
    assert answer(question, value) is expected


def test_without_the_fact_nobody_can_say():
    [verdict] = judge(Applicant(), [EligibilityRule("banned", Clear("banned"))], ON)

    assert (verdict.answer, verdict.fact, verdict.bars) == (Answer.UNKNOWN, None, False)


def test_a_paper_counts_when_one_of_them_is_shown():
    rule = EligibilityRule("purchase", Shown(("contract", "consent")))

    [without] = judge(Applicant(), [rule], ON)
    [shown] = judge(Applicant(confirmed=frozenset({"consent"})), [rule], ON)

    assert (without.answer, shown.answer) == (Answer.NO, Answer.YES)


def test_the_better_source_counts_and_of_those_the_latest():
    rule = EligibilityRule("banned", Clear("banned"))
    facts = (
        Fact("banned", True, as_of=date(2026, 1, 1), source=Source.REGISTRY),
        Fact("banned", False, as_of=date(2026, 6, 1), source=Source.REGISTRY),
        Fact("banned", True, as_of=date(2026, 11, 1), source=Source.DECLARED),
        Fact("banned", True, as_of=ON + timedelta(1), source=Source.REGISTRY),  # not yet
    )

    [verdict] = judge(Applicant(facts), [rule], ON)

    assert verdict.fact == facts[1]


def test_everybody_whom_a_rule_looks_at_gets_a_verdict():
    rule = EligibilityRule("banned", Clear("banned"), ("lead", "partner", "demand"))
    facts = (Fact("banned", False), Fact("banned", True, "partner"))

    verdicts = judge(Applicant(facts, roles=frozenset({"lead", "partner"})), [rule], ON)

    assert [(v.whose, v.answer) for v in verdicts] == [
        ("lead", Answer.YES),
        ("partner", Answer.NO),
    ]


def test_an_exemption_lifts_a_rule_and_is_told():
    rule = EligibilityRule("debt", AtMost("debt_ratio", 999), unless=("crisis_region",))
    facts = (Fact("debt_ratio", 2000), Fact("crisis_region", True))

    [verdict] = judge(Applicant(facts), [rule], ON)

    assert (verdict.answer, verdict.exempted_by) == (Answer.YES, "crisis_region")


def test_a_matter_of_rank_bars_nobody():
    rule = EligibilityRule("new", Clear("recent"), effect=Effect.COMES_FIRST)

    [verdict] = judge(Applicant((Fact("recent", True),)), [rule], ON)

    assert (verdict.answer, verdict.bars) == (Answer.NO, False)


@given(st.dates(date(1950, 1, 1), date(2026, 11, 30)), st.integers(1, 50))
def test_growing_older_never_makes_anybody_younger(founded, years):
    question = Younger("founded", years)
    answers = [question.answer(founded, ON + timedelta(days)) for days in range(0, 2000, 100)]

    assert answers == sorted(answers, reverse=True)
