"""Somebody reports an outcome, and shows it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate

from dure.apps.outcomes import adapter, permissions
from dure.apps.outcomes.kinds import Kind, Source, digits_of, kind_of
from dure.apps.outcomes.models import MOST, Evidence, Outcome, Twins
from dure.apps.outcomes.operations.holding import locked, tell_sides
from dure.apps.outcomes.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.foundation.files import Unfit, examined
from dure.foundation.verdict import Refused

MOST_PEOPLE = 10_000_000


@transaction.atomic
def report(
    *,
    values: Mapping[str, Any],
    reported_for: Organisation | None,
    by: User,
    at: datetime,
    files: Sequence[File] = (),
    anchor: tuple[str, Model] | None = None,
    source: Source = Source.FORM,
) -> Outcome:
    """Report an outcome: a claim until somebody else confirms it. Raises Refused.

    `values` are fields of the model; `reported_for` is the side that says so, None for the office.
    `anchor` is the link of the chain from which it is reported, with its name; without one the
    platform looks for what the two organisations had in common. Reports that may tell of the same
    deal are proposed as one to the office.
    """
    if reported_for is None:
        permissions.may_run(by).require()
    else:
        permissions.may_report_for(by, reported_for).require()
    outcome = Outcome(
        **values, source=source, reported_for=reported_for, reported_by=by, reported_at=at
    )
    require_whole(outcome, localdate(at))
    return enter(outcome, files=files, anchor=anchor, by=by, at=at)


def report_known(
    *, outcome: Outcome, by: User, at: datetime, anchor: tuple[str, Model] | None = None
) -> Outcome:
    """Report what an app above has entered; it has asked whether `by` may. Raises Refused."""
    require_whole(outcome, localdate(at))
    return enter(outcome, by=by, at=at, anchor=anchor)


def enter(
    outcome: Outcome,
    *,
    by: User | None,
    at: datetime,
    files: Sequence[File] = (),
    anchor: tuple[str, Model] | None = None,
) -> Outcome:
    """Save a new outcome with its evidence, its way back and its twins; tell the other side."""
    outcome.save()
    if by is not None:
        _keep(outcome, files, by, at)
    name, thing = anchor or ("", None)
    adapter.traced(outcome, name, thing).save()
    note_twins(outcome, at)
    speaker = outcome.reported_for
    for organisation in (outcome.organisation, outcome.counterpart):
        if organisation and organisation != speaker:
            said_by = str(speaker) if speaker else outcome.reported_as or str(by or "")
            tell_sides(
                outcome, "CLAIMED", exclude=by, at=at, only=organisation.pk, organisation=said_by
            )
    return outcome


@transaction.atomic
def add_evidence(*, outcome: Outcome, files: Iterable[File], by: User, at: datetime) -> Outcome:
    """Add files that show an outcome. Raises Refused."""
    [outcome] = locked(outcome)
    permissions.may_add_evidence(by, outcome).require()
    files = list(files)
    if not files:
        raise Refused(Reason.NO_FILE)
    _keep(outcome, files, by, at)
    tell_sides(outcome, "EVIDENCE", exclude=by, at=at)
    return outcome


def require_whole(outcome: Outcome, today: Any) -> Kind:
    """The kind of an outcome, once every field fits it. Raises Refused."""
    kind = kind_of(outcome.kind)
    if kind is None:
        raise Refused(Reason.UNKNOWN_KIND)
    if not outcome.title or not outcome.on:
        raise Refused(Reason.FIELD_MISSING)
    given = {
        "counterpart": outcome.counterpart_id or outcome.counterpart_name,
        "country": outcome.country,
        "number": outcome.number,
        "amount": outcome.amount is not None,
        "count": outcome.count is not None,
        "since": outcome.since,
        "until": outcome.until,
    }
    if any(kind.requires(name) and not value for name, value in given.items()):
        raise Refused(Reason.FIELD_MISSING)
    if outcome.on > today:
        raise Refused(Reason.DAY_TO_COME)
    if outcome.counterpart_id == outcome.organisation_id:
        raise Refused(Reason.ONE_PARTY)
    _require_amount(outcome.amount, outcome.currency)
    if not 0 <= (outcome.count or 0) <= MOST_PEOPLE:
        raise Refused(Reason.OUT_OF_RANGE)
    return kind


def _require_amount(amount: Decimal | None, currency: str) -> None:
    if amount is None:
        return
    if not 0 <= amount < MOST:
        raise Refused(Reason.OUT_OF_RANGE)
    if amount != round(amount, digits_of(currency)):
        raise Refused(Reason.TOO_MANY_DIGITS)


def note_twins(outcome: Outcome, at: datetime) -> None:
    """Propose as one what may tell of the same deal, once for each two."""
    for twin in adapter.alike_among(outcome):
        first, second = sorted((outcome.pk, int(twin.id)))
        Twins.objects.get_or_create(
            first_id=first,
            second_id=second,
            defaults={"signs": [sign.value for sign in twin.signs], "found_at": at},
        )


def _keep(outcome: Outcome, files: Iterable[File], by: User, at: datetime) -> None:
    for file in files:
        about = examined(file, settings.DURE_UPLOAD_LIMIT)
        if isinstance(about, Unfit):
            raise Refused(Reason(about))
        Evidence.objects.create(
            outcome=outcome, file=file, added_by=by, added_at=at, **about.as_fields()
        )
