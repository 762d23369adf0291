"""What is wrong with a plan: gaps first, then what the programme does not know, then its rules."""

from collections.abc import Iterator

from dure.engines.funding._budget import over_limits
from dure.engines.funding._limits import Limit
from dure.engines.funding._model import Cost, Kind, Money, Plan, Rule, Violation
from dure.engines.funding._phases import out_of_time, with_phases
from dure.engines.funding._programme import Programme

_KINDS = frozenset(Kind)


def check(plan: Plan, programme: Programme) -> tuple[Violation, ...]:
    """Return every rule of `programme` that `plan` breaks; nothing for a plan that passes.

    While rows are incomplete, only those rules are judged that no further figure can mend.
    """
    phased = with_phases(plan, programme)
    gaps = tuple(_gaps(phased, programme))
    unknown = tuple(_unknown(phased, programme))
    violations = [*gaps, *unknown, *out_of_time(phased, programme)]
    is_complete = bool(plan.money) and not any(map(_is_open, plan.money))
    for limit in programme.limits:
        violations += _of_limit(limit, phased, is_complete)
    if programme.budget is not None and not any(map(_is_open, plan.costs)):
        violations += over_limits(phased, programme.budget)
    return tuple(dict.fromkeys(violations))


def _of_limit(limit: Limit, plan: Plan, is_complete: bool) -> Iterator[Violation]:
    if lacking := tuple(limit.when.lacks(plan.facts)):
        for fact in lacking:
            yield Violation(Rule.MISSING, field=f"facts.{fact}")
    elif limit.when.holds(plan.facts, plan.money) and (is_complete or limit.IS_SURE):
        yield from limit.find(plan)


def _is_open(row: Money | Cost) -> bool:
    subject = row.category if isinstance(row, Cost) else row.role
    return None in (subject, row.kind, row.amount)


def _gaps(plan: Plan, programme: Programme) -> Iterator[Violation]:
    if plan.months is None:
        yield Violation(Rule.MISSING, field="months")
    if not plan.money:
        yield Violation(Rule.MISSING, field="money")
    for place, row in enumerate(plan.money):
        for name in ("role", "instrument", "kind", "amount"):
            if getattr(row, name) is None:
                yield Violation(Rule.MISSING, row.role, field=f"money[{place}].{name}")
        if programme.phases and row.phase is None:
            yield Violation(Rule.MISSING, row.role, field=f"money[{place}].phase")
    for place, cost in enumerate(plan.costs):
        for name in ("category", "kind", "amount"):
            if getattr(cost, name) is None:
                yield Violation(
                    Rule.MISSING, category=cost.category, field=f"categories[{place}].{name}"
                )


def _unknown(plan: Plan, programme: Programme) -> Iterator[Violation]:
    phases = {phase.id for phase in programme.phases}
    for place, row in enumerate(plan.money):
        payer = programme.payer(row.role)
        known = {
            "role": row.role is None or payer is not None,
            "instrument": row.instrument is None
            or not payer
            or row.instrument in payer.instruments,
            "kind": row.kind is None or row.kind in _KINDS,
            "phase": row.phase is None or row.phase in phases,
        }
        for name, is_known in known.items():
            if not is_known:
                yield Violation(
                    Rule.UNKNOWN,
                    row.role,
                    field=f"money[{place}].{name}",
                    value=getattr(row, name),
                )
    categories = None if programme.budget is None else programme.budget.categories
    for place, cost in enumerate(plan.costs):
        if categories and cost.category is not None and cost.category not in categories:
            yield Violation(
                Rule.UNKNOWN,
                category=cost.category,
                field=f"categories[{place}].category",
                value=cost.category,
            )
        if cost.kind is not None and cost.kind not in _KINDS:
            yield Violation(
                Rule.UNKNOWN,
                category=cost.category,
                field=f"categories[{place}].kind",
                value=cost.kind,
            )
