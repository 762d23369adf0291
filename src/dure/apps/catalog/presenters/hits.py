"""What a search found, as its reader sees it: words marked, the fitting apart from the close."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from dure.apps.catalog import queries
from dure.apps.catalog.adapter.search import look_up
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.presenters import words
from dure.apps.catalog.presenters.kinds import KINDS, EntryPages
from dure.apps.people.queries import Reader
from dure.foundation import lookup

SHORTEST = 1
SHOWN = 8
CLOSE_SHOWN = 4
SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class ShelfHits:
    """What a search found on one part: the best rows, how many there are, and what is close."""

    kind: EntryPages
    hits: list[words.Row]
    count: int
    close: list[words.Row]
    respelled: str = ""

    @property
    def nothing_fits(self) -> bool:
        """True when only close ones were found."""
        return not self.hits

    @property
    def url(self) -> str:
        """The list of the part."""
        return self.kind.url("list")


def shelves_for(text: str, reader: Reader) -> list[ShelfHits]:
    """Needs and technologies found for `text`; the part with something fitting first."""
    parts = []
    for kind in KINDS.values():
        entries = kind.visible_to(reader)
        search = look_up(text, entries, reader)
        best, close = search.found[:SHOWN], search.close[:CLOSE_SHOWN]
        rows = rows_of(kind, [*best, *close], reader, search.text)
        respelled = search.text if search.text != " ".join(text.split()) else ""
        parts.append(
            ShelfHits(kind, rows[: len(best)], len(search.found), rows[len(best) :], respelled)
        )
    return sorted(parts, key=lambda part: not part.hits)


def rows_of(kind: EntryPages, ids: Sequence[int], reader: Reader, text: str) -> list[words.Row]:
    """Found entries as rows in the order of `ids`, with what was searched for marked."""
    entries = kind.visible_to(reader).filter(pk__in=ids).defer("search").in_bulk()
    return [
        words.row(queries.redacted_for(reader, entries[pk]), kind.url("detail", pk), text)
        for pk in ids
        if pk in entries
    ]


def suggestions(text: str, reader: Reader) -> list[str]:
    """What may be meant while somebody types: titles and organisations they see, terms of art."""
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return []
    titles = [
        _title(entry, text) for kind in KINDS.values() for entry in _titled(kind, reader, text)
    ]
    organisations = queries.organisations_named(text, reader)
    terms = lookup.lexicon().terms_beginning(text)
    return list(dict.fromkeys([*terms[:3], *organisations[:2], *titles]))[:SUGGESTED]


def _titled(kind: EntryPages, reader: Reader, text: str) -> list[Need | Technology]:
    titled = queries.titled(kind.visible_to(reader), text)
    return list(titled.defer("search", "body", "body_en")[: SUGGESTED // 2])


def _title(entry: Need | Technology, text: str) -> str:
    title = entry.title_in(get_language())
    return title if text.casefold() in title.casefold() else entry.title
