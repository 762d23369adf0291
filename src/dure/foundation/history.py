"""What history keeps of a model: every insert, update and delete, by database triggers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pghistory
from django.utils.timezone import localdate


def untracked(reason: str) -> Callable[[type], type]:
    """Say of a model why its changes are not kept."""

    def note(model: type) -> type:
        model.untracked_reason = reason  # type: ignore[attr-defined]
        return model

    return note


def track(**options: Any) -> Callable[[type], type]:
    """Keep the history of a model.

    `exclude` names the fields that are left out; `append_only=False` leaves it to the guard of the
    whole history (`trail/guard.sql`) alone that nothing is changed, which knows an exception.
    """
    tracked: Callable[[type], type] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        **{"append_only": True, **options},
    )
    return tracked


@dataclass(frozen=True, slots=True)
class Spell:
    """So a record stood from a day on, until another one (None: so it stands)."""

    pk: int
    values: tuple[Any, ...]
    since: date
    until: date | None


def spells(model: type, *fields: str) -> Iterator[Spell]:
    """How each record of a tracked model stood, by record and time; `fields` are looked at.

    What changed again within one day stood for no day: `until` is then `since`.
    """
    events = model.pgh_event_model.objects.order_by("pgh_obj_id", "pgh_id")  # type: ignore[attr-defined]
    rows = events.values_list("pgh_obj_id", "pgh_created_at", "pgh_label", *fields)
    for pk, changes in groupby(rows.iterator(), key=lambda row: row[0]):
        yield from _spells_of(pk, changes)


def _spells_of(pk: int, changes: Iterator[tuple[Any, ...]]) -> Iterator[Spell]:
    begun: tuple[date, tuple[Any, ...]] | None = None
    for _pk, at, label, *values in changes:
        now = None if label == "delete" else (localdate(at), tuple(values))
        if begun and now and begun[1] == now[1]:
            continue
        if begun:
            yield Spell(pk, begun[1], begun[0], localdate(at))
        begun = now
    if begun:
        yield Spell(pk, begun[1], begun[0], None)
