from dataclasses import replace

import pytest

from dure.engines.scheduling import (
    Fair,
    Lock,
    Meeting,
    Participant,
    Request,
    Rule,
    Side,
    Violation,
    check,
)

FAIR = Fair(
    slots=3,
    tables=(2, 2, 0),
    participants=(
        Participant("B1", Side.DEMAND, max_meetings=2),
        Participant("B2", Side.DEMAND, available=frozenset({1})),
        Participant("S1", Side.SUPPLY),
        Participant("S2", Side.SUPPLY),
        Participant("S3", Side.SUPPLY, parallel=2),
    ),
    requests=(
        Request("B1", "S1", 5),
        Request("B1", "S2", 5),
        Request("B1", "S3", 5),
        Request("B2", "S3", 5),
        Request("B2", "S1", 5),
    ),
    locked=(Lock("B1", "S2", 1, table=1),),
    forbidden=frozenset({("B2", "S1")}),
)
LOCKED = Meeting("B1", "S2", 1, 1)


@pytest.mark.parametrize(
    ("meetings", "violation"),
    [
        ([Meeting("B2", "S2", 1, 0)], Violation(Rule.NOT_ASKED, ("B2", "S2"), 1, 0)),
        ([Meeting("B2", "S1", 1, 0)], Violation(Rule.FORBIDDEN, ("B2", "S1"), 1, 0)),
        ([Meeting("S2", "B1", 0, 0)], Violation(Rule.TWICE, ("S2", "B1"), 0, 0)),
        ([Meeting("B1", "S1", 3, 0)], Violation(Rule.SLOT_UNKNOWN, ("B1", "S1"), 3, 0)),
        ([Meeting("B1", "S1", -1, 0)], Violation(Rule.SLOT_UNKNOWN, ("B1", "S1"), -1, 0)),
        ([Meeting("B1", "S1", 0, 2)], Violation(Rule.TABLE_UNKNOWN, ("B1", "S1"), 0, 2)),
        ([Meeting("B1", "S1", 2, 0)], Violation(Rule.TABLE_UNKNOWN, ("B1", "S1"), 2, 0)),
        ([Meeting("B2", "S3", 1, 1)], Violation(Rule.TABLE_TAKEN, ("B2", "S3"), 1, 1)),
        ([Meeting("B2", "S3", 0, 0)], Violation(Rule.NOT_AVAILABLE, ("B2",), 0)),
        ([Meeting("B1", "S1", 1, 0)], Violation(Rule.TOO_MANY_AT_ONCE, ("B1",), 1)),
        (
            [Meeting("B1", "S1", 0, 0), Meeting("B1", "S3", 0, 1)],
            Violation(Rule.ABOVE_LIMIT, ("B1",)),
        ),
    ],
)
def test_check_names_the_rule_that_is_broken(meetings, violation):
    assert check(FAIR, [LOCKED]) == ()
    assert violation in check(FAIR, [LOCKED, *meetings])


@pytest.mark.parametrize("moved", [[], [replace(LOCKED, slot=0)], [replace(LOCKED, table=0)]])
def test_check_misses_a_lock_that_is_not_kept(moved):
    assert check(FAIR, moved) == (Violation(Rule.LOCK_NOT_KEPT, ("B1", "S2"), 1, 1),)


def test_check_lets_several_representatives_meet_at_once():
    fair = replace(FAIR, locked=(), tables=2)
    meetings = [Meeting("B1", "S3", 1, 0), Meeting("B2", "S3", 1, 1)]

    assert check(fair, meetings) == ()
