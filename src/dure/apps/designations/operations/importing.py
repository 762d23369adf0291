"""Lists of a register: checked whole, then taken in whole or not."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_noop

from dure.apps.designations import permissions
from dure.apps.designations.adapter import columns_of, row_reader
from dure.apps.designations.kinds import Register
from dure.apps.designations.models import Entry, Step
from dure.apps.designations.reasons import EntryProblem
from dure.apps.imports.kinds import Plan, Report
from dure.apps.imports.operations import organisation_finder, read_list
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.foundation.advisory_lock import advisory_lock

CHECK, IMPORT = "check_designations", "import_designations"
IMPORT_LOCK = 4_710_041  # any number, the same in every process


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


def _plan(register: Register, path: Path, by: User, at: datetime, progress: Progress) -> Plan:
    permissions.may_run(by).require()
    plan = read_list(path, columns_of(register), row_reader(register), progress)
    find = organisation_finder(by, roles_of(by))
    known = {entry.number: entry for entry in Entry.objects.filter(register=register.id)}
    for draft in plan.drafts:
        organisation = find("", draft.values.pop("business_number"))
        if isinstance(organisation, TextChoices):
            plan.refuse(draft, "business_number", organisation)
            continue
        number = draft.values["number"]
        if plan.is_first(draft, number, "number", EntryProblem.NUMBER_TWICE):
            fresh = Entry(
                register=register.id, created_by=by, created_at=at, organisation=organisation
            )
            _place(plan, known.get(number), fresh, dict(draft.values))
    plan.close()
    return plan


def _place(plan: Plan, known: Entry | None, fresh: Entry, values: dict[str, Any]) -> None:
    """Note what a row does: a new entry, a change, or nothing."""
    on = values.pop("on")
    if known is None:
        for name, value in values.items():
            setattr(fresh, name, value)
        plan.create.append((fresh, on))
        plan.add_title(f"{fresh.organisation}: {fresh.title}")
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
