"""Needs and technologies as the engine and the index know them, and suggestions as rows.

What the index holds of a teaser is what its readers may see; a need in search of technologies is
read whole, for its own people alone see what comes of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from dure.apps.catalog.models import Language, Need, Technology
from dure.apps.catalog.queries import (
    KINDS,
    key_of,
    offered_technologies,
    open_needs,
    redacted_for_all,
)
from dure.engines import matching
from dure.engines.matching import Code, Document, Reason
from dure.foundation import searchindex
from dure.foundation.lookup import embedder, index, lexicon
from dure.foundation.searchindex import Row, Where

Entry = Need | Technology
BATCH = 100
PASSAGES = (Code.PASSAGE_ANSWERS, Code.PASSAGE_NEAR)
SENTENCE_ENDS = ".!?。\n"
BULLETS = "○◦●□■▪•※▶-–·*"
QUOTED = 400


def to_document(entry: Entry, *, whole: bool) -> Document:
    """An entry as the engine reads it: `whole`, or as all of its readers may read it."""
    entry = entry if whole else redacted_for_all(entry)
    more = entry.requirements if isinstance(entry, Need) else entry.track_record
    parts = [entry.title_en, entry.body, entry.body_en, more]
    organisation = entry.organisation
    return Document(
        id=key_of(entry),
        title=entry.title,
        body="\n".join(part for part in parts if part),
        kind=KINDS[type(entry)],
        language=entry.language,
        keywords=tuple(entry.keywords),
        field=entry.field,
        trl=entry.trl,
        region=entry.region or organisation.region,
        cooperation=frozenset(entry.cooperation),
        organisation=str(organisation.pk),
        group=str(organisation.group_id or ""),
    )


def to_rows(entries: Sequence[Entry]) -> list[Row]:
    """The passages of `entries` for the index, with their vectors."""
    by_key = {key_of(entry): entry for entry in entries}
    rows = matching.rows_of([to_document(entry, whole=False) for entry in entries])
    vectors = embedder().embed_passages([row.text for row in rows])
    return [
        Row(row.id, row.passage, " ".join(row.words), vector, _columns(by_key[row.id]))
        for row, vector in zip(rows, vectors, strict=True)
    ]


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "side": KINDS[type(entry)].value,
        "visibility": str(entry.visibility),
        "organisation": entry.organisation_id,
        "field": entry.field,
    }


class Catalogue:
    """Where a rebuild of the index takes its documents from: everything that may be matched.

    `read` is told how many documents each batch held.
    """

    def __init__(self, read: Callable[[int], None]) -> None:
        self._read = read

    def all(self) -> Iterator[list[Row]]:
        """Every open need and every offered technology, in batches."""
        for entries in (open_needs(), offered_technologies()):
            ordered = (
                entries.select_related("organisation").order_by("pk").iterator(chunk_size=BATCH)
            )
            while batch := list(islice(ordered, BATCH)):
                yield to_rows(batch)
                self._read(len(batch))

    def some(self, ids: Sequence[str]) -> list[Row]:
        """The passages of those of `ids` that may be matched now."""
        return to_rows(list(entries_of(ids).values()))


def entries_of(keys: Iterable[str]) -> dict[str, Entry]:
    """The needs and technologies behind keys of the index, as far as they may be matched now."""
    keys = list(keys)
    numbers = {side: [int(key[1:]) for key in keys if key[0] == side] for side in "NT"}
    needs = open_needs().filter(pk__in=numbers["N"])
    technologies = offered_technologies().filter(pk__in=numbers["T"])
    entries = [*needs.select_related("organisation"), *technologies.select_related("organisation")]
    return {key_of(entry): entry for entry in entries}


def find_many(
    queries: Sequence[matching.Query], where: Where, limit: int
) -> list[list[matching.Hit]]:
    """The candidates of many queries at once, each by its own words and by their translation."""
    asked = [searchindex.Query(query.words, query.vector, query.translated) for query in queries]
    return index().search_many(asked, where=where, limit=limit)


def to_evidence(
    query: Document, candidate: Document, suggestion: matching.Suggestion
) -> dict[str, Any]:
    """What stands behind a suggestion, as plain values with the texts it speaks of.

    `passage_in` has, by language, what an entry with a pair in another language answers there.
    """
    reasons = matching.explain(query, candidate, suggestion, lexicon())
    evidence: dict[str, Any] = {
        "reasons": [
            {"code": reason.code.value, "effect": reason.effect, "arguments": _plain(reason)}
            for reason in reasons
            if reason.code not in PASSAGES
        ],
        "facets": {facet.value: value for facet, value in suggestion.facets.items()},
    }
    words = [
        word
        for reason in reasons
        if reason.code in (Code.WORDS_SHARED, Code.WORDS_TRANSLATED)
        for name in ("words", "names")
        for word in reason.arguments.get(name, ())
    ]
    for reason in reasons:
        if reason.code in PASSAGES:
            places = reason.arguments
            evidence["passage"] = _quote(candidate.text, places["start"], places["end"], words)
            evidence["need_part"] = _quote(
                query.text, places["asked_start"], places["asked_end"], words
            )
            said_in = matching.language_of(evidence["passage"]["text"])
            evidence["passage_in"] = {
                language: _marked(_quote(candidate.text, *place, words), query.text)
                for language in Language.values
                if language != said_in
                and (place := matching.answer_in(language, query, candidate, lexicon()))
            }
    return evidence


def _marked(quote: dict[str, Any], asked: str) -> dict[str, Any]:
    """A quote in the other language than what was asked: marked by what it is called there."""
    marks = quote["marks"] or [list(m) for m in matching.mark(quote["text"], asked, lexicon())]
    return quote | {"marks": marks}


def _plain(reason: Reason) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in reason.arguments.items()
    }


def _quote(text: str, start: int, end: int, words: Sequence[str]) -> dict[str, Any]:
    """A part of a text, with the places of `words` in it, and dots where a sentence was cut."""
    before, after = text[:start].rstrip(" "), text[end:].lstrip(" ")
    part = text[start:end][:QUOTED]
    if before and before[-1] not in SENTENCE_ENDS and part[:1] not in BULLETS:
        part = f"… {part}"
    if after and after[0] not in f"\n{BULLETS}" and part[-1:] not in SENTENCE_ENDS:
        part = f"{part} …"
    marks: list[list[int]] = []
    for word in sorted(words, key=len, reverse=True):
        at = part.lower().find(word.lower())
        if at >= 0 and all(at >= e or at + len(word) <= s for s, e in marks):
            marks.append([at, at + len(word)])
    return {"text": part, "marks": sorted(marks)}
