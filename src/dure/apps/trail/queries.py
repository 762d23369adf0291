"""The history of things: who changed what, when, from what to what.

The rows are written by database triggers, so bulk writes and raw SQL are in it too. Whoever asks
here has asked for the reader's right before.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import OuterRef, Q, Subquery
from pghistory.models import Context

from dure.apps.people.models import User

UNTOLD = {"id", "updated_at", "search", "text_digest", "pgh_id"}


@dataclass(frozen=True, slots=True)
class Change:
    """One act on a record; `fields` holds (label, before, after) of what changed, as stored.

    `by` is None where the platform itself acted; `what` is insert, update or delete; `model` and
    `thing_id` say what it was done to.
    """

    at: datetime
    by: User | None
    what: str
    fields: tuple[tuple[str, Any, Any], ...]
    model: type[models.Model]
    thing_id: int


def history_of(thing: models.Model, *, limit: int = 100) -> list[Change]:
    """The last `limit` changes of `thing`, newest first."""
    events = (
        _events_of(type(thing))
        .objects.filter(pgh_obj_id=thing.pk)
        .select_related("pgh_context")
        .order_by("-pgh_id")[: limit + 1]
    )
    versions = list(events)
    before = [*versions[1:], None][: len(versions)]  # of what has no history there is none
    pairs = list(zip(versions, before, strict=True))[:limit]
    return list(_changes(type(thing), pairs))


def recorded_models() -> list[type[models.Model]]:
    """The models whose changes are kept."""
    return [model for model in apps.get_models() if _is_recorded(model)]


def tables_of_history() -> list[str]:
    """The tables that hold the history: one for each kind of record, and who did it."""
    kept = [_events_of(model) for model in recorded_models()]
    return sorted(model._meta.db_table for model in [Context, *kept])  # noqa: SLF001 -- Django's public model API


def is_guarded() -> bool:
    """True when our own role in the database can neither change the history nor its guards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(NOT has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')"
            " AND NOT pg_has_role(relowner, 'USAGE')) AND NOT"
            " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
            " FROM pg_class WHERE relkind = 'r' AND relname = ANY(%s)",
            [tables_of_history()],
        )
        return bool(cursor.fetchone()[0])


def recent_changes(
    *,
    of: Iterable[type[models.Model]],
    by: Iterable[User] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 50,
) -> list[Change]:
    """The last `limit` changes of records of the given models, newest first, up to and with `until`.

    Changes of one moment, of one act on many records say, always come in the same order.
    Reads no more than `limit` rows of each model, from the newest backwards.
    """
    who = None if by is None else [user.pk for user in by]
    rows = []
    for model in of:
        events = _events_of(model).objects.select_related("pgh_context").order_by("-pgh_id")
        if who is not None:
            events = events.filter(pgh_context__metadata__user__in=who)
        if since is not None:
            events = events.filter(pgh_created_at__gte=since)
        if until is not None:
            events = events.filter(pgh_created_at__lte=until)
        older = _events_of(model).objects.filter(
            pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")
        )
        newest = list(
            events.annotate(older_id=Subquery(older.order_by("-pgh_id").values("pgh_id")[:1]))[
                :limit
            ]
        )
        rows += [(event.pgh_created_at, model, event) for event in newest]
    chosen = heapq.nlargest(limit, rows, key=lambda row: row[0])
    changes: dict[tuple[type[models.Model], int], Change] = {}
    for model in {row[1] for row in chosen}:
        events = [event for _, kind, event in chosen if kind is model]
        olders = _events_of(model).objects.in_bulk([e.older_id for e in events if e.older_id])
        pairs = [(event, olders.get(event.older_id)) for event in events]
        keys = [(model, event.pgh_id) for event in events]
        changes |= zip(keys, _changes(model, pairs), strict=True)
    return [changes[model, event.pgh_id] for _, model, event in chosen]


def _is_recorded(model: type[models.Model]) -> bool:
    return any(
        relation.name == "events" and hasattr(relation.related_model, "pgh_tracked_model")
        for relation in model._meta.related_objects  # noqa: SLF001 -- Django's public model API
    )


def _events_of(model: type[models.Model]) -> type[models.Model]:
    return model._meta.get_field("events").related_model  # noqa: SLF001 -- Django's public model API


def _changes(model: type[models.Model], pairs: list[tuple[Any, Any]]) -> Iterator[Change]:
    """Changes from pairs of an event and the one before it."""
    users = User.objects.in_bulk({who for event, _ in pairs if (who := _who(event))})
    fields = [f for f in model._meta.concrete_fields if f.name not in UNTOLD]  # noqa: SLF001 -- Django's public model API
    for event, older in pairs:
        yield Change(
            at=event.pgh_created_at,
            by=users.get(_who(event)),
            what=event.pgh_label,
            fields=tuple(_differences(fields, event, older)),
            model=model,
            thing_id=event.pgh_obj_id,
        )


def _who(event: Any) -> int | None:
    return (event.pgh_context.metadata or {}).get("user") if event.pgh_context else None


def _differences(
    fields: list[models.Field], event: Any, older: Any
) -> Iterator[tuple[str, Any, Any]]:
    if event.pgh_label == "delete":
        return
    for field in fields:
        if not hasattr(event, field.attname):
            continue
        after = getattr(event, field.attname)
        before = getattr(older, field.attname) if older else None
        if after != before and (older or after not in ("", None, [], False)):
            yield field.verbose_name, before, after


def names_of(model: type[models.Model], ids: Iterable[int]) -> dict[int, str]:
    """What the records with these ids are called now; those that are gone are left out."""
    things = model._default_manager.in_bulk(set(ids))  # noqa: SLF001 -- Django's public model API
    return {pk: str(thing) for pk, thing in things.items()}


def people_named(words: str, *, limit: int = 50) -> list[User]:
    """The people whose name or e-mail holds `words`."""
    named = User.objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return list(named.order_by("pk")[:limit])
