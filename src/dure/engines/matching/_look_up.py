"""Search: what was found for a few words, the fitting apart from the merely close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dure.engines.matching._coverage import concepts, coverage, places_of, terms_in
from dure.engines.matching._lexicon import Lexicon
from dure.engines.matching._model import Document, Strength, Suggestion
from dure.engines.matching._ports import Hit
from dure.engines.matching._query import Query
from dure.engines.matching._rank import rank

_READ = 60
"""Candidates whose texts are read word by word; those further down the ranking rarely fit."""

_TEXT, _TITLE = 6.0, 2.0
"""What the whole query standing in a text, and in a title, adds to the score of the ranking."""

_TOLD, _CLOSE = 4, 10
"""Concepts from which a query describes something, and close ones shown of what it describes."""

_WHOLE, _HALF, _SOME = 0.55, 0.4, 0.25
"""Parts of a query that a text speaks of: enough alone, enough beside a near meaning, a trace."""


class Nearness(StrEnum):
    """Whether a text speaks of what was searched for, or only of something like it."""

    FITTING = "FITTING"
    CLOSE = "CLOSE"


@dataclass(frozen=True, slots=True)
class Found:
    """One text that a search found; `coverage` is the part of the query it speaks of, `score` only
    orders what is equally near."""

    id: str
    nearness: Nearness
    coverage: float
    score: float


def look_up(
    query: Query, hits: Sequence[Hit], candidates: Mapping[str, Document]
) -> tuple[Found, ...]:
    """Return what a search shows of the hits, best first: the fitting, then the close.

    A few words are looked for literally too: the order of `rank` is moved by how much of them each
    text speaks of, and what has neither enough of them nor stands out by meaning is left out. Of a
    longer text the order is that of `rank`.
    """
    ranked = [
        (suggestion, coverage(query.asked, terms_in(candidates[suggestion.id].text)))
        for suggestion in rank(query, hits, candidates, top=_READ)
    ]
    if len(query.asked) >= _TOLD:
        return _described(ranked)
    scored: list[Found] = []
    for suggestion, covered in ranked:
        titled = coverage(query.asked, terms_in(candidates[suggestion.id].title))
        if (nearness := _nearness(covered, suggestion)) is not None:
            score = suggestion.score + _TEXT * covered + _TITLE * titled
            scored.append(Found(suggestion.id, nearness, covered, score))
    return tuple(sorted(scored, key=lambda find: (find.nearness is Nearness.CLOSE, -find.score)))


def _described(ranked: Sequence[tuple[Suggestion, float]]) -> tuple[Found, ...]:
    """The ranking as it is: fitting down to the first that is not, then ten close ones at most."""
    fits = [
        covered >= _HALF or suggestion.strength is not Strength.WEAK
        for suggestion, covered in ranked
    ]
    fitting = fits.index(False) if False in fits else len(fits)
    return tuple(
        Found(
            suggestion.id,
            Nearness.FITTING if number < fitting else Nearness.CLOSE,
            covered,
            suggestion.score,
        )
        for number, (suggestion, covered) in enumerate(ranked[: fitting + _CLOSE])
    )


def mark(text: str, searched: str, lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    """Return the places in `text` where what was searched for stands, in either language."""
    return places_of(concepts(searched, lexicon), text)


def _nearness(covered: float, suggestion: Suggestion) -> Nearness | None:
    is_near = suggestion.strength is not Strength.WEAK
    if covered >= _WHOLE or suggestion.strength.answers or (covered >= _HALF and is_near):
        return Nearness.FITTING
    return Nearness.CLOSE if covered >= _SOME or (is_near and covered) else None
