"""When the meetings are chosen: back to where they were before, then less waiting in between.

Both are searches that only ever improve; neither changes which meetings are held.
"""

from collections.abc import Iterator, Sequence

from dure.engines.scheduling._arena import Arena
from dure.engines.scheduling._board import Board, Move, bits

_TRIES_PER_MEETING = 3
_PASSES = 3


def settle(board: Board, arena: Arena) -> None:
    """Change slots on `board` for fewer moved meetings, then for shorter waiting."""
    held = [request for request, slot in enumerate(board.slot_of) if slot >= 0]
    if board.stays_near:
        for _ in range(_PASSES):
            if not _return(board, held):
                break
    waits: list[bool] = arena.waits.tolist()
    tries = _TRIES_PER_MEETING * len(held)
    for _ in range(_PASSES):
        tries, improved = _shorten(board, held, waits, tries)
        if not improved or tries <= 0:
            break


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


def _shorten(
    board: Board, held: Sequence[int], waits: Sequence[bool], tries: int
) -> tuple[int, bool]:
    improved = False
    for request in held:
        if not any(
            waits[one] and waiting(board, one)
            for one in (board.left[request], board.right[request])
        ):
            continue
        for moves in _changes(board, request):
            tries -= 1
            if tries <= 0:
                return 0, improved
            if not board.fits(moves) or board.disturbed(moves) > 0:
                continue
            people = {one for r, _, _ in moves for one in (board.left[r], board.right[r])}
            people = {one for one in people if waits[one]}
            before = sum(waiting(board, one) for one in people)
            board.make(moves)
            if sum(waiting(board, one) for one in people) < before:
                improved = True
                break
            board.undo(moves)
    return tries, improved


def _changes(board: Board, request: int) -> Iterator[list[Move]]:
    """Give ways to another slot for `request`: alone, or in exchange with others."""
    u, v = board.left[request], board.right[request]
    slot = board.slot_of[request]
    near = sorted(bits(_busy_or_beside(board, v)), key=lambda other: (abs(other - slot), other))
    free = board.free[u] & board.free[v] & board.open_slots
    for other in near:
        if other == slot:
            continue
        if free >> other & 1:
            yield [(request, slot, other)]
        elif moves := board.shift(request, other):
            yield moves


def _busy_or_beside(board: Board, one: int) -> int:
    """Return the slots between and next to the meetings of `one` in which they have a seat."""
    busy = [slot for slot, held in enumerate(board.held[one]) if held]
    low, high = max(busy[0] - 1, 0), min(busy[-1] + 1, board.slots - 1)
    return sum(1 << slot for slot in range(low, high + 1) if board.seats[one][slot])


def waiting(board: Board, one: int) -> int:
    """Return in how many slots `one` waits between the first and the last meeting."""
    busy = [slot for slot, held in enumerate(board.held[one]) if held]
    return busy[-1] - busy[0] + 1 - len(busy) if busy else 0
