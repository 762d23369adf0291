"""Whoever is offered a free place can be placed in it, and the order is the one that is said."""

from hypothesis import given
from hypothesis import strategies as st

from dure.engines.scheduling import (
    Candidate,
    Fair,
    Participant,
    Request,
    Side,
    candidates,
    insert,
    solve,
)
from tests.engines.scheduling.fairs import fairs, relaxed


def offers(draw, fair):
    return [
        Candidate(request, draw(st.booleans()), draw(st.booleans())) for request in fair.requests
    ]


@relaxed
@given(fairs(locks=False), st.data())
def test_exactly_those_are_offered_whom_the_desk_could_place(fair, data):
    held = solve(fair, seconds=1).meetings
    held = held[: data.draw(st.integers(0, len(held)))]
    slot = data.draw(st.integers(0, fair.slots - 1))
    offered = offers(data.draw, fair)

    able = candidates(fair, held, offered, slot=slot)

    pairs = {(meeting.demand, meeting.supply) for meeting in held}
    for offer in offered:
        request = offer.request
        placed = insert(fair, held, request, slots={slot})
        is_new = (request.demand, request.supply) not in pairs
        assert (offer in able) == (is_new and placed.meeting is not None)


@relaxed
@given(fairs(locks=False), st.data())
def test_who_waits_comes_first_then_who_is_here_then_the_heavier(fair, data):
    able = candidates(fair, (), offers(data.draw, fair), slot=0)

    ranks = [
        (candidate.is_waiting, candidate.are_here, candidate.request.weight) for candidate in able
    ]
    assert ranks == sorted(ranks, reverse=True)


def test_people_who_do_not_take_part_fit_nowhere():
    gaon = Participant("gaon", Side.DEMAND)
    fair = Fair(slots=1, tables=1, participants=(gaon,), requests=())

    assert candidates(fair, (), [Candidate(Request("gaon", "nobody", 1))], slot=0) == ()
