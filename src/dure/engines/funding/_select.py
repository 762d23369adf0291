"""Which money a rule speaks of, and when it speaks at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dure.engines.funding._model import PAID, Facts, Money


@dataclass(frozen=True, slots=True)
class Selection:
    """Money of these roles and instruments in this phase; what is empty or None selects all."""

    roles: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    kinds: tuple[str, ...] = PAID
    phase: str | None = None

    def of(self, money: Iterable[Money]) -> tuple[Money, ...]:
        """Return the rows of `money` that are meant."""
        return tuple(
            row
            for row in money
            if row.kind in self.kinds
            and (not self.roles or row.role in self.roles)
            and (not self.instruments or row.instrument in self.instruments)
            and self.phase in {None, row.phase}
        )

    def total(self, money: Iterable[Money]) -> int:
        """Return the sum of what is meant, in won; amounts not yet known count as nothing."""
        return total(self.of(money))


def total(money: Iterable[Money]) -> int:
    """Return the sum of `money` in won."""
    return sum(row.amount or 0 for row in money)


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule applies: always, unless something is named here; all that is named must hold.

    `trl` is the lowest and the highest readiness level; `paid_by` asks for money of one of these
    roles, `not_paid_by` for none of them.
    """

    trl: tuple[int, int] | None = None
    sizes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    paid_by: tuple[str, ...] = ()
    not_paid_by: tuple[str, ...] = ()

    def lacks(self, facts: Facts) -> Iterator[str]:
        """Yield the facts without which nobody can say whether the rule applies."""
        if self.trl is not None and facts.trl is None:
            yield "trl"
        if self.sizes and facts.size is None:
            yield "size"
        if self.regions and facts.region is None:
            yield "region"

    def holds(self, facts: Facts, money: tuple[Money, ...]) -> bool:
        """Return whether the rule applies; False while a fact is lacking."""
        payers = {row.role for row in money if row.amount}
        return (
            (self.trl is None or (facts.trl is not None and _within(facts.trl, self.trl)))
            and (not self.sizes or facts.size in self.sizes)
            and (not self.regions or facts.region in self.regions)
            and (not self.paid_by or not payers.isdisjoint(self.paid_by))
            and payers.isdisjoint(self.not_paid_by)
        )


def _within(level: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= level <= bounds[1]
