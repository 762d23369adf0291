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
    indicator_file, language = adapter.said_of(indicator), get_language()
    plan = adapter.file_of(indicator.plan)

    def name(group: str, word: str) -> str:
        return promotion_plans.name(group, word, language)

    lines = [
        (_("Unit"), name("unit", indicator_file.unit)),
        (_("How it adds up"), name("adds_up", indicator_file.adds_up)),
        (_("Direction"), name("direction", indicator_file.direction)),
        (_("Source"), indicator_file.source or plan.source),
    ]
    if indicator_file.baseline:
        value = as_text(indicator_file.baseline.value, indicator_file.unit)
        lines.append((_("Baseline"), f"{indicator_file.baseline.year}: {value}"))
    targets = ", ".join(
        f"{period}: {as_text(value, indicator_file.unit)}"
        for period, value in indicator_file.targets.items()
    )
    if targets:
        lines.append((_("Targets"), targets))
    lines += _measured(indicator_file)
    if indicator_file.note:
        lines.append((_("Note"), indicator_file.note.in_language(language)))
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
    indicator_file = adapter.said_of(indicator)
    rows = [
        {
            "period": revision.figure.period,
            "url": revision.figure.get_absolute_url(),
            "text": as_text(revision.value, indicator_file.unit),
            "target": _target(indicator_file, revision.figure.period),
            "reached": reached(revision.value, indicator_file.targets.get(revision.figure.period)),
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
    indicator_file = adapter.said_of(indicator)
    bars = []
    if indicator_file.baseline:
        bars.append(
            _bar(
                str(indicator_file.baseline.year),
                indicator_file.baseline.value,
                indicator_file.unit,
                "",
            )
        )
    bars += [
        _bar(
            revision.figure.period,
            revision.value,
            indicator_file.unit,
            revision.figure.get_absolute_url(),
        )
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
    indicator_file = adapter.said_of(revision.figure.indicator)
    if indicator_file.measured is None or indicator_file.measured.fact not in MEASURES:
        return []
    measure, groups = MEASURES[indicator_file.measured.fact], []
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
                else as_text(None if figure is None else Decimal(figure), indicator_file.unit),
            }
            for value, figure, _count in cells
        ]
        rows.sort(key=lambda row: -row["value"])
        groups.append({"code": code, "label": str(dimension.label), "rows": rows})
    return groups


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
