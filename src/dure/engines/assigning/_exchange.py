"""Lifting the worst-off application by exchanges, as long as one helps.

An application gives up a reviewer for a better one; whoever is asked once too often is replaced
elsewhere, and so on along a chain, until somebody has room. Every application on the way stays
better off than the first was, so each exchange makes the assignment fairer (leximin) and the
search ends. It reaches what single chains can reach, not always the best.
"""

import heapq
from collections import deque
from collections.abc import Iterable, Iterator

from dure.engines.assigning._compiled import Compiled

_Step = tuple[int, int, int]  # application, who leaves it, who comes
_PASSES = 6
_LOOKED_AT = 60_000  # steps in one search, so that no search is endless


class Board:
    """Who reads what at the moment. Everything is by number."""

    def __init__(self, compiled: Compiled, chosen: Iterable[tuple[int, int]]) -> None:
        self.compiled = compiled
        self.gain = compiled.gain_of()
        self.fixed: list[set[int]] = [set() for _ in range(compiled.applications)]
        for reviewer, application in compiled.fixed:
            self.fixed[application].add(reviewer)
        self.of_application: list[set[int]] = [set() for _ in range(compiled.applications)]
        self.of_reviewer: list[set[int]] = [set() for _ in range(compiled.reviewers)]
        self.sums = compiled.base.tolist()
        self.candidates: list[list[tuple[int, int]]] = [[] for _ in range(compiled.applications)]
        for (reviewer, application), gain in self.gain.items():
            self.candidates[application].append((gain, reviewer))
        for candidates in self.candidates:
            candidates.sort(key=lambda candidate: (-candidate[0], candidate[1]))
        self.needs: list[list[tuple[frozenset[int], int]]] = [
            [] for _ in range(compiled.applications)
        ]
        for application, those, wanted in compiled.needs:
            self.needs[application].append((those, wanted))
        self.low, self.high = compiled.low.tolist(), compiled.high.tolist()
        for reviewer, application in chosen:
            self._add(reviewer, application)

    def chosen(self) -> list[tuple[int, int]]:
        """Return the pairs as they stand."""
        return [
            (reviewer, at)
            for at, those in enumerate(self.of_application)
            for reviewer in sorted(those)
        ]

    def lift_all(self) -> None:
        """Lift one application after the other, the worst-off first."""
        for _ in range(_PASSES):
            waiting = [(total, at) for at, total in enumerate(self.sums)]
            heapq.heapify(waiting)
            is_better = False
            while waiting:
                total, application = heapq.heappop(waiting)
                if total != self.sums[application]:
                    heapq.heappush(waiting, (self.sums[application], application))
                    continue
                if self._lift(application):
                    is_better = True
                    heapq.heappush(waiting, (self.sums[application], application))
            if not is_better:
                return

    def _lift(self, application: int) -> bool:
        level = self.sums[application]
        for leaver in sorted(
            self.of_application[application], key=lambda reviewer: self._gain(reviewer, application)
        ):
            chain = self._chain(application, leaver, level)
            if chain:
                for at, out, into in chain:
                    self._remove(out, at)
                    self._add(into, at)
                return True
        return False

    def _chain(self, application: int, leaver: int, level: int) -> list[_Step]:
        """Return exchanges that begin with `leaver` leaving `application`, or none."""
        may_lose = len(self.of_reviewer[leaver]) > self.low[leaver]

        def ends_with(newcomer: int) -> bool:
            has_room = len(self.of_reviewer[newcomer]) < self.high[newcomer]
            return newcomer == leaver or (may_lose and has_room)

        came_by: dict[int, tuple[_Step, int]] = {}
        waiting = deque([-1])
        looked_at = 0
        while waiting and looked_at <= _LOOKED_AT:
            burdened = waiting.popleft()
            for step in self._next_steps(burdened, application, leaver, level):
                looked_at += 1
                newcomer = step[2]
                if newcomer in came_by:
                    continue
                if ends_with(newcomer):
                    chain = [step, *_back(came_by, burdened)]
                    if len({at for at, _, _ in chain}) == len(chain):
                        return chain
                    if newcomer == leaver:
                        continue
                came_by[newcomer] = step, burdened
                waiting.append(newcomer)
        return []

    def _next_steps(
        self, burdened: int, application: int, leaver: int, level: int
    ) -> Iterator[_Step]:
        """Give the exchanges that relieve `burdened`; the first (-1) is that of the application."""
        if burdened == -1:
            yield from self._steps(application, leaver, level)
            return
        for other in sorted(self.of_reviewer[burdened]):
            yield from self._steps(other, burdened, level)

    def _steps(self, application: int, leaver: int, level: int) -> Iterator[_Step]:
        """Give the exchanges of `leaver` at `application` that keep it above `level`."""
        rest = self.sums[application] - self._gain(leaver, application)
        there = self.of_application[application]
        for gain, newcomer in self.candidates[application]:
            if rest + gain <= level:
                return
            if newcomer not in there and self._needs_hold(application, leaver, newcomer):
                yield application, leaver, newcomer

    def _needs_hold(self, application: int, leaver: int, newcomer: int) -> bool:
        return all(
            leaver not in those
            or newcomer in those
            or len(self.of_application[application] & those) > wanted
            for those, wanted in self.needs[application]
        )

    def _gain(self, reviewer: int, application: int) -> int:
        return self.gain.get((reviewer, application), 0)

    def _add(self, reviewer: int, application: int) -> None:
        self.of_application[application].add(reviewer)
        self.of_reviewer[reviewer].add(application)
        self.sums[application] += self._gain(reviewer, application)

    def _remove(self, reviewer: int, application: int) -> None:
        self.of_application[application].discard(reviewer)
        self.of_reviewer[reviewer].discard(application)
        self.sums[application] -= self._gain(reviewer, application)


def _back(came_by: dict[int, tuple[_Step, int]], last: int) -> Iterator[_Step]:
    while last != -1:
        step, last = came_by[last]
        yield step
