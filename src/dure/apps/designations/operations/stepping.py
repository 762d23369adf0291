"""An entry begins, goes from stage to stage, and lapses when its term is over."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.consultations.models import ConsultationRecord
from dure.apps.designations import permissions, queries
from dure.apps.designations.kinds import Column, Register, Stage, registers
from dure.apps.designations.models import Entry, Step
from dure.apps.designations.notices import designation_news
from dure.apps.designations.reasons import Reason
from dure.apps.notices.operations import tell
from dure.apps.outcomes import operations as outcomes
from dure.apps.outcomes.kinds import WON
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of, roles_of
from dure.foundation.verdict import Refused

LAPSED = gettext_noop("The term is over.")
Values = Mapping[str, str | int | None]


@transaction.atomic
def open_entry(
    *,
    register: Register,
    title: str,
    organisation: Organisation,
    values: Values,
    by: User,
    at: datetime,
    counterpart: Organisation | None = None,
    parent: Entry | None = None,
    record: ConsultationRecord | None = None,
) -> Entry:
    """Make an entry of a register at its first stage. Raises Refused."""
    permissions.may_open(by, register).require()
    own = roles_of(by).organisations
    sides = {organisation.pk, counterpart.pk if counterpart else 0}
    if not (permissions.may_run(by) or sides & own):
        raise Refused(Reason.NOT_OPENED_BY_YOU)
    if not title or (register.has_counterpart and counterpart is None):
        raise Refused(Reason.FIELD_MISSING)
    entry = Entry(
        register=register.id, title=title, organisation=organisation, counterpart=counterpart,
        parent=parent, record=record, stage=register.first.id, created_by=by, created_at=at,
    )  # fmt: skip
    entry.values = filled({}, values, register.entered_at_first)
    entry.save()
    _step(entry, register.first, localdate(at), "", by, at)
    return entry


@transaction.atomic
def take(
    *,
    entry: Entry,
    stage: Stage,
    on: date,
    values: Values,
    by: User,
    at: datetime,
    reason: str = "",
    number: str = "",
) -> Entry:
    """Bring an entry to its next stage on a day, with what the stage asks for. Raises Refused.

    A stage that starts a term gives it from that day on; one that reports an outcome does so in the
    name of the side that takes the step, and the other side confirms it.
    """
    entry = Entry.objects.select_for_update(of=("self",)).select_related(
        "organisation", "counterpart", "record"
    ).get(pk=entry.pk)  # fmt: skip
    permissions.may_take(by, entry, stage).require()
    if stage.needs_reason and not reason.strip():
        raise Refused(Reason.SAY_WHY)
    last = entry.steps.order_by("-on", "-pk").first()
    if on > localdate(at):
        raise Refused(Reason.DAY_TO_COME)
    if last is not None and on < last.on:
        raise Refused(Reason.BEFORE_THE_LAST_STEP)
    asked = [column for column in entry.file.columns if column.id in stage.asks]
    entry.values = filled(entry.values, values, asked)
    if number:
        taken = Entry.objects.filter(register=entry.register, number=number).exclude(pk=entry.pk)
        if taken.exists():
            raise Refused(Reason.NUMBER_TAKEN)
        entry.number = number
    _begin_term(entry, stage, on)
    entry.stage = stage.id
    entry.save()
    _step(entry, stage, on, reason.strip(), by, at)
    _report(entry, stage, on, by, at)
    return entry


@transaction.atomic
def lapse(*, at: datetime) -> int:
    """Bring what is over its term to where its file says; returns how many."""
    count = 0
    for entry in queries.lapsed(localdate(at)).select_for_update(skip_locked=True):
        after = entry.stage_file.lapses_to
        if not after or entry.ends_on is None:
            continue
        entry.stage = after
        entry.save(update_fields=["stage"])
        _step(entry, entry.file.stage(after), entry.ends_on + timedelta(days=1), LAPSED, None, at)
        count += 1
    return count


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Tell both sides that a term ends soon, once for each of the days before; returns how many."""
    today, count = localdate(at), 0
    for register in registers().values():
        for days in sorted(register.remind_days):
            due = queries.ending(register, today, today + timedelta(days=days))
            for entry in due.select_for_update(of=("self",), skip_locked=True):
                if entry.reminded_days is not None and entry.reminded_days <= days:
                    continue
                entry.reminded_days = days
                entry.save(update_fields=["reminded_days"])
                _tell(entry, "ENDS", None, at, until=str(entry.ends_on))
                count += 1
    return count


def filled(known: Values, fresh: Values, columns: list[Column]) -> dict[str, Any]:
    """What is known with what is said of some columns. Raises Refused where one is missing."""
    values = dict(known)
    for column in columns:
        value = fresh.get(column.id)
        if value not in ("", None):
            values[column.id] = value
        elif column.required and column.id not in values:
            raise Refused(Reason.FIELD_MISSING)
    return values


def _begin_term(entry: Entry, stage: Stage, on: date) -> None:
    if not stage.starts_term:
        return
    entry.starts_on, entry.reminded_days = on, None
    months = entry.file.term_months
    entry.ends_on = on + relativedelta(months=months) - timedelta(days=1) if months else None


def _step(entry: Entry, stage: Stage, on: date, reason: str, by: User | None, at: datetime) -> None:
    Step.objects.create(entry=entry, stage=stage.id, on=on, reason=reason, by=by, at=at)
    _tell(entry, "STEP", by, at, stage=str(stage))


def _report(entry: Entry, stage: Stage, on: date, by: User, at: datetime) -> None:
    """Report what the stage is as an outcome, if it is one and there is what it needs."""
    if stage.outcome is None:
        return
    amount = entry.values.get(stage.outcome.amount) if stage.outcome.amount else None
    if stage.outcome.amount and amount is None:
        return
    own = roles_of(by).organisations
    side = next((s for s in (entry.counterpart, entry.organisation) if s and s.pk in own), None)
    outcomes.report(
        values={
            "kind": stage.outcome.kind,
            "title": entry.title,
            "organisation": entry.organisation,
            "counterpart": entry.counterpart,
            "on": on,
            "number": entry.number or f"{entry.register}-{entry.pk}",
            "until": entry.ends_on,
            "amount": None if amount is None else Decimal(amount),
            "currency": "" if amount is None else WON,
        },
        reported_for=side,
        anchor=("record", entry.record) if entry.record else None,
        by=by,
        at=at,
    )


def _tell(entry: Entry, event: str, exclude: User | None, at: datetime, **facts: str) -> None:
    people = {
        person.pk: person
        for organisation in (entry.organisation, entry.counterpart)
        if organisation
        for person in people_of(organisation)
    }
    people.pop(exclude.pk if exclude else 0, None)
    tell(
        recipients=list(people.values()),
        kind=designation_news,
        facts={"event": event, "title": str(entry), "register": str(entry.file), **facts},
        url=entry.get_absolute_url(),
        at=at,
    )
