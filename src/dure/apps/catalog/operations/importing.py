"""Spreadsheets of needs, technologies and organisations: checked whole, then taken whole or not."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from dure.apps.catalog import permissions
from dure.apps.catalog.adapter import sheets
from dure.apps.catalog.adapter.branches import branches_named
from dure.apps.catalog.adapter.words import fill_search
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.operations.entries import announce_changes
from dure.apps.catalog.reasons import EntryProblem, Reason
from dure.apps.catalog.stages import NeedStage, TechnologyStage
from dure.apps.imports.kinds import Report
from dure.apps.imports.operations import organisation_finder
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import CompanyGroup, Organisation, User
from dure.apps.people.queries import roles_of
from dure.foundation.advisory_lock import advisory_lock
from dure.foundation.sheets import (
    Column,
    Draft,
    ProblemKind,
    Reader,
    read_rows,
    read_tables,
)
from dure.foundation.verdict import Refused

BATCH = 500
IMPORT_LOCK = 4_710_001  # any number, the same in every process
CLOSED = (NeedStage.MERGED, NeedStage.CLOSED, NeedStage.WITHDRAWN, TechnologyStage.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Template:
    """What kind of sheet is read: its columns, how a row is read, and what a row becomes."""

    columns: tuple[Column, ...]
    read: Callable[[Reader], dict[str, Any]]
    model: type[Need] | type[Technology] | type[Organisation]


TEMPLATES = {
    "needs": Template(sheets.NEED_COLUMNS, sheets.read_need, Need),
    "technologies": Template(sheets.TECHNOLOGY_COLUMNS, sheets.read_technology, Technology),
    "organisations": Template(sheets.ORGANISATION_COLUMNS, sheets.read_organisation, Organisation),
}


@dataclass
class _Plan:
    report: Report
    create: list[Any] = field(default_factory=list)
    update: list[Any] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def place(self, known: Any | None, new: Callable[[], Any], draft: Draft) -> None:
        """Create a row, change a known one, or note that nothing is different."""
        if known is None:
            self.create.append(new())
        elif changed := _apply(known, draft.changes()):
            self.update.append(known)
            self.fields |= changed
        else:
            self.report.same += 1


def check_sheet(*, kind: str, path: Path, by: User, progress: Progress) -> Report:
    """Say what an import of the file would do, without doing it. Raises UnreadableFile, Refused."""
    return _plan(kind, path, by, progress).report


def import_sheet(*, kind: str, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Take in a whole file, or, if anything is wrong with it, nothing.

    A row whose external id (for organisations: business number) is known updates that entry; a
    row without an id is known by its title and description. So the same file can be imported
    again. Columns that the file does not have stay as they are. Needs and technologies are handed
    in, ready for a second person to publish. One import runs at a time; a second one waits.
    Raises UnreadableFile, Refused.
    """
    with advisory_lock(IMPORT_LOCK, is_patient=True):
        plan = _plan(kind, path, by, progress)
        if plan.report.problems:
            return plan.report
        if TEMPLATES[kind].model is Organisation:
            _save_organisations(plan, progress)
        else:
            _save_entries(TEMPLATES[kind].model, plan, by, at, progress)
        return plan.report


def _plan(kind: str, path: Path, by: User, progress: Progress) -> _Plan:
    permissions.may_import(by, kind).require()
    template = TEMPLATES[kind]
    progress.step(gettext_noop("Reading the rows"))
    tables = read_tables(path, template.columns)
    plan = _Plan(Report(rows=sum(len(table.rows) for table in tables)))
    drafts: list[Draft] = []
    progress.step(gettext_noop("Reading the rows"), plan.report.rows)
    for table in tables:
        plan.report.problems += table.problems
        for batch in _batches(table.rows):
            read, problems = read_rows(table, template.read, batch)
            drafts += read
            plan.report.problems += problems
            progress.advance(len(batch))
    if template.model is Organisation:
        _plan_organisations(plan, drafts)
    else:
        _plan_entries(plan, drafts, template.model, by)
    plan.report.titles = [
        draft.values.get("title") or draft.values["name"] for draft in drafts[:10]
    ]
    plan.report.new, plan.report.changed = len(plan.create), len(plan.update)
    order = [table.sheet for table in tables]
    plan.report.problems.sort(key=lambda problem: (order.index(problem.sheet), problem.row))
    return plan


def _plan_entries(
    plan: _Plan, drafts: list[Draft], model: type[Need] | type[Technology], by: User
) -> None:
    find = organisation_finder(by, roles_of(by))
    placed: list[tuple[Draft, Organisation]] = []
    for draft in drafts:
        values = draft.values
        owner = find(values.pop("organisation"), values.pop("business_number"))
        if isinstance(owner, Organisation):
            placed.append((draft, owner))
        else:
            plan.report.problems.append(draft.problem("organisation", owner))
    _find_branches(plan, placed)
    known = _known_entries(model, placed)
    seen: dict[tuple, int] = {}
    for draft, organisation in placed:
        key = _key(organisation.pk, **draft.values)
        if key in seen:
            column, kind = ("title", ProblemKind.DOUBLE_TEXT)
            if draft.values["external_id"]:
                column, kind = ("external_id", ProblemKind.DOUBLE_ROW)
            plan.report.problems.append(draft.problem(column, kind, row=seen[key]))
            continue
        seen[key] = draft.row.number
        entry = known.get(key)
        if entry is not None and entry.stage in CLOSED and _differs(entry, draft.changes()):
            plan.report.problems.append(draft.problem("external_id", EntryProblem.CLOSED_ENTRY))
            continue
        plan.place(entry, partial(model, organisation=organisation, **draft.values), draft)


def _find_branches(plan: _Plan, placed: list[tuple[Draft, Organisation]]) -> None:
    """Put branches of roadmaps in the place of their names."""
    known = branches_named(draft.values["branch"] for draft, _ in placed)
    for draft, _ in placed:
        name = draft.values["branch"]
        draft.values["branch"] = known.get(name)
        if name and name not in known:
            plan.report.problems.append(draft.problem("branch", EntryProblem.UNKNOWN_BRANCH))


def _key(organisation: int, external_id: str, title: str, body: str, **_: Any) -> tuple:
    """What an entry is known by: its id, or without one its title and description."""
    return (organisation, external_id) if external_id else (organisation, "", title, body)


def _known_entries(
    model: type[Need] | type[Technology], placed: list[tuple[Draft, Organisation]]
) -> dict[tuple, Any]:
    owners = {organisation.pk for _, organisation in placed}
    ids = {draft.values["external_id"] for draft, _ in placed} - {""}
    titles = {draft.values["title"] for draft, _ in placed if not draft.values["external_id"]}
    entries = model.objects.filter(organisation__in=owners).filter(
        Q(external_id__in=ids) | Q(external_id="", title__in=titles)
    )
    # The oldest of several that say the same is the one that is meant.
    return {
        _key(e.organisation_id, e.external_id, e.title, e.body): e
        for e in entries.select_related("organisation", "branch").order_by("-pk")
    }


def _plan_organisations(plan: _Plan, drafts: list[Draft]) -> None:
    numbers = {draft.values["business_number"] for draft in drafts}
    known = {
        o.business_number: o
        for o in Organisation.objects.select_related("group").filter(business_number__in=numbers)
    }
    groups = {g.name: g for g in CompanyGroup.objects.all()}
    seen: dict[str, int] = {}
    for draft in drafts:
        number = draft.values["business_number"]
        if number in seen:
            plan.report.problems.append(
                draft.problem("business_number", ProblemKind.DOUBLE_ROW, row=seen[number])
            )
            continue
        seen[number] = draft.row.number
        name = draft.values["group"]
        draft.values["group"] = groups.setdefault(name, CompanyGroup(name=name)) if name else None
        plan.place(known.get(number), partial(Organisation, **draft.values), draft)


def _apply(entry: Any, values: dict[str, Any]) -> set[str]:
    """Set `values` on a row; returns the names of the fields that are different now."""
    changed = _differs(entry, values)
    for name in changed:
        setattr(entry, name, values[name])
    return changed


def _differs(entry: Any, values: dict[str, Any]) -> set[str]:
    return {name for name, value in values.items() if getattr(entry, name) != value}


def _save_organisations(plan: _Plan, progress: Progress) -> None:
    touched = [*plan.create, *plan.update]
    groups = {o.group.name: o.group for o in touched if o.group is not None}
    progress.step(gettext_noop("Saving"), len(touched))
    with _refusing_what_changed_meanwhile(), progress.beside(), transaction.atomic():
        _lock_as_planned(Organisation, plan.update)
        for group in groups.values():
            if group.pk is None:
                group.save()
        for organisation in touched:
            organisation.group = groups[organisation.group.name] if organisation.group else None
        _write(Organisation, plan, plan.fields, progress)


def _save_entries(
    model: type[Need] | type[Technology], plan: _Plan, by: User, at: datetime, progress: Progress
) -> None:
    touched = [*plan.create, *plan.update]
    progress.step(gettext_noop("Analysing the words"), len(touched))
    for batch in _batches(touched):
        fill_search(batch)
        progress.advance(len(batch))
    for entry in plan.create:
        entry.stage, entry.handed_in_by, entry.handed_in_at = NeedStage.UNDER_REVIEW, by, at
    progress.step(gettext_noop("Saving"), len(touched))
    with _refusing_what_changed_meanwhile(), progress.beside(), transaction.atomic():
        _lock_as_planned(model, plan.update)
        for entry in plan.update:
            entry.updated_at = at
            if entry.stage == NeedStage.UNDER_REVIEW:
                entry.handed_in_by, entry.handed_in_at = by, at
        touched_fields = {"search", "updated_at", "handed_in_by", "handed_in_at"}
        _write(model, plan, {*plan.fields, *touched_fields}, progress)
        announce_changes(touched, at)


def _lock_as_planned(model: type, rows: Sequence[Any]) -> None:
    """Lock the rows to be changed. Raises Refused when one is no longer as the plan read it."""
    moved = "updated_at" if model is not Organisation else "verified_at"
    planned = {row.pk: getattr(row, moved) for row in rows}
    locked = model.objects.select_for_update().filter(pk__in=planned).order_by("pk")
    if dict(locked.values_list("pk", moved)) != planned:
        raise Refused(Reason.CHANGED_DURING_IMPORT)


@contextmanager
def _refusing_what_changed_meanwhile() -> Iterator[None]:
    """Somebody may enter the same id by hand between our look and our writing."""
    try:
        yield
    except IntegrityError as error:
        raise Refused(Reason.CHANGED_DURING_IMPORT) from error


def _write(model: type, plan: _Plan, fields: set[str], progress: Progress) -> None:
    for batch in _batches(plan.create):
        model.objects.bulk_create(batch)
        progress.advance(len(batch))
    for batch in _batches(plan.update):
        model.objects.bulk_update(batch, sorted(fields))
        progress.advance(len(batch))


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
