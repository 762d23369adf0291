"""Pairs that must never be suggested. A bar is never a low score: it takes the pair out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dure.engines.matching._model import Document, Suggestion


class Bar(StrEnum):
    ITSELF = "ITSELF"
    SAME_ORGANISATION = "SAME_ORGANISATION"
    SAME_GROUP = "SAME_GROUP"
    GIVEN = "GIVEN"


ExcludedPairs = Collection[tuple[str, str]]
"""Ids (query, candidate) that the caller forbids: opted out, already in contract, barred."""


@dataclass(frozen=True, slots=True)
class Violation:
    bar: Bar
    query: str
    candidate: str


def bar_between(query: Document, candidate: Document, excluded: ExcludedPairs) -> Bar | None:
    """Return why `candidate` must not be suggested to `query`, or None if it may."""
    if (query.id, candidate.id) in excluded:
        return Bar.GIVEN
    if query.kind == candidate.kind and query.id == candidate.id:
        return Bar.ITSELF
    if query.organisation and query.organisation == candidate.organisation:
        return Bar.SAME_ORGANISATION
    if query.group and query.group == candidate.group:
        return Bar.SAME_GROUP
    return None


def check(
    query: Document,
    suggestions: Iterable[Suggestion],
    candidates: Mapping[str, Document],
    excluded: ExcludedPairs,
) -> tuple[Violation, ...]:
    """Return every suggestion that stands on a excluded pair; written without the ranking."""
    return tuple(
        Violation(bar, query.id, suggestion.id)
        for suggestion in suggestions
        if (bar := bar_between(query, candidates[suggestion.id], excluded))
    )
