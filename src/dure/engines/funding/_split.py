"""Who pays what, in which year and when what stage is reached, to the won."""

from collections import defaultdict
from dataclasses import dataclass

from dure.engines.funding._model import Kind, Money, Plan, Role
from dure.engines.funding._programme import Programme
from dure.engines.funding._select import Selection, total
from dure.values.money import split as split_money


@dataclass(frozen=True, slots=True)
class Part:
    """What one payer gives for one organisation, in won; all parts together are the total.

    `hundredths` is its part of the total in hundredths of a percent; those of all parts add up to
    10,000. `years` are pairs of a year and its won, which add up to `amount`.
    """

    role: str
    organisation: str | None
    amount: int
    cash: int
    in_kind: int
    hundredths: int
    years: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Instalment:
    """Public money that is paid when `stage` is reached."""

    stage: str
    amount: int


def split(plan: Plan) -> tuple[Part, ...]:
    """Return what each payer of `plan` gives, in the order of the rows.

    Money that names no year is spread over the years of the project by their months. Returns
    nothing while an amount, a payer or the months are not known.
    """
    money = Selection().of(plan.money)
    months = plan.months
    if not months or any(row.amount is None or row.role is None for row in plan.money):
        return ()
    payers: dict[tuple[str, str | None], list[Money]] = defaultdict(list)
    for row in money:
        payers[row.role or "", row.organisation].append(row)
    amounts = [total(rows) for rows in payers.values()]
    shares = split_money(10_000, amounts) if sum(amounts) else (0,) * len(amounts)
    return tuple(
        Part(
            role,
            organisation,
            amount,
            total(row for row in rows if row.kind == Kind.CASH),
            total(row for row in rows if row.kind == Kind.IN_KIND),
            share,
            _years(rows, months),
        )
        for ((role, organisation), rows), amount, share in zip(
            payers.items(), amounts, shares, strict=True
        )
    )


def _years(rows: list[Money], months: int) -> tuple[tuple[int, int], ...]:
    """Return year by year what `rows` give; the last year may be shorter than twelve months."""
    lengths = [min(12, months - begun) for begun in range(0, months, 12)]
    years: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.year is not None:
            years[row.year] += row.amount or 0
    undated = split_money(total(row for row in rows if row.year is None), lengths)
    for year, amount in enumerate(undated, start=1):
        years[year] += amount
    return tuple(sorted((year, amount) for year, amount in years.items() if amount))


def instalments(plan: Plan, programme: Programme) -> tuple[Instalment, ...]:
    """Return the public cash of `plan` by the stages at which it is paid; it adds up to the won.

    Returns nothing for a programme that does not say when it pays.
    """
    if not programme.tranches:
        return ()
    public = Selection((Role.GOVERNMENT.value,), kinds=(Kind.CASH.value,)).total(plan.money)
    amounts = split_money(public, [tranche.percent for tranche in programme.tranches])
    return tuple(
        Instalment(tranche.stage, amount)
        for tranche, amount in zip(programme.tranches, amounts, strict=True)
    )
