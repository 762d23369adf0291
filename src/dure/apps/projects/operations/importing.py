"""Taking in statements of cards, banks and Hometax: all of a file or nothing of it."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_noop

from dure.apps.imports.kinds import Report
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.apps.projects import adapter, permissions, queries
from dure.apps.projects.kinds import Source
from dure.apps.projects.models import Expense, Member
from dure.apps.projects.operations import posting
from dure.apps.projects.operations.keeping import locked
from dure.engines import spending
from dure.foundation import programmes
from dure.foundation.sheets import bare
from dure.foundation.statements import Statement, StatementLine, read_statement

BATCH = 2_000
TITLES = 5
MEANS = {"card": "project_card", "bank": "transfer", "invoice": "transfer"}


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


def _sorted_out(member: Member, statement: Statement) -> tuple[list[Expense], Report]:
    """The expenses that a statement adds, judged, and the report of it."""
    report = Report(rows=statement.rows, problems=list(statement.problems))
    project = member.project
    keys = _keys(statement.lines)
    known = set(Expense.objects.filter(project=project).values_list("row_key", flat=True))
    fresh = [
        (line, key) for line, key in zip(statement.lines, keys, strict=True) if key not in known
    ]
    doubled = _doubled(member, [line for line, _ in fresh])
    rules = adapter.rules_of(project, "spending")
    purposes = programmes.purposes_of(rules) if rules else ()
    lines = {each.id: each.line for each in purposes}
    before = queries.known_purposes(project)
    made = []
    for place, (line, key) in enumerate(fresh):
        if place in doubled:
            continue
        purpose = spending.propose(
            f"{line.payee} {line.shop} {line.what}", purposes, before.get(line.payee)
        )
        expense = Expense(
            project=project,
            member=member,
            purpose=purpose or "",
            line=lines.get(purpose or "", ""),
            spent_on=line.on,
            spent_at=line.at,
            amount=line.amount,
            vat=line.vat if line.vat is not None and 0 <= line.vat <= line.amount else None,
            payee=line.payee,
            payee_number=line.business_number,
            paid_by=MEANS[line.source],
            what=line.what,
            shop=line.shop,
            number=line.number,
            source=Source[line.source.upper()],
            row_key=key,
        )
        # A tax invoice is evidence of itself; for others it is still to be added.
        evidence = ["e_tax_invoice"] if line.source == "invoice" else []
        findings = adapter.judged(expense, evidence)
        expense.expected = spending.disallowed_of(findings)
        expense.broken = [finding.rule for finding in findings]
        made.append(expense)
    report.new = len(made)
    report.same = len(statement.lines) - len(made)
    report.titles = [str(each) for each in made[:TITLES]]
    return made, report


def _keys(lines: Sequence[StatementLine]) -> list[str]:
    """A key for each payment, the same in every copy of a file; equal rows are counted."""
    seen: Counter[str] = Counter()
    keys = []
    for line in lines:
        said = line.number or "|".join(
            map(str, (line.on, line.at, line.amount, line.payee, line.what))
        )
        digest = hashlib.sha256(said.encode()).hexdigest()[:40]
        seen[digest] += 1
        keys.append(f"{line.source}:{digest}:{1 if line.number else seen[digest]}")
    return keys


def _doubled(member: Member, lines: Sequence[StatementLine]) -> set[int]:
    """The places of lines that repeat an expense that is there, or an earlier line.

    Rows without a number in one source are told apart by their keys, so they get one here.
    """
    there = Expense.objects.filter(project=member.project).values_list(
        "source", "spent_on", "amount", "payee", "number", "pk"
    )
    records = [
        spending.Record(-1, source.lower(), on, amount, bare(payee), number or f"#{pk}")
        for source, on, amount, payee, number, pk in there
    ]
    records += [
        spending.Record(
            place, line.source, line.on, line.amount, bare(line.payee), line.number or f"#-{place}"
        )
        for place, line in enumerate(lines)
    ]
    return {duplicate.place for duplicate in spending.duplicates(records)} - {-1}
