"""How registers and their entries are shown: on pages and as Excel."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.designations import queries
from dure.apps.designations.kinds import Register, registers
from dure.apps.designations.models import Entry
from dure.apps.people.queries import Reader
from dure.foundation.ui.listing import Rows, Sheet

SHOWN = 2  # columns of the file that a list shows


def tone_of(entry: Entry, today: date) -> str:
    """The tone of its status: in force, over, or on its way."""
    if entry.stage_file.in_force:
        is_over = entry.ends_on is not None and entry.ends_on < today
        return "warning" if is_over else "success"
    return "information" if entry.stage_file.next else "neutral"


def cards(user: Reader, today: date) -> list[dict[str, Any]]:
    """The registers, with how many entries the reader sees and how many are in force."""
    seen = queries.entries_visible_to(user).order_by()
    counts = dict(seen.values_list("register").annotate(number=Count("pk")))
    return [
        {
            "register": register,
            "count": counts.get(register.id, 0),
            "in_force": queries.catalogue_of(register, today).count()
            if register.catalogue
            else None,
        }
        for register in registers().values()
    ]


def rows_of(entries: Iterable[Entry], today: date) -> list[dict[str, Any]]:
    """Entries for a list, with the first public columns of the register."""
    return [
        {
            "entry": entry,
            "tone": tone_of(entry, today),
            "values": [value for _label, value in values_of(entry, is_inside=False)][:SHOWN],
        }
        for entry in entries
    ]


def values_of(entry: Entry, *, is_inside: bool) -> list[tuple[str, str]]:
    """What is kept of an entry, column by column; of a stranger's only what is public."""
    return [
        (str(column), column.said(entry.values[column.id]))
        for column in entry.file.columns
        if column.id in entry.values and (is_inside or column.public)
    ]


def stages_of(entry: Entry) -> list[dict[str, str]]:
    """The way from the first stage to now, each with its day."""
    steps = list(entry.steps.all())
    return [
        {
            "label": str(entry.file.stage(step.stage)),
            "state": "now" if place == len(steps) - 1 else "done",
            "on": step.on.isoformat(),
        }
        for place, step in enumerate(steps)
    ]


def by_stage(register: Register, entries: QuerySet[Entry]) -> list[dict[str, Any]]:
    """How many entries are at each stage."""
    counts = dict(entries.order_by().values_list("stage").annotate(number=Count("pk")))
    return [
        {"number": f"{counts[stage.id]:,}", "label": str(stage), "url": f"?stage={stage.id}"}
        for stage in register.stages
        if stage.id in counts
    ]


def sheet_for(register: Register, user: Reader) -> Callable[[Rows], Sheet]:
    """What makes entries of a register a sheet that can be handed in again."""

    def sheet(rows: Rows) -> Sheet:
        return {
            "title": str(register),
            "headers": [
                _("Business registration number"), str(register.title), _("Organisation"),
                pgettext("designation", "Number"), _("Status"), _("Day of the status"), _("From"),
                _("To"), _("Buyer"), *(str(column) for column in register.columns),
            ],
            "rows": [_sheet_row(register, row, queries.reads_inside(user, row)) for row in rows],
        }  # fmt: skip

    return sheet


def _sheet_row(register: Register, entry: Entry, is_inside: bool) -> list[Any]:
    last = entry.steps.last()
    return [
        entry.organisation.number, entry.title, str(entry.organisation), entry.number,
        str(entry.stage_file), last.on if last else None, entry.starts_on, entry.ends_on,
        str(entry.counterpart or ""),
        *(
            _cell(column, entry.values.get(column.id)) if is_inside or column.public else ""
            for column in register.columns
        ),
    ]  # fmt: skip


def _cell(column: Any, value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    return column.said(value)
