"""A table that was asked for, counted anew for its day."""

from typing import Any

from django.utils.translation import gettext as _

from dure.apps.indicators.models import DataRequest
from dure.apps.indicators.presenters.words import as_text
from dure.engines.measuring import AddsUp, Definition, Period, Selection, measure
from dure.foundation.documents import Cell, Paragraph, Table, hwpx
from dure.foundation.measures import MEASURES


def request_table(asked: DataRequest) -> dict[str, Any]:
    """Headers, rows and the total of a saved request, as known on its day."""
    kind = MEASURES[asked.measure]
    dimensions = [by_dimension for code in asked.by if (by_dimension := kind.dimension(code))]
    how = AddsUp.SUM if kind.unit == "won" else AddsUp.COUNT
    definition = Definition(
        Selection(kind.code), how, by=tuple(dimension.code for dimension in dimensions)
    )
    period = Period(asked.first_on, asked.last_on)
    measurement = measure(definition, kind.facts(), period, asked.as_of)
    unit = "won" if kind.unit == "won" else "cases"
    return {
        "headers": [*(str(dimension.label) for dimension in dimensions), str(kind.label)],
        "rows": [
            {
                "groups": [
                    dimension.name(value) or _("Not said")
                    for dimension, value in zip(dimensions, cell.group, strict=True)
                ],
                "text": as_text(cell.value, unit),
                "value": cell.value,
            }
            for cell in measurement.cells
        ],
        "total": as_text(measurement.value, unit),
    }


def request_document(asked: DataRequest) -> bytes:
    """The table of a saved request as a Hangul document (HWPX), with its period and its day."""
    table = request_table(asked)
    period = _("%(first)s to %(last)s, as known on %(on)s") % {
        "first": asked.first_on.isoformat(),
        "last": asked.last_on.isoformat(),
        "on": asked.as_of.isoformat(),
    }
    rows = [[*row["groups"], row["text"]] for row in table["rows"]]
    total = [_("Total"), *[""] * (len(table["headers"]) - 2), table["total"]]
    columns = len(table["headers"])
    return hwpx(
        str(asked),
        [
            Paragraph(period),
            Table(
                (
                    tuple(Cell(head, is_label=True) for head in table["headers"]),
                    *(tuple(Cell(text) for text in row) for row in [*rows, total]),
                ),
                (100 // columns,) * columns,
            ),
        ],
    )
