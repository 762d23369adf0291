"""The sample of a small project, as the rules that bind it draw one."""

import hashlib
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from dure.apps.projects.adapter.rules import rules_of
from dure.apps.projects.kinds import Decision, WhySampled
from dure.apps.projects.models import Expense, Project
from dure.engines import spending


def is_small(project: Project) -> bool:
    """True where the yearly average of its cash is below that from which every row is examined."""
    rules = rules_of(project, "settlement")
    if rules is None or rules.sampling is None:
        return False
    total = sum(member.grant + member.own_cash for member in project.members.all())
    return total // len(project.years) < rules.sampling.below_won_a_year


def seed_of(project: Project, expenses: Sequence[Expense], on: date) -> str:
    """The seed: SHA-256 of "number|day|rows|won" of a project whose settlement opens on a day."""
    won = sum(expense.amount for expense in expenses)
    seed = f"{project.number}|{on.isoformat()}|{len(expenses)}|{won}"
    return hashlib.sha256(seed.encode()).hexdigest()


def sampled(
    project: Project, expenses: Sequence[Expense], seed: str
) -> list[tuple[Expense, WhySampled]]:
    """The rows of the sample and why each is in it; what was allowed already breaks no rule."""
    rule = rules_of(project, "settlement").sampling
    chosen = spending.sample(
        [
            spending.SampleRow(
                expense.row_key,
                expense.amount,
                bool(expense.broken) and expense.decision != Decision.ALLOWED,
            )
            for expense in expenses
        ],
        spending.SampleRule(rule.percent, rule.fewest, rule.always_from),
        seed,
    )
    by_key = {expense.row_key: expense for expense in expenses}
    return [(by_key[drawn.id], WhySampled(drawn.why)) for drawn in chosen]


def seed_of_month(month: date, projects: Sequence[Project]) -> str:
    """The seed: SHA-256 of "month|number|number|…" of the small projects that ended in a month."""
    seed = "|".join([month.isoformat(), *(project.number for project in projects)])
    return hashlib.sha256(seed.encode()).hexdigest()


def drawn_projects(
    projects: Sequence[tuple[Project, int, bool]], percent: int, seed: str
) -> dict[str, WhySampled]:
    """Which of the small projects of a month are settled row by row, and why, by their numbers.

    Each comes with what it spent in won, and whether it has to be looked at in any case. At most
    `percent` of them are drawn, by their won.
    """
    chosen = spending.sample(
        [
            spending.SampleRow(project.number, max(won, 1), is_certain)
            for project, won, is_certain in projects
        ],
        spending.SampleRule(Fraction(percent), fewest=0),
        seed,
    )
    return {drawn.id: WhySampled(drawn.why) for drawn in chosen}
