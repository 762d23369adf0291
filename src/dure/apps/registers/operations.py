"""Lists of facts: checked whole, then taken in whole or not; and what turned out to be wrong."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.imports.kinds import Plan, Report
from dure.apps.imports.operations import organisation_finder, read_list
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
from dure.foundation.sheets import Draft
from dure.foundation.verdict import Refused

CHECK, IMPORT = "check_facts", "import_facts"
IMPORT_LOCK = 4_710_014  # any number, the same in every process


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
            plan.change, ["value", "recorded_by", "recorded_at"], batch_size=500
        )
        _tell([*plan.create, *plan.change], at)
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


def _plan(path: Path, by: User, at: datetime, progress: Progress) -> Plan:
    permissions.may_record(by).require()
    plan = read_list(path, FACT_COLUMNS, fact_reader(localdate(at)), progress)
    find = organisation_finder(by, roles_of(by))
    facts: list[tuple[Draft, RecordedFact]] = []
    for draft in plan.drafts:
        organisation = find("", draft.values.pop("business_number"))
        if isinstance(organisation, Organisation):
            values = {"organisation": organisation, **draft.values}
            facts.append((draft, RecordedFact(**values, recorded_by=by, recorded_at=at)))
        else:
            plan.refuse(draft, "business_number", organisation)
    _place(plan, facts)
    plan.close()
    return plan


def _place(plan: Plan, facts: list[tuple[Draft, RecordedFact]]) -> None:
    """Note what each row does: a new fact, another value, or nothing."""
    organisations = {fact.organisation_id for _draft, fact in facts}
    known = {
        _key(row): row
        for row in RecordedFact.objects.filter(
            organisation__in=organisations, withdrawn_at__isnull=True
        ).select_related("organisation")
    }
    for draft, fact in facts:
        key = _key(fact)
        if not plan.is_first(draft, key, "fact", FactProblem.SAID_TWICE):
            continue
        plan.add_title(f"{fact.organisation}: {fact} = {fact.said}")
        if (before := known.get(key)) is None:
            plan.create.append(fact)
        elif before.value != fact.value:
            before.value = fact.value
            before.recorded_by, before.recorded_at = fact.recorded_by, fact.recorded_at
            plan.change.append(before)
        else:
            plan.report.same += 1


def _key(fact: RecordedFact) -> tuple[int, str, date, str]:
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
