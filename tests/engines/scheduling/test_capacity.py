from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given

from dure.engines.scheduling import Fair, Participant, Request, Side, capacity, solve
from tests.engines.scheduling.fairs import fairs, relaxed

DEMAND = tuple(Participant(f"B{n}", Side.DEMAND) for n in range(3))
SUPPLY = tuple(Participant(f"S{n}", Side.SUPPLY) for n in range(4))
GROUP = tuple(Participant(f"p{n}", Side.EITHER) for n in range(5))


@pytest.mark.parametrize(
    ("fair", "most"),
    [
        (Fair(4, 40, (*DEMAND, *SUPPLY), ()), 12),
        (Fair(4, 2, (*DEMAND, *SUPPLY), ()), 8),
        (Fair(4, (2, 0, 3, 9), (*DEMAND, *SUPPLY), ()), 8),
        (Fair(4, 9, (*DEMAND, *(replace(s, max_meetings=2) for s in SUPPLY)), ()), 8),
        (Fair(4, 9, (*DEMAND, replace(SUPPLY[0], available=frozenset({2}))), ()), 1),
        (Fair(2, 9, (replace(DEMAND[0], parallel=3), *SUPPLY), ()), 6),
        (Fair(3, 9, GROUP, ()), 7),
        (Fair(3, 2, GROUP, ()), 6),
        (Fair(3, 9, (), ()), 0),
    ],
)
def test_capacity_counts_seats_tables_and_limits(fair, most):
    assert capacity(fair) == most


@relaxed
@given(fairs())
def test_no_timetable_holds_more_than_the_capacity(fair):
    assert len(solve(fair).meetings) <= capacity(fair)


def test_a_timetable_reaches_the_capacity_when_everybody_asks_for_everybody():
    fair = Fair(3, (3, 2, 3), (*DEMAND, *SUPPLY), ())
    asked = tuple(Request(b.id, s.id, 1) for b, s in product(DEMAND, SUPPLY))

    assert len(solve(replace(fair, requests=asked)).meetings) == capacity(fair) == 8
