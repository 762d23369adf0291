from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.scheduling import (
    Cause,
    Fair,
    Lock,
    Meeting,
    Participant,
    Request,
    Side,
    Unplaced,
    check,
    explain,
    solve,
)
from tests.engines.scheduling.fairs import fairs, relaxed

B1, B2 = Participant("B1", Side.DEMAND), Participant("B2", Side.DEMAND)
S1, S2 = Participant("S1", Side.SUPPLY), Participant("S2", Side.SUPPLY)
WISH = Request("B1", "S1", 5)


def fair(*, tables=2, slots=2, people=(B1, B2, S1, S2), weights=(9, 9, 9), **parts):
    others = (Request("B1", "S2", weights[0]), Request("B2", "S1", weights[1]))
    return Fair(slots, tables, people, (WISH, *others, Request("B2", "S2", weights[2])), **parts)


@pytest.mark.parametrize(
    ("asked", "meetings", "cause"),
    [
        (fair(forbidden=frozenset({("S1", "B1")})), [], Cause.FORBIDDEN),
        (fair(people=(replace(B1, available=frozenset()), B2, S1, S2)), [], Cause.NO_COMMON_SLOT),
        (
            fair(tables=(2, 0), people=(replace(B1, available=frozenset({1})), B2, S1, S2)),
            [],
            Cause.NO_COMMON_SLOT,
        ),
        (
            fair(people=(B1, B2, replace(S1, max_meetings=1), S2)),
            [Meeting("B2", "S1", 0, 0)],
            Cause.LIMIT_REACHED,
        ),
        (fair(slots=1), [Meeting("B1", "S2", 0, 0)], Cause.DEMAND_FULL),
        (fair(slots=1), [Meeting("B2", "S1", 0, 0)], Cause.SUPPLY_FULL),
        (fair(slots=1, tables=1), [Meeting("B2", "S2", 0, 0)], Cause.TABLES_FULL),
        (fair(slots=1), [], Cause.PLACEABLE),
        (fair(), [Meeting("B1", "S2", 0, 0), Meeting("B2", "S1", 1, 0)], Cause.OUTWEIGHED),
        (
            fair(weights=(9, 4, 9)),
            [Meeting("B1", "S2", 0, 0), Meeting("B2", "S1", 1, 0)],
            Cause.NOT_FREE_TOGETHER,
        ),
        (
            fair(weights=(9, 4, 9), locked=(Lock("B2", "S1", 1),)),
            [Meeting("B1", "S2", 0, 0), Meeting("B2", "S1", 1, 0)],
            Cause.OUTWEIGHED,
        ),
    ],
)
def test_explain_names_the_cause(asked, meetings, cause):
    assert Unplaced("B1", "S1", cause) in explain(asked, meetings)


@relaxed
@given(fairs())
def test_a_best_timetable_outweighs_whatever_it_leaves_out(fair):
    causes = {unplaced.cause for unplaced in solve(fair).unplaced}

    assert not causes & {Cause.PLACEABLE, Cause.NOT_FREE_TOGETHER}


@relaxed
@given(fairs(), st.data())
def test_every_cause_is_true_by_trying(fair, data):
    """Take meetings away at random; then judge each cause by what `check` says to more meetings."""
    held = solve(fair).meetings
    locked = {frozenset((lock.demand, lock.supply)) for lock in fair.locked}
    meetings = [
        meeting
        for meeting in held
        if frozenset((meeting.demand, meeting.supply)) in locked or data.draw(st.booleans())
    ]

    for unplaced in explain(fair, meetings):
        places = [
            Meeting(unplaced.demand, unplaced.supply, slot, table)
            for slot, tables in enumerate(fair.tables_by_slot)
            for table in range(tables)
        ]
        broken = [
            {violation.code.value for violation in check(fair, [*meetings, place])}
            for place in places
        ]
        alone = [
            {violation.code.value for violation in check(replace(fair, locked=()), [place])}
            for place in places
        ]
        match unplaced.cause:
            case Cause.PLACEABLE:
                assert set() in broken
            case Cause.FORBIDDEN:
                assert all("FORBIDDEN" in rules for rules in broken)
            case Cause.NO_COMMON_SLOT:
                assert all("NOT_AVAILABLE" in rules for rules in alone)
            case Cause.LIMIT_REACHED:
                assert all("ABOVE_LIMIT" in rules for rules in broken)
            case Cause.TABLES_FULL:
                assert all(rules for rules in broken)
                assert {"TABLE_TAKEN"} in broken
            case _:
                assert all(rules & {"TOO_MANY_AT_ONCE", "NOT_AVAILABLE"} for rules in broken)
