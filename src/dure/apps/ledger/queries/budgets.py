"""Budgets of programmes: what is free, reserved, committed and paid, and the rate of execution."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import QuerySet

from dure.apps.ledger import kinds
from dure.apps.ledger.models import Appropriation
from dure.apps.ledger.queries.balances import balances_of, is_reader
from dure.apps.people.queries import Reader

MONTHS = 12


@dataclass(frozen=True, slots=True)
class BudgetFigures:
    """Where the money of an appropriation stands, in won."""

    appropriated: int
    free: int
    reserved: int
    committed: int
    paid: int

    @property
    def execution_rate(self) -> Fraction | None:
        """The part that is paid (집행률); None for a budget of nought."""
        return Fraction(self.paid, self.appropriated) if self.appropriated else None


def appropriations_visible_to(user: Reader) -> QuerySet[Appropriation]:
    """All budgets for the office and auditors, none for others."""
    appropriations = Appropriation.objects.select_related("programme__current", "created_by")
    return appropriations if is_reader(user) else appropriations.none()


def appropriations_by_id(ids: Collection[int]) -> QuerySet[Appropriation]:
    """The appropriations of some ids, for what names them."""
    return Appropriation.objects.filter(pk__in=ids).select_related("programme__current")


def budgets(
    appropriations: Iterable[Appropriation], on: date | None = None
) -> dict[int, BudgetFigures]:
    """The figures of appropriations at the end of a day, or now, by their id."""
    wanted = list(appropriations)
    won = balances_of([appropriation.subject for appropriation in wanted], on)
    order = (kinds.APPROPRIATED, kinds.FREE, kinds.RESERVED, kinds.COMMITTED, kinds.PAID)
    return {
        appropriation.pk: BudgetFigures(
            *(won.get((appropriation.subject, kind.code, ""), 0) for kind in order)
        )
        for appropriation in wanted
    }


def budget_by_month(appropriation: Appropriation, until: date) -> list[tuple[date, BudgetFigures]]:
    """The figures at the end of each month of its year that has begun by `until`."""
    firsts = [date(appropriation.year, month, 1) for month in range(1, MONTHS + 1)]
    ends = [
        date(first.year + first.month // MONTHS, first.month % MONTHS + 1, 1) - timedelta(days=1)
        for first in firsts
        if first <= until
    ]
    return [(end, budgets([appropriation], end)[appropriation.pk]) for end in ends]


def free_won(appropriation: Appropriation) -> int:
    """What can still be spoken for."""
    return budgets([appropriation])[appropriation.pk].free
