"""Shapes of the small charts: plain rows in, percentages of the drawing area out.

A row is a mapping with `label` and `value`; `text` (the figure as people say it, otherwise the value
with its thousands apart), `url` and, for
plan against actual, `plan` are optional.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from dure.foundation.vocabularies import region_tiles

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart; `start`, `width` and `mark` are percentages of the drawing area."""

    label: str
    value: float
    text: str
    width: float
    url: str = ""
    start: float = 0
    mark: float = 0
    percent: float = 0
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A region on the map: its place in units of one tile, and how strong its colour is (0 to 4)."""

    column: int
    row: int
    label: str
    text: str
    level: int
    url: str


def tiles(rows: Iterable[Row]) -> list[Tile]:
    """Regions (by `code`) as tiles that lie as they do in the country; the darkest has the most."""
    rows = list(rows)
    top = max((row["value"] for row in rows), default=0)
    return [
        Tile(
            *region_tiles()[row["code"]],
            label=str(row["label"]),
            text=f"{row['value']:,}",
            level=ceil(4 * row["value"] / top) if top else 0,
            url=str(row.get("url", "")),
        )
        for row in rows
    ]


def bars(rows: Iterable[Row]) -> list[Bar]:
    """Bars against the longest one; `percent` is the part of the sum."""
    rows = list(rows)
    top = max((row["value"] for row in rows), default=0)
    parts = _percents([row["value"] for row in rows])
    return [
        _bar(row, width=_part(row["value"], top), percent=part)
        for row, part in zip(rows, parts, strict=True)
    ]


def shares(rows: Iterable[Row]) -> list[Bar]:
    """Parts of a whole side by side; the percentages add up to 100."""
    rows = list(rows)
    whole = sum(row["value"] for row in rows)
    bars, start = [], 0.0
    for row, percent in zip(rows, _percents([row["value"] for row in rows]), strict=True):
        width = _part(row["value"], whole)
        bars.append(_bar(row, width=width, start=round(start, 3), percent=percent))
        start += width
    return bars


def funnel(rows: Iterable[Row]) -> list[Bar]:
    """Steps against the first one; `percent` is what is left of the step before."""
    rows = list(rows)
    bars = []
    for before, row in zip([*rows[:1], *rows], rows, strict=False):
        width = _part(row["value"], rows[0]["value"])
        bars.append(_bar(row, width=width, percent=_said(_part(row["value"], before["value"]))))
    return bars


def plan_actual(rows: Iterable[Row]) -> list[Bar]:
    """Actual figures as bars, the plan as a mark; `percent` is actual against plan."""
    rows = list(rows)
    top = max((max(row["value"], row["plan"]) for row in rows), default=0)
    return [
        _bar(
            row,
            width=_part(row["value"], top),
            mark=_part(row["plan"], top),
            percent=int(_part(row["value"], row["plan"])),
            plan=str(row.get("plan_text", row["plan"])),
        )
        for row in rows
    ]


def _bar(row: Row, **shape: Any) -> Bar:
    text = str(row.get("text", f"{row['value']:,}"))
    return Bar(str(row["label"]), row["value"], text, url=str(row.get("url", "")), **shape)


def _said(percent: float) -> float:
    """A percentage as people say it: whole, but with a digit where it would read as nothing."""
    return round(percent, 1) if percent < 1 else round(percent)


def _part(value: float, whole: float) -> float:
    return round(100 * value / whole, 3) if whole else 0.0


def _percents(values: list[float]) -> list[int]:
    """Whole percentages that add up to 100, by largest remainder."""
    whole = sum(values)
    if not whole:
        return [0] * len(values)
    exact = [100 * value / whole for value in values]
    percents = [int(share) for share in exact]
    owed = sorted(range(len(values)), key=lambda at: (percents[at] - exact[at], at))
    for at in owed[: 100 - sum(percents)]:
        percents[at] += 1
    return percents
