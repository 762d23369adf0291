"""Taking in statements of cards, banks and Hometax, and lists of RCMS: all of a file or nothing of it."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from dure.apps.imports.kinds import Report
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.apps.projects import adapter, permissions, queries
from dure.apps.projects.kinds import Source, StatementRowProblem
from dure.apps.projects.models import Expense, Member, Project
from dure.apps.projects.operations import posting
from dure.apps.projects.operations.keeping import locked
from dure.engines import spending
from dure.foundation.sheets import Problem, bare
from dure.foundation.statements import Statement, StatementLine, read_statement

BATCH = 2_000
TITLES = 5
MOST_PROBLEMS = 200
NEAR_DAYS = 31
MEANS = {"card": "project_card", "bank": "transfer", "invoice": "transfer"}


@dataclass
class StatementReport(Report):
    """What becomes of the rows of a statement: left out as called off or not paid yet, `unsorted`."""

    cancelled: int = 0
    waiting: int = 0
    unsorted: int = 0

    def as_json(self) -> dict[str, Any]:
        """As plain values, to be kept with a job."""
        more = {"cancelled": self.cancelled, "waiting": self.waiting, "unsorted": self.unsorted}
        return {**super().as_json(), **more}


def check_statement(*, member: Member, path: Path, by: User, progress: Progress) -> Report:
    """Say what taking in a statement would do. Raises Refused, UnreadableFile."""
    permissions.may_spend(by, member).require()
    progress.step(gettext_noop("Reading the file"))
    statement = read_statement(path)
    _, report = _sorted_out(member, statement)
    return report


def import_statement(
    *, member: Member, path: Path, by: User, at: datetime, progress: Progress
) -> Report:
    """Take in the payments of a statement as expenses, with proposed purposes.

    What is there already, by its number or because it was taken in before, is left out; so is what
    probably is the payment of an invoice that is there. Raises Refused, UnreadableFile.
    """
    permissions.may_spend(by, member).require()
    progress.step(gettext_noop("Reading the file"))
    statement = read_statement(path)
    with transaction.atomic(), progress.beside():
        member.project = locked(member.project)
        permissions.may_spend(by, member).require()
        new, report = _sorted_out(member, statement)
        if report.problems:
            return report
        progress.step(gettext_noop("Taking in"), len(new))
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            for expense in batch:
                expense.created_by, expense.created_at = by, at
            Expense.objects.bulk_create(batch)
            posting.spend(member.project, batch, by=by, at=at)
            progress.advance(len(batch))
    return report


def _sorted_out(member: Member, statement: Statement) -> tuple[list[Expense], StatementReport]:
    """The expenses that a statement adds, judged, and the report of it."""
    report = StatementReport(
        rows=statement.rows, problems=list(statement.problems),
        cancelled=statement.cancelled, waiting=statement.waiting,
    )  # fmt: skip
    project = member.project
    keys = _keys(statement.lines)
    known = set(Expense.objects.filter(project=project).values_list("row_key", flat=True))
    fresh = [
        (line, key) for line, key in zip(statement.lines, keys, strict=True) if key not in known
    ]
    doubled = _doubled(member, [line for line, _ in fresh])
    sort = adapter.sorter_of(project, queries.known_purposes(project))
    made = [
        _judged(Expense(project=project, member=member, row_key=key, **_values(line), **sort(line)))
        for place, (line, key) in enumerate(fresh)
        if place not in doubled
    ]
    report.problems += _misplaced(
        project, [line for place, (line, _) in enumerate(fresh) if place not in doubled]
    )
    report.new = len(made)
    report.same = len(statement.lines) - len(made)
    report.unsorted = sum(not expense.line for expense in made)
    report.titles = [str(expense) for expense in made[:TITLES]]
    return made, report


def _misplaced(project: Project, lines: Sequence[StatementLine]) -> list[Problem]:
    """What is wrong with lines that are of another project, or of a stage that is in settlement."""
    until = queries.settled_until(project)
    foreign = _foreign(project, {line.project for line in lines if line.project})
    problems = [
        Problem(
            StatementRowProblem.OF_ANOTHER_PROJECT, line.sheet, line.row, value=line.project,
            facts={"number": line.project},
        )
        for line in lines
        if line.project in foreign
    ]  # fmt: skip
    problems += [
        Problem(
            StatementRowProblem.STAGE_IS_SETTLED, line.sheet, line.row, value=line.on.isoformat(),
            facts={"until": until.isoformat()},
        )
        for line in lines
        if until is not None and line.on <= until
    ]  # fmt: skip
    return problems[:MOST_PROBLEMS]


def _foreign(project: Project, numbers: set[str]) -> set[str]:
    """Those of the project numbers of a list that are of other projects.

    The number that RCMS gives a project may be another than ours; so a number that is not known here
    is taken as that of the project, if it is the only one.
    """
    if project.number in numbers or len(numbers) > 1:
        return numbers - {project.number}
    return {number for number in numbers if queries.project_by_number(number)}


def _values(line: StatementLine) -> dict[str, Any]:
    """What a statement says of an expense. A tax invoice is evidence of itself."""
    return {
        "spent_on": line.on,
        "spent_at": line.at,
        "amount": line.amount,
        "vat": line.vat if line.vat is not None and 0 <= line.vat <= line.amount else None,
        "payee": line.payee,
        "payee_number": line.business_number,
        "paid_by": line.means or MEANS[line.source],
        "what": line.what,
        "shop": line.shop,
        "number": line.number,
        "source": Source[line.source.upper()],
        "shown_elsewhere": "e_tax_invoice" if line.source == "invoice" else line.evidence,
    }


def _judged(expense: Expense) -> Expense:
    findings = adapter.judged(expense, expense.evidence_kinds)
    expense.expected = spending.disallowed_of(findings)
    expense.broken = [finding.rule for finding in findings]
    return expense


def _keys(lines: Sequence[StatementLine]) -> list[str]:
    """A key for each payment, the same in every copy of a file; equal rows are counted.

    RCMS may split one payment over several budget lines under one number.
    """
    seen: Counter[str] = Counter()
    keys = []
    for line in lines:
        is_numbered = bool(line.number) and not line.listed_as
        parts = (line.on, line.at, line.amount, line.payee, line.what)
        more = (line.number, *line.listed_as) if line.listed_as else ()
        identity = line.number if is_numbered else "|".join(map(str, (*parts, *more)))
        digest = hashlib.sha256(identity.encode()).hexdigest()[:40]
        seen[digest] += 1
        keys.append(f"{line.source}:{digest}:{1 if is_numbered else seen[digest]}")
    return keys


def _doubled(member: Member, lines: Sequence[StatementLine]) -> set[int]:
    """The places of lines that repeat an expense that is there, or an earlier line.

    Rows without a number in one source are told apart by their keys, so they get one here. RCMS
    lists what other files hold too: the number of a card slip or tax invoice is known again.
    """
    there = list(
        Expense.objects.filter(project=member.project).values_list(
            "source", "spent_on", "amount", "payee", "number", "paid_by", "pk"
        )
    )
    elsewhere = {
        (number, bare(payee), source == Source.RCMS): on
        for source, on, _amount, payee, number, *_ in there
        if number
    }
    known = {place for place, line in enumerate(lines) if _is_known(line, elsewhere)}
    records = [
        spending.Record(
            -1, _kind(source.lower(), paid_by, number), on, amount, bare(payee), number or f"#{pk}"
        )
        for source, on, amount, payee, number, paid_by, pk in there
    ]
    split = Counter(line.number for line in lines if line.listed_as)
    records += [
        spending.Record(
            place, _kind(line.source, line.means, line.number), line.on, line.amount, bare(line.payee),
            line.number if line.number and split[line.number] < 2 else f"#-{place}",
        )
        for place, line in enumerate(lines)
        if place not in known
    ]  # fmt: skip
    return known | {duplicate.place for duplicate in spending.duplicates(records)} - {-1}


def _is_known(line: StatementLine, elsewhere: Mapping[tuple[str, str, bool], date]) -> bool:
    """True where the number stands in RCMS and the line in another file, or the other way round."""
    on = elsewhere.get((line.number, bare(line.payee), line.source != "rcms"))
    return bool(line.number) and on is not None and abs((on - line.on).days) <= NEAR_DAYS


def _kind(source: str, paid_by: str, number: str) -> str:
    """The kind of paper behind a payment: RCMS names the number of a card slip or tax invoice."""
    if source != "rcms" or not number:
        return source
    return "card" if paid_by.endswith("card") else "invoice"
