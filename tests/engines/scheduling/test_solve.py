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
    check,
    solve,
)
from tests.engines.scheduling.fairs import best_weight, fairs, relaxed

DEMAND, SUPPLY = Side.DEMAND, Side.SUPPLY


def two_sides(demands, supplies, **kinds):
    return tuple(
        [Participant(f"B{n}", DEMAND, **kinds) for n in range(demands)]
        + [Participant(f"S{n}", SUPPLY, **kinds) for n in range(supplies)]
    )


@relaxed
@given(fairs())
def test_every_timetable_obeys_the_rules(fair):
    assert check(fair, solve(fair).meetings) == ()


@relaxed
@given(fairs())
def test_every_timetable_is_proven_best_and_is(fair):
    timetable = solve(fair)

    assert timetable.optimal
    assert timetable.weight == timetable.bound == best_weight(fair)


@relaxed
@given(fairs())
def test_a_timetable_made_without_time_is_honest(fair):
    timetable = solve(fair, seconds=0.0)

    assert check(fair, timetable.meetings) == ()
    assert timetable.weight <= best_weight(fair) <= timetable.bound


@relaxed
@given(fairs())
def test_every_request_is_held_or_has_its_cause(fair):
    timetable = solve(fair)

    held = {frozenset((m.demand, m.supply)) for m in timetable.meetings}
    unplaced = {frozenset((u.demand, u.supply)) for u in timetable.unplaced}
    asked = {frozenset((r.demand, r.supply)) for r in fair.requests}
    assert asked - held == unplaced
    assert not held & {frozenset(pair) for pair in fair.forbidden}
    assert timetable.weight == sum(
        r.weight for r in fair.requests if frozenset((r.demand, r.supply)) in held
    )


@relaxed
@given(fairs(), st.randoms(use_true_random=False))
def test_solve_is_the_same_for_the_same_fair_in_any_order(fair, random):
    participants, requests = list(fair.participants), list(fair.requests)
    random.shuffle(participants)
    random.shuffle(requests)

    other = replace(fair, participants=tuple(participants), requests=tuple(requests))

    assert solve(other).meetings == solve(fair).meetings == solve(fair).meetings


@relaxed
@given(fairs())
def test_solve_near_its_own_timetable_moves_nothing(fair):
    before = solve(fair)

    after = solve(fair, near=before.meetings)

    assert after.weight == before.weight
    assert {(m.demand, m.supply) for m in after.meetings} == {
        (m.demand, m.supply) for m in before.meetings
    }
    if before.optimal:
        assert after.meetings == before.meetings


def test_solve_near_a_timetable_moves_only_what_a_cancellation_frees():
    people = two_sides(6, 12)
    requests = tuple(
        Request(f"B{b}", f"S{s}", 10 + (7 * b + 3 * s) % 11) for b in range(6) for s in range(12)
    )
    fair = Fair(4, 6, people, requests)
    released = solve(fair).meetings
    gone = released[0].supply
    later = replace(fair, requests=tuple(r for r in requests if r.supply != gone))

    changed = set(released) - set(solve(later, near=released).meetings)

    lost = {meeting for meeting in released if meeting.supply == gone}
    assert lost <= changed
    assert len(changed - lost) <= len(lost)


def test_solve_leaves_no_small_firm_without_a_meeting_where_weight_does_not_suffer():
    people = two_sides(2, 4)
    requests = tuple(Request(f"B{b}", f"S{s}", 5) for b in range(2) for s in range(4))

    timetable = solve(Fair(2, 2, people, requests))

    assert {meeting.supply for meeting in timetable.meetings} == {"S0", "S1", "S2", "S3"}


def test_solve_keeps_everybody_of_the_demand_side_at_one_table():
    people = two_sides(5, 20)
    requests = tuple(
        Request(f"B{b}", f"S{s}", 1 + (b + s) % 7) for b in range(5) for s in range(20)
    )

    timetable = solve(Fair(6, 5, people, requests))

    assert len({(m.demand, m.table) for m in timetable.meetings}) == 5


def test_solve_seats_several_representatives_at_once():
    people = (Participant("B0", DEMAND, parallel=3), *two_sides(0, 3))
    requests = tuple(Request("B0", f"S{s}", 1) for s in range(3))

    timetable = solve(Fair(1, 3, people, requests))

    assert timetable.meetings == tuple(Meeting("B0", f"S{n}", 0, n) for n in range(3))


def test_solve_of_one_group_is_proven_where_rounds_do_not_suffice():
    """Three who all want to meet need three rounds: an odd cycle, where a flow would cheat."""
    people = tuple(Participant(f"p{n}", Side.EITHER) for n in range(3))
    requests = (Request("p0", "p1", 4), Request("p1", "p2", 3), Request("p0", "p2", 2))

    timetable = solve(Fair(2, 1, people, requests))

    assert (timetable.weight, timetable.bound, timetable.optimal) == (7, 7, True)


def test_solve_weighs_a_lock_that_nobody_asked_for_nothing():
    people = two_sides(1, 2)

    timetable = solve(Fair(1, 1, people, (Request("B0", "S0", 9),), (Lock("B0", "S1", 0),)))

    assert timetable.meetings == (Meeting("B0", "S1", 0, 0),)
    assert (timetable.weight, timetable.optimal) == (0, True)
    assert [unplaced.cause for unplaced in timetable.unplaced] == [Cause.DEMAND_FULL]


@pytest.mark.parametrize("fair", [Fair(1, 0, (), ()), Fair(3, 2, two_sides(1, 1), ())])
def test_solve_of_an_empty_fair_is_empty(fair):
    timetable = solve(fair)

    assert (timetable.meetings, timetable.weight, timetable.optimal) == ((), 0, True)
