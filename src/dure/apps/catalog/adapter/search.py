"""Search in the catalogue: words and meaning in both languages, exact matches on top.

Everything is asked of what the reader may see and of what all readers may read of it; the details
of a teaser neither find it nor move it.
"""

import logging
import re
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from dure.apps.catalog.adapter.words import readable_text, search_query
from dure.apps.catalog.queries import (
    KINDS,
    key_of,
    opened_by,
    part_of_index_visible_to,
    redacted_for_all,
)
from dure.apps.people.queries import Reader
from dure.engines import matching
from dure.engines.matching import Document, Kind, Nearness
from dure.foundation import lookup, searchindex

logger = logging.getLogger(__name__)

LONGEST = 300
EXACT = 50
LITERAL = 2_000
CANDIDATES = 200
FEW = 4
"""Up to so many words are looked for as they may have been meant though something was found."""
BY_ID = 1_000
"""Filtered lists up to this long are searched as a whole; longer ones by their best candidates."""
CODE = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])[\w.\-/]{3,}")


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found among some entries, as ids, each group best first.

    `exact` were named: by title, id, product code or organisation. `fitting` speak of what was
    searched for; `close` only of something like it. `text` is what was searched for in the end:
    the words as they may have been meant, where texts speak of more of them so. `coverage` is the
    part of the words, from 0 to 1, of which the best text speaks.
    """

    text: str = ""
    coverage: float = 0.0
    exact: list[int] = field(default_factory=list)
    fitting: list[int] = field(default_factory=list)
    close: list[int] = field(default_factory=list)

    @property
    def found(self) -> list[int]:
        """What counts as found, best first."""
        return [*self.exact, *self.fitting]


def look_up(text: str, entries: QuerySet, reader: Reader, *, is_narrowed: bool = False) -> Search:
    """Search `entries`, needs or technologies that `reader` may see, for `text`.

    `is_narrowed` says that filters have taken most of them away already.
    """
    text = " ".join(text.split())[:LONGEST]
    if not text:
        return Search()
    search = _searched(text, entries, reader, is_narrowed=is_narrowed)
    if search.found and (search.coverage == 1 or len(text.split()) > FEW):
        return search
    if (respelled := lookup.lexicon().respelled(text)) == text:
        return search
    again = _searched(respelled, entries, reader, is_narrowed=is_narrowed)
    return again if again.found and again.coverage > search.coverage else search


def _searched(text: str, entries: QuerySet, reader: Reader, *, is_narrowed: bool) -> Search:
    exact = _named(text, entries, reader)
    near = _near(text, entries, reader, is_narrowed=is_narrowed)
    fitting, close = (
        [int(hit.id[1:]) for hit in near if hit.nearness is nearness] for nearness in Nearness
    )
    literal = _literal(text, entries)
    fitting += [pk for pk in literal if pk not in {*exact, *fitting}]
    return Search(
        text,
        1.0 if exact or literal else max((hit.coverage for hit in near), default=0.0),
        exact,
        [pk for pk in fitting if pk not in set(exact)],
        [pk for pk in close if pk not in {*exact, *fitting}],
    )


def _named(text: str, entries: QuerySet, reader: Reader) -> list[int]:
    """Entries called so, from an organisation called so, or with the product code in the title."""
    named = Q(title__iexact=text) | Q(title_en__iexact=text)
    named |= opened_by(reader, entries.model) & Q(external_id__iexact=text)
    if len(text) > 1:
        organisation = Q(organisation__name__icontains=text)
        named |= organisation | Q(organisation__name_en__icontains=text)
    for code in CODE.findall(text)[:3]:
        named |= Q(title__icontains=code) | Q(title_en__icontains=code)
    entries_named = entries.filter(named).order_by("-published_at", "-pk")
    return list(entries_named.values_list("pk", flat=True)[:EXACT])


def _near(
    text: str, entries: QuerySet, reader: Reader, *, is_narrowed: bool
) -> tuple[matching.Found, ...]:
    side = KINDS[entries.model]
    where = part_of_index_visible_to(reader, side)
    if is_narrowed:
        ids = list(entries.order_by().values_list("pk", flat=True)[: BY_ID + 1])
        if len(ids) <= BY_ID:
            where &= searchindex.one_of("id", [f"{side.value[0]}{pk}" for pk in ids])
    document = Document("", text, "", Kind.PROFILE)
    try:
        query, hits = matching.ask(
            document,
            lookup.lexicon(),
            lookup.embedder(),
            lookup.index(),
            where=where,
            limit=CANDIDATES,
        )
    except searchindex.IndexMismatch:
        logger.warning("the index is of another release: searched by words alone")
        return ()
    entries_near = entries.filter(pk__in=[int(hit.id[1:]) for hit in hits]).select_related(
        "organisation"
    )
    documents = {key_of(entry): _document(entry) for entry in entries_near}
    return matching.look_up(query, hits, documents)


def _document(entry) -> Document:
    redacted = redacted_for_all(entry)
    title = "\n".join(filter(None, [redacted.title, redacted.title_en]))
    return Document(
        key_of(entry), title, readable_text(entry), KINDS[type(entry)], language=entry.language
    )


def _literal(text: str, entries: QuerySet) -> list[int]:
    """What holds all words, each as the beginning of one; also what is in no index, as drafts.

    Words in the title before words in the text, short texts before long ones.
    """
    query = search_query(text)
    if query is None:
        return []
    newest = entries.filter(search=query).order_by("-published_at", "-pk").values("pk")[:LITERAL]
    titled = Q()
    for word in text.split()[:5]:
        titled &= Q(title__icontains=word) | Q(title_en__icontains=word)
    titled_first = entries.filter(pk__in=newest).annotate(
        is_titled=Case(When(titled, then=1), default=0, output_field=IntegerField()),
        rank=SearchRank(F("search"), query, normalization=Value(1)),
    )
    order = ("-is_titled", "-rank", "-published_at", "-pk")
    return list(titled_first.order_by(*order).values_list("pk", flat=True))
