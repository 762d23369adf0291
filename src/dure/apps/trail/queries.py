"""The history of a thing: who changed what, when, from what to what.

The rows are written by database triggers, so bulk writes and raw SQL are in it too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from dure.apps.people.models import User

UNTOLD = {"id", "updated_at", "search", "text_digest", "pgh_id"}


@dataclass(frozen=True, slots=True)
class Change:
    """One act on a record; `fields` holds (label, before, after) of what changed."""

    at: datetime
    by: User | None
    what: str
    fields: tuple[tuple[str, Any, Any], ...]


def history_of(thing: models.Model, *, limit: int = 100) -> list[Change]:
    """The last `limit` changes of `thing`, newest first. Ask for the reader's right before."""
    events = list(
        thing._meta.get_field("events")  # noqa: SLF001 -- Django's public model API
        .related_model.objects.filter(pgh_obj_id=thing.pk)
        .select_related("pgh_context")
        .order_by("-pgh_id")[: limit + 1]
    )
    users = User.objects.in_bulk({who for event in events if (who := _who(event))})
    return list(_changes(thing, events, users))[:limit]


def _who(event: Any) -> int | None:
    return (event.pgh_context.metadata or {}).get("user") if event.pgh_context else None


def _changes(
    thing: models.Model, events: list[Any], users: dict[int, User]
) -> Iterator[Change]:
    fields = [f for f in thing._meta.concrete_fields if f.name not in UNTOLD]  # noqa: SLF001
    for event, older in zip(events, [*events[1:], None], strict=True):
        shown = []
        for field in fields:
            if not hasattr(event, field.attname):
                continue
            after = getattr(event, field.attname)
            before = getattr(older, field.attname) if older else None
            if after != before and (older or after not in ("", None, [], False)):
                shown.append((field.verbose_name, before, after))
        who = _who(event)
        yield Change(event.pgh_created_at, users.get(who), event.pgh_label, tuple(shown))
