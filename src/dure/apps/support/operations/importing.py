"""Lists of partners and experts: checked whole, then taken in whole or not."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_noop

from dure.apps.imports import operations as imports
from dure.apps.imports.kinds import Report
from dure.apps.imports.operations import organisation_finder
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.apps.support import permissions
from dure.apps.support.adapter import columns, read_profile
from dure.apps.support.models import Profile
from dure.apps.support.reasons import ProfileProblem
from dure.foundation.advisory_lock import advisory_lock
from dure.foundation.sheets import read_rows, read_tables

CHECK, IMPORT = "check_partners", "import_partners"
IMPORT_LOCK = 4_710_057  # any number, the same in every process
SHOWN = 10


@dataclass
class _Plan:
    report: Report
    create: list[Profile] = field(default_factory=list)
    change: list[Profile] = field(default_factory=list)


def take_upload(*, file: UploadedFile, by: User) -> Job:
    """Keep a list of partners and put its check in the queue. Raises Refused."""
    permissions.may_run(by).require()
    return imports.take_upload(check=CHECK, file=file, arguments={}, by=by)


def confirm_upload(*, job: Job, by: User) -> Job:
    """Put the import of a checked list in the queue. Raises Refused."""
    return imports.confirm_upload(
        job=job, check=CHECK, take=IMPORT, may=lambda _: permissions.may_run(by), by=by
    )


def check_profiles(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Say what an import of the file would do, without doing it. Raises UnreadableFile, Refused."""
    return _plan(path, by, at, progress).report


def import_profiles(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Take a list in, all of it or nothing. Raises UnreadableFile, Refused."""
    with advisory_lock(IMPORT_LOCK, is_patient=True), transaction.atomic():
        plan = _plan(path, by, at, progress)
        if plan.report.problems:
            return plan.report
        progress.step(gettext_noop("Saving"))
        Profile.objects.bulk_create(plan.create, batch_size=500)
        Profile.objects.bulk_update(plan.change, _KEPT, batch_size=500)
        return plan.report


_KEPT = [
    "kind", "name", "name_en", "affiliation", "organisation", "email", "pool", "region", "field",
    "keywords", "text",
]  # fmt: skip


def _plan(path: Path, by: User, at: datetime, progress: Progress) -> _Plan:
    permissions.may_run(by).require()
    progress.step(gettext_noop("Reading the rows"))
    tables = read_tables(path, columns())
    plan = _Plan(Report(rows=sum(len(table.rows) for table in tables)))
    find = organisation_finder(by, roles_of(by))
    known = {profile.number: profile for profile in Profile.objects.all()}
    seen: dict[str, int] = {}
    for table in tables:
        drafts, problems = read_rows(table, read_profile, table.rows)
        plan.report.problems += [*table.problems, *problems]
        for draft in drafts:
            number, business = draft.values["number"], draft.values.pop("business_number")
            if number in seen:
                twice = draft.problem("number", ProfileProblem.PROFILE_TWICE, row=seen[number])
                plan.report.problems.append(twice)
                continue
            seen[number] = draft.row.number
            found = find("", business) if business else None
            if isinstance(found, TextChoices):
                plan.report.problems.append(draft.problem("business_number", found))
                continue
            _place(plan, known.get(number), {**draft.values, "organisation": found}, at)
    plan.report.new, plan.report.changed = len(plan.create), len(plan.change)
    order = [table.sheet for table in tables]
    plan.report.problems.sort(key=lambda problem: (order.index(problem.sheet), problem.row))
    return plan


def _place(plan: _Plan, known: Profile | None, values: dict[str, Any], at: datetime) -> None:
    """Note what a row does: a new profile, a change, or nothing."""
    if known is None:
        plan.create.append(Profile(**values, entered_at=at))
        if len(plan.report.titles) < SHOWN:
            plan.report.titles.append(values["name"])
        return
    if all(getattr(known, name) == value for name, value in values.items()):
        plan.report.same += 1
        return
    for name, value in values.items():
        setattr(known, name, value)
    plan.change.append(known)
