"""Lists of facts: checked whole, then taken in whole or not; and what turned out to be wrong."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_noop

from dure.apps.imports import operations as imports
from dure.apps.imports.kinds import Report
from dure.apps.imports.operations import organisation_finder
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import managers_of, roles_of
from dure.apps.registers import permissions
from dure.apps.registers.adapter import FACT_COLUMNS, fact_reader
from dure.apps.registers.models import RecordedFact
from dure.apps.registers.notices import fact_withdrawn, facts_recorded
from dure.apps.registers.reasons import FactProblem, Reason
from dure.foundation.advisory_lock import advisory_lock
from dure.foundation.sheets import Draft, read_rows, read_tables
from dure.foundation.verdict import Refused

CHECK, IMPORT = "check_facts", "import_facts"
IMPORT_LOCK = 4_710_014  # any number, the same in every process

Key = tuple[int, str, date, str]


@dataclass
class _Plan:
    report: Report
    create: list[RecordedFact] = field(default_factory=list)
    update: list[RecordedFact] = field(default_factory=list)


def take_facts(*, file: UploadedFile, by: User) -> Job:
    """Keep a spreadsheet of facts and put its check in the queue. Raises Refused."""
    permissions.may_record(by).require()
    return imports.take_upload(check=CHECK, file=file, arguments={}, by=by)


def confirm_facts(*, job: Job, by: User) -> Job:
    """Put the import of a checked spreadsheet in the queue. Raises Refused."""
    return imports.confirm_upload(
        job=job, check=CHECK, take=IMPORT, may=lambda _: permissions.may_record(by), by=by
    )


def check_facts(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Say what an import of the file would do, without doing it. Raises UnreadableFile, Refused."""
    return _plan(path, by, at, progress).report


def import_facts(*, path: Path, by: User, at: datetime, progress: Progress) -> Report:
    """Take in a whole file, or, if anything is wrong with it, nothing.

    A row with the same organisation, fact, day and source changes what stands there, so the same
    file can be imported again. The managers of the organisations are told. Raises UnreadableFile,
    Refused.
    """
    with advisory_lock(IMPORT_LOCK, is_patient=True), transaction.atomic():
        plan = _plan(path, by, at, progress)
        if plan.report.problems:
            return plan.report
        progress.step(gettext_noop("Saving"))
        RecordedFact.objects.bulk_create(plan.create, batch_size=500)
        RecordedFact.objects.bulk_update(
            plan.update, ["value", "recorded_by", "recorded_at"], batch_size=500
        )
        _tell([*plan.create, *plan.update], at)
        return plan.report


@transaction.atomic
def withdraw(*, fact: RecordedFact, reason: str, by: User, at: datetime) -> RecordedFact:
    """Say that a recorded fact is wrong; it stays to be read and counts no more. Raises Refused."""
    fact = RecordedFact.objects.select_for_update().get(pk=fact.pk)
    permissions.may_withdraw(by, fact).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    fact.withdrawn_by, fact.withdrawn_at, fact.reason = by, at, reason.strip()
    fact.save(update_fields=["withdrawn_by", "withdrawn_at", "reason"])
    tell(
        recipients=managers_of(fact.organisation),
        kind=fact_withdrawn,
        facts={"organisation": str(fact.organisation), "reason": fact.reason},
        url=reverse("registers:organisation", args=[fact.organisation_id]),
        at=at,
    )
    return fact


def _plan(path: Path, by: User, at: datetime, progress: Progress) -> _Plan:
    permissions.may_record(by).require()
    progress.step(gettext_noop("Reading the rows"))
    tables = read_tables(path, FACT_COLUMNS)
    plan = _Plan(Report(rows=sum(len(table.rows) for table in tables)))
    read, find = fact_reader(localtime(at).date()), organisation_finder(by, roles_of(by))
    drafts: list[tuple[Draft, Organisation]] = []
    for table in tables:
        found, problems = read_rows(table, read, table.rows)
        plan.report.problems += [*table.problems, *problems]
        for draft in found:
            organisation = find("", draft.values.pop("business_number"))
            if isinstance(organisation, Organisation):
                drafts.append((draft, organisation))
            else:
                plan.report.problems.append(draft.problem("business_number", organisation))
    _place(plan, drafts, by, at)
    plan.report.new, plan.report.changed = len(plan.create), len(plan.update)
    order = [table.sheet for table in tables]
    plan.report.problems.sort(key=lambda problem: (order.index(problem.sheet), problem.row))
    return plan


def _place(plan: _Plan, drafts: list[tuple[Draft, Organisation]], by: User, at: datetime) -> None:
    """Note what each row does: a new fact, another value, or nothing."""
    organisations = {organisation.pk for _, organisation in drafts}
    known = {
        _key(row): row
        for row in RecordedFact.objects.filter(
            organisation__in=organisations, withdrawn_at__isnull=True
        ).select_related("organisation")
    }
    seen: dict[Key, int] = {}
    for draft, organisation in drafts:
        fact = RecordedFact(
            organisation=organisation, **draft.values, recorded_by=by, recorded_at=at
        )
        key = _key(fact)
        if key in seen:
            problem = draft.problem("fact", FactProblem.SAID_TWICE, row=seen[key])
            plan.report.problems.append(problem)
            continue
        seen[key] = draft.row.number
        if len(plan.report.titles) < 10:
            plan.report.titles.append(f"{organisation}: {fact} = {fact.said}")
        if (before := known.get(key)) is None:
            plan.create.append(fact)
        elif before.value != fact.value:
            before.value, before.recorded_by, before.recorded_at = fact.value, by, at
            plan.update.append(before)
        else:
            plan.report.same += 1


def _key(fact: RecordedFact) -> Key:
    return fact.organisation_id, fact.fact, fact.as_of, fact.origin


def _tell(facts: list[RecordedFact], at: datetime) -> None:
    counts: Counter[Any] = Counter(fact.organisation for fact in facts)
    for organisation, count in counts.items():
        tell(
            recipients=managers_of(organisation),
            kind=facts_recorded,
            facts={"organisation": str(organisation), "count": count},
            url=reverse("registers:organisation", args=[organisation.pk]),
            at=at,
        )
