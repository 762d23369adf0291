"""When which payer pays: the instalments that an agreement comes to, won by won."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from dure.apps.agreements.adapter.plan import Whole, plan_of, programme_of
from dure.apps.agreements.models import Contribution, Instalment, Party
from dure.engines import funding
from dure.engines.funding import Instrument, Kind, Role
from dure.foundation import programmes
from dure.values.money import split

YEAR = 12
# What the public side pays out to a project; a guarantee is given, a loan and equity are contracts.
_PAID_OUT = (Instrument.GRANT, Instrument.VOUCHER, Instrument.SAVINGS, Instrument.FUND)


def planned(whole: Whole, on: date) -> list[Instalment]:
    """The instalments of an agreement, not saved; those of each payer add up to what it gives.

    Public cash comes at the programme's stages, where its file says so; else, as everything else,
    at the beginning of each year of the project. In kind is due when its year ends. A phase follows
    the one before it.
    """
    programme, lead = programme_of(whole.agreement), whole.lead
    if lead is None:
        return []
    tranches = funding.instalments(plan_of(whole, on), programmes.terms(programme))
    instalments: list[Instalment] = []
    by_stages = [row for row in whole.contributions if tranches and _is_public_cash(row)]
    if by_stages:
        instalments += _at_stages(whole, by_stages, tranches, lead, programme)
    for row in whole.contributions:
        if row not in by_stages and row.kind != Kind.UNPAID:
            instalments += _by_years(whole, row, row.recipient or lead, programme)
    instalments.sort(
        key=lambda instalment: (instalment.due_on, instalment.payer.pk, instalment.kind)
    )
    for number, instalment in enumerate(instalments, start=1):
        instalment.number = number
    return instalments


def _is_public_cash(row: Contribution) -> bool:
    return (
        row.payer.role == Role.GOVERNMENT and row.kind == Kind.CASH and row.instrument in _PAID_OUT
    )


def _at_stages(
    whole: Whole,
    rows: list[Contribution],
    tranches: tuple[funding.Instalment, ...],
    lead: Party,
    programme: programmes.Programme,
) -> Iterator[Instalment]:
    """Each stage's money shared out over the rows, so that stages and rows both add up."""
    left = [row.amount for row in rows]
    stages = [stage.id for stage in programme.stages]
    first = stages.index(tranches[0].stage)
    for place, tranche in enumerate(tranches):
        is_last = place == len(tranches) - 1
        parts = tuple(left) if is_last else _within(tranche.amount, left)
        left = [rest - part for rest, part in zip(left, parts, strict=True)]
        months = (whole.agreement.months * place) // len(tranches)
        for row, amount in zip(rows, parts, strict=True):
            if amount:
                made = _instalment(whole, row, row.recipient or lead, amount, months)
                is_first = stages.index(tranche.stage) == first
                made.basis = "" if is_first else tranche.stage
                yield made


def _within(amount: int, left: list[int]) -> tuple[int, ...]:
    """`amount` shared out by what is left of each, never more than that."""
    return split(amount, left) if sum(left) else (0,) * len(left)


def _by_years(
    whole: Whole, row: Contribution, payee: Party, programme: programmes.Programme
) -> Iterator[Instalment]:
    months = whole.agreement.months
    begins = _phase_begins(programme).get(row.phase, 0)
    is_at_once = row.instrument in (Instrument.GUARANTEE, Instrument.EQUITY, Instrument.LOAN)
    if row.year is not None or is_at_once or row.phase:
        parts = {((row.year or 1) - 1) * YEAR + begins: row.amount}
    else:
        lengths = [min(YEAR, months - begun) for begun in range(0, months, YEAR)]
        amounts = split(row.amount, lengths)
        parts = {number * YEAR: amount for number, amount in enumerate(amounts)}
    for begun, amount in parts.items():
        if amount:
            due = min(begun + YEAR, months) if row.kind == Kind.IN_KIND else begun
            yield _instalment(whole, row, payee, amount, due)


def _phase_begins(programme: programmes.Programme) -> dict[str, int]:
    """After how many months each phase begins."""
    begun, begins = 0, defaultdict(int)
    for phase in programme.money.phases:
        begins[phase.id] = begun
        begun += phase.months or 0
    return begins


def _instalment(
    whole: Whole, row: Contribution, payee: Party, amount: int, months: int
) -> Instalment:
    return Instalment(
        agreement=whole.agreement,
        payer=row.payer,
        payee=payee,
        instrument=row.instrument,
        kind=row.kind,
        amount=amount,
        phase=row.phase,
        due_on=min(_later(whole.agreement.starts_on, months), whole.agreement.ends_on),
    )


def _later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * YEAR + day.month - 1 + months, YEAR)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)
