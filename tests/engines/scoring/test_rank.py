from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.scoring import (
    Cause,
    Combine,
    Criterion,
    Entry,
    Outcome,
    Places,
    Quota,
    Rules,
    Sheet,
    UnusableSheets,
    check,
    influence,
    judged_again,
    rank,
    severity,
    written,
)

RULES = Rules(
    (Criterion("tech", Fraction(60)), Criterion("business", Fraction(40))),
    combine=Combine.TRIMMED,
    pass_score=Fraction(60),
    most_bonus=Fraction(5),
    ties=(("tech",), ("business",)),
)


def entry(name, *marks, **more):
    sheets = tuple(
        Sheet(f"r{n}", {"tech": Fraction(tech), "business": Fraction(business)})
        for n, (tech, business) in enumerate(marks)
    )
    return Entry(name, sheets, **more)


def flat(name, mark, **more):
    return entry(name, *[(mark, mark)] * 5, **more)


def outcomes(ranking):
    return {line.id: (line.rank, line.outcome, line.cause) for line in ranking.lines}


@st.composite
def rounds(draw):
    marks = st.tuples(st.integers(0, 10), st.integers(0, 10))
    entries = [
        entry(
            f"A{n}",
            *(
                (10 * tech, 10 * business)
                for tech, business in draw(st.lists(marks, min_size=3, max_size=7))
            ),
            bonus=Fraction(draw(st.integers(0, 7))),
            belongs={"region": draw(st.sampled_from(["Seoul", "Busan"]))},
        )
        for n in range(draw(st.integers(1, 7)))
    ]
    rules = replace(
        RULES,
        combine=draw(st.sampled_from(Combine)),
        decimals=draw(st.sampled_from([None, 2, 4])),
    )
    quota = Quota("region", "Busan", draw(st.integers(0, 2)), draw(st.sampled_from([None, 2, 3])))
    return entries, rules, Places(draw(st.integers(0, 4)), draw(st.integers(0, 3)), (quota,))


@settings(deadline=None)
@given(rounds())
def test_every_ranking_follows_from_its_sheets(situation):
    entries, rules, places = situation

    ranking = rank(entries, rules, places)

    assert check(entries, rules, places, ranking) == ()
    assert rank(entries[::-1], rules, places) == ranking


@settings(deadline=None)
@given(rounds())
def test_a_better_mark_never_lowers_a_rank(situation):
    entries, rules, places = situation
    first = entries[0]
    better = replace(
        first,
        sheets=tuple(
            replace(sheet, marks={key: min(mark + 10, 100) for key, mark in sheet.marks.items()})
            for sheet in first.sheets
        ),
    )

    before = rank(entries, rules, places).line(first.id).rank
    after = rank([better, *entries[1:]], rules, places).line(first.id).rank

    assert after <= before


def test_highest_and_lowest_are_left_out():
    ranking = rank([entry("A", (90, 90), (100, 100), (0, 0), (80, 80), (70, 70))], RULES, Places(1))

    line = ranking.line("A")
    assert written(line.score.score) == "80.0000"
    assert line.score.left_out == {1, 2}


def test_ties_go_by_the_stated_order_and_the_rest_stays_tied():
    tech = entry("tech", *[(80, 70)] * 5)
    business = entry("business", *[(70, 85)] * 5)
    twin = entry("twin", *[(80, 70)] * 5)

    ranking = rank([business, tech, twin], RULES, Places(1))

    assert [(line.id, line.rank) for line in ranking.lines] == [
        ("tech", 1),
        ("twin", 1),
        ("business", 3),
    ]


def test_gates_minima_and_the_pass_score_keep_out_with_their_reason():
    gate = flat("gate", 90)
    gate = replace(
        gate,
        sheets=tuple(replace(sheet, failed=frozenset({"fit"})) for sheet in gate.sheets[:3])
        + gate.sheets[3:],
    )
    rules = replace(
        RULES, criteria=(RULES.criteria[0], replace(RULES.criteria[1], minimum=Fraction(50)))
    )
    weak_business = entry("weak business", *[(100, 40)] * 5)

    ranking = rank([gate, weak_business, flat("low", 59)], rules, Places(9))

    assert {line.id: (line.cause, line.of) for line in ranking.lines} == {
        "gate": (Cause.GATE, "fit"),
        "weak business": (Cause.BELOW_MINIMUM, "business"),
        "low": (Cause.BELOW_THRESHOLD, ""),
    }


@pytest.mark.parametrize(
    ("lifts", "mark", "bonus", "final"),
    [(True, 58, 9, 63), (True, 80, 3, 83), (False, 58, 9, 58), (False, 80, 9, 85)],
)
def test_bonus_counts_up_to_its_limit(lifts, mark, bonus, final):
    rules = replace(RULES, bonus_lifts=lifts)

    ranking = rank([flat("A", mark, bonus=Fraction(bonus))], rules, Places(1))

    assert ranking.line("A").final == final


def test_places_reserve_and_those_beyond():
    ranking = rank(
        [flat("a", 90), flat("b", 80), flat("c", 70), flat("d", 65)], RULES, Places(2, 1)
    )

    assert outcomes(ranking) == {
        "a": (1, Outcome.SELECTED, Cause.IN_PLACES),
        "b": (2, Outcome.SELECTED, Cause.IN_PLACES),
        "c": (3, Outcome.RESERVE, Cause.NEXT_IN_LINE),
        "d": (4, Outcome.REJECTED, Cause.BEYOND_PLACES),
    }


def test_a_quota_lifts_its_own_and_says_whom_it_displaced():
    seoul, busan = {"region": "Seoul"}, {"region": "Busan"}
    entries = [
        flat("a", 90, belongs=seoul),
        flat("b", 85, belongs=seoul),
        flat("c", 80, belongs=seoul),
        flat("d", 70, belongs=busan),
    ]

    lifted = rank(entries, RULES, Places(2, 0, (Quota("region", "Busan", 1),)))
    full = rank(entries, RULES, Places(3, 0, (Quota("region", "Seoul", 0, 2),)))

    assert {line.id: line.cause for line in lifted.lines} == {
        "a": Cause.IN_PLACES,
        "b": Cause.DISPLACED_BY_QUOTA,
        "c": Cause.BEYOND_PLACES,
        "d": Cause.BY_QUOTA,
    }
    assert {line.id: line.cause for line in full.lines} == {
        "a": Cause.IN_PLACES,
        "b": Cause.IN_PLACES,
        "c": Cause.QUOTA_FULL,
        "d": Cause.IN_PLACES,
    }


def test_the_weight_of_one_sheet_is_told():
    rules = replace(RULES, combine=Combine.MEAN)
    first = entry("first", (90, 90), (90, 90), (30, 30))
    second = entry("second", (75, 75), (75, 75), (75, 75))

    without = influence([first, second], rules, Places(1))

    assert rank([first, second], rules, Places(1)).line("first").rank == 2
    assert without["first", "r2"] == 1
    assert without["second", "r0"] == 1


def test_panels_stand_side_by_side_and_are_judged_again_around_the_cut():
    entries = [flat(f"a{n}", 90 - n, panel="mild") for n in range(5)]
    entries += [flat(f"b{n}", 75 - n, panel="severe") for n in range(5)]
    ranking = rank(entries, RULES, Places(5))

    assert severity(ranking) == {"mild": Fraction(15, 2), "severe": Fraction(-15, 2)}
    fixed, again = judged_again(ranking, 5, Fraction(7, 10), Fraction(13, 10))
    assert (fixed, again) == (("a0", "a1", "a2"), ("a3", "a4", "b0"))


@pytest.mark.parametrize(
    "broken",
    [
        entry("A", (90, 90), (80, 80)),
        Entry(
            "A", tuple(Sheet("r", {"tech": Fraction(1), "business": Fraction(1)}) for _ in range(3))
        ),
        Entry("A", tuple(Sheet(f"r{n}", {"tech": Fraction(1)}) for n in range(3))),
        entry("A", (101, 0), (1, 1), (1, 1)),
        entry("A", (-1, 0), (1, 1), (1, 1)),
    ],
)
def test_sheets_that_cannot_be_counted_are_refused(broken):
    with pytest.raises(UnusableSheets, match="A"):
        rank([broken], RULES, Places(1))
