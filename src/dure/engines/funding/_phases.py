"""In which phase money is, how long phases last, and that none begins before the one before."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from dure.engines.funding._limits import too_long
from dure.engines.funding._model import Money, Plan, Rule, Violation
from dure.engines.funding._programme import Programme


def with_phases(plan: Plan, programme: Programme) -> Plan:
    """Return `plan` with a phase for each row where the programme can tell it."""
    if not programme.phases:
        return replace(plan, money=tuple(replace(row, phase=None) for row in plan.money))
    waiting = {
        instrument: [phase.id for phase in programme.phases if instrument in phase.instruments]
        for phase in programme.phases
        for instrument in phase.instruments
    }
    phases = {}
    for place in sorted(range(len(plan.money)), key=lambda place: plan.money[place].year or 0):
        row = plan.money[place]
        left = waiting.get(row.instrument or "")
        if row.phase is None and left:
            phases[place] = left[0] if len(left) == 1 else left.pop(0)
    return replace(
        plan,
        money=tuple(
            replace(row, phase=phases.get(place, row.phase)) for place, row in enumerate(plan.money)
        ),
    )


def out_of_time(plan: Plan, programme: Programme) -> Iterator[Violation]:
    """Yield phases that take too long or begin before the one before; rows have their phases."""
    present = [
        (phase, rows)
        for phase in programme.phases
        if (rows := [row for row in plan.money if row.phase == phase.id])
    ]
    is_given = all(row.phase is not None for row in plan.money)
    if present and is_given and plan.months is not None:
        months = [phase.months for phase, _rows in present if phase.months is not None]
        if len(months) == len(present) and plan.months > sum(months):
            alone = present[0][0].id if len(present) == 1 else None
            yield too_long(plan.months, sum(months), alone)
    for (_before, earlier), (phase, later) in pairwise(present):
        begun, begins = _first_year(earlier), _first_year(later)
        if begun is not None and begins is not None and begins < begun:
            yield Violation(
                Rule.ORDER,
                later[0].role,
                phase=phase.id,
                year=begins,
            )


def _first_year(rows: list[Money]) -> int | None:
    return min((row.year for row in rows if row.year is not None and row.amount), default=None)
