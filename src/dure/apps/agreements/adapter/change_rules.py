"""What a change needs by the rules of the agreement's day: approval, a notice; by when it is answered."""

from dataclasses import dataclass
from datetime import date, timedelta

from dure.apps.agreements.adapter.change_facts import facts_of_change
from dure.apps.agreements.adapter.changes import SIGNED, Wish, changed, parts_of
from dure.apps.agreements.adapter.plan import Whole
from dure.apps.agreements.models import Agreement
from dure.apps.agreements.queries import spending_rules
from dure.engines import spending
from dure.engines.spending import Decision, Handling
from dure.foundation import programmes


def handling_of(whole: Whole, wish: Wish, on: date) -> Decision:
    """What a change needs by the rules of the agreement's day; without such rules always approval.

    So does what is signed anew, whatever the list says (`SIGNED`).
    """
    rules = spending_rules(whole.agreement)
    if rules is None:
        return Decision(Handling.APPROVE)
    facts = facts_of_change(whole, changed(whole, wish))
    decision = spending.classify_change(
        facts | dict.fromkeys(wish.stated, True),
        programmes.approvals_of(rules),
        notices=programmes.notices_of(rules),
        days_left=(whole.agreement.ends_on - on).days,
        notice_days=rules.notice_days or 0,
    )
    is_notice = decision.handling is Handling.NOTIFY
    return Decision(Handling.APPROVE, (SIGNED,)) if is_notice and wish.is_signed else decision


def halves(whole: Whole, wish: Wish, on: date) -> tuple[list[Wish], list[Wish]]:
    """The parts of a change that only have to be notified, and those that wait for approval."""
    noticed, rest = [], []
    for part in parts_of(whole, wish):
        is_notice = handling_of(whole, part, on).handling is Handling.NOTIFY
        (noticed if is_notice else rest).append(part)
    return noticed, rest


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """A kind of change as its rule set words it: its name and the papers that it needs."""

    name: str
    papers: str


def change_kinds(agreement: Agreement, language: str | None) -> dict[str, ChangeKind]:
    """The kinds of changes by the rules of the agreement's day, approved or notified, by their ids."""
    rules = spending_rules(agreement)
    return {
        kind.id: ChangeKind(
            kind.name.in_language(language),
            kind.papers.in_language(language) if kind.papers else "",
        )
        for kind in ((*rules.approvals, *rules.notices) if rules else ())
    }


def questions_of(agreement: Agreement, language: str | None) -> dict[str, str]:
    """What is asked of a change because no amount shows it, by the facts that it states."""
    rules = spending_rules(agreement)
    return {
        approval.when[0].fact: approval.ask.in_language(language)
        for approval in (rules.approvals if rules else ())
        if approval.ask
    }


def grounds_of(agreement: Agreement, language: str | None) -> dict[str, str]:
    """The reasons for which a project may get another leader, by their ids; none where no rule says."""
    rules = spending_rules(agreement)
    grounds = rules.leader.grounds if rules and rules.leader else ()
    return {ground.id: ground.name.in_language(language) for ground in grounds}


def answer_by(agreement: Agreement, on: date) -> date | None:
    """The last day to answer a change that is asked for on a day; None where no rule sets one."""
    rules = spending_rules(agreement)
    return on + timedelta(days=rules.answer_days) if rules and rules.answer_days else None
