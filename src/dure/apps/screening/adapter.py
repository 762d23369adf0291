"""The platform's own spending as a ledger for the signals, and signals in the reader's words."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

import pyarrow as pa
from django.utils.translation import get_language

from dure.apps.people.models import Organisation
from dure.apps.projects.models import Expense, Participation, Project
from dure.apps.screening import queries
from dure.apps.screening.models import FileFinding, Finding
from dure.engines import auditing
from dure.engines.auditing import Ledger, Signal
from dure.foundation.ledgers import EXPENSES, PROJECTS, RELATIONS, held

_TYPES = {
    "string": pa.string(), "date": pa.date32(), "int32": pa.int32(), "int64": pa.int64(),
    "boolean": pa.bool_(), "float64": pa.float64(),
}  # fmt: skip
# Budget lines of programmes that the signals know under another word.
_ITEMS = {"personnel": "labour", "activity": "operating", "meeting": "meeting"}
_METHODS = {"project_card": "card", "own_card": "card", "personal_card": "card"}
_UNTIED = ("", "other")


def ledger(year: int | None = None) -> tuple[AbstractContextManager[Ledger], int]:
    """All spending of all projects, or that of one year, and how many rows it has."""
    spent = list(queries.all_expenses(year))
    rows = [_expense(expense) for expense in spent] + [
        _pay(participation) for participation in queries.all_pay(year)
    ]
    projects = list(queries.all_projects())
    plans = sorted({line for project in projects for line in _plan(project)})
    schema = {**auditing.PROJECTS, **{f"{auditing.PLAN}{line}": "int64" for line in plans}}
    return held(
        _table(rows, auditing.EXPENSES),
        _table([_project(project) for project in projects], schema),
        _table(_relations(spent), auditing.RELATIONS),
    ), len(rows)


def digest(signal: str, rows: Iterable[str]) -> str:
    """The same for the same rows of the same signal, in every run."""
    return hashlib.sha256(f"{signal}:{';'.join(sorted(rows))}".encode()).hexdigest()


@lru_cache(maxsize=1)
def signals() -> Mapping[str, Signal]:
    """Every signal by its code."""
    return {signal.code: signal for signal in auditing.signals()}


def figures_of(signal: str) -> dict[str, int | float]:
    """The parameters of a signal that are one figure, as its file has them; of no signal, none."""
    known = signals().get(signal)
    return {
        name: value
        for name, value in (known.parameters.items() if known else ())
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def headers() -> dict[str, str]:
    """What the columns of ledgers are called, by the names that signals know them under."""
    tables = (("", EXPENSES), ("projects.", PROJECTS), ("relations.", RELATIONS))
    return {
        f"{table}{column.name}": column.header_en if language() == "en" else column.header_ko
        for table, columns in tables
        for column in columns
    }


def language() -> str:
    """The reader's, of those that signals speak."""
    return "en" if get_language() == "en" else "ko"


def sentence(finding: Finding | FileFinding) -> str:
    """What a finding says, in the reader's language."""
    seen = auditing.Finding(
        "", finding.signal, auditing.Level(finding.level), finding.score, (), finding.facts
    )
    return auditing.sentence_of(seen, signals()[finding.signal], language())


def name(signal: str) -> str:
    """What a signal is called; a dash for what no signal said."""
    known = signals().get(signal)
    return known.words[language()].name if known else "–"


def _table(rows: list[dict[str, Any]], schema: Mapping[str, str]) -> pa.Table:
    return pa.table(
        {
            name: pa.array([row.get(name) for row in rows], _TYPES[kind])
            for name, kind in schema.items()
        }
    )


def _number(organisation: Organisation) -> str:
    return organisation.business_number or f"organisation-{organisation.pk}"


def _expense(expense: Expense) -> dict[str, Any]:
    minute = expense.spent_at and 60 * expense.spent_at.hour + expense.spent_at.minute
    item = expense.line or expense.purpose
    return {
        "row": f"e{expense.pk}", "project": str(expense.project_id), "date": expense.spent_on,
        "minute": minute, "item": _ITEMS.get(item, item),
        "vendor": expense.payee_number or expense.payee, "vendor_name": expense.payee,
        "method": _METHODS.get(expense.paid_by, expense.paid_by), "amount": expense.amount,
        "vat": expense.vat, "purpose": expense.what or None, "evidence": expense.number or None,
        "attendees": expense.answers.get("attendees"),
    }  # fmt: skip


def _pay(participation: Participation) -> dict[str, Any]:
    return {
        "row": f"p{participation.pk}", "project": str(participation.member.project_id), "date": participation.month,
        "item": "labour", "method": "transfer", "amount": participation.month_pay,
        "person": participation.researcher,
    }  # fmt: skip


def _plan(project: Project) -> dict[str, int]:
    plan: dict[str, int] = defaultdict(int)
    for member in project.members.all():
        for line in member.budget.all():
            plan[_ITEMS.get(line.line, line.line)] += line.amount
    return plan


def _project(project: Project) -> dict[str, Any]:
    members = list(project.members.all())
    lead = next((member for member in members if member.role == "LEAD"), None)
    plan = {f"{auditing.PLAN}{line}": won for line, won in _plan(project).items()}
    return {
        "id": str(project.pk), "firm": lead and _number(lead.organisation),
        "start": project.begins_on, "end": project.ends_on,
        "total": sum(member.grant + member.own_cash for member in members), **plan,
    }  # fmt: skip


def _relations(spent: Iterable[Expense]) -> list[dict[str, Any]]:
    """What expenses themselves say of who was paid."""
    tied = {
        (
            _number(expense.member.organisation),
            expense.payee_number or expense.payee,
            expense.relation,
        )
        for expense in spent
        if expense.relation not in _UNTIED
    }
    return [{"firm": f, "vendor": v, "relation": r} for f, v, r in sorted(tied)]
