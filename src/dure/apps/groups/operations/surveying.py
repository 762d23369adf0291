"""The survey of groups from a spreadsheet: checked whole, then taken in whole or not."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.groups import permissions
from dure.apps.groups.adapter import COLUMNS, row_reader
from dure.apps.groups.kinds import Level
from dure.apps.groups.models import Group
from dure.apps.groups.reasons import GroupProblem, Reason
from dure.apps.imports import operations as imports
from dure.apps.imports.kinds import Report
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.foundation.advisory_lock import in_turn
from dure.foundation.sheets import Draft, bare, read_rows, read_tables
from dure.foundation.verdict import Refused

CHECK, IMPORT = "check_groups", "import_groups"


@dataclass
class _Plan:
    report: Report
    create: list[Group] = field(default_factory=list)
    change: list[Group] = field(default_factory=list)


def take_upload(*, file: UploadedFile, by: User) -> Job:
    """Keep a survey and put its check in the queue. Raises Refused."""
    permissions.may_run(by).require()
    return imports.take_upload(check=CHECK, file=file, arguments={}, by=by)


def confirm_upload(*, job: Job, by: User) -> Job:
    """Put the import of a checked survey in the queue. Raises Refused."""
    return imports.confirm_upload(
        job=job, check=CHECK, take=IMPORT, may=lambda _: permissions.may_run(by), by=by
    )


def check_groups(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Say what an import of the survey would do. Raises UnreadableFile, Refused."""
    return _plan(path, by, at, progress).report


@transaction.atomic
def answer_survey(*, group: Group, values: dict[str, Any], by: User, at: datetime) -> Group:
    """Answer the survey by form, for a group for which one acts. Raises Refused."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    permissions.may_act_for(by, group, localdate(at)).require()
    met = values.get("last_met_on")
    if met and met > localdate(at):
        raise Refused(Reason.DAY_TO_COME)
    for name, value in values.items():
        setattr(group, name, value)
    group.surveyed_on = localdate(at)
    group.save(update_fields=[*values, "surveyed_on"])
    return group


@transaction.atomic
def import_groups(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Take in a whole survey, or, if a cell is wrong, nothing. Raises UnreadableFile, Refused."""
    in_turn("groups", "import")
    plan = _plan(path, by, at, progress)
    if plan.report.problems:
        return plan.report
    progress.step(gettext_noop("Saving"))
    for group in (*plan.create, *plan.change):
        group.save()
    return plan.report


def _plan(path: Path, by: User, at: datetime, progress: Progress) -> _Plan:
    permissions.may_run(by).require()
    progress.step(gettext_noop("Reading the rows"))
    tables = read_tables(path, COLUMNS)
    plan = _Plan(Report(rows=sum(len(table.rows) for table in tables)))
    everything = {bare(group.name): group for group in Group.objects.select_related("parent")}
    seen: dict[str, int] = {}
    for table in tables:
        drafts, problems = read_rows(table, row_reader(localdate(at)), table.rows)
        plan.report.problems += [*table.problems, *problems]
        for draft in drafts:
            _place(plan, everything, seen, draft, at)
    plan.report.new, plan.report.changed = len(plan.create), len(plan.change)
    order = [table.sheet for table in tables]
    plan.report.problems.sort(key=lambda problem: (order.index(problem.sheet), problem.row))
    return plan


def _place(
    plan: _Plan, everything: dict[str, Group], seen: dict[str, int], draft: Draft, at: datetime
) -> None:
    """Note what a row does: a new group, a change, nothing, or what is wrong with it."""
    values = dict(draft.values)
    key = bare(values["name"])
    if key in seen:
        twice = draft.problem("name", GroupProblem.GROUP_TWICE, row=seen[key])
        plan.report.problems.append(twice)
        return
    seen[key] = draft.row.number
    federation = values.pop("parent")
    above = everything.get(bare(federation)) if federation else None
    if federation and (above is None or above.level != Level.REGION):
        plan.report.problems.append(draft.problem("parent", GroupProblem.NO_FEDERATION))
        return
    known = everything.get(key)
    if known is None:
        made = Group(level=Level.UNIT, parent=above, surveyed_on=localdate(at), **values)
        plan.create.append(made)
        plan.report.titles += [made.name] if len(plan.report.titles) < 10 else []
        return
    values["parent"] = above or known.parent
    if all(getattr(known, name) == value for name, value in values.items()):
        plan.report.same += 1
        return
    for name, value in values.items():
        setattr(known, name, value)
    known.surveyed_on = localdate(at)
    plan.change.append(known)
