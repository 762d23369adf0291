"""When the meetings are chosen: back to where they were before, then less waiting in between.

Both are searches that only ever improve; neither changes which meetings are held.
"""

from collections.abc import Sequence

from dure.engines.scheduling._board import Board, Move, bits
from dure.engines.scheduling._instance import Instance

_TRIES_PER_MEETING = 5
_TRIES_AT_MOST = 15_000  # half a second
_PASSES = 3


def settle(board: Board, instance: Instance) -> None:
    """Change slots on `board` for fewer moved meetings, then for shorter waiting."""
    held = [request for request, slot in enumerate(board.slot_of) if slot >= 0]
    if board.stays_near:
        for _ in range(_PASSES):
            if not _return(board, held):
                break
    waits: list[bool] = instance.waits.tolist()
    tries = min(_TRIES_PER_MEETING * len(held), _TRIES_AT_MOST)
    for _ in range(_PASSES):
        left = _shorten(board, waits, tries)
        if left == tries or left <= 0:
            break
        tries = left


def _return(board: Board, held: Sequence[int]) -> bool:
    """Bring meetings back to their slots before; say whether any came."""
    improved = False
    for request in held:
        before = board.before[request]
        if before < 0 or board.slot_of[request] == before:
            continue
        moves = board.shift(request, before)
        if moves and board.fits(moves) and board.disturbed(moves) < 0:
            board.make(moves)
            improved = True
    return improved


def _shorten(board: Board, waits: Sequence[bool], tries: int) -> int:
    """Shorten the waiting of one after the other; return how many tries are left."""
    for person, counts in enumerate(waits):
        if not counts or not waiting(board.busy[person]):
            continue
        for request in [r for held in board.held[person] for r in held]:
            for slot in _better_slots(board, person, request):
                tries -= 1
                moves = board.shift(request, slot)
                if moves and _is_shorter(board, moves, waits):
                    board.make(moves)
                    break
                if tries <= 0:
                    return 0
    return tries


def _better_slots(board: Board, person: int, request: int) -> list[int]:
    """Return free slots of `one` in which `request` would leave less waiting, the best first."""
    slot, busy = board.slot_of[request], board.busy[person]
    rest = busy & ~(1 << slot) if len(board.held[person][slot]) == 1 else busy
    now = waiting(busy)
    then = {other: waiting(rest | 1 << other) for other in bits(board.free[person])}
    return sorted((other for other in then if then[other] < now), key=lambda other: then[other])


def _is_shorter(board: Board, moves: Sequence[Move], waits: Sequence[bool]) -> bool:
    """Say whether `moves` fit, disturb nothing and shorten the waiting of all they touch."""
    if not board.fits(moves) or (board.stays_near and board.disturbed(moves) > 0):
        return False
    more: dict[int, dict[int, int]] = {}
    for request, source, target in moves:
        for person in (board.left[request], board.right[request]):
            if waits[person]:
                change = more.setdefault(person, {})
                change[source] = change.get(source, 0) - 1
                change[target] = change.get(target, 0) + 1
    gained = 0
    for person, change in more.items():
        busy = after = board.busy[person]
        held = board.held[person]
        for slot, count in change.items():
            bit = 1 << slot
            after = after | bit if len(held[slot]) + count > 0 else after & ~bit
        gained += waiting(busy) - waiting(after)
    return gained > 0


def waiting(busy: int) -> int:
    """Return how many slots lie between the first and the last of `busy`, a mask, and are free."""
    return busy.bit_length() - (busy & -busy).bit_length() + 1 - busy.bit_count() if busy else 0
