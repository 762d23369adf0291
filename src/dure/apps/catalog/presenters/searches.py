"""Saved searches as lines of a page and as a part of the daily e-mail."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language, ngettext

from dure.apps.catalog.forms.filters import ArrangeForm, FilterForm
from dure.apps.catalog.models import Need, SavedSearch, Technology
from dure.apps.catalog.presenters.kinds import KINDS
from dure.apps.notices.operations import News
from dure.apps.people.models import User

NAMED = 5


def address_of(search: SavedSearch) -> str:
    """The list with these filters."""
    query = f"?{search.query}" if search.query else ""
    return f"{KINDS[search.kind].url('list')}{query}"


def found_by(search: SavedSearch, user: User) -> QuerySet[Any]:
    """What a search finds now, for its owner, in the order of the list."""
    entry_kind = KINDS[search.kind]
    filters = FilterForm(QueryDict(search.query), kind=entry_kind, reader=user)
    narrowed = filters.narrow(entry_kind.visible_to(user))
    return ArrangeForm({}, reader=user).arrange(narrowed, filters.found)


def row(search: SavedSearch, user: User) -> dict[str, Any]:
    """A saved search as a line of the page: its name, where it leads, what it filters."""
    filters = FilterForm(QueryDict(search.query), kind=KINDS[search.kind], reader=user)
    return {"search": search, "url": address_of(search), "chips": filters.chips()}


def news_of(search: SavedSearch, best: Sequence[Need | Technology], count: int) -> News:
    """What a search found newly, the best by name."""
    entry_kind = KINDS[search.kind]
    title = ngettext(
        "Saved search “%(name)s”: %(n)s new", "Saved search “%(name)s”: %(n)s new", count
    ) % {"name": search.name, "n": count}
    lines = [
        (
            f"{entry.title_in(get_language())} ({entry.organisation})",
            entry_kind.url("detail", entry.pk),
        )
        for entry in best[:NAMED]
    ]
    return News(title, lines, count, address_of(search), is_whole=count <= NAMED)
