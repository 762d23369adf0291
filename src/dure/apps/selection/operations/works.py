"""What a reviewer did: a list checked whole, then taken in whole or not; and what is taken out again."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_noop

from dure.apps.imports.kinds import Plan, Report
from dure.apps.imports.operations import read_list
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.apps.selection import permissions, queries
from dure.apps.selection.adapter import WORK_COLUMNS, work_reader
from dure.apps.selection.models import Reviewer, Work
from dure.apps.selection.reasons import Reason, WorkProblem
from dure.foundation.verdict import Refused

CHECK_WORKS, IMPORT_WORKS = "check_works", "import_works"
MOST_WORKS = 2000
_CHANGED = ("summary", "year", "number", "authors")


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
    Work.objects.bulk_update(plan.change, _CHANGED, batch_size=500)
    return plan.report


@transaction.atomic
def remove_work(*, work: Work, by: User) -> None:
    """Take one of one's own works out of the list. Raises Refused."""
    permissions.may_remove_work(by, work).require()
    work.delete()


def _plan(
    path: Path, by: User, at: datetime, progress: Progress, reviewer: Reviewer | None
) -> Plan:
    permissions.may_keep_works(by).require()
    plan = read_list(path, WORK_COLUMNS, work_reader, progress)
    if reviewer is not None:
        _place(plan, reviewer, at)
    plan.close()
    return plan


def _place(plan: Plan, reviewer: Reviewer, at: datetime) -> None:
    """Note what each row does: a new work, another word on one, or nothing."""
    known = {(work.kind, work.title): work for work in reviewer.works.all()}
    for draft in plan.drafts:
        values = draft.values
        key = (values["kind"], values["title"])
        if not plan.is_first(draft, key, "title", WorkProblem.WORK_TWICE):
            continue
        plan.add_title(values["title"])
        if (before := known.get(key)) is None:
            plan.create.append(Work(reviewer=reviewer, added_at=at, **values))
        elif any(getattr(before, name) != values[name] for name in _CHANGED):
            for name in _CHANGED:
                setattr(before, name, values[name])
            plan.change.append(before)
        else:
            plan.report.same += 1
    if len(known) + len(plan.create) > MOST_WORKS:
        raise Refused(Reason.TOO_MANY_WORKS)
