"""How a history is said: who did what, and each field before and after as people read it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.trail.queries import Change, names_of
from dure.foundation import vocabularies

LONGEST = 300
FROM_HERE_GROUPED = 10_000  # years and the like are written without commas
# Codes whose names stand in a vocabulary, by the name of the field.
VOCABULARIES = {"field": "fields", "region": "regions"}


def in_words(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Changes in the shape of the history component, with `thing` and `kind` of each beside."""
    changes = list(changes)
    names = _names(changes)
    return [
        {
            "when": localtime(change.at),
            "who": str(change.by) if change.by else _("The platform"),
            "what": what_of(change),
            "changes": [_field_change(change.model, row, names) for row in change.fields],
            "kind": str(change.model._meta.verbose_name),  # noqa: SLF001 -- Django's public model API
            "thing": names.get((change.model, change.thing_id), f"#{change.thing_id}"),
            "is_new": change.what == "insert",
            "model": change.model,
            "thing_id": change.thing_id,
        }
        for change in changes
    ]


def lead(*, is_guarded: bool) -> str:
    """What the page of all changes may claim of them."""
    written = _("Who changed what, when, from what to what. The database itself writes it down.")
    if is_guarded:
        who = _(
            "The platform's own access to the database can neither change nor delete it. Whoever "
            "runs the database itself still can."
        )
    else:
        who = _(
            "Pages and jobs only read it, but this platform runs as the owner of its tables: whoever "
            "runs it could change it."
        )
    return f"{written} {who}"


def what_of(change: Change) -> str:
    """What was done, as the rest of a sentence that begins with a name."""
    words = {"insert": _("entered it."), "update": _("changed it."), "delete": _("deleted it.")}
    return words.get(change.what, change.what)


def spoken(field: models.Field | None, value: Any) -> str:
    """A stored value as people read it."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), "Y-m-d H:i")
    if field is not None and field.name in VOCABULARIES:
        return vocabularies.name_of(VOCABULARIES[field.name], value, get_language())
    if isinstance(value, int) and abs(value) >= FROM_HERE_GROUPED:
        return f"{value:,}"
    choices = dict(getattr(getattr(field, "base_field", field), "flatchoices", ()))
    values = value if isinstance(value, list) else [value]
    text = ", ".join(str(choices.get(choice, choice) if choices else choice) for choice in values)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _field_change(
    model: type[models.Model], row: tuple[str, Any, Any], names: dict[Any, str]
) -> dict[str, str]:
    label, before, after = row
    field = _fields(model).get(str(label))
    if field is not None and field.is_relation:
        related = field.related_model
        before, after = (names.get((related, pk), f"#{pk}") if pk else "" for pk in (before, after))
        return {"field": str(label), "before": before, "after": after}
    return {"field": str(label), "before": spoken(field, before), "after": spoken(field, after)}


def _names(changes: list[Change]) -> dict[tuple[type[models.Model], int], str]:
    """What the changed records are called, and those to which changed foreign keys point."""
    wanted: dict[type[models.Model], set[int]] = {}
    for change in changes:
        wanted.setdefault(change.model, set()).add(change.thing_id)
        for label, before, after in change.fields:
            field = _fields(change.model).get(str(label))
            if field is not None and field.is_relation:
                wanted.setdefault(field.related_model, set()).update({before, after} - {None})
    return {
        (model, pk): name
        for model, ids in wanted.items()
        for pk, name in names_of(model, ids).items()
    }


def _fields(model: type[models.Model]) -> dict[str, models.Field]:
    return {str(f.verbose_name): f for f in model._meta.concrete_fields}  # noqa: SLF001 -- Django's public model API
