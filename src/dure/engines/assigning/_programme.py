"""Assignments as a whole-number programme, for what no flow says: needs that overlap, fairness.

Solved by CP-SAT, in whole numbers throughout: what it proves is exact.
"""

from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from dure.engines.assigning._compiled import Compiled
from dure.engines.assigning._model import Impossible, OutOfTime

_PRESOLVED_BELOW = 2**30

Chosen = list[tuple[int, int]]


@dataclass
class Programme:
    """The limits of `compiled` over one variable for each of its columns."""

    compiled: Compiled
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)

    def __post_init__(self) -> None:
        """Write down the limits."""
        compiled = self.compiled
        self.taken = [self.model.new_bool_var("") for _ in range(len(compiled.gain))]
        by_application: list[list[int]] = [[] for _ in range(compiled.applications)]
        by_reviewer: list[list[int]] = [[] for _ in range(compiled.reviewers)]
        columns = zip(compiled.reviewer.tolist(), compiled.application.tolist(), strict=True)
        for column, (reviewer, application) in enumerate(columns):
            by_application[application].append(column)
            by_reviewer[reviewer].append(column)
        for application, columns_of in enumerate(by_application):
            wanted = int(compiled.demand[application])
            self.model.add(self._number(columns_of) == wanted)
        for reviewer, columns_of in enumerate(by_reviewer):
            self.model.add_linear_constraint(
                self._number(columns_of),
                int(compiled.low[reviewer]),
                int(compiled.high[reviewer]),
            )
        for application, those, wanted in compiled.needs:
            of_kind = [
                column
                for column in by_application[application]
                if compiled.reviewer[column] in those
            ]
            self.model.add(self._number(of_kind) >= wanted)
        gain = compiled.gain.tolist()
        self.sums = [
            cp_model.LinearExpr.weighted_sum(
                [self.taken[column] for column in columns_of],
                [gain[column] for column in columns_of],
            )
            + int(compiled.base[application])
            for application, columns_of in enumerate(by_application)
        ]
        self.sums_read = [
            total for total, read in zip(self.sums, compiled.read, strict=True) if read
        ]
        highest = np.abs(compiled.gain).max(initial=0) * max(compiled.demand.max(initial=0), 1)
        self.most = int(highest + np.abs(compiled.base).max(initial=0)) + 1

    def _number(self, columns: list[int]) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.sum([self.taken[column] for column in columns])

    def solve(self, seconds: float, start: Chosen | None = None) -> tuple[Chosen, int | None]:
        """Return the pairs of the best solution found and its bound, None if it is proven best.

        Raises Impossible, and OutOfTime.
        """
        if start is not None:
            self._begin_with(start)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1  # the same answer every time
        solver.parameters.random_seed = 1
        solver.parameters.max_time_in_seconds = max(seconds, 0.01)
        # Presolve of OR-Tools 9.15 calls feasible models with large coefficients infeasible.
        solver.parameters.cp_model_presolve = self.most < _PRESOLVED_BELOW
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            raise Impossible
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise OutOfTime
        chosen = [
            (int(self.compiled.reviewer[column]), int(self.compiled.application[column]))
            for column, taken in enumerate(self.taken)
            if solver.boolean_value(taken)
        ]
        proven = status == cp_model.OPTIMAL
        return chosen, None if proven else round(solver.best_objective_bound)

    def _begin_with(self, chosen: Chosen) -> None:
        pairs = set(chosen)
        columns = zip(
            self.compiled.reviewer.tolist(), self.compiled.application.tolist(), strict=True
        )
        for taken, pair in zip(self.taken, columns, strict=True):
            self.model.add_hint(taken, pair in pairs)


def best_by_programme(compiled: Compiled, seconds: float) -> tuple[Chosen, int | None]:
    """Return the pairs of the highest total, and its bound if it is not proven."""
    programme = Programme(compiled)
    programme.model.maximize(cp_model.LinearExpr.sum(programme.sums))
    return programme.solve(seconds)
