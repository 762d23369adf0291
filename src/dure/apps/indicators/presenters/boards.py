"""Boards of figures: charts, each number with the way to its records."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.indicators.adapter import FILTERS, Group, is_known_by
from dure.apps.indicators.kinds import Chart
from dure.apps.indicators.models import Revision
from dure.apps.indicators.presenters.single import breakdown
from dure.apps.indicators.presenters.words import as_text
from dure.apps.indicators.queries import Late
from dure.engines.measuring import YEAR
from dure.foundation import vocabularies
from dure.foundation.measures import MEASURES, Measure

MOST_BARS = 12
Link = Callable[..., str]


@dataclass(slots=True)
class Shown:
    """A chart as it stands on a board. `note` says what it could not be narrowed by."""

    chart: Chart
    rows: list[dict[str, Any]] = field(default_factory=list)
    label: str = ""
    note: str = ""
    total: str = ""
    url: str = ""


def choices_of(measured: Iterable[tuple[Measure, Iterable[Group]]]) -> dict[str, list[Any]]:
    """For each filter of a board the values that its records have, with their names."""
    names_by_filter: dict[str, dict[str, str]] = {name: {} for name in FILTERS}
    for kind, groups in measured:
        for name in FILTERS:
            if dimension := kind.dimension(name):
                for group in groups:
                    value = group.dimensions[name]
                    if value and value not in names_by_filter[name]:
                        names_by_filter[name][value] = dimension.name(value)
    listed = {
        name: sorted(values.items(), key=_by_name) for name, values in names_by_filter.items()
    }
    listed[YEAR].reverse()
    return listed


def _by_name(item: tuple[str, str]) -> str:
    return item[1]


def counted(chart: Chart, groups: Iterable[Group], chosen: Mapping[str, str], link: Link) -> Shown:
    """A chart of counted records; `link(**wanted)` leads to the records of a number."""
    kind = MEASURES[chart.measure]
    kept = [name for name in chosen if not (chart.show == "years" and name == YEAR)]
    wanted = {name: chosen[name] for name in kept if is_known_by(kind, name)}
    by = {"years": YEAR, "regions": "region"}.get(chart.show, chart.by)
    sums: dict[str, int] = defaultdict(int)
    for group in groups:
        if _fits(group, chart, wanted):
            sums[group.dimensions[by]] += group.value
    shown = Shown(chart, label=str(kind.label), note=_not_narrowed(kind, kept))
    shown.rows = _rows(
        kind, by, sums, chart.show, lambda value: link(chart, **{**wanted, by: value})
    )
    shown.total = as_text(Decimal(sum(sums.values())), unit_of(kind))
    shown.url = link(chart, **wanted)
    return shown


def _fits(group: Group, chart: Chart, wanted: Mapping[str, str]) -> bool:
    own = group.dimensions
    return all(own[name] == value for name, value in wanted.items()) and all(
        own[name] in values for name, values in chart.where.items()
    )


def _rows(
    kind: Measure, by: str, sums: Mapping[str, int], show: str, link: Callable[[str], str]
) -> list[dict[str, Any]]:
    dimension, unit = kind.dimension(by), unit_of(kind)
    if show == "regions":
        names = {code: entry.name_in(get_language()) for code, entry in _regions().items()}
    else:
        names = {
            value: (dimension.name(value) if dimension and value else "") or _("Not said")
            for value in sums
        }
    rows = [
        {
            "code": value,
            "label": name,
            "value": sums.get(value, 0),
            "text": as_text(Decimal(sums.get(value, 0)), unit),
            "url": link(value),
        }
        for value, name in names.items()
    ]
    if show == "bars":
        rows = _the_most(sorted(rows, key=lambda row: (-row["value"], row["label"])), unit)
    return sorted(rows, key=lambda row: str(row["label"])) if show == "years" else rows


def _regions() -> Mapping[str, Any]:
    return vocabularies.entries("regions")


def _the_most(rows: list[dict[str, Any]], unit: str) -> list[dict[str, Any]]:
    """The longest bars, and all others as one."""
    if len(rows) <= MOST_BARS:
        return rows
    rest = sum(row["value"] for row in rows[MOST_BARS:])
    others = {"label": _("All others"), "value": rest, "text": as_text(Decimal(rest), unit)}
    return [*rows[:MOST_BARS], others]


def _not_narrowed(kind: Measure, names: Iterable[str]) -> str:
    labels = {"region": _("Region"), "field": _("Field"), "programme": _("Programme")}
    unknown = [labels.get(name, name) for name in names if not is_known_by(kind, name)]
    if not unknown:
        return ""
    return _("Not narrowed: these records do not say %(what)s.") % {"what": ", ".join(unknown)}


def unit_of(kind: Measure) -> str:
    """The unit in which a measure is shown."""
    return "won" if kind.unit == "won" else "cases"


def published(chart: Chart, revisions: Iterable[Revision], year: str) -> Shown:
    """A chart of published figures: by year, or the newest one told apart in the open."""
    kind = MEASURES[chart.measure]
    shown = Shown(chart, label=str(kind.label))
    fitting = [revision for revision in revisions if not year or str(revision.figure.year) == year]
    if chart.show == "years":
        shown.rows = [_published_bar(revision) for revision in revisions]
    elif fitting:
        newest = max(fitting, key=lambda revision: revision.figure.year)
        parts = [part for part in breakdown(newest, in_the_open=True) if part["code"] == chart.by]
        address = newest.figure.get_absolute_url()
        shown.rows = [{**row, "url": address} for part in parts for row in part["rows"]]
        shown.total = as_text(newest.value, newest.figure.indicator.unit)
        shown.url = address
        shown.label = f"{newest.figure.indicator} {newest.figure.period}"
    return shown


def late(chart: Chart, queues: Iterable[Late], desk: str) -> Shown:
    """What waits too long; `desk` is the page where a queue stands that has none of its own."""
    rows = [
        {
            "label": str(queue.label),
            "text": f"{queue.count:,}",
            "days": queue.days,
            "url": _address(queue.route) if queue.route else desk,
        }
        for queue in queues
    ]
    return Shown(chart, rows)


def _address(route: str) -> str:
    name, mark, query = route.partition("?")
    return reverse(name) + mark + query


def _published_bar(revision: Revision) -> dict[str, Any]:
    return {
        "label": revision.figure.period,
        "value": float(revision.value),
        "text": as_text(revision.value, revision.figure.indicator.unit),
        "url": revision.figure.get_absolute_url(),
    }
