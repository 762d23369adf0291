"""Plan files: the shipped ones hold what their source says, a wrong one is told by line and key."""

from decimal import Decimal

import pytest

from dure.engines.measuring import AddsUp
from dure.foundation import promotion_plans
from dure.foundation.programmes import UnusableFile

FOURTH = promotion_plans.shipped()["innovation-4"].read_bytes()
SMALL = b"""
id = "small"
name = { ko = "x", en = "x" }
first_year = 2024
last_year = 2026
source = "y"
strategies = [{ id = "S1", name = { ko = "s", en = "s" } }]

[[indicators]]
id = "one"
strategy = "S1"
name = { ko = "n", en = "n" }
unit = "won"
adds_up = "sum"
actuals = { 2024 = 4 }
"""

# Figures of the sources, one of each kind, looked up by another way than the file is written.
FIGURES = {
    ("smart-factories", "2019"): 12_660,
    ("smart-factories", "2022"): 30_144,
    ("win-win-contribution", "2022"): 30_790_000_000,
    ("co-investment-money", "2021"): 780_300_000_000,
    ("innovation-products-all", "2022"): 485,
    ("trial-products-cumulative", "2022"): 1_225,
    ("exchange-foreign", "2022"): 1_176,
    ("exchange-money", "2022"): 8_810_000_000,
    ("matching-day-consultations", "2022-12"): 282,
    ("fair-needs", "2023-11-21"): 924,
    ("fair-consultations", "2023-11-21"): 219,
    ("performance-sharing", "2022"): 102_355,
    ("zone-investment", "2022"): 4_011_400_000_000,
    ("rnd-strategic", "2023"): 530_900_000_000,
    ("savings-people", "2022"): 239_058,
    ("technicians-hired-share", "2022"): Decimal("82.2"),
    ("parts-funds", "2020-2022"): 390_000_000_000,
}
HEADLINES = {
    "fourth-industry-share": 40,
    "sme-share-of-rnd": Decimal("18.6"),
    "smart-factories": 30_000,
    "sme-rnd-staff": 200_000,
    "collaborative-rnd": 50,
    "deposits": 100_000,
    "commercialisation-success": Decimal("52.8"),
    "high-growth-firms": 20_000,
}


def mistakes(content):
    with pytest.raises(UnusableFile) as error:
        promotion_plans.read(content)
    return [(mistake.line, mistake.key, mistake.code) for mistake in error.value.mistakes]


def test_the_fourth_plan_holds_the_figures_of_its_source():
    plan = promotion_plans.read(FOURTH)
    for (code, period), value in FIGURES.items():
        assert plan.indicator(code).actuals[period] == value, code
    headlines = {
        indicator.id: indicator.targets["2023"]
        for indicator in plan.indicators
        if indicator.strategy
    }
    assert headlines == HEADLINES
    assert plan.indicator("smart-factories-advanced").targets == {"2027": 40}


def test_the_only_thing_that_disagrees_in_it_is_named_and_explained():
    [discrepancy] = promotion_plans.discrepancies(promotion_plans.read(FOURTH))
    assert (discrepancy.place, discrepancy.facts) == ("stated.tasks", {"stated": 9, "listed": 10})
    assert discrepancy.explained is not None


@pytest.mark.parametrize(
    ("before", "after", "place", "right"),
    [
        (b"2022 = 2418", b"2022 = 2419", "sums.smart-factories-new.2022", 5106),
        (b"2022 = 30_144", b"2022 = 30_143", "indicators.smart-factories.2022", 5104),
        (b'2022 = 82.2 ', b'2022 = 82.3 ', "indicators.technicians-hired-share.2022", Decimal("82.2")),
    ],
)  # fmt: skip
def test_figures_that_do_not_agree_are_named(before, after, place, right):
    assert before in FOURTH
    plan = promotion_plans.read(FOURTH.replace(before, after))
    discrepancies = {
        discrepancy.place: discrepancy for discrepancy in promotion_plans.discrepancies(plan)
    }
    assert discrepancies[place].facts["right"] == right
    assert discrepancies[place].explained is None
    assert "5" in discrepancies[place].message("en") or "82" in discrepancies[place].message("en")


def test_every_shipped_plan_can_be_read_and_says_its_years():
    years = {
        name: (plan.first_year, plan.last_year)
        for name, path in promotion_plans.shipped().items()
        if (plan := promotion_plans.read(path.read_bytes()))
    }
    assert years == {
        "innovation-1": (2004, 2008),
        "innovation-2": (2009, 2013),
        "innovation-3": (2014, 2018),
        "innovation-4": (2019, 2023),
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b'unit = "won"', b'unit = "wons"', (13, "indicators[0].unit", "unknown_word")),
        (b"2024 = 4", b"may = 4", (15, "indicators[0].actuals.may", "period")),
        (b"2024 = 4", b'2024 = "4"', (15, "indicators[0].actuals.2024", "not_a_number")),
        (b'strategy = "S1"', b'strategy = "S2"', (11, "indicators[0].strategy", "no_such")),
        (b'strategy = "S1"\n', b"", (9, "indicators[0]", "one_place")),
        (b"last_year = 2026", b"last_year = 2023", (5, "last_year", "plan_ends_before")),
        (b"adds_up", b"adds_upp", (14, "indicators[0].adds_upp", "extra")),
    ],
)
def test_a_mistake_is_told_by_line_and_key(before, after, expected):
    assert expected in mistakes(SMALL.replace(before, after))


def test_a_measured_indicator_becomes_a_definition():
    indicator = promotion_plans.read(
        SMALL
        + b"""
[indicators.measured]
fact = "money"
adds_up = "share"
where = { role = ["demand"] }
per = { fact = "money" }
"""
    ).indicators[0]
    definition = promotion_plans.definition_of(indicator, ("region",))
    assert (definition.adds_up, definition.of.where) == (AddsUp.SHARE, {"role": {"demand"}})
    assert (definition.per.kind, definition.by) == ("money", ("region",))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2020-2022", "2020-01-01", "2022-12-31"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2023-11-21", "2023-11-21", "2023-11-21"),
    ],
)
def test_periods(text, first, last):
    period = promotion_plans.period_of(text)
    assert (str(period.first), str(period.last)) == (first, last)


@pytest.mark.parametrize("text", ["", "22", "2022-13", "2023-02-30", "2022-2020", "2022-1", "x"])
def test_no_periods(text):
    with pytest.raises(promotion_plans.NotAPeriod):
        promotion_plans.period_of(text)


def test_the_schema_is_made_from_the_reader():
    schema = promotion_plans.json_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["properties"]) >= {"id", "strategies", "tasks", "indicators", "sums"}
