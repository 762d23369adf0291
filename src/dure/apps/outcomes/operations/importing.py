"""Lists of outcomes: checked whole, then taken in whole or not."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model, TextChoices
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.imports import operations as imports
from dure.apps.imports.kinds import Report
from dure.apps.imports.operations import organisation_finder
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.outcomes import permissions, queries
from dure.apps.outcomes.adapter import COLUMNS, row_reader
from dure.apps.outcomes.kinds import Source
from dure.apps.outcomes.models import Outcome
from dure.apps.outcomes.operations.reporting import report
from dure.apps.outcomes.reasons import OutcomeProblem
from dure.apps.outcomes.stages import ALIVE
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import roles_of
from dure.foundation.advisory_lock import advisory_lock
from dure.foundation.sheets import Draft, read_rows, read_tables

CHECK, IMPORT = "check_outcomes", "import_outcomes"
IMPORT_LOCK = 4_710_032  # any number, the same in every process
Key = tuple[Any, ...]


@dataclass
class _Row:
    values: dict[str, Any]
    anchor: tuple[str, Model] | None


@dataclass
class _Plan:
    report: Report
    rows: list[_Row] = field(default_factory=list)


def take_upload(*, file: UploadedFile, by: User) -> Job:
    """Keep a spreadsheet of outcomes and put its check in the queue. Raises Refused."""
    permissions.may_import(by).require()
    return imports.take_upload(check=CHECK, file=file, arguments={}, by=by)


def confirm_upload(*, job: Job, by: User) -> Job:
    """Put the import of a checked spreadsheet in the queue. Raises Refused."""
    return imports.confirm_upload(
        job=job, check=CHECK, take=IMPORT, may=lambda _: permissions.may_import(by), by=by
    )


def check_outcomes(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Say what an import of the file would do, without doing it. Raises UnreadableFile, Refused."""
    return _plan(path, by, localdate(at), progress).report


def import_outcomes(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Take in a whole file, or, if anything is wrong with it, nothing.

    Each row is a report as from the form. What stands in the platform already just so is left as
    it is. Raises UnreadableFile, Refused.
    """
    with advisory_lock(IMPORT_LOCK, is_patient=True), transaction.atomic():
        plan = _plan(path, by, localdate(at), progress)
        if plan.report.problems:
            return plan.report
        progress.step(gettext_noop("Saving"))
        for row in plan.rows:
            own = None if roles_of(by).is_officer else row.values["organisation"]
            report(
                values=row.values, reported_for=own, by=by, at=at, anchor=row.anchor,
                source=Source.SHEET,
            )  # fmt: skip
        return plan.report


def _plan(path: Path, by: User, today: date, progress: Progress) -> _Plan:
    permissions.may_import(by).require()
    progress.step(gettext_noop("Reading the rows"))
    tables = read_tables(path, COLUMNS)
    plan = _Plan(Report(rows=sum(len(table.rows) for table in tables)))
    read, find = row_reader(today), organisation_finder(by, roles_of(by))
    seen: dict[Key, int] = {}
    for table in tables:
        drafts, problems = read_rows(table, read, table.rows)
        plan.report.problems += [*table.problems, *problems]
        for draft in drafts:
            organisation = find("", draft.values.pop("business_number"))
            if isinstance(organisation, TextChoices):
                plan.report.problems.append(draft.problem("business_number", organisation))
                continue
            _place(plan, draft, organisation, by, seen)
    plan.report.new = len(plan.rows)
    order = [table.sheet for table in tables]
    plan.report.problems.sort(key=lambda problem: (order.index(problem.sheet), problem.row))
    return plan


def _place(
    plan: _Plan, draft: Draft, organisation: Organisation, by: User, seen: dict[Key, int]
) -> None:
    """Note what a row does: a new report, or nothing."""
    values = dict(draft.values)
    anchor, problem = _anchor(values.pop("project"), organisation)
    if problem:
        plan.report.problems.append(draft.problem("project", problem))
        return
    text = values.pop("counterpart")
    known = queries.organisations_called(text, by) if text else []
    values |= {
        "organisation": organisation,
        "counterpart": known[0] if len(known) == 1 else None,
        "counterpart_name": "" if len(known) == 1 else text,
    }
    if values["counterpart"] == organisation:
        plan.report.problems.append(draft.problem("counterpart", OutcomeProblem.SAME_PARTY))
        return
    key = _key(values)
    if key in seen:
        twice = draft.problem("title", OutcomeProblem.REPORTED_TWICE, row=seen[key])
        plan.report.problems.append(twice)
        return
    seen[key] = draft.row.number
    if _is_known(values):
        plan.report.same += 1
        return
    if len(plan.report.titles) < 10:
        plan.report.titles.append(f"{organisation}: {values['title']}")
    plan.rows.append(_Row(values, anchor))


def _anchor(
    number: str, organisation: Organisation
) -> tuple[tuple[str, Model] | None, OutcomeProblem | None]:
    if not number:
        return None, None
    project = queries.project_numbered(number, organisation.pk)
    if project is None:
        return None, OutcomeProblem.UNKNOWN_PROJECT
    return ("project", project), None


def _key(values: dict[str, Any]) -> Key:
    names = ("organisation", "kind", "title", "on", "amount", "currency", "number", "count")
    return tuple(values[name] for name in names)


def _is_known(values: dict[str, Any]) -> bool:
    names = ("organisation", "kind", "title", "on", "amount", "currency", "number", "count")
    same = {name: values[name] for name in names}
    return Outcome.objects.filter(**same, stage__in=ALIVE).exists()
