"""Needs that may say the same as one that is being written."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchRank
from django.db.models import F

from dure.apps.catalog import queries
from dure.apps.catalog.adapter.words import any_word_query, terms_of
from dure.apps.catalog.models import Need
from dure.apps.people.queries import Reader
from dure.foundation.parsing import row_id

CANDIDATES = 20
SHOWN = 3
# Of the words of the shorter title, so many must stand in the other one too.
ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Similar:
    """A need like the one being written, and whether the writer's organisation owns it."""

    need: Need
    similarity: float


def needs_like(reader: Reader, text: str, *, exclude: str = "") -> list[Similar]:
    """The needs most like `text` among those that `reader` may see, the likest first."""
    title = text.partition("\n")[0]
    query = any_word_query(title)
    if query is None or len(title.strip()) < 4:
        return []
    needs = queries.needs_visible_to(reader).filter(search=query).defer("search")
    if (known := row_id(exclude)) is not None:
        needs = needs.exclude(pk=known)
    ranked = needs.annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "-pk")
    candidates = list(ranked[:CANDIDATES])
    written, *theirs = terms_of([title, *(need.title for need in candidates)])
    alike = [
        Similar(need, _likeness(written, terms))
        for need, terms in zip(candidates, theirs, strict=True)
    ]
    alike.sort(key=lambda similar: -similar.similarity)
    return [similar for similar in alike if similar.similarity >= ALIKE][:SHOWN]


def _likeness(terms: frozenset[str], other: frozenset[str]) -> float:
    shorter = min(len(terms), len(other))
    return len(terms & other) / shorter if shorter > 1 else 0.0
