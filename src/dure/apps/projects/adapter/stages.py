"""The money of a stage: what of the plan falls into it, and what came over from the stage before.

The plan is by years of the project. Where a stage ends within a year, the year is shared by its whole
months. Everything is counted up to a day and the part before taken off, so that the stages add up to
the agreement to the won.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from dure.apps.projects.kinds import SPENDERS
from dure.apps.projects.models import BudgetLine, Member, Project, Settlement
from dure.values.money import nearest

MONTHS = 12


@dataclass(frozen=True, slots=True)
class StageMoney:
    """What is agreed for a stage, in won, and its part of the plan."""

    grant: int
    own_cash: int
    top_up: int
    in_kind: int
    plan: tuple[BudgetLine, ...]

    @property
    def agreed(self) -> dict[str, int]:
        """The money by its name, as a settlement keeps it."""
        return {
            "grant": self.grant,
            "own_cash": self.own_cash,
            "top_up": self.top_up,
            "in_kind": self.in_kind,
        }


def stage_money(
    settlement: Settlement,
    members: Iterable[Member],
    budget: Iterable[BudgetLine],
    settled: Iterable[Mapping[str, int]] | None = None,
) -> StageMoney:
    """The agreed money of what a settlement is about; all of the project where it has no stages.

    `settled` is what earlier settlements said was agreed for their stages: a change of the agreement
    since then changes nothing of it, and comes to what is settled next.
    """
    project, members, budget = settlement.project, list(members), list(budget)
    until = _until(project, members, budget, settlement.ends_on)
    if settlement.begins_on is None:
        return until
    taken = _until(project, members, budget, settlement.begins_on - timedelta(days=1))
    plan = zip(until.plan, taken.plan, strict=True)
    before = [taken.agreed] if settled is None else list(settled)
    left = {name: won - sum(stage[name] for stage in before) for name, won in until.agreed.items()}
    return StageMoney(
        **left, plan=tuple(_of(row, row.amount - earlier.amount) for row, earlier in plan)
    )


def _until(
    project: Project, members: list[Member], budget: list[BudgetLine], day: date | None
) -> StageMoney:
    plan = tuple(_of(row, nearest(row.amount, _by(project, row.year, day))) for row in budget)
    sums = [0, 0, 0, 0]
    for member in members:
        own = [
            (row, part)
            for row, part in zip(budget, plan, strict=True)
            if row.member_id == member.pk
        ]
        cash = _share(((row, part) for row, part in own if not row.is_in_kind), project, day)
        kind = _share(((row, part) for row, part in own if row.is_in_kind), project, day)
        sums[0] += nearest(member.grant, cash)
        sums[1] += nearest(member.own_cash, cash)
        sums[2] += nearest(member.top_up, cash)
        sums[3] += nearest(member.own_in_kind, kind) if member.role in SPENDERS else 0
    return StageMoney(*sums, plan)


def _share(
    rows: Iterable[tuple[BudgetLine, BudgetLine]], project: Project, day: date | None
) -> Fraction:
    """How much of somebody's plan lies by a day; without a plan, how much of the time does."""
    rows = list(rows)
    whole = sum(row.amount for row, _ in rows)
    if whole:
        return Fraction(sum(part.amount for _, part in rows), whole)
    years = project.years
    return sum((_by(project, year, day) for year in years), Fraction(0)) / len(years)


def _by(project: Project, year: int, day: date | None) -> Fraction:
    """How much of a year of a project lies by a day, by whole months."""
    if day is None or day >= project.ends_on:
        return Fraction(1)
    begins = project.begins_on + relativedelta(years=year - 1)
    ends = min(begins + relativedelta(years=1), project.ends_on + timedelta(days=1))
    length = _months(begins, ends)
    if length <= 0:
        return Fraction(int(day >= begins))
    return Fraction(min(max(_months(begins, day + timedelta(days=1)), 0), length), length)


def _months(first: date, last: date) -> int:
    gone = relativedelta(last, first)
    return gone.years * MONTHS + gone.months


def _of(row: BudgetLine, amount: int) -> BudgetLine:
    return BudgetLine(
        member_id=row.member_id,
        year=row.year,
        line=row.line,
        is_in_kind=row.is_in_kind,
        amount=amount,
    )
