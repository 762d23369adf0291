"""What a fair is and what comes out, as plain values."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """`EITHER` is one group of people in which anyone may meet anyone."""

    DEMAND = "DEMAND"
    SUPPLY = "SUPPLY"
    EITHER = "EITHER"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who meets: `parallel` meetings at a time, in the slots `available` (None: in all).

    `max_meetings` counts locked meetings too; None is no limit.
    """

    id: str
    side: Side
    parallel: int = 1
    available: frozenset[int] | None = None
    max_meetings: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A wish for one meeting; a pair is asked for at most once, `weight` is at least 1."""

    demand: str
    supply: str
    weight: int


@dataclass(frozen=True, slots=True)
class Lock:
    """A meeting that stands. It weighs what its request weighs, without a request nothing."""

    demand: str
    supply: str
    slot: int
    table: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """Slots and tables count from 0."""

    demand: str
    supply: str
    slot: int
    table: int


@dataclass(frozen=True, slots=True)
class Fair:
    """One fair. `tables` is how many meetings fit into every slot, or into each (a break has 0).

    `forbidden` holds pairs (demand, supply) that must not meet; order matters in no pair.
    """

    slots: int
    tables: int | tuple[int, ...]
    participants: tuple[Participant, ...]
    requests: tuple[Request, ...]
    locked: tuple[Lock, ...] = ()
    forbidden: frozenset[tuple[str, str]] = frozenset()

    @property
    def tables_by_slot(self) -> tuple[int, ...]:
        return self.tables if isinstance(self.tables, tuple) else (self.tables,) * self.slots


def pair_of(participant: str, other: str) -> str:
    """Return a text that is the same for two people in either order, and for no others.

    A text and not a set: the garbage collector looks at every set, and thousands of them in a call
    make it look through the whole process, which takes longer than to place a walk-in.
    """
    if participant > other:
        participant, other = other, participant
    return f"{len(participant)}:{participant}{other}"


class Cause(StrEnum):
    """Why a request is not held, judged by the meetings that are; the first that is true counts.

    "Common slots" are those with tables in which both sides are available.

    FORBIDDEN: the pair must not meet.
    NO_COMMON_SLOT: there is no common slot.
    LIMIT_REACHED: one side already has as many meetings as it wants.
    DEMAND_FULL, SUPPLY_FULL: that side has a meeting in every common slot.
    TABLES_FULL: wherever both would be free, every table is taken.
    PLACEABLE: there is room; the meetings are not the best possible.
    OUTWEIGHED: each common slot is taken for one side or the other, by meetings that together
        weigh at least as much.
    NOT_FREE_TOGETHER: as before, but somewhere by meetings that weigh less, which can be worth it
        when those have no other place, or when the timetable is not the best possible.
    """

    FORBIDDEN = "FORBIDDEN"
    NO_COMMON_SLOT = "NO_COMMON_SLOT"
    LIMIT_REACHED = "LIMIT_REACHED"
    DEMAND_FULL = "DEMAND_FULL"
    SUPPLY_FULL = "SUPPLY_FULL"
    TABLES_FULL = "TABLES_FULL"
    PLACEABLE = "PLACEABLE"
    OUTWEIGHED = "OUTWEIGHED"
    NOT_FREE_TOGETHER = "NOT_FREE_TOGETHER"

    @property
    def is_final(self) -> bool:
        """True when no place that becomes free can help."""
        return self in (Cause.FORBIDDEN, Cause.NO_COMMON_SLOT, Cause.LIMIT_REACHED)


@dataclass(frozen=True, slots=True)
class Unplaced:
    demand: str
    supply: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Timetable:
    """Meetings in the order of slots and tables.

    `weight` is the total weight of the requests held, `bound` a proven upper limit of it for any
    timetable of the fair; `optimal` says that the two are equal.
    """

    meetings: tuple[Meeting, ...]
    unplaced: tuple[Unplaced, ...]
    weight: int
    bound: int
    optimal: bool
