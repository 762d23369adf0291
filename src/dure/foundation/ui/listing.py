"""Pages with a list: filtered, sorted, in pages, and as Excel.

A list shows what it is narrowed to as chips, and of each column how it is sorted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from dure.foundation.ui.answers import sheet_response, wants_workbook
from dure.foundation.ui.letters import door_for

Rows = QuerySet[Any] | Sequence[Any]
# What the pages of lists call a table for Excel: the arguments of `sheet_response`.
Sheet = dict[str, Any]


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


def page_of(request: HttpRequest, rows: Rows, per_page: int) -> "Page[Any]":
    """The page of `rows` that the reader asks for; the first or the last where there is no such."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def list_page(
    request: HttpRequest,
    template: str,
    rows: Rows,
    *,
    context: Callable[["Page[Any]"], Mapping[str, Any]],
    per_page: int,
    form: Form | None = None,
    sheet: Callable[[Rows], Sheet] | None = None,
    people: Callable[[Any], Iterable[Any]] | None = None,
) -> HttpResponse:
    """One page of what was found, or with `?format=xlsx` all of it as the workbook of `sheet`.

    The template gets `page`, `total` and what `context` adds; of a filter `form` also its `chips`.
    `people` are those whom a letter to all that was found goes to (`?letter=1`).
    """
    if sheet and wants_workbook(request):
        return sheet_response(**sheet(rows))
    page = page_of(request, rows, per_page)
    shared: dict[str, Any] = {"page": page, "total": page.paginator.count}
    if form is not None:
        shared |= {"form": form, "chips": chips(form, request.GET)}
    shared |= context(page)
    if people and (letter := letter_to(request, lambda: people(rows), shared)):
        return letter
    return render(request, template, shared)


def letter_to(
    request: HttpRequest, people: Callable[[], Iterable[Any]], shared: dict[str, Any]
) -> HttpResponse | None:
    """The page for a letter to the people of a list, where `?letter=1` asks for it; else the list
    gets its address as `letter_url`, for those who may write."""
    door = door_for(request.user)
    if door is None:
        return None
    if "letter" in request.GET:
        return door.page(request, people(), _name_of(shared))
    shared["letter_url"] = _with_letter(request.GET)
    return None


def in_order(
    rows: QuerySet[Any], wish: str | None, sorts: Mapping[str, Sequence[str]], default: str
) -> QuerySet[Any]:
    """Rows in the order that the reader wishes for: a key of `sorts`, with a `-` downwards.

    The first field of a key turns round, what is empty in it stays last; the others break ties.
    """
    key = wish if wish and wish.removeprefix("-") in sorts else default
    first, *ties = sorts[key.removeprefix("-")]
    order = F(first).desc(nulls_last=True) if key.startswith("-") else F(first).asc(nulls_last=True)
    return rows.order_by(order, *ties)


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


def _name_of(shared: Mapping[str, Any]) -> str:
    """What a list is called, with what it is narrowed to: “Organisations: Region Busan”."""
    name = str(shared["breadcrumb"][-1]["label"])
    narrowed = ", ".join(f"{chip.label} {chip.value}" for chip in shared.get("chips", ()))
    return f"{name}: {narrowed}" if narrowed else name


def _with_letter(query: QueryDict) -> str:
    after = query.copy()
    after.pop("page", None)
    after["letter"] = "1"
    return f"?{after.urlencode()}"


def _spoken(field: Any, value: str) -> str:
    for known, label in getattr(field, "choices", ()):
        if str(known) == value:
            return str(label)
    return value


def _without(query: QueryDict, field: Any, value: str) -> str:
    after = query.copy()
    after.pop("page", None)
    left = [other for other in after.getlist(field.html_name) if other != value]
    after.setlist(field.html_name, left)
    return f"?{after.urlencode()}"
