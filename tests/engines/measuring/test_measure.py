"""Figures come out of facts the same however they lie, and of a past day for ever."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.measuring import (
    AddsUp,
    Definition,
    Fact,
    Measurement,
    Period,
    Selection,
    behind,
    check,
    known_on,
    measure,
)

START = date(2021, 6, 1)
days = st.integers(0, 1200).map(lambda count: START + timedelta(count))
amounts = st.integers(-(10**12), 10**12) | st.decimals(
    -(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False
)
dimensions = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["SEOUL", "BUSAN"]),
        "size": st.sampled_from(["small", "large"]),
    },
)


@st.composite
def facts(draw):
    known = draw(days)
    until = draw(st.none() | st.integers(1, 600).map(lambda count: known + timedelta(count)))
    return Fact(
        draw(st.sampled_from(["need", "money"])),
        str(draw(st.integers(1, 40))),
        draw(days),
        known,
        until,
        draw(amounts),
        draw(dimensions),
    )


@st.composite
def selections(draw):
    where = draw(
        st.dictionaries(
            st.sampled_from(["region", "size"]),
            st.frozensets(st.sampled_from(["SEOUL", "small", ""]), min_size=1),
        )
    )
    return Selection(draw(st.sampled_from(["need", "money", "other"])), where)


@st.composite
def definitions(draw, adds_up=None):
    how = draw(st.sampled_from(adds_up or list(AddsUp)))
    is_part = how in {AddsUp.RATIO, AddsUp.SHARE}
    return Definition(
        draw(selections()),
        how,
        distinct="region" if how == AddsUp.DISTINCT else "",
        per=draw(selections()) if is_part else None,
        times=draw(st.sampled_from([1, 100])),
        cumulative=draw(st.booleans()),
        by=tuple(draw(st.lists(st.sampled_from(["year", "region", "size"]), unique=True))),
    )


periods = st.integers(2021, 2024).map(Period.of_year)
tables = st.lists(facts(), max_size=30)
moments = st.none() | days


@given(definitions(), tables, periods, moments)
def test_every_measurement_is_what_its_facts_add_up_to(definition, table, period, as_of):
    assert check(definition, table, period, measure(definition, table, period, as_of), as_of) == ()


@given(definitions(), tables, periods, moments, st.randoms())
def test_the_order_of_the_facts_never_matters(definition, table, period, as_of, chance):
    shuffled = list(table)
    chance.shuffle(shuffled)
    assert measure(definition, shuffled, period, as_of) == measure(definition, table, period, as_of)


@given(definitions(), tables, tables, periods, days)
def test_what_is_learnt_later_leaves_a_past_day_alone(definition, table, more, period, as_of):
    later = [fact._replace(known_from=as_of + timedelta(1), known_until=None) for fact in more]
    # What held then and ended since is corrected after the day that is asked for.
    ended = [
        fact._replace(known_until=as_of + timedelta(1))
        if fact.known_until is None and fact.known_from <= as_of
        else fact
        for fact in table
    ]
    assert measure(definition, [*ended, *later], period, as_of) == measure(
        definition, table, period, as_of
    )


@given(definitions([AddsUp.COUNT, AddsUp.SUM]), tables, periods, moments)
def test_cells_of_counts_and_sums_add_up_to_the_whole(definition, table, period, as_of):
    measurement = measure(definition, table, period, as_of)
    if definition.by:
        assert sum(cell.value for cell in measurement.cells) == measurement.value
        assert sum(cell.facts for cell in measurement.cells) == measurement.facts


@given(definitions(), tables, periods, moments)
def test_the_facts_behind_a_figure_are_those_it_counts(definition, table, period, as_of):
    assert (
        len(behind(definition, table, period, as_of))
        == measure(definition, table, period, as_of).facts
    )


@given(definitions(), tables, moments)
def test_one_table_answers_many_periods_as_each_alone(definition, table, as_of):
    known = known_on(table, as_of)
    for year in range(2021, 2025):
        period = Period.of_year(year)
        assert measure(definition, known, period) == measure(definition, table, period, as_of)


def fact(on, value=1, kind="need", known=None, until=None, **own):
    return Fact(kind, str(on), on, known or on, until, value, own)


def test_a_withdrawn_fact_counts_until_the_day_of_its_withdrawal():
    needs = [fact(date(2023, 3, 1), until=date(2023, 9, 1))]
    definition, year = Definition(Selection("need"), AddsUp.COUNT), Period.of_year(2023)

    assert measure(definition, needs, year, date(2023, 8, 31)).value == 1
    assert measure(definition, needs, year, date(2023, 9, 1)).value == 0
    assert measure(definition, needs, year).value == 0


def test_a_rate_is_exact_and_rounded_once_half_up():
    made = [fact(date(2023, 1, day), result="yes" if day == 1 else "no") for day in (1, 2, 3)]
    rate = Definition(
        Selection("need", {"result": frozenset({"yes"})}),
        AddsUp.RATIO,
        per=Selection("need"),
        times=100,
    )
    assert measure(rate, made, Period.of_year(2023)).value == Decimal("33.3333")
    half = [fact(date(2023, 1, 1), Decimal("0.0001")), fact(date(2023, 1, 2), 0)]
    average = Definition(Selection("need"), AddsUp.AVERAGE)
    assert measure(average, half, Period.of_year(2023)).value == Decimal("0.0001")


def test_of_nothing_there_is_no_rate_but_a_count():
    year = Period.of_year(2023)
    rate = Definition(Selection("need"), AddsUp.RATIO, per=Selection("need"))
    assert measure(rate, [], year) == Measurement(None, 0)
    assert measure(Definition(Selection("need"), AddsUp.SUM), [], year).value == 0


def test_the_judge_names_a_wrong_cell_and_a_missing_one():
    needs = [fact(date(2023, 1, 1), region="SEOUL"), fact(date(2023, 1, 2), region="BUSAN")]
    definition = Definition(Selection("need"), AddsUp.COUNT, by=("region",))
    right = measure(definition, needs, Period.of_year(2023))
    wrong = Measurement(right.value, right.facts, right.cells[:1])

    [violation] = check(definition, needs, Period.of_year(2023), wrong)

    assert violation.group == ("SEOUL",)
    assert (violation.stated, violation.right) == (None, 1)


def test_a_definition_that_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="dimension"):
        Definition(Selection("need"), AddsUp.DISTINCT)
    with pytest.raises(ValueError, match="part of"):
        Definition(Selection("need"), AddsUp.RATIO)
    with pytest.raises(ValueError, match="ends before"):
        Period(date(2023, 2, 1), date(2023, 1, 1))
