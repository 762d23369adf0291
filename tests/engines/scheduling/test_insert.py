from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.scheduling import (
    Broken,
    Cause,
    Contradiction,
    Fair,
    Lock,
    Meeting,
    Participant,
    Request,
    Side,
    check,
    insert,
    solve,
)
from tests.engines.scheduling.fairs import fairs, relaxed

B1, B2 = Participant("B1", Side.DEMAND), Participant("B2", Side.DEMAND)
S1, S2 = Participant("S1", Side.SUPPLY), Participant("S2", Side.SUPPLY)
FAIR = Fair(2, 2, (B1, B2, S1, S2), (Request("B1", "S2", 9), Request("B2", "S1", 9)))
APART = (Meeting("B1", "S2", 0, 0), Meeting("B2", "S1", 1, 0))
WALK_IN = Request("B1", "S1", 1)


def thinned(fair, data):
    """Some of the meetings of a timetable, with all that are locked."""
    locked = {frozenset((lock.demand, lock.supply)) for lock in fair.locked}
    return tuple(
        meeting
        for meeting in solve(fair).meetings
        if frozenset((meeting.demand, meeting.supply)) in locked or data.draw(st.booleans())
    )


@relaxed
@given(fairs(), st.data(), st.booleans())
def test_insert_obeys_the_rules_and_leaves_what_must_stay(fair, data, moving):
    meetings = thinned(fair, data)
    slots = data.draw(st.one_of(st.none(), st.frozensets(st.integers(0, fair.slots - 1))))
    for request in fair.requests[:4]:
        done = insert(fair, meetings, request, moving=moving, slots=slots)

        locked = {(lock.demand, lock.supply) for lock in fair.locked}
        roles = {
            m
            for m in meetings
            if not moving
            or (m.demand, m.supply) in locked
            or (slots is not None and m.slot not in slots)
        }
        pairs = {frozenset((m.demand, m.supply)) for m in meetings}
        pair = frozenset((request.demand, request.supply))
        assert check(fair, done.meetings) == ()
        assert roles <= set(done.meetings)
        assert (done.meeting is None) == (done.cause is not None)
        if done.meeting is None:
            assert done.meetings == meetings
        else:
            assert done.meeting in done.meetings
            assert {frozenset((m.demand, m.supply)) for m in done.meetings} == pairs | {pair}
            if slots is not None and pair not in pairs:
                assert done.meeting.slot in slots


@relaxed
@given(fairs(), st.data())
def test_insert_refuses_only_what_fits_nowhere(fair, data):
    meetings = thinned(fair, data)
    for request in fair.requests:
        if insert(fair, meetings, request).meeting is None:
            places = [
                Meeting(request.demand, request.supply, slot, table)
                for slot, tables in enumerate(fair.tables_by_slot)
                for table in range(tables)
            ]
            assert all(check(fair, [*meetings, place]) for place in places)


def test_insert_moves_nothing_unless_told_to():
    assert insert(FAIR, APART, WALK_IN).cause is Cause.OUTWEIGHED

    moved = insert(FAIR, APART, WALK_IN, moving=True)

    assert moved.meeting is not None
    assert len(moved.meetings) == 3
    assert check(replace(FAIR, requests=(*FAIR.requests, WALK_IN)), moved.meetings) == ()


def test_insert_never_moves_a_lock():
    fair = replace(FAIR, locked=(Lock("B1", "S2", 0), Lock("B2", "S1", 1)))

    assert insert(fair, APART, WALK_IN, moving=True).cause is Cause.OUTWEIGHED


def test_insert_uses_only_slots_still_to_come():
    assert insert(FAIR, (), WALK_IN, slots=[1]).meeting == Meeting("B1", "S1", 1, 0)
    assert insert(FAIR, (), WALK_IN, slots=[]).cause is Cause.NO_COMMON_SLOT


def test_insert_takes_the_slot_with_the_least_waiting_and_the_table_next_to_it():
    fair = replace(FAIR, slots=5)
    meetings = (Meeting("B1", "S2", 3, 1),)

    assert insert(fair, meetings, WALK_IN).meeting == Meeting("B1", "S1", 2, 1)


def test_insert_of_a_meeting_that_stands_changes_nothing():
    done = insert(FAIR, APART, FAIR.requests[0])

    assert (done.meeting, done.meetings) == (APART[0], APART)


def test_insert_refuses_strangers_and_broken_meetings():
    with pytest.raises(Contradiction) as contradiction:
        insert(FAIR, APART, Request("B9", "S1", 1))
    with pytest.raises(Broken) as broken:
        insert(FAIR, (APART[0], APART[0]), WALK_IN)

    assert contradiction.value.place == "requests[0].demand"
    assert broken.value.violations
