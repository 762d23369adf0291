"""Where the chosen meetings go: colours are slots, and alternating chains make room.

With everybody always free, a graph between two sides in which nobody has more meetings than slots
can always be coloured (Kőnig 1916): when no slot is free for both ends of a request, one end has
slot a free and the other slot b, and exchanging a and b along the chain of meetings that starts
there frees one slot for both. Chains also even out the slots (de Werra 1971), so that tables
suffice whenever they do in total. Here chains must stop where somebody is not available, which
makes them a search instead of a proof; the caller knows from the bound whether it succeeded.
"""

from collections.abc import Iterator, Sequence

from dure.engines.scheduling._instance import Instance, Ints

Move = tuple[int, int, int]
"""A request, the slot it leaves (-1: it was not held), the slot it goes to (-1: it goes)."""


class Board:
    """Which open request is held in which slot. Everybody's seats are always obeyed.

    Free slots are bit masks. Tables are obeyed as long as `obeys_tables`; meetings that stand where
    they were `before` are moved only when there is no other way.
    """

    def __init__(self, instance: Instance, seats: Ints | None = None) -> None:
        people, slots = instance.seats.shape
        self.slots = slots
        self.left: list[int] = instance.left.tolist()
        self.right: list[int] = instance.right.tolist()
        self.seats: list[list[int]] = (instance.seats if seats is None else seats).tolist()
        self.room: list[int] = instance.limits.tolist()
        self.tables: list[int] = instance.tables.tolist()
        self.slot_of = [-1] * len(self.left)
        self.held: list[list[list[int]]] = [[[] for _ in range(slots)] for _ in range(people)]
        self.free = [_mask(row) for row in self.seats]
        self.busy = [0] * people
        self.count = [0] * slots
        self.open_slots = _mask(self.tables)
        self.obeys_tables = True
        self.before: list[int] = instance.before.tolist()
        self.stays_near = any(slot >= 0 for slot in self.before)

    def widen(self, seats: Ints) -> None:
        """Let everybody have all their `seats` from now on."""
        self.seats = seats.tolist()
        self.free = [
            _mask([have - len(at) for have, at in zip(row, held, strict=True)])
            for row, held in zip(self.seats, self.held, strict=True)
        ]

    # Elementary changes

    def put(self, request: int, slot: int) -> None:
        self.slot_of[request] = slot
        self.count[slot] += 1
        if self.count[slot] == self.tables[slot]:
            self.open_slots &= ~(1 << slot)
        for person in (self.left[request], self.right[request]):
            self.room[person] -= 1
            held = self.held[person][slot]
            held.append(request)
            self.busy[person] |= 1 << slot
            if len(held) >= self.seats[person][slot]:
                self.free[person] &= ~(1 << slot)

    def take(self, request: int) -> None:
        slot = self.slot_of[request]
        self.slot_of[request] = -1
        self.count[slot] -= 1
        if self.count[slot] < self.tables[slot]:
            self.open_slots |= 1 << slot
        for person in (self.left[request], self.right[request]):
            self.room[person] += 1
            held = self.held[person][slot]
            held.remove(request)
            if not held:
                self.busy[person] &= ~(1 << slot)
            if len(held) < self.seats[person][slot]:
                self.free[person] |= 1 << slot

    def make(self, moves: Sequence[Move]) -> None:
        for request, source, _ in moves:
            if source >= 0:
                self.take(request)
        for request, _, target in moves:
            if target >= 0:
                self.put(request, target)

    def undo(self, moves: Sequence[Move]) -> None:
        self.make([(request, target, source) for request, source, target in moves])

    def other(self, request: int, person: int) -> int:
        return self.left[request] + self.right[request] - person

    # Chains

    def chain(self, request: int, person: int, a: int, b: int) -> list[Move] | None:
        """Return moves that let `request` be held in slot a, full for its end `one`, free in b.

        The other end must be free in a. None when the chain meets somebody who cannot change.
        """
        moves = [(request, -1, a)]
        taken = {(self.other(request, person), a): 1}
        return moves if self._follow(person, a, b, moves, taken) else None

    def shift(self, request: int, b: int) -> list[Move] | None:
        """Return moves that bring a held `request` into slot b, exchanging two slots on the way."""
        a = self.slot_of[request]
        moves = [(request, a, b)]
        taken: dict[tuple[int, int], int] = {}
        for person in (self.left[request], self.right[request]):
            if len(self.held[person][b]) + taken.get((person, b), 0) < self.seats[person][b]:
                taken[person, b] = taken.get((person, b), 0) + 1
            elif not self._follow(person, b, a, moves, taken):
                return None
        return moves

    def _follow(
        self,
        person: int,
        x: int,
        y: int,
        moves: list[Move],
        taken: dict[tuple[int, int], int],
    ) -> bool:
        """Walk from `one`, who has one meeting too many in slot x and a free seat in y.

        Whoever is passed gives one meeting and takes one in both slots, so only the last of the
        chain needs a free seat; `taken` counts the seats that earlier ends have used.
        """
        moved = {move[0] for move in moves}
        begun = len(moves)
        while True:
            for candidate in self.held[person][x]:
                if candidate not in moved:
                    break
            else:
                return False
            if len(moves) == begun and y >= 0:
                taken[person, y] = taken.get((person, y), 0) + 1
            moves.append((candidate, x, y))
            moved.add(candidate)
            person = self.other(candidate, person)
            if len(self.held[person][y]) + taken.get((person, y), 0) < self.seats[person][y]:
                taken[person, y] = taken.get((person, y), 0) + 1
                return True
            x, y = y, x

    # Placing

    def place(self, request: int) -> bool:
        """Hold `request` in some slot, moving others between slots if that is needed.

        Nothing that was held is given up. False, with nothing changed, when no way was found.
        """
        u, v = self.left[request], self.right[request]
        if self.room[u] <= 0 or self.room[v] <= 0:
            return False
        both = self.free[u] & self.free[v]
        if both := both & self.open_slots or (0 if self.obeys_tables else both):
            self.put(request, self._nearest(both, v))
            return True
        if moves := self._by_chain(request) or self._by_turning(request):
            self.make(moves)
            return True
        return False

    def can_put(self, request: int, slot: int) -> bool:
        u, v = self.left[request], self.right[request]
        return bool(
            (self.free[u] & self.free[v] & self.open_slots) >> slot & 1
            and self.room[u] > 0
            and self.room[v] > 0
        )

    def fits(self, moves: Sequence[Move]) -> bool:
        """Say whether the tables suffice after `moves`."""
        change: dict[int, int] = {}
        for _, source, target in moves:
            change[source] = change.get(source, 0) - 1
            change[target] = change.get(target, 0) + 1
        return all(
            more <= 0 or slot < 0 or self.count[slot] + more <= self.tables[slot]
            for slot, more in change.items()
        )

    def disturbed(self, moves: Sequence[Move]) -> int:
        """Return how many meetings less stand where they were before, after `moves`."""
        before = self.before
        return sum(
            (before[request] == source) - (before[request] == target)
            for request, source, target in moves
            if before[request] >= 0
        )

    def _nearest(self, mask: int, person: int) -> int:
        """Return the slot of `mask` next to the meetings `one` already has, else the first."""
        busy = self.busy[person]
        if not busy or mask & (mask - 1) == 0:
            return (mask & -mask).bit_length() - 1
        low, high = (busy & -busy).bit_length() - 1, busy.bit_length() - 1
        return min(bits(mask), key=lambda slot: (max(low - slot, slot - high, 0), slot))

    def _by_chain(self, request: int) -> list[Move] | None:
        """Return the moves of a chain; of the least disturbing one when near to a timetable."""
        best: list[Move] | None = None
        for moves in self._chains(request):
            if self.obeys_tables and not self.fits(moves):
                continue
            if not self.stays_near:
                return moves
            if best is None or self._harm(moves) < self._harm(best):
                best = moves
        return best

    def _harm(self, moves: Sequence[Move]) -> tuple[int, int]:
        return self.disturbed(moves), len(moves)

    def _chains(self, request: int) -> Iterator[list[Move]]:
        u, v = self.left[request], self.right[request]
        for a in bits(self.free[u]):
            for b in bits(self.free[v]):
                if self.seats[v][a] and (moves := self.chain(request, v, a, b)):
                    yield moves
                if self.seats[u][b] and (moves := self.chain(request, u, b, a)):
                    yield moves

    def _by_turning(self, request: int) -> list[Move] | None:
        """Free other slots of both ends first, by moves among their own meetings, then try again."""
        for first in self._turns(self.left[request]):
            self.make(first)
            seconds = self._turns(self.right[request])
            self.undo(first)
            for second in ([], *seconds):
                moves = self._after(request, first, second)
                if moves and not (self.obeys_tables and not self.fits(moves)):
                    return moves
        return None

    def _after(
        self, request: int, first: Sequence[Move], second: Sequence[Move]
    ) -> list[Move] | None:
        """Return all moves that hold `request` when it begins with `first` and `second`."""
        self.make(first)
        self.make(second)
        both = self.free[self.left[request]] & self.free[self.right[request]]
        both = both & self.open_slots or (0 if self.obeys_tables else both)
        last = [(request, -1, (both & -both).bit_length() - 1)] if both else self._by_chain(request)
        self.undo(second)
        self.undo(first)
        return _joined([*first, *second, *last]) if last else None

    def _turns(self, person: int) -> list[list[Move]]:
        """Return ways to free a slot of `one` that is taken, moving only meetings of `one`.

        A search in breadth: the meeting in the slot to free goes to a slot already free, where
        its other end must be free too.
        """
        turns: list[list[Move]] = []
        reached = self.free[person]
        queue: list[tuple[int, list[Move]]] = [(slot, []) for slot in bits(reached)]
        for slot, moves in queue:
            for taken in range(self.slots):
                if reached >> taken & 1:
                    continue
                for request in self.held[person][taken]:
                    if self.free[self.other(request, person)] >> slot & 1:
                        reached |= 1 << taken
                        way = [*moves, (request, taken, slot)]
                        turns.append(way)
                        queue.append((taken, way))
                        break
        return turns

    # Tables

    def even_out(self) -> None:
        """Move meetings out of slots that have more of them than tables, as far as chains reach."""
        for full in range(self.slots):
            for spare in sorted(range(self.slots), key=lambda slot: -self._spare(slot)):
                if self.count[full] > self.tables[full] and self._spare(spare) > 0:
                    self._level(full, spare)

    def _spare(self, slot: int) -> int:
        return self.tables[slot] - self.count[slot]

    def _level(self, full: int, spare: int) -> None:
        """Exchange the two slots along chains that leave one meeting less in the full one."""
        for request in [r for r, slot in enumerate(self.slot_of) if slot == full]:
            if self.count[full] <= self.tables[full] or self._spare(spare) <= 0:
                return
            moves = self.shift(request, spare) if self.slot_of[request] == full else None
            if moves and sum(1 if target == spare else -1 for _, _, target in moves) == 1:
                self.make(moves)


def _joined(moves: Sequence[Move]) -> list[Move]:
    """Return `moves` with those of the same request made one."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for request, source, target in moves:
        first.setdefault(request, source)
        last[request] = target
    return [
        (request, source, last[request])
        for request, source in first.items()
        if source != last[request]
    ]


def _mask(counts: Sequence[int]) -> int:
    return sum(1 << index for index, count in enumerate(counts) if count > 0)


def bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
