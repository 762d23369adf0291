"""The board: meetings in a grid of times by tables or by participants, and what a move means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dure.apps.fairs.models import Meeting, Registration, Slot, Table, Timetable
from dure.apps.fairs.operations import Cost
from dure.apps.fairs.presenters.timetables import place_of
from dure.apps.trail.queries import history_of
from dure.engines.scheduling import Rule, Violation

BY_TABLE, BY_DEMAND, BY_SUPPLY = "table", "demand", "supply"
VIEWS: dict[str, Promise] = {
    BY_TABLE: gettext_lazy("By table"),
    BY_DEMAND: gettext_lazy("By demand organisation"),
    BY_SUPPLY: gettext_lazy("By small firm"),
}
RULES: dict[str, Promise] = {
    Rule.NOT_ASKED: gettext_lazy("Nobody asked for the meeting of %(who)s."),
    Rule.FORBIDDEN: gettext_lazy("%(who)s must not meet."),
    Rule.TWICE: gettext_lazy("%(who)s meet already."),
    Rule.SLOT_UNKNOWN: gettext_lazy("There is no such time."),
    Rule.TABLE_UNKNOWN: gettext_lazy("There is no such table at this time."),
    Rule.TABLE_TAKEN: gettext_lazy("Table %(table)s is taken at %(time)s."),
    Rule.NOT_AVAILABLE: gettext_lazy("%(who)s: not available at %(time)s."),
    Rule.TOO_MANY_AT_ONCE: gettext_lazy("%(who)s: already in another meeting at %(time)s."),
    Rule.ABOVE_LIMIT: gettext_lazy("%(who)s: more meetings than they want."),
    Rule.LOCK_NOT_KEPT: gettext_lazy("The meeting of %(who)s is locked. Unlock it first."),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A meeting on the board; `change` says how it differs from what was released."""

    meeting: Meeting
    first: str
    second: str
    change: str


@dataclass
class Cell:
    """One time of one row."""

    tiles: list[Tile] = field(default_factory=list)
    is_away: bool = False


@dataclass
class Row:
    """A table, or a participant; `table` is the id of the table, empty for a participant."""

    label: str
    note: str
    table: str
    cells: list[Cell]


def columns_of(slots: Sequence[Slot]) -> list[dict[str, Any]]:
    """The head of the board: times, each with whether a break or a new day lies before it."""
    columns, last = [], None
    for slot in slots:
        starts = localtime(slot.starts_at)
        columns.append(
            {
                "slot": slot,
                "time": f"{starts:%H:%M}",
                "day": date_format(starts, "m-d (D)")
                if last is None or localtime(last.starts_at).date() != starts.date()
                else "",
                "has_gap": last is not None and last.ends_at != slot.starts_at,
            }
        )
        last = slot
    return columns


def rows_of(
    view: str,
    meetings: Iterable[Meeting],
    *,
    slots: Sequence[Slot],
    tables: Sequence[Table],
    registrations: Sequence[Registration],
    absent: dict[int, set[int]],
    released: dict[int, tuple[int, int]] | None,
) -> list[Row]:
    """The rows of the board; `released` holds the place of every pair that participants see."""
    place = {slot.pk: number for number, slot in enumerate(slots)}
    if view == BY_TABLE:
        rows = {table.pk: _table_row(table, len(slots)) for table in tables}
    else:
        rows = {
            registration.pk: _person_row(registration, slots, absent.get(registration.pk, set()))
            for registration in registrations
        }
    for meeting in meetings:
        key = {
            BY_TABLE: meeting.table_id,
            BY_DEMAND: meeting.pair.demand_id,
            BY_SUPPLY: meeting.pair.supply_id,
        }[view]
        if key in rows:
            cell = rows[key].cells[place[meeting.slot_id]]
            cell.tiles.append(_tile(view, meeting, released))
    return list(rows.values())


def names_of(registrations: Iterable[Registration]) -> dict[int, str]:
    """Participants by id."""
    return {registration.pk: str(registration.organisation) for registration in registrations}


def conflicts(
    violations: Iterable[Violation],
    names: dict[int, str],
    slots: Sequence[Slot],
    tables: Sequence[Table],
) -> list[str]:
    """What a move would break, in words; `tables` in the order of the engine's numbers."""
    sentences = []
    for violation in violations:
        facts = {
            "who": " – ".join(names.get(int(end), "?") for end in violation.who),
            "time": f"{localtime(slots[violation.slot].starts_at):%H:%M}"
            if 0 <= violation.slot < len(slots)
            else "",
            "table": tables[violation.table].number if 0 <= violation.table < len(tables) else "",
        }
        sentences.append(str(RULES[violation.code]) % facts)
    return list(dict.fromkeys(sentences))


def cost_words(cost: Cost, names: dict[int, str], slot_minutes: int) -> list[str]:
    """What a move costs or gains, in words; one line when it costs nothing."""
    words = []
    if cost.weight:
        words.append(_("Weight %(n)s.") % {"n": f"{cost.weight:+,}"})
    for person, slots in cost.waiting.items():
        facts = {"who": names.get(person, "?"), "n": abs(slots) * slot_minutes}
        more = _("%(who)s waits %(n)d minutes longer.")
        less = _("%(who)s waits %(n)d minutes less.")
        words.append((more if slots > 0 else less) % facts)
    changes = sum(cost.table_changes.values())
    if changes > 0:
        words.append(
            ngettext("%(n)d more change of table.", "%(n)d more changes of table.", changes)
            % {"n": changes}
        )
    elif changes < 0:
        words.append(
            ngettext("%(n)d fewer change of table.", "%(n)d fewer changes of table.", -changes)
            % {"n": -changes}
        )
    if cost.uses_spare:
        words.append(_("It takes a table that is kept free for walk-ins."))
    return words or [_("It costs nothing.")]


def what_changed(meeting_id: int | None, timetable: Timetable, now: Meeting | None) -> str:
    """Who changed a meeting last, when, and where it stands now."""
    if meeting_id is None:
        return _("The place was taken or given free meanwhile.")
    last = next(iter(history_of(Meeting(pk=meeting_id), limit=1)), None)
    facts = {
        "who": str(last.by) if last and last.by else _("Somebody"),
        "when": f"{localtime(last.at):%H:%M:%S}" if last else "",
        "what": f"{now.pair.demand.organisation} – {now.pair.supply.organisation}" if now else "",
        "place": place_of(now) if now else "",
    }
    if now is None:
        return _("%(who)s took this meeting out or planned anew (%(when)s).") % facts
    return _("%(who)s changed %(what)s at %(when)s: now %(place)s.") % facts


def _table_row(table: Table, slots: int) -> Row:
    note = str(table.hall)
    if table.is_spare:
        note = f"{note} · {_('for walk-ins')}"
    label = _("Table %(n)s") % {"n": table.number}
    return Row(label, note, str(table.pk), [Cell() for _slot in range(slots)])


def _person_row(registration: Registration, slots: Sequence[Slot], absent: set[int]) -> Row:
    cells = [Cell(is_away=slot.pk in absent) for slot in slots]
    note = ""
    if registration.parallel > 1:
        note = _("%(n)d at the same time") % {"n": registration.parallel}
    return Row(str(registration.organisation), note, "", cells)


def _tile(view: str, meeting: Meeting, released: dict[int, tuple[int, int]] | None) -> Tile:
    demand = str(meeting.pair.demand.organisation)
    supply = str(meeting.pair.supply.organisation)
    table = _("Table %(n)s") % {"n": meeting.table.number}
    first, second = {
        BY_TABLE: (demand, supply),
        BY_DEMAND: (supply, table),
        BY_SUPPLY: (demand, table),
    }[view]
    change = ""
    if released is not None:
        before = released.get(meeting.pair_id)
        if before is None:
            change = "ADDED"
        elif before[0] != meeting.slot_id:
            change = "MOVED"
        elif before[1] != meeting.table_id:
            change = "TABLE"
    return Tile(meeting, first, second, change)
