"""The hall on the day: what runs, what comes, who is here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.consultations.models import NoShow
from dure.apps.consultations.presenters.agendas import slot_name, state_of
from dure.apps.fairs.models import Meeting, Slot


@dataclass(frozen=True, slots=True)
class Seat:
    """One side of a meeting at its table."""

    name: str
    is_here: bool
    no_show: NoShow


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting at its table; a problem where somebody is missing and nobody wrote why."""

    meeting: Meeting
    seats: tuple[Seat, Seat]

    @property
    def is_problem(self) -> bool:
        """True where the desk has something to do: a side is missing, and no record says so."""
        has_record = getattr(self.meeting.pair, "record", None) is not None
        return not has_record and not all(seat.is_here for seat in self.seats)

    def is_about(self, words: str) -> bool:
        """True where a name holds `words`, or the table has that number."""
        names = (seat.name.casefold() for seat in self.seats)
        return words == str(self.meeting.table.number) or any(
            words.casefold() in name for name in names
        )


@dataclass(frozen=True, slots=True)
class Stretch:
    """A slot and what is held in it."""

    slot: Slot
    rows: list[Row]
    state: str
    title: str


def now_and_next(slots: Sequence[Slot], now: datetime) -> tuple[Slot | None, Slot | None]:
    """The slot or break that runs, and the one that comes after it."""
    running = next((slot for slot in slots if slot.starts_at <= now < slot.ends_at), None)
    coming = next((slot for slot in slots if slot.starts_at > now), None)
    return running, coming


def stretch(
    slot: Slot, meetings: Iterable[Meeting], here: Collection[int], now: datetime
) -> Stretch:
    """A slot with its meetings, by table."""
    rows = [_row(meeting, here) for meeting in meetings if meeting.slot_id == slot.pk]
    return Stretch(slot, rows, state_of(slot, now), slot_name(slot))


def narrowed(part: Stretch, words: str, *, problems_only: bool) -> Stretch:
    """A stretch with the meetings that are looked for."""
    rows = [
        row for row in part.rows if row.is_about(words) and (row.is_problem or not problems_only)
    ]
    return replace(part, rows=rows)


def slot_tabs(
    fair_id: int, slots: Iterable[Slot], chosen: Slot | None, counts: dict[int, int]
) -> list[dict[str, Any]]:
    """The slots for meetings as tabs, each with how many meetings it holds."""
    listed = [slot for slot in slots if not slot.is_break]
    days = {localtime(slot.starts_at).date() for slot in listed}
    form = "%m-%d %H:%M" if len(days) > 1 else "%H:%M"
    address = reverse("consultations:day", args=[fair_id])
    return [
        {
            "label": f"{localtime(slot.starts_at):{form}}",
            "url": f"{address}?slot={slot.pk}",
            "count": counts.get(slot.pk, 0),
            "current": chosen is not None and slot.pk == chosen.pk,
        }
        for slot in listed
    ]


def both(text: str) -> dict[str, str]:
    """A sentence of the catalogue in Korean and in English, for the screen that shows both."""
    texts = {}
    for language in ("ko", "en"):
        with translation.override(language):
            texts[language] = _(text)
    return texts


def screen_rows(meetings: Iterable[Meeting], slot: Slot | None) -> list[dict[str, Any]]:
    """The tables of a slot for the hall screen, both names where they differ."""
    return [
        {
            "table": meeting.table.number,
            "demand": meeting.pair.demand.organisation,
            "supply": meeting.pair.supply.organisation,
        }
        for meeting in meetings
        if slot is not None and meeting.slot_id == slot.pk
    ]


def _row(meeting: Meeting, here: Collection[int]) -> Row:
    pair = meeting.pair
    return Row(
        meeting,
        (
            Seat(str(pair.demand.organisation), pair.demand_id in here, NoShow.DEMAND),
            Seat(str(pair.supply.organisation), pair.supply_id in here, NoShow.SUPPLY),
        ),
    )
