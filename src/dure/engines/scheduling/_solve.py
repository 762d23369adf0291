"""From a fair to its timetable: choose by flow, place by chains, choose again where that fails."""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic

import numpy as np

from dure.engines.scheduling._board import Board
from dure.engines.scheduling._choice import choose_by_flow, prices, sides
from dure.engines.scheduling._contradictions import refuse_contradictions
from dure.engines.scheduling._exact import DetailedChoice, choose_in_detail, reduced_gains
from dure.engines.scheduling._explain import causes
from dure.engines.scheduling._instance import Flags, Instance, Ints, instance_of
from dure.engines.scheduling._model import Fair, Meeting, Timetable
from dure.engines.scheduling._settle import settle
from dure.engines.scheduling._tables import meetings_of

_ROUNDS_AT_MOST = 30


def solve(
    fair: Fair,
    *,
    seconds: float = 60.0,
    near: Sequence[Meeting] = (),
    between: Callable[[], None] = lambda: None,
) -> Timetable:
    """Return the best timetable of `fair`.

    Objectives, each only among those best by the one before: the weight of the requests held; few
    people (other than of the demand side) left without any meeting; few pairs of the timetable
    `near` given up; few meetings of it moved; short waiting between meetings; few changes of
    table. The weight is proven best when the answer says `optimal`, and then so are the next two,
    unless the answer took the last resort of filling up; the rest is search. `seconds` limits
    only the search for what could not be proven at once; an optimal answer does not depend on it.
    `between` is called between the phases of the work; whatever it raises ends it.

    Raises Contradiction.
    """
    refuse_contradictions(fair)
    until = monotonic() + seconds
    instance = instance_of(fair, near)
    board, bound = _best(instance, until, between)
    between()
    settle(board, instance)
    meetings = meetings_of(fair, instance, board.slot_of, near)
    weight = _weight(instance, board) + instance.locked_weight
    return Timetable(
        meetings=meetings,
        unplaced=causes(fair, meetings),
        weight=weight,
        bound=bound + instance.locked_weight,
        optimal=weight == bound + instance.locked_weight,
    )


def _best(instance: Instance, until: float, between: Callable[[], None]) -> tuple[Board, int]:
    """Return a board that obeys every rule, and a bound of the weight of any such board."""
    if not len(instance.asked):
        return Board(instance), 0
    choice = _first_choice(instance, until)
    board, failed = _placed(instance, choice)
    if _weight(instance, board) == choice.bound:
        return board, choice.bound
    _fill(instance, board)
    return _refined(instance, choice, board, failed, until, between)


def _first_choice(instance: Instance, until: float) -> DetailedChoice:
    """Choose as if there were no slots. Within one group a flow could cut a meeting in halves."""
    ends = sides(instance)
    if ends is not None:
        chosen, seats = choose_by_flow(instance, *ends)
        slot_of = dict.fromkeys(np.flatnonzero(chosen).tolist(), -1)
        return DetailedChoice(slot_of, int(instance.weight[chosen].sum()), seats, is_whole=False)
    anything = np.ones(len(instance.asked), dtype=np.bool_)
    nobody = np.zeros(len(instance.ids), dtype=np.bool_)
    choice = choose_in_detail(instance, anything, ~anything, nobody, until - monotonic())
    return choice or DetailedChoice({}, int(instance.weight.sum()), instance.seats, is_whole=False)


def _refined(
    instance: Instance,
    choice: DetailedChoice,
    board: Board,
    failed: Ints,
    until: float,
    between: Callable[[], None],
) -> tuple[Board, int]:
    """Choose again with ever more people in detail, until the choice can be placed."""
    bound, slot_of = choice.bound, choice.slot_of
    gains, relaxed = reduced_gains(instance)
    # Within one group an odd circle can hide anywhere, so that looking closer bit by bit is slow.
    in_detail = np.full(len(instance.ids), sides(instance) is None)
    rounds = 0
    while _weight(instance, board) < bound and monotonic() < until:
        between()
        in_detail |= _grown(instance, slot_of, in_detail, failed, rounds)
        rounds += 1
        gap = relaxed - _weight(instance, board) + 1e-6
        again = choose_in_detail(
            instance, gains >= -gap, gains > gap, in_detail, until - monotonic()
        )
        if again is None:
            break
        bound, slot_of = min(bound, again.bound), again.slot_of
        other, failed = _placed(instance, again)
        if not len(failed) and _weight(instance, other) == bound:
            return other, bound
        _fill(instance, other)
        if _value(instance, other) > _value(instance, board):
            board = other
        if again.is_whole:
            break
    return board, max(bound, _weight(instance, board))


def _grown(
    instance: Instance, slot_of: Mapping[int, int], in_detail: Flags, failed: Ints, rounds: int
) -> Flags:
    """Return whom to look at in detail: who could not be placed, then also whom they would meet."""
    grown = np.zeros(len(instance.ids), dtype=np.bool_)
    grown[instance.left[failed]] = grown[instance.right[failed]] = True
    if rounds > _ROUNDS_AT_MOST or not np.any(grown):
        return np.ones(len(instance.ids), dtype=np.bool_)
    if np.all(in_detail[grown]) or rounds % 4 == 3:
        chosen = np.array(list(slot_of), dtype=np.int64)
        met = chosen[grown[instance.left[chosen]] | grown[instance.right[chosen]]]
        grown[instance.left[met]] = grown[instance.right[met]] = True
    return grown


def _placed(instance: Instance, choice: DetailedChoice) -> tuple[Board, Ints]:
    """Return a board with the chosen requests as far as they could be placed, and the others.

    Given slots are taken where they are free, then those of the timetable before; those with the
    fewest slots go first. First with the seats of the choice, then with all, tables last: with
    everybody always free, that is the proof of the theorems.
    """
    slot_of = choice.slot_of
    board = Board(instance, instance.seats if np.any(instance.before >= 0) else choice.seats)
    board.obeys_tables = False
    for request, slot in slot_of.items():
        if slot >= 0 and board.can_put(request, slot):
            board.put(request, slot)
    rest = np.array([r for r in slot_of if board.slot_of[r] < 0], dtype=np.int64)
    for request in rest.tolist():
        slot = int(instance.before[request])
        if slot >= 0 and board.can_put(request, slot):
            board.put(request, slot)
    width = instance.common[rest].sum(axis=1)
    for request in rest[np.argsort(width, kind="stable")].tolist():
        if board.slot_of[request] < 0:
            board.place(request)
    board.widen(instance.seats)
    for request in rest.tolist():
        if board.slot_of[request] < 0:
            board.place(request)
    board.even_out()
    _clear_tables(instance, board)
    board.obeys_tables = True
    failed = [request for request in slot_of if board.slot_of[request] < 0]
    return board, np.array([r for r in failed if not board.place(r)], dtype=np.int64)


def _clear_tables(instance: Instance, board: Board) -> None:
    """Give up the lightest meetings of every slot that has more of them than tables."""
    for slot, tables in enumerate(board.tables):
        if board.count[slot] > tables:
            held = [request for request, at in enumerate(board.slot_of) if at == slot]
            held.sort(key=lambda request: (-int(instance.weight[request]), request))
            for request in held[tables:]:
                board.take(request)


def _fill(instance: Instance, board: Board) -> None:
    """Place what still fits, heaviest first."""
    for request in np.argsort(-instance.weight, kind="stable").tolist():
        if board.slot_of[request] < 0:
            board.place(request)


def _held(board: Board) -> Ints:
    return np.flatnonzero(np.array(board.slot_of, dtype=np.int64) >= 0)


def _weight(instance: Instance, board: Board) -> int:
    return int(instance.weight[_held(board)].sum())


def _value(instance: Instance, board: Board) -> int:
    """Return the first three objectives in one number."""
    value, first, _ = prices(instance)
    held = _held(board)
    met = np.zeros(len(instance.ids), dtype=np.bool_)
    met[instance.left[held]] = met[instance.right[held]] = True
    return int(value[held].sum()) + first * int((met & instance.alone).sum())
