"""One indicator or one figure: what it is, how it went, what it is made of."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.indicators import adapter
from dure.apps.indicators.kinds import Origin
from dure.apps.indicators.models import Indicator, Revision
from dure.apps.indicators.presenters.words import as_text, reached
from dure.apps.indicators.stages import RevisionStage
from dure.foundation import promotion_plans
from dure.foundation.measures import MEASURES, Record
from dure.foundation.promotion_plans import Indicator as IndicatorFile

FEWEST = 5
"""A group of fewer facts is not told in the open, nor the next smallest where it stands alone."""
TONES = {
    RevisionStage.DRAFT: "warning",
    RevisionStage.CONFIRMED: "information",
    RevisionStage.PUBLISHED: "success",
    RevisionStage.DROPPED: "gray",
}


def definition(indicator: Indicator) -> list[tuple[str, str]]:
    """What an indicator means, line by line."""
    said, language = adapter.said_of(indicator), get_language()
    plan = adapter.file_of(indicator.plan)

    def name(group: str, word: str) -> str:
        return promotion_plans.name(group, word, language)

    lines = [
        (_("Unit"), name("unit", said.unit)),
        (_("How it adds up"), name("adds_up", said.adds_up)),
        (_("Direction"), name("direction", said.direction)),
        (_("Source"), said.source or plan.source),
    ]
    if said.baseline:
        value = as_text(said.baseline.value, said.unit)
        lines.append((_("Baseline"), f"{said.baseline.year}: {value}"))
    targets = ", ".join(
        f"{period}: {as_text(value, said.unit)}" for period, value in said.targets.items()
    )
    if targets:
        lines.append((_("Targets"), targets))
    lines += _measured(said)
    if said.note:
        lines.append((_("Note"), said.note.in_language(language)))
    return lines


def _measured(indicator_file: IndicatorFile) -> list[tuple[str, str]]:
    if indicator_file.measured is None or indicator_file.measured.fact not in MEASURES:
        return [(_("Origin"), str(Origin.REPORTED.label))]
    language = get_language()
    measure = MEASURES[indicator_file.measured.fact]
    how = promotion_plans.name("adds_up", indicator_file.measured.adds_up, language)
    lines = [(_("Origin"), f"{measure.label}: {how}")]
    for code, values in indicator_file.measured.where.items():
        dimension = measure.dimension(code)
        if dimension:
            lines.append((str(dimension.label), ", ".join(map(dimension.name, values))))
    return lines


def figure_rows(indicator: Indicator, revisions: Iterable[Revision]) -> list[dict[str, Any]]:
    """The published figures of an indicator beside their targets, the newest first."""
    said = adapter.said_of(indicator)
    rows = [
        {
            "period": revision.figure.period,
            "url": revision.figure.get_absolute_url(),
            "text": as_text(revision.value, said.unit),
            "target": _target(said, revision.figure.period),
            "reached": reached(revision.value, said.targets.get(revision.figure.period)),
            "origin": revision.get_origin_display(),
            "as_of": revision.as_of,
            "is_corrected": revision.reason != "",
        }
        for revision in revisions
    ]
    return rows[::-1]


def _target(indicator_file: IndicatorFile, period: str) -> str:
    value = indicator_file.targets.get(period)
    return "" if value is None else as_text(value, indicator_file.unit)


def year_bars(indicator: Indicator, revisions: Iterable[Revision]) -> list[dict[str, Any]]:
    """The published figures of an indicator as bars, the oldest first."""
    said = adapter.said_of(indicator)
    bars = []
    if said.baseline:
        bars.append(_bar(str(said.baseline.year), said.baseline.value, said.unit, ""))
    bars += [
        _bar(revision.figure.period, revision.value, said.unit, revision.figure.get_absolute_url())
        for revision in revisions
    ]
    return bars


def _bar(label: str, value: Decimal, unit: str, url: str) -> dict[str, Any]:
    return {"label": label, "value": float(value), "text": as_text(value, unit), "url": url}


def revision_rows(revisions: Iterable[Revision], unit: str) -> list[dict[str, Any]]:
    """Every revision of a figure, with who stands for it."""
    return [
        {
            "revision": revision,
            "text": as_text(revision.value, unit),
            "tone": TONES[RevisionStage(revision.stage)],
        }
        for revision in revisions
    ]


def breakdown(revision: Revision, *, in_the_open: bool) -> list[dict[str, Any]]:
    """What each value of a dimension came to; in the open without groups that are too small."""
    said = adapter.said_of(revision.figure.indicator)
    if said.measured is None or said.measured.fact not in MEASURES:
        return []
    measure, found = MEASURES[said.measured.fact], []
    for code, cells in revision.cells.items():
        dimension = measure.dimension(code)
        if dimension is None or len(cells) < 2:
            continue
        hidden = too_small(cells) if in_the_open else set()
        rows = [
            {
                "label": dimension.name(value) or _("Not said"),
                "value": 0.0 if value in hidden else float(figure or 0),
                "text": _("too few to tell")
                if value in hidden
                else as_text(None if figure is None else Decimal(figure), said.unit),
            }
            for value, figure, _count in cells
        ]
        rows.sort(key=lambda row: -row["value"])
        found.append({"code": code, "label": str(dimension.label), "rows": rows})
    return found


def too_small(cells: Iterable[Collection[Any]]) -> set[str]:
    """The groups that are not told in the open, so that none can be found by subtraction."""
    ordered = sorted(((count, value) for value, _figure, count in cells))
    hidden = {value for count, value in ordered if 0 < count < FEWEST}
    if len(hidden) == 1 and len(ordered) > 1:
        hidden |= {next(value for _count, value in ordered if value not in hidden)}
    return hidden


def record_rows(revision: Revision, records: Mapping[str, Record]) -> list[dict[str, Any]]:
    """The facts behind a figure, each with its record where the reader may open it."""
    return [
        {"id": str(pk), "on": on, "value": Decimal(value), "record": records.get(str(pk))}
        for pk, on, value in revision.behind or ()
    ]
