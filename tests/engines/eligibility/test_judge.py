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
    Span,
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


YEAR = Span(date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize(
    ("years", "expected"), [(8, Answer.YES), (7, Answer.UNKNOWN), (6, Answer.NO)]
)
def test_of_a_year_only_some_questions_can_be_answered(years, expected):
    assert answer(Younger("founded", years), YEAR) is expected


@given(st.dates(date(1950, 1, 1), ON), st.integers(0, 800), st.integers(0, 800), st.integers(1, 50))
def test_a_span_answers_only_what_every_day_in_it_answers(first, length, at, years):
    span = Span(first, min(first + timedelta(length), ON))
    day = min(first + timedelta(min(at, length)), span.last)
    question = Younger("founded", years)

    answer = question.answer(span, ON)

    assert answer is None or answer is question.answer(day, ON)


def test_what_a_list_confirms_is_shown():
    rule = EligibilityRule("council", Shown(("council_recommendation", "consent")))
    known = Fact("council_recommendation", True, source=Source.IMPORTED)

    [verdict] = judge(Applicant((known,)), [rule], ON)

    assert (verdict.answer, verdict.fact) == (Answer.YES, known)


def test_a_list_stands_above_own_records_and_below_a_registry():
    rule = EligibilityRule("banned", Clear("banned"))
    facts = [Fact("banned", source is Source.IMPORTED, source=source) for source in Source]

    with_registry, without = (
        judge(Applicant(tuple(facts[n:])), [rule], ON)[0].fact.source for n in (0, 1)
    )

    assert (with_registry, without) == (Source.REGISTRY, Source.IMPORTED)


STEPS = ("application", "evaluation", "agreement", "payment")


@pytest.mark.parametrize(
    ("step", "curable"),
    [("application", True), ("evaluation", True), ("agreement", False), ("payment", False)],
)
def test_a_no_can_be_cured_until_its_step(step, curable):
    rule = EligibilityRule("arrears", Clear("arrears"), curable_until="evaluation")

    [owing] = judge(Applicant((Fact("arrears", True),)), [rule], ON)
    [clear] = judge(Applicant((Fact("arrears", False),)), [rule], ON)

    assert owing.is_curable_at(step, STEPS) is curable
    assert clear.is_curable_at(step, STEPS) is False


def test_an_unknown_step_is_a_mistake_of_the_caller():
    rule = EligibilityRule("arrears", Clear("arrears"), curable_until="evaluation")
    [owing] = judge(Applicant((Fact("arrears", True),)), [rule], ON)

    with pytest.raises(ValueError, match="not in"):
        owing.is_curable_at("later", STEPS)
