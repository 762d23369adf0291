"""Lists of outcomes: checked whole, then taken in whole or not."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model, TextChoices
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.imports.kinds import Plan, Report
from dure.apps.imports.operations import organisation_finder, read_list
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
from dure.foundation.sheets import Draft

CHECK, IMPORT = "check_outcomes", "import_outcomes"
IMPORT_LOCK = 4_710_032  # any number, the same in every process


@dataclass
class _Row:
    values: dict[str, Any]
    anchor: tuple[str, Model] | None


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
        for row in plan.create:
            own = None if roles_of(by).is_officer else row.values["organisation"]
            report(
                values=row.values, reported_for=own, by=by, at=at, anchor=row.anchor,
                source=Source.SHEET,
            )  # fmt: skip
        return plan.report


def _plan(path: Path, by: User, today: date, progress: Progress) -> Plan:
    permissions.may_import(by).require()
    plan = read_list(path, COLUMNS, row_reader(today), progress)
    find = organisation_finder(by, roles_of(by))
    for draft in plan.drafts:
        organisation = find("", draft.values.pop("business_number"))
        if isinstance(organisation, TextChoices):
            plan.refuse(draft, "business_number", organisation)
        else:
            _place(plan, draft, organisation, by)
    plan.close()
    return plan


def _place(plan: Plan, draft: Draft, organisation: Organisation, by: User) -> None:
    """Note what a row does: a new report, or nothing."""
    values = dict(draft.values)
    anchor, problem = _anchor(values.pop("project"), organisation)
    if problem:
        plan.refuse(draft, "project", problem)
        return
    text = values.pop("counterpart")
    known = queries.organisations_called(text, by) if text else []
    values |= {
        "organisation": organisation,
        "counterpart": known[0] if len(known) == 1 else None,
        "counterpart_name": "" if len(known) == 1 else text,
    }
    if values["counterpart"] == organisation:
        plan.refuse(draft, "counterpart", OutcomeProblem.SAME_PARTY)
    elif plan.is_first(draft, _key(values), "title", OutcomeProblem.REPORTED_TWICE):
        if _is_known(values):
            plan.report.same += 1
        else:
            plan.add_title(f"{organisation}: {values['title']}")
            plan.create.append(_Row(values, anchor))


def _anchor(
    number: str, organisation: Organisation
) -> tuple[tuple[str, Model] | None, OutcomeProblem | None]:
    if not number:
        return None, None
    project = queries.project_numbered(number, organisation.pk)
    if project is None:
        return None, OutcomeProblem.UNKNOWN_PROJECT
    return ("project", project), None


def _key(values: dict[str, Any]) -> tuple[Any, ...]:
    names = ("organisation", "kind", "title", "on", "amount", "currency", "number", "count")
    return tuple(values[name] for name in names)


def _is_known(values: dict[str, Any]) -> bool:
    names = ("organisation", "kind", "title", "on", "amount", "currency", "number", "count")
    same = {name: values[name] for name in names}
    return Outcome.objects.filter(**same, stage__in=ALIVE).exists()
