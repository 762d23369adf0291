"""The survey of groups from a spreadsheet: checked whole, then taken in whole or not."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.groups import permissions
from dure.apps.groups.adapter import COLUMNS, row_reader
from dure.apps.groups.kinds import Level
from dure.apps.groups.models import Group
from dure.apps.groups.reasons import GroupProblem, Reason
from dure.apps.imports.kinds import Plan, Report
from dure.apps.imports.operations import read_list
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import User
from dure.foundation.advisory_lock import in_turn
from dure.foundation.sheets import Draft, bare
from dure.foundation.verdict import Refused

CHECK, IMPORT = "check_groups", "import_groups"


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


def _plan(path: Path, by: User, at: datetime, progress: Progress) -> Plan:
    permissions.may_run(by).require()
    today = localdate(at)
    plan = read_list(path, COLUMNS, row_reader(today), progress)
    groups = {bare(group.name): group for group in Group.objects.select_related("parent")}
    for draft in plan.drafts:
        _place(plan, groups, draft, today)
    plan.close()
    return plan


def _place(plan: Plan, groups: dict[str, Group], draft: Draft, today: date) -> None:
    """Note what a row does: a new group, a change, nothing, or what is wrong with it."""
    values = dict(draft.values)
    key = bare(values["name"])
    if not plan.is_first(draft, key, "name", GroupProblem.GROUP_TWICE):
        return
    federation = values.pop("parent")
    above = groups.get(bare(federation)) if federation else None
    if federation and (above is None or above.level != Level.REGION):
        plan.refuse(draft, "parent", GroupProblem.NO_FEDERATION)
        return
    known = groups.get(key)
    if known is None:
        plan.create.append(Group(level=Level.UNIT, parent=above, surveyed_on=today, **values))
        plan.add_title(values["name"])
        return
    values["parent"] = above or known.parent
    if all(getattr(known, name) == value for name, value in values.items()):
        plan.report.same += 1
        return
    for name, value in values.items():
        setattr(known, name, value)
    known.surveyed_on = today
    plan.change.append(known)
