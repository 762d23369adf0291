"""What a reviewer did: a list checked whole, then taken in whole or not; and what is taken out again."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_noop

from dure.apps.imports import operations as imports
from dure.apps.imports.kinds import Report
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.apps.selection import permissions, queries
from dure.apps.selection.adapter import WORK_COLUMNS, work_reader
from dure.apps.selection.models import Reviewer, Work
from dure.apps.selection.reasons import Reason, WorkProblem
from dure.foundation.sheets import Draft, read_rows, read_tables
from dure.foundation.verdict import Refused

CHECK_WORKS, IMPORT_WORKS = "check_works", "import_works"
MOST_WORKS = 2000
_CHANGED = ("summary", "year", "number", "authors")


@dataclass
class _Plan:
    report: Report
    create: list[Work] = field(default_factory=list)
    update: list[Work] = field(default_factory=list)


def take_works(*, file: UploadedFile, by: User) -> Job:
    """Keep a spreadsheet of one's own works and put its check in the queue. Raises Refused."""
    permissions.may_keep_works(by).require()
    return imports.take_upload(check=CHECK_WORKS, file=file, arguments={}, by=by)


def confirm_works(*, job: Job, by: User) -> Job:
    """Put the import of a checked spreadsheet in the queue. Raises Refused."""
    return imports.confirm_upload(
        job=job,
        check=CHECK_WORKS,
        take=IMPORT_WORKS,
        may=lambda _: permissions.may_keep_works(by),
        by=by,
    )


def check_works(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Say what an import of the file would do, without doing it. Raises UnreadableFile, Refused."""
    return _plan(path, by, at, progress, queries.reviewer_of(by)).report


@transaction.atomic
def import_works(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Take in a whole file, or, if anything is wrong with it, nothing.

    A row of the same kind and title changes what stands there, so the same file can be imported
    again. Raises UnreadableFile, Refused.
    """
    reviewer = Reviewer.objects.select_for_update(of=("self",)).filter(user=by).first()
    plan = _plan(path, by, at, progress, reviewer)
    if plan.report.problems:
        return plan.report
    progress.step(gettext_noop("Saving"))
    Work.objects.bulk_create(plan.create, batch_size=500)
    Work.objects.bulk_update(plan.update, _CHANGED, batch_size=500)
    return plan.report


@transaction.atomic
def remove_work(*, work: Work, by: User) -> None:
    """Take one of one's own works out of the list. Raises Refused."""
    permissions.may_remove_work(by, work).require()
    work.delete()


def _plan(
    path: Path, by: User, at: datetime, progress: Progress, reviewer: Reviewer | None
) -> _Plan:
    permissions.may_keep_works(by).require()
    progress.step(gettext_noop("Reading the rows"))
    tables = read_tables(path, WORK_COLUMNS)
    plan = _Plan(Report(rows=sum(len(table.rows) for table in tables)))
    drafts: list[Draft] = []
    for table in tables:
        found, problems = read_rows(table, work_reader, table.rows)
        plan.report.problems += [*table.problems, *problems]
        drafts += found
    if reviewer is not None:
        _place(plan, drafts, reviewer, at)
    plan.report.new, plan.report.changed = len(plan.create), len(plan.update)
    order = [table.sheet for table in tables]
    plan.report.problems.sort(key=lambda problem: (order.index(problem.sheet), problem.row))
    return plan


def _place(plan: _Plan, drafts: list[Draft], reviewer: Reviewer, at: datetime) -> None:
    """Note what each row does: a new work, another word on one, or nothing."""
    known = {(work.kind, work.title): work for work in reviewer.works.all()}
    seen: dict[tuple[str, str], int] = {}
    for draft in drafts:
        values = draft.values
        key = (values["kind"], values["title"])
        if key in seen:
            plan.report.problems.append(
                draft.problem("title", WorkProblem.WORK_TWICE, row=seen[key])
            )
            continue
        seen[key] = draft.row.number
        if len(plan.report.titles) < 10:
            plan.report.titles.append(values["title"])
        if (before := known.get(key)) is None:
            plan.create.append(Work(reviewer=reviewer, added_at=at, **values))
        elif any(getattr(before, name) != values[name] for name in _CHANGED):
            for name in _CHANGED:
                setattr(before, name, values[name])
            plan.update.append(before)
        else:
            plan.report.same += 1
    if len(known) + len(plan.create) > MOST_WORKS:
        raise Refused(Reason.TOO_MANY_WORKS)
