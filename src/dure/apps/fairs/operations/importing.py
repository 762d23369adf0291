"""Spreadsheets of participants: checked whole, then taken whole or not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_noop

from dure.apps.fairs import permissions
from dure.apps.fairs.adapter.participants import PARTICIPANT_COLUMNS, participant_reader
from dure.apps.fairs.events import RegistrationsAnswered
from dure.apps.fairs.models import Absence, Attendee, Fair, Registration, Side
from dure.apps.fairs.operations.locks import lock_fair, lock_registrations
from dure.apps.fairs.operations.registering import write_absences, write_attendees
from dure.apps.fairs.queries import meeting_slots
from dure.apps.fairs.reasons import ParticipantProblem
from dure.apps.fairs.stages import REGISTRATION_LIVE, RegistrationStage
from dure.apps.imports import operations as imports
from dure.apps.imports.kinds import Report
from dure.apps.imports.operations import organisation_finder
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import roles_of
from dure.foundation.announce import announce
from dure.foundation.sheets import Draft, Problem, ProblemKind, Table, read_rows, read_tables
from dure.foundation.verdict import Verdict

CHECK, IMPORT = "check_participants", "import_participants"
FIELDS = ("parallel", "max_meetings", "interpreter", "note")


@dataclass
class _Lists:
    """Who comes and who is absent so far, by registration."""

    attendees: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    absences: dict[int, set[int]] = field(default_factory=dict)


@dataclass
class _Plan:
    report: Report
    create: list[Registration] = field(default_factory=list)
    update: list[Registration] = field(default_factory=list)
    attendees: list[tuple[Registration, list[tuple[str, str]]]] = field(default_factory=list)
    absences: list[tuple[Registration, set[int]]] = field(default_factory=list)


def take_participants(*, fair: Fair, file: UploadedFile, by: User) -> Job:
    """Keep a spreadsheet of participants and put its check in the queue. Raises Refused."""
    permissions.may_import_participants(by, fair).require()
    return imports.take_upload(check=CHECK, file=file, arguments={"fair": fair.pk}, by=by)


def confirm_participants(*, job: Job, by: User) -> Job:
    """Put the import of a checked spreadsheet in the queue. Raises Refused."""

    def may(arguments: dict[str, Any]) -> Verdict:
        return permissions.may_import_participants(by, Fair.objects.get(pk=arguments["fair"]))

    return imports.confirm_upload(job=job, check=CHECK, take=IMPORT, may=may, by=by)


def check_participants(*, fair: Fair, path: Path, by: User, progress: Progress) -> Report:
    """Say what an import of the file would do, without doing it. Raises UnreadableFile, Refused."""
    permissions.may_import_participants(by, fair).require()
    progress.step(gettext_noop("Reading the rows"))
    return _plan(fair, read_tables(path, PARTICIPANT_COLUMNS), by).report


def import_participants(
    *, fair: Fair, path: Path, by: User, at: datetime, progress: Progress
) -> Report:
    """Take in all participants of a file, or, if anything is wrong with it, nobody.

    New ones are approved by whoever imports them; an organisation that is known is changed, and
    columns that the file does not have stay as they are. So the same file can be imported again.
    Raises UnreadableFile, Refused.
    """
    permissions.may_import_participants(by, fair).require()
    progress.step(gettext_noop("Reading the rows"))
    tables = read_tables(path, PARTICIPANT_COLUMNS)
    progress.step(gettext_noop("Saving"))
    with transaction.atomic():
        fair = lock_fair(fair.pk)
        permissions.may_import_participants(by, fair).require()
        lock_registrations(fair.registrations.values_list("pk", flat=True))
        plan = _plan(fair, tables, by)
        if not plan.report.problems:
            _save(plan, by, at)
        return plan.report


def _plan(fair: Fair, tables: Sequence[Table], by: User) -> _Plan:
    plan = _Plan(Report(rows=sum(len(table.rows) for table in tables)))
    read = participant_reader(list(meeting_slots(fair)))
    find = organisation_finder(by, roles_of(by))
    known = {row.organisation_id: row for row in Registration.objects.filter(fair=fair)}
    listed = _lists_of(fair)
    seen: dict[int, int] = {}
    for table in tables:
        drafts, problems = read_rows(table, read, table.rows)
        plan.report.problems += [*table.problems, *problems]
        for draft in drafts:
            values = draft.values
            organisation = find(values.pop("organisation"), values.pop("business_number"))
            if problem := _problem(draft, organisation, known, seen):
                plan.report.problems.append(problem)
            else:
                seen[organisation.pk] = draft.row.number
                _place(plan, fair, draft, organisation, known.get(organisation.pk), listed)
                plan.report.titles.append(str(organisation))
    plan.report.titles = plan.report.titles[:10]
    order = [table.sheet for table in tables]
    plan.report.problems.sort(key=lambda problem: (order.index(problem.sheet), problem.row))
    return plan


def _problem(
    draft: Draft,
    organisation: Organisation | TextChoices,
    known: dict[int, Registration],
    seen: dict[int, int],
) -> Problem | None:
    """What is wrong with a row beside the platform and the other rows, if anything."""
    if not isinstance(organisation, Organisation):
        return draft.problem("organisation", organisation)
    if organisation.pk in seen:
        return draft.problem("organisation", ProblemKind.DOUBLE_ROW, row=seen[organisation.pk])
    if organisation.verified_at is None:
        return draft.problem("organisation", ParticipantProblem.NOT_VERIFIED)
    if draft.values["side"] == Side.DEMAND and not organisation.is_demand:
        return draft.problem("side", ParticipantProblem.NOT_A_BUYER)
    registration = known.get(organisation.pk)
    if registration and registration.side != draft.values["side"]:
        return draft.problem("side", ParticipantProblem.OTHER_SIDE)
    if registration and registration.stage not in REGISTRATION_LIVE:
        return draft.problem("organisation", ParticipantProblem.NOT_COMING)
    return None


def _place(
    plan: _Plan,
    fair: Fair,
    draft: Draft,
    organisation: Organisation,
    registration: Registration | None,
    listed: "_Lists",
) -> None:
    """Note what a row does: a new registration, a changed one, or nothing."""
    values, cells = draft.values, draft.row.cells
    is_new = registration is None
    if registration is None:
        registration = Registration(
            fair=fair,
            organisation=organisation,
            side=values["side"],
            **{name: values[name] for name in FIELDS},
        )
        plan.create.append(registration)
    changed = {name for name in FIELDS if name in cells and not is_new}
    changed = {name for name in changed if getattr(registration, name) != values[name]}
    for name in changed:
        setattr(registration, name, values[name])
    attendees, absent = values["attendees"], values["absent"]
    differs = bool(changed)
    if "attendees" in cells and set(attendees) != listed.attendees.get(registration.pk, set()):
        plan.attendees.append((registration, attendees))
        differs = True
    if "available" in cells and absent != listed.absences.get(registration.pk, set()):
        plan.absences.append((registration, absent))
        differs = True
    if is_new:
        plan.report.new += 1
    elif differs:
        plan.update.append(registration)
        plan.report.changed += 1
    else:
        plan.report.same += 1


def _lists_of(fair: Fair) -> "_Lists":
    lists = _Lists()
    for pk, name, position in Attendee.objects.filter(registration__fair=fair).values_list(
        "registration", "name", "position"
    ):
        lists.attendees.setdefault(pk, set()).add((name, position))
    for pk, slot in Absence.objects.filter(registration__fair=fair).values_list(
        "registration", "slot"
    ):
        lists.absences.setdefault(pk, set()).add(slot)
    return lists


def _save(plan: _Plan, by: User, at: datetime) -> None:
    for registration in plan.create:
        registration.stage = RegistrationStage.APPROVED
        registration.applied_by = registration.answered_by = by
        registration.applied_at = registration.answered_at = at
    for registration in plan.update:
        registration.updated_at = at
    Registration.objects.bulk_create(plan.create)
    Registration.objects.bulk_update(plan.update, [*FIELDS, "updated_at"], batch_size=500)
    write_attendees(dict(plan.attendees))
    write_absences(dict(plan.absences))
    if plan.create:
        announce(RegistrationsAnswered(tuple(row.pk for row in plan.create), at))
