"""The plan of money of an agreement, as the funding engine judges it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language

from dure.apps.agreements.models import (
    Agreement,
    Annex,
    Contribution,
    Cost,
    Obligation,
    ObligationKind,
    Party,
)
from dure.apps.calls.queries import programme_in
from dure.engines import funding
from dure.engines.funding import Role
from dure.foundation import programmes
from dure.foundation.facts import facts_about


@dataclass(frozen=True, slots=True)
class Whole:
    """An agreement with its parties and its money, read once."""

    agreement: Agreement
    parties: tuple[Party, ...]
    contributions: tuple[Contribution, ...]
    costs: tuple[Cost, ...] = field(default=())
    annexes: tuple[Annex, ...] = field(default=())

    @classmethod
    def of(cls, agreement: Agreement) -> "Whole":
        """Read it from the database."""
        return cls(
            agreement,
            tuple(agreement.parties.select_related("organisation", "person")),
            tuple(agreement.contributions.select_related("payer", "recipient")),
            tuple(agreement.costs.select_related("party")),
            tuple(agreement.annexes.filter(removed_at=None, is_proposed=False)),
        )

    @property
    def lead(self) -> Party | None:
        """Who carries the project: the lead organisation, in savings the worker."""
        by_role = {party.role: party for party in reversed(self.parties)}
        return by_role.get(Role.LEAD) or by_role.get(Role.WORKER)


def programme_of(agreement: Agreement) -> programmes.Programme:
    """The programme as the version says it under which the agreement is made."""
    return programme_in(agreement.version.content)


def category_names(agreement: Agreement, language: str | None) -> dict[str, str]:
    """What the budget categories that apply to an agreement, or would today, are called, by their ids."""
    on = agreement.agreed_on or agreement.starts_on
    lines = programmes.budget_lines(programme_of(agreement), on)
    return {code: line.name.in_language(language) for code, line in lines.items()}


def facts_asked(agreement: Agreement) -> list[str]:
    """What the programme still wants shown before its money is given, in the words of its file."""
    facts: list[str] = []
    for rule in programme_of(agreement).money.rules:
        if rule.rule == "missing" and not set(rule.any_of) & set(agreement.confirmed):
            facts += rule.any_of
        elif rule.rule == "order" and rule.confirmed:
            facts.append(rule.confirmed)
    return [fact for fact in dict.fromkeys(facts) if fact not in agreement.confirmed]


def fact_name(fact: str) -> str:
    """What a fact is called in the language that is on."""
    return programmes.name("fact", fact, get_language())


def terms_of(agreement: Agreement) -> funding.Programme:
    """What the funding engine needs of the programme; without budget categories."""
    return programmes.terms(programme_of(agreement))


def plan_of(whole: Whole, on: date) -> funding.Plan:
    """The plan of money: what each party gives for whose part, and what is known of the lead."""
    agreement, lead = whole.agreement, whole.lead
    organisation = lead.organisation if lead else None
    known = {
        fact.name: fact.value
        for fact in (facts_about(organisation, on) if organisation else ())
        if fact.name == "size"
    }
    return funding.Plan(
        months=agreement.months,
        money=tuple(map(_money, whole.contributions)),
        costs=tuple(
            funding.Cost(cost.category, cost.kind, cost.amount, str(cost.party))
            for cost in whole.costs
        ),
        facts=funding.Facts(
            trl=agreement.trl,
            size=known.get("size"),
            region=(organisation.region or None) if organisation else None,
            confirmed=frozenset(agreement.confirmed),
        ),
    )


def judgement(whole: Whole, on: date) -> programmes.Judgement:
    """The plan held against the programme, by the rules in force on the day `on`."""
    return programmes.judge_plan(programme_of(whole.agreement), plan_of(whole, on), on)


def phases_of(programme: programmes.Programme, language: str | None) -> dict[str, str]:
    """The names of the programme's phases and stages by their ids."""
    named: Iterable[tuple[str, programmes.Text]] = [
        *((stage.id, stage.name) for stage in programme.stages),
        *((phase.id, phase.name) for phase in programme.money.phases),
    ]
    return {code: name.in_language(language) for code, name in named}


def obligation_name(obligation: Obligation) -> str:
    """What somebody owes, in the language that is on; a duty as the programme's file words it."""
    if obligation.kind == ObligationKind.DUTY:
        for duty in programme_of(obligation.agreement).obligations:
            if duty.id == obligation.what:
                return duty.name.in_language(get_language())
    return str(obligation.get_kind_display())


def _money(row: Contribution) -> funding.Money:
    return funding.Money(
        row.payer.role,
        row.instrument,
        row.kind,
        row.amount,
        row.year,
        row.phase or None,
        str(row.recipient) if row.recipient else None,
    )
