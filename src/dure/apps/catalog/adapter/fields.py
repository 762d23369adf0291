"""In which field a text belongs, from the entries that say something like it."""

from collections import defaultdict

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import part_of_index_visible_to
from dure.apps.people.queries import Reader
from dure.engines import matching
from dure.engines.matching import Document, Kind
from dure.foundation import lookup, searchindex

SHORTEST_TEXT = 4
NEIGHBOURS = 20
_HEAD_START = 5
"""The first neighbours count the most: one at place n (from 0) counts 1 / (n + this)."""


def likely_fields(text: str, reader: Reader, *, limit: int = 3) -> list[str]:
    """The fields of the entries most like `text` that `reader` may find, the likeliest first.

    As codes of the vocabulary "fields"; none where the text says too little or nothing is like it.
    """
    text = text.strip()
    if len(text) < SHORTEST_TEXT:
        return []
    document = Document("", text, "", Kind.PROFILE)
    [query] = matching.read_all([document], lookup.lexicon(), lookup.embedder())
    votes: defaultdict[str, float] = defaultdict(float)
    for model, side in ((Need, Kind.NEED), (Technology, Kind.TECHNOLOGY)):
        likely = _like(query, reader, side)
        fields = dict(model.objects.filter(pk__in=likely).values_list("pk", "field"))
        for place, pk in enumerate(likely):
            if field := fields.get(pk, ""):
                votes[field] += 1 / (place + _HEAD_START)
    return sorted(votes, key=lambda field: (-votes[field], field))[:limit]


def _like(query: matching.Query, reader: Reader, side: Kind) -> list[int]:
    where = part_of_index_visible_to(reader, side)
    try:
        hits = matching.find(query, lookup.index(), where=where, limit=NEIGHBOURS)
    except searchindex.IndexMismatch:
        return []
    nearest = sorted(hits, key=lambda hit: (-(hit.dense or 0.0), hit.id))
    return [int(hit.id[1:]) for hit in nearest[:NEIGHBOURS]]
