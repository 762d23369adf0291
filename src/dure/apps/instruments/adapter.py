"""Lists of payments into savings as spreadsheets, and what programmes say of vouchers and steps."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dure.apps.agreements.models import Agreement
from dure.apps.calls.queries import programme_in
from dure.apps.instruments.kinds import Payer
from dure.apps.instruments.models import Movement, Scheme, Stake
from dure.apps.instruments.reasons import CollectionProblem
from dure.apps.people.models import Organisation
from dure.engines import eligibility, funding
from dure.engines.eligibility import Applicant, Shown
from dure.foundation import programmes
from dure.foundation.facts import facts_about
from dure.foundation.sheets import Column, Reader, names_of
from dure.values.days import read_day

PAYERS = names_of(
    Payer,
    {"근로자": Payer.WORKER, "청년": Payer.WORKER, "기업": Payer.FIRM, "정부": Payer.GOVERNMENT},
)
COLUMNS = (
    Column("number", "가입번호", "Number of the savings", True, ("계약번호", "번호"), "1-00001",
           "가입자마다 하나예요.", "One for each saver."),
    Column("payer", "납입자", "Payer", True, ("납입주체", "구분"), "근로자",
           "근로자, 기업, 정부 가운데 하나.", "Worker, firm or government.",
           options=lambda: PAYERS.labels),
    Column("month", "납입월", "Month", True, ("회차월", "대상월"), "2026-11",
           "어느 달 치인지.", "The month that is paid."),
    Column("amount", "금액(원)", "Amount (won)", True, ("금액", "납입액"), "166667", "", ""),
    Column("paid_on", "납입일", "Day of payment", True, ("입금일", "이체일"), "2026-11-25", "", ""),
)  # fmt: skip


def read_payment(row: Reader) -> dict[str, Any]:
    """A row of a list of payments."""
    month = row.text("month", 40, required=True)
    first = _month(month)
    if month and first is None:
        row.wrong("month", CollectionProblem.NOT_A_MONTH)
    return {
        "number": row.text("number", 40, required=True, code=True),
        "payer": row.one_of("payer", PAYERS, required=True),
        "month": first,
        "amount": row.won("amount"),
        "paid_on": row.day("paid_on", CollectionProblem.NO_PAID_DAY, required=True),
    }


def part_of(stake: Stake, month: date) -> int | None:
    """What each payer owes for a month; None for a month that is not one of the savings."""
    months, first = stake.months or 0, stake.starts_on
    place = (month.year - first.year) * 12 + month.month - first.month
    return funding.monthly(stake.amount, months)[place] if 0 <= place < months else None


def programme_of(scheme: Scheme) -> programmes.Programme:
    """The programme of a scheme as its current version says it."""
    return programme_in(scheme.programme.current.content)


def voucher_faults(scheme: Scheme, trl: int, amount: int, language: str | None) -> list[str]:
    """Which rules of the programme a voucher of this worth breaks, in words."""
    row = funding.Money(
        funding.Role.GOVERNMENT, funding.Instrument.VOUCHER, funding.Kind.CASH, amount
    )
    plan = funding.Plan(months=1, money=(row,), facts=funding.Facts(trl=trl))
    return _faults(programme_of(scheme), plan, language)


def bars(scheme: Scheme, organisation: Organisation, on: date, language: str | None) -> list[str]:
    """What keeps a firm out of the programme of a scheme on a day, in words (GL 7).

    Papers are asked for elsewhere, so what can only be shown by one keeps nobody out here.
    """
    programme = programme_of(scheme)
    shared = programmes.rule_sets().rule_set("exclusions", programme.rules.exclusions, on)
    applicant = Applicant(
        facts=tuple(replace(fact, whose="lead") for fact in facts_about(organisation, on)),
        roles=frozenset({"lead"}),
    )
    verdicts = eligibility.judge(applicant, programmes.eligibility_of(programme, shared, on), on)
    return [
        programmes.verdict_sentence(verdict, language)
        for verdict in verdicts
        if verdict.bars and not isinstance(verdict.rule.question, Shown)
    ]


def voucher_limit(scheme: Scheme, trl: int) -> int | None:
    """The most that a voucher is worth at a readiness level; None where the programme names none."""
    facts = funding.Facts(trl=trl)
    limits = [
        limit.won
        for limit in programmes.terms(programme_of(scheme)).limits
        if isinstance(limit, funding.AmountMax) and limit.when.holds(facts, ())
    ]
    return min(limits, default=None)


def way_of(stake: Stake) -> tuple[programmes.Programme, funding.Programme]:
    """The programme of a way through institutions, as file and as the engine knows it."""
    programme = programme_of(stake.scheme)
    return programme, programmes.terms(programme)


def shown_by(stake: Stake, steps: Mapping[str, Movement]) -> set[str]:
    """The facts that are shown by the steps that are confirmed."""
    programme, _terms = way_of(stake)
    return {
        fact
        for stage in programme.stages
        if stage.id in steps and stage.gate
        for fact in stage.gate.confirms
    }


def step_faults(
    stake: Stake, steps: Mapping[str, Movement], stage: str, amount: int, language: str | None
) -> list[str]:
    """Which limits the money of the steps breaks once this one comes to `amount`, in words."""
    amounts = {name: step.amount for name, step in steps.items()} | {stage: amount}
    plan = funding.Plan(months=1, money=_given(stake, amounts))
    return _faults(programme_of(stake.scheme), plan, language)


def grant_faults(
    stake: Stake, steps: Mapping[str, Movement], agreement: Agreement, language: str | None
) -> list[str]:
    """Which limits the public money of an agreement breaks beside what the institutions gave."""
    given = _given(stake, {name: step.amount for name, step in steps.items()})
    public = agreement.contributions.filter(payer__role=funding.Role.GOVERNMENT)
    rows = tuple(
        funding.Money(funding.Role.GOVERNMENT, row.instrument, row.kind, row.amount, row.year)
        for row in public
    )
    plan = funding.Plan(months=agreement.months, money=(*given, *rows))
    return _faults(programme_of(stake.scheme), plan, language)


def _given(stake: Stake, amounts: Mapping[str, int]) -> tuple[funding.Money, ...]:
    """What the institutions gave at their steps, as rows of a plan."""
    programme, terms = way_of(stake)
    payers = {payer.role: payer for payer in terms.payers}
    return tuple(
        funding.Money(
            stage.gate.role, payers[stage.gate.role].instruments[0], funding.Kind.CASH,
            amounts[stage.id], phase=stage.gate.phase,
        )
        for stage in programme.stages
        if amounts.get(stage.id) and stage.gate and stage.gate.role
    )  # fmt: skip


def _faults(programme: programmes.Programme, plan: funding.Plan, language: str | None) -> list[str]:
    kept = (funding.Rule.AMOUNT_MAX, funding.Rule.AMOUNT_MIN, funding.Rule.MULTIPLE_MAX)
    roles = {row.role for row in plan.money}
    return [
        programmes.violation_sentence(violation, programme, None, language)
        for violation in funding.check(plan, programmes.terms(programme))
        if violation.rule in kept and violation.role in roles
    ]


def _month(text: str) -> date | None:
    day = read_day(text) or read_day(f"{text.strip().rstrip('월').strip()}-01")
    return day.replace(day=1) if day else None
