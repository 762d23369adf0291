"""Figures: asked for, drafted, confirmed by a second person, published; changed by revisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.indicators import adapter, permissions
from dure.apps.indicators.kinds import Origin
from dure.apps.indicators.models import Figure, FigureFile, Indicator, Plan, Revision
from dure.apps.indicators.reasons import FigureProblem, Reason
from dure.apps.indicators.stages import RevisionStage
from dure.apps.people.models import Organisation, User
from dure.engines.measuring import known_on
from dure.foundation.files import Unfit, examined
from dure.foundation.promotion_plans import NotAPeriod, period_of, year_of
from dure.foundation.sheets import Draft, Problem
from dure.foundation.verdict import Refused


@transaction.atomic
def ask(
    *, indicator: Indicator, period: str, of: Organisation, due_on: date, by: User, at: datetime
) -> Figure:
    """Ask a body for the figure of a period, until a day. Raises Refused."""
    permissions.may_work(by).require()
    if adapter.is_measured(adapter.said_of(indicator), period):
        raise Refused(Reason.MEASURED)
    figure = _locked(indicator, period)
    figure.asked_of, figure.due_on = of, due_on
    figure.save(update_fields=["asked_of", "due_on"])
    return figure


@transaction.atomic
def draft_reported(
    *,
    indicator: Indicator,
    period: str,
    value: Decimal,
    evidence: str,
    reason: str,
    by: User,
    at: datetime,
    files: Sequence[File] = (),
) -> Revision:
    """Draft a figure that a body reports, with where it is from and the files that show it.

    One that is published changes by a new revision, which says why. Raises Refused.
    """
    if adapter.is_measured(adapter.said_of(indicator), period):
        raise Refused(Reason.MEASURED)
    figure = _locked(indicator, period)
    permissions.may_report(by, figure).require()
    if not evidence.strip():
        raise Refused(Reason.EVIDENCE_MISSING)
    values = {"value": value, "origin": Origin.REPORTED, "evidence": evidence.strip()}
    revision = _draft(figure, values, reason, by, at)
    _keep(revision, files, by, at)
    return revision


@transaction.atomic
def add_files(*, revision: Revision, files: Sequence[File], by: User, at: datetime) -> Revision:
    """Add files that show a reported figure which nobody has confirmed yet. Raises Refused."""
    Figure.objects.select_for_update().get(pk=revision.figure_id)
    revision = Revision.objects.select_for_update().get(pk=revision.pk)
    permissions.may_add_file(by, revision).require()
    if not files:
        raise Refused(Reason.NO_FILE)
    _keep(revision, files, by, at)
    return revision


def _keep(revision: Revision, files: Sequence[File], by: User, at: datetime) -> None:
    for file in files:
        about = examined(file, settings.DURE_UPLOAD_LIMIT)
        if isinstance(about, Unfit):
            raise Refused(Reason(about))
        FigureFile.objects.create(
            revision=revision, file=file, added_by=by, added_at=at, **about.as_fields()
        )


def take_in(
    *, plan: Plan, drafts: list[Draft], by: User, at: datetime
) -> tuple[int, list[Problem]]:
    """Draft all reported figures of a spreadsheet, or, if one is refused, none: those are named.

    Raises Refused.
    """
    permissions.may_work(by).require()
    indicators = {
        indicator_of_plan.code: indicator_of_plan
        for indicator_of_plan in plan.indicators.select_related("plan")
    }
    problems = []
    with transaction.atomic():
        for draft in drafts:
            values = dict(draft.values)
            indicator = indicators[values.pop("code")]
            try:
                draft_reported(indicator=indicator, **values, by=by, at=at)
            except Refused as refusal:
                why = str(refusal.reason.label)
                problems.append(draft.problem("value", FigureProblem.FIGURE_REFUSED, why=why))
        if problems:
            transaction.set_rollback(True)
    return (0 if problems else len(drafts)), problems


@transaction.atomic
def draft_measured(
    *, indicator: Indicator, period: str, as_of: date, reason: str, by: User, at: datetime
) -> Revision:
    """Measure a figure from the platform's records as known on a day, and draft it. Raises Refused."""
    permissions.may_work(by).require()
    indicator_file = adapter.said_of(indicator)
    if indicator_file.measured is None:
        raise Refused(Reason.NOT_MEASURED)
    if as_of > localdate(at):
        raise Refused(Reason.TOO_EARLY)
    figure = _locked(indicator, period)
    return _draft(
        figure, _values(adapter.measured_on(indicator_file, period, as_of), as_of), reason, by, at
    )


def _values(measured: adapter.Measured, as_of: date) -> dict[str, Any]:
    if measured.value is None:
        raise Refused(Reason.NO_VALUE)
    return {
        "value": measured.value,
        "origin": Origin.MEASURED,
        "as_of": as_of,
        "behind": measured.behind,
        "cells": measured.cells,
    }


@dataclass(frozen=True, slots=True)
class Year:
    """What measuring a year came to."""

    drafted: int = 0
    unchanged: int = 0
    empty: int = 0
    in_work: int = 0


@transaction.atomic
def measure_year(
    *, plan: Plan, year: int, as_of: date, reason: str, by: User, at: datetime
) -> Year:
    """Measure every indicator of a plan that the platform knows in a year, and draft what is new.

    Raises Refused.
    """
    permissions.may_work(by).require()
    if as_of > localdate(at):
        raise Refused(Reason.TOO_EARLY)
    period = str(year)
    known_ones = {
        indicator.code: indicator
        for indicator in plan.indicators.select_related("plan")
        if adapter.is_measured(adapter.said_of(indicator), period)
    }
    files = {code: adapter.said_of(indicator) for code, indicator in known_ones.items()}
    known = known_on(adapter.facts_of(files.values()), as_of)
    counts = dict.fromkeys(("drafted", "unchanged", "empty", "in_work"), 0)
    for code, indicator in known_ones.items():
        now_measured = adapter.measured(files[code], period_of(period), known)
        counts[_draft_unless(indicator, period, now_measured, as_of, reason, by, at)] += 1
    return Year(**counts)


def _draft_unless(
    indicator: Indicator,
    period: str,
    measured: adapter.Measured,
    as_of: date,
    reason: str,
    by: User,
    at: datetime,
) -> str:
    """Draft what was measured, or say why not."""
    if measured.value is None:
        return "empty"
    try:
        _draft(_locked(indicator, period), _values(measured, as_of), reason, by, at)
    except Refused as refusal:
        known = {Reason.UNCHANGED: "unchanged", Reason.IN_WORK: "in_work"}
        if refusal.reason not in known:
            raise
        return known[Reason(refusal.reason)]
    return "drafted"


@transaction.atomic
def move(*, revision: Revision, stage: str, by: User, at: datetime) -> Revision:
    """Confirm a draft, publish what was confirmed, or send it back. Raises Refused."""
    Figure.objects.select_for_update().get(pk=revision.figure_id)
    revision = Revision.objects.select_for_update().get(pk=revision.pk)
    permissions.may_move(by, revision, stage).require()
    if stage == RevisionStage.CONFIRMED and _lacks_file(revision):
        raise Refused(Reason.FILE_MISSING)
    revision.stage = RevisionStage(stage)
    if stage == RevisionStage.CONFIRMED:
        revision.confirmed_by, revision.confirmed_at = by, at
    elif stage == RevisionStage.PUBLISHED:
        revision.published_by, revision.published_at = by, at
    revision.save()
    return revision


def _lacks_file(revision: Revision) -> bool:
    """True for a reported figure whose indicator asks for a file that shows it, and that has none."""
    asks = adapter.said_of(revision.figure.indicator).asks_for_file
    return asks and revision.origin == Origin.REPORTED and not revision.files.exists()


def _locked(indicator: Indicator, period: str) -> Figure:
    """The figure of a period, made where there is none, locked."""
    try:
        year = year_of(period)
    except NotAPeriod:
        raise Refused(Reason.NO_PERIOD) from None
    figure, _is_new = Figure.objects.get_or_create(
        indicator=indicator, period=period, defaults={"year": year}
    )
    return Figure.objects.select_for_update().get(pk=figure.pk)


def _draft(figure: Figure, values: dict[str, Any], reason: str, by: User, at: datetime) -> Revision:
    permissions.is_free(figure).require()
    newest = figure.revisions.order_by("-number").first()
    standing = figure.revisions.filter(stage=RevisionStage.PUBLISHED).order_by("number").last()
    if standing:
        if standing.value == values["value"] and standing.origin == values["origin"]:
            raise Refused(Reason.UNCHANGED)
        if not reason.strip():
            raise Refused(Reason.REASON_MISSING)
    return Revision.objects.create(
        figure=figure,
        number=newest.number + 1 if newest else 1,
        reason=reason.strip() if standing else "",
        drafted_by=by,
        drafted_at=at,
        **values,
    )
