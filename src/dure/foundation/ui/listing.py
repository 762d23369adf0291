"""What a filtered, sorted list shows about itself: chips of active filters, state of a column."""

from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter and the address of the list without it."""

    label: str
    value: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Sorting:
    """How a column is sorted now (`ascending`, `descending` or empty) and where a click leads."""

    state: str
    url: str


def chips(form: Form, query: QueryDict) -> list[Chip]:
    """Chips for every filled field of the bound filter form `form`."""
    return [
        Chip(str(field.label), _spoken(field.field, value), _without(query, field, value))
        for field in form
        if not field.is_hidden
        for value in query.getlist(field.html_name)
        if value
    ]


def sorting(query: QueryDict, key: str) -> Sorting:
    """The first click sorts upwards, the second downwards; paging starts again."""
    now = query.get("sort", "")
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    after = query.copy()
    after.pop("page", None)
    after["sort"] = f"-{key}" if state == "ascending" else key
    return Sorting(state, f"?{after.urlencode()}")


def _spoken(field: Any, value: str) -> str:
    for known, label in getattr(field, "choices", ()):
        if str(known) == value:
            return str(label)
    return value


def _without(query: QueryDict, field: Any, value: str) -> str:
    after = query.copy()
    after.pop("page", None)
    left = [each for each in after.getlist(field.html_name) if each != value]
    after.setlist(field.html_name, left)
    return f"?{after.urlencode()}"
