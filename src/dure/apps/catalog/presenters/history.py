"""The history of an entry, as sentences."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.catalog.models import Cooperation, Need, Technology
from dure.apps.catalog.presenters.words import field_name, region_name, shortened
from dure.apps.roadmaps.queries import branches
from dure.apps.trail.queries import Change

# Told by the stage that changes with them, or of no use to a reader.
UNTOLD = {
    "handed_in_at",
    "handed_in_by",
    "published_at",
    "published_by",
    "created_at",
    "language",
    "external_id",
}
LONGEST = 120
SPOKEN: dict[str, Callable[[Any], str]] = {
    "field": field_name,
    "region": region_name,
    "cooperation": lambda codes: ", ".join(str(Cooperation(code).label) for code in codes),
    "keywords": "; ".join,
    "branch": lambda pk: str(branches().filter(pk=pk).first() or f"#{pk}"),
    "budget": lambda won: f"{won:,}",
}


def entries(thing: Need | Technology, changes: list[Change]) -> list[dict[str, Any]]:
    """The changes of `thing` for the history component, newest first."""
    fields = {str(f.verbose_name): f for f in thing._meta.concrete_fields}  # noqa: SLF001 -- Django's public model API
    return [_entry(change, fields) for change in changes]


def _entry(change: Change, fields: dict[str, models.Field]) -> dict[str, Any]:
    changed = [
        (fields[str(label)], before, after)
        for label, before, after in change.fields
        if str(label) in fields and fields[str(label)].name not in UNTOLD
    ]
    is_first = change.what == "insert"
    return {
        "when": localtime(change.at),
        "who": str(change.by) if change.by else _("The platform"),
        "what": _("entered it") if is_first else _what(changed),
        "changes": []
        if is_first
        else [
            {
                "field": field.verbose_name,
                "before": _spoken(field, before),
                "after": _spoken(field, after),
            }
            for field, before, after in changed
        ],
    }


def _what(changed: list[tuple[models.Field, Any, Any]]) -> str:
    stages = [after for field, _before, after in changed if field.name == "stage"]
    if not stages:
        return _("changed it")
    return {
        "UNDER_REVIEW": _("handed it in"),
        "PUBLISHED": _("published it"),
        "MERGED": _("merged it into another need"),
        "WITHDRAWN": _("withdrew it"),
    }.get(stages[0], _("moved it to another stage"))


def _spoken(field: models.Field, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if field.name in SPOKEN:
        return SPOKEN[field.name](value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return date_format(localtime(value), "Y-m-d H:i")
    if isinstance(field, models.ForeignKey):
        return f"#{value}"
    return shortened(str(value), LONGEST)
