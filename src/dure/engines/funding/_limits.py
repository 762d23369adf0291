"""The kinds of rules that a programme's money obeys; each finds where a plan breaks it.

Every kind says in `IS_SURE` whether it can be judged before all rows are filled in: a cap that is
passed already stays passed, a share may still change.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Protocol

from dure.engines.funding._model import Kind, Money, Plan, Rule, Violation
from dure.engines.funding._select import Condition, Selection, total
from dure.values.money import at_least, at_most


class Scope(StrEnum):
    """Over what a rule adds up: the project, each organisation's part of it, or each year."""

    PROJECT = "project"
    ORGANISATION = "organisation"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows that a rule looks at together, and whose or which year's they are."""

    money: tuple[Money, ...]
    organisation: str | None = None
    year: int | None = None


def _parts(money: tuple[Money, ...], scope: Scope) -> Iterator[_Part]:
    """Yield the parts of `money`. Money without a year may be of any year, so it is in each."""
    if scope is Scope.PROJECT:
        yield _Part(money)
    elif scope is Scope.ORGANISATION:
        for name in dict.fromkeys(row.organisation for row in money):
            yield _Part(tuple(row for row in money if row.organisation == name), name)
    else:
        years = sorted({row.year for row in money if row.year is not None}) or [1]
        for year in years:
            yield _Part(tuple(row for row in money if row.year in {year, None}), year=year)


class Limit(Protocol):
    """A rule of money."""

    IS_SURE: ClassVar[bool]

    @property
    def when(self) -> Condition: ...

    def find(self, plan: Plan) -> Iterator[Violation]:
        """Yield where `plan`, whose rows have their phases, breaks the rule."""
        ...


@dataclass(frozen=True, slots=True)
class AmountMax:
    """Money of `counted` is at most `won`; without roles it is a cap on the total."""

    counted: Selection
    won: int
    role: str | None = None
    scope: Scope = Scope.PROJECT
    when: Condition = field(default_factory=Condition)
    IS_SURE: ClassVar[bool] = True

    def find(self, plan: Plan) -> Iterator[Violation]:
        for part in _parts(self.counted.of(plan.money), self.scope):
            if (actual := total(part.money)) > self.won:
                yield Violation(
                    Rule.AMOUNT_MAX if self.role else Rule.TOTAL_MAX,
                    self.role,
                    limit=self.won,
                    actual=actual,
                    excess=actual - self.won,
                    phase=self.counted.phase,
                    year=part.year,
                    organisation=part.organisation,
                )


@dataclass(frozen=True, slots=True)
class AmountMin:
    """Money of `counted` is at least `won`, in every phase or part that the plan has."""

    counted: Selection
    won: int
    role: str
    scope: Scope = Scope.PROJECT
    when: Condition = field(default_factory=Condition)
    IS_SURE: ClassVar[bool] = False

    def find(self, plan: Plan) -> Iterator[Violation]:
        present = Selection(phase=self.counted.phase).of(plan.money)
        for part in _parts(present, self.scope):
            if (actual := self.counted.total(part.money)) < self.won:
                yield Violation(
                    Rule.AMOUNT_MIN,
                    self.role,
                    limit=self.won,
                    actual=actual,
                    excess=self.won - actual,
                    phase=self.counted.phase,
                    year=part.year,
                    organisation=part.organisation,
                )


@dataclass(frozen=True, slots=True)
class Share:
    """Money of `counted` is at most (`is_floor`: at least) `share` of that of `base`.

    The comparison is exact; the limit that is told is the last whole won that passes.
    """

    rule: Rule
    counted: Selection
    base: Selection
    share: Fraction
    role: str | None
    is_floor: bool = False
    scope: Scope = Scope.PROJECT
    when: Condition = field(default_factory=Condition)
    IS_SURE: ClassVar[bool] = False

    def find(self, plan: Plan) -> Iterator[Violation]:
        for part in _parts(self.base.of(plan.money), self.scope):
            base, actual = total(part.money), self.counted.total(part.money)
            limit = at_least(base, self.share) if self.is_floor else at_most(base, self.share)
            excess = limit - actual if self.is_floor else actual - limit
            if excess > 0:
                yield Violation(
                    self.rule,
                    self.role,
                    limit=limit,
                    actual=actual,
                    excess=excess,
                    base=base,
                    share=self.share,
                    phase=self.base.phase,
                    year=part.year,
                    organisation=part.organisation,
                )


@dataclass(frozen=True, slots=True)
class MultipleMax:
    """Money of `counted` is at most `times` that of `base`."""

    counted: Selection
    base: Selection
    times: Fraction
    role: str
    when: Condition = field(default_factory=Condition)
    IS_SURE: ClassVar[bool] = False

    def find(self, plan: Plan) -> Iterator[Violation]:
        base, actual = self.base.total(plan.money), self.counted.total(plan.money)
        limit = at_most(base, self.times)
        if actual > limit:
            yield Violation(
                Rule.MULTIPLE_MAX,
                self.role,
                limit=limit,
                actual=actual,
                excess=actual - limit,
                base=base,
                share=self.times,
            )


@dataclass(frozen=True, slots=True)
class DurationMax:
    """The project takes at most `months`."""

    months: int
    when: Condition = field(default_factory=Condition)
    IS_SURE: ClassVar[bool] = True

    def find(self, plan: Plan) -> Iterator[Violation]:
        if plan.months is not None and plan.months > self.months:
            yield too_long(plan.months, self.months)


def too_long(months: int, limit: int, phase: str | None = None) -> Violation:
    """The violation of a plan that takes longer than it may."""
    return Violation(
        Rule.DURATION_MAX, limit=limit, actual=months, excess=months - limit, phase=phase
    )


@dataclass(frozen=True, slots=True)
class Order:
    """Money of `first` is confirmed before any of `then` is given, and `won` of it are there by then.

    Without `confirmed` only the years are compared. How much there has to be in all is a matter of
    AmountMin or MultipleMax.
    """

    first: Selection
    then: Selection
    role: str
    confirmed: str | None = None
    won: int = 1
    when: Condition = field(default_factory=Condition)
    IS_SURE: ClassVar[bool] = True

    def find(self, plan: Plan) -> Iterator[Violation]:
        later = [row for row in self.then.of(plan.money) if row.amount]
        if not later:
            return
        first = self.first.of(plan.money)
        if self.confirmed is not None and self.confirmed not in plan.facts.confirmed:
            actual = 0
            needs: tuple[str, ...] = (self.confirmed,)
        else:
            start = min((row.year for row in later if row.year is not None), default=None)
            actual = total(
                row for row in first if start is None or row.year is None or row.year <= start
            )
            needs = ()
            if actual >= self.won or total(first) < self.won:
                return
        yield Violation(
            Rule.ORDER,
            self.role,
            limit=self.won,
            actual=actual,
            excess=self.won - actual,
            phase=self.then.phase,
            needs=needs,
        )


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One of `any_of` has been shown, such as a purchase contract or the consent to one."""

    any_of: tuple[str, ...]
    role: str | None = None
    when: Condition = field(default_factory=Condition)
    IS_SURE: ClassVar[bool] = True

    def find(self, plan: Plan) -> Iterator[Violation]:
        if plan.facts.confirmed.isdisjoint(self.any_of):
            yield Violation(Rule.MISSING, self.role, field="facts.confirmed", needs=self.any_of)


def cash_share(
    counted: Selection,
    share: Fraction,
    role: str,
    scope: Scope = Scope.PROJECT,
    when: Condition | None = None,
) -> Share:
    """The rule that at least `share` of one's own burden is paid in cash."""
    return Share(
        Rule.CASH_SHARE_MIN,
        Selection(counted.roles, counted.instruments, (Kind.CASH.value,), counted.phase),
        counted,
        share,
        role,
        is_floor=True,
        scope=scope,
        when=when or Condition(),
    )
