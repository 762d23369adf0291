"""Small fairs of every kind, and the best weight of one by plain enumeration of the rules."""

from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from dure.engines.scheduling import Fair, Lock, Participant, Request, Side, contradictions

# Fewer examples than usual: each is solved.
relaxed = settings(max_examples=60)


@st.composite
def fairs(draw, locks=True):
    """Fairs without contradiction: two sides or one group, breaks, limits, locks, forbidden pairs."""
    slots = draw(st.integers(1, 4))
    tables = draw(
        st.one_of(
            st.integers(0, 3),
            st.lists(st.integers(0, 3), min_size=slots, max_size=slots).map(tuple),
        )
    )
    sides = draw(
        st.one_of(
            st.just([Side.EITHER] * draw(st.integers(2, 6))),
            st.lists(st.sampled_from(Side), min_size=2, max_size=8),
            st.just(
                [Side.DEMAND] * draw(st.integers(1, 3)) + [Side.SUPPLY] * draw(st.integers(1, 5))
            ),
        )
    )
    participants = tuple(
        Participant(
            id=f"p{number}",
            side=side,
            parallel=draw(st.sampled_from([1, 1, 1, 2])),
            available=draw(
                st.one_of(
                    st.none(), st.frozensets(st.integers(0, slots - 1), min_size=0, max_size=slots)
                )
            ),
            max_meetings=draw(st.sampled_from([None, None, None, 0, 1, 2])),
        )
        for number, side in enumerate(sides)
    )
    pairs = [
        (participant.id, other.id)
        for participant, other in combinations(participants, 2)
        if participant.side is not Side.SUPPLY and other.side is not Side.DEMAND
    ]
    asked = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=14)) if pairs else []
    fair = Fair(
        slots=slots,
        tables=tables,
        participants=participants,
        requests=tuple(Request(*pair, weight=draw(st.integers(1, 5))) for pair in asked),
        forbidden=frozenset(draw(st.sets(st.sampled_from(pairs), max_size=2)) if pairs else ()),
    )
    return with_locks(draw, fair, pairs) if locks and pairs else fair


def with_locks(draw, fair, pairs):
    """Lock some pairs, as far as that contradicts nothing; also pairs that nobody asked for."""
    for pair in draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3)):
        lock = Lock(
            *pair,
            slot=draw(st.integers(0, fair.slots - 1)),
            table=draw(st.sampled_from([None, 0, 1])),
        )
        locked = replace(fair, locked=(*fair.locked, lock))
        if not contradictions(locked):
            fair = locked
    return fair


def best_weight(fair):
    """The most weight that can be held, by one plain integer programme over all rules."""
    forbidden = {frozenset(pair) for pair in fair.forbidden}
    weights = {frozenset((r.demand, r.supply)): r.weight for r in fair.requests}
    locked = {frozenset((lock.demand, lock.supply)): lock.slot for lock in fair.locked}
    pairs = [pair for pair in {**weights, **locked} if pair not in forbidden]
    columns = [(pair, slot) for pair in pairs for slot in range(fair.slots)]
    if not columns:
        return 0
    rows, lows, highs = [], [], []

    def rule(true_of, high, low=0):
        rows.append([float(true_of(pair, slot)) for pair, slot in columns])
        lows.append(low)
        highs.append(high)

    for pair in pairs:
        rule(lambda p, s, pair=pair: p == pair, 1)
    for pair, slot in locked.items():
        rule(lambda p, s, at=(pair, slot): (p, s) == at, 1, low=1)
    for slot, tables in enumerate(fair.tables_by_slot):
        rule(lambda p, s, slot=slot: s == slot, tables)
    for participant in fair.participants:
        if participant.max_meetings is not None:
            rule(
                lambda p, s, participant=participant: participant.id in p, participant.max_meetings
            )
        for slot in range(fair.slots):
            is_there = participant.available is None or slot in participant.available
            rule(
                lambda p, s, at=(participant.id, slot): at[0] in p and s == at[1],
                participant.parallel if is_there else 0,
            )
    gain = np.array([weights.get(pair, 0) for pair, _ in columns], dtype=float)
    solved = milp(
        -gain,
        integrality=1,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(np.array(rows), lows, highs),
        options={"mip_rel_gap": 0},
    )
    assert solved.status == 0
    return round(-solved.fun)
