"""Lists of a register: checked whole, then taken in whole or not."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_noop

from dure.apps.designations import permissions
from dure.apps.designations.adapter import columns_of, row_reader
from dure.apps.designations.kinds import Register
from dure.apps.designations.models import Entry, Step
from dure.apps.designations.reasons import EntryProblem
from dure.apps.imports import operations as imports
from dure.apps.imports.kinds import Report
from dure.apps.imports.operations import organisation_finder
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.foundation.advisory_lock import advisory_lock
from dure.foundation.sheets import read_rows, read_tables

CHECK, IMPORT = "check_designations", "import_designations"
IMPORT_LOCK = 4_710_041  # any number, the same in every process


@dataclass
class _Plan:
    report: Report
    create: list[tuple[Entry, date]] = field(default_factory=list)
    change: list[tuple[Entry, date, bool]] = field(default_factory=list)


def take_upload(*, register: Register, file: UploadedFile, by: User) -> Job:
    """Keep a spreadsheet of a register and put its check in the queue. Raises Refused."""
    permissions.may_run(by).require()
    arguments = {"register": register.id}
    return imports.take_upload(check=CHECK, file=file, arguments=arguments, by=by)


def confirm_upload(*, job: Job, by: User) -> Job:
    """Put the import of a checked spreadsheet in the queue. Raises Refused."""
    return imports.confirm_upload(
        job=job, check=CHECK, take=IMPORT, may=lambda _: permissions.may_run(by), by=by
    )


def check_entries(
    *, register: Register, path: Path, by: User, at: datetime, progress: Progress
) -> Report:
    """Say what an import of the file would do, without doing it. Raises UnreadableFile, Refused."""
    return _plan(register, path, by, at, progress).report


def import_entries(
    *, register: Register, path: Path, by: User, at: datetime, progress: Progress
) -> Report:
    """Take in a whole file, or, if anything is wrong with it, nothing.

    A row with a number that is known changes that entry; another status is a step of its day.
    Nobody is told one by one. Raises UnreadableFile, Refused.
    """
    with advisory_lock(IMPORT_LOCK, is_patient=True), transaction.atomic():
        plan = _plan(register, path, by, at, progress)
        if plan.report.problems:
            return plan.report
        progress.step(gettext_noop("Saving"))
        Entry.objects.bulk_create([entry for entry, _on in plan.create], batch_size=500)
        steps = [_step(entry, on, by, at) for entry, on in plan.create]
        for entry, on, is_step in plan.change:
            entry.save()
            if is_step:
                steps.append(_step(entry, on, by, at))
        Step.objects.bulk_create(steps, batch_size=500)
        return plan.report


def _plan(register: Register, path: Path, by: User, at: datetime, progress: Progress) -> _Plan:
    permissions.may_run(by).require()
    progress.step(gettext_noop("Reading the rows"))
    tables = read_tables(path, columns_of(register))
    plan = _Plan(Report(rows=sum(len(table.rows) for table in tables)))
    find = organisation_finder(by, roles_of(by))
    known = {entry.number: entry for entry in Entry.objects.filter(register=register.id)}
    seen: dict[str, int] = {}
    for table in tables:
        drafts, problems = read_rows(table, row_reader(register), table.rows)
        plan.report.problems += [*table.problems, *problems]
        for draft in drafts:
            organisation = find("", draft.values.pop("business_number"))
            if isinstance(organisation, TextChoices):
                plan.report.problems.append(draft.problem("business_number", organisation))
                continue
            number = draft.values["number"]
            if number in seen:
                twice = draft.problem("number", EntryProblem.NUMBER_TWICE, row=seen[number])
                plan.report.problems.append(twice)
                continue
            seen[number] = draft.row.number
            fresh = Entry(
                register=register.id, created_by=by, created_at=at, organisation=organisation
            )
            _place(plan, known.get(number), fresh, dict(draft.values))
    plan.report.new, plan.report.changed = len(plan.create), len(plan.change)
    order = [table.sheet for table in tables]
    plan.report.problems.sort(key=lambda problem: (order.index(problem.sheet), problem.row))
    return plan


def _place(plan: _Plan, known: Entry | None, fresh: Entry, values: dict[str, Any]) -> None:
    """Note what a row does: a new entry, a change, or nothing."""
    on = values.pop("on")
    if known is None:
        for name, value in values.items():
            setattr(fresh, name, value)
        plan.create.append((fresh, on))
        if len(plan.report.titles) < 10:
            plan.report.titles.append(f"{fresh.organisation}: {fresh.title}")
        return
    values["values"] = {**known.values, **values["values"]}
    values["organisation"] = fresh.organisation
    for name in ("starts_on", "ends_on"):
        values[name] = values[name] or getattr(known, name)
    is_step = known.stage != values["stage"]
    if all(getattr(known, name) == value for name, value in values.items()):
        plan.report.same += 1
        return
    for name, value in values.items():
        setattr(known, name, value)
    plan.change.append((known, on, is_step))


def _step(entry: Entry, on: date, by: User, at: datetime) -> Step:
    return Step(entry=entry, stage=entry.stage, on=on, by=by, at=at)
