"""The decision: which candidates come first, and how strong each one is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappush, heappushpop
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from dure.engines.matching._bars import ExcludedPairs, bar_between
from dure.engines.matching._coverage import coverage, terms_in
from dure.engines.matching._facets import stated, structure
from dure.engines.matching._likelihood import MOST, Signs, lead, strength_of
from dure.engines.matching._model import Document, Facet, Strength, Suggestion
from dure.engines.matching._ports import Hit
from dure.engines.matching._query import Query, spoken


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each facet counts, in standard deviations of the meaning of the candidates.

    The first four are fitted (`make bench-matching` reports them); the rest is policy, small
    enough never to lift a text that answers nothing. `words` counts for a query of up to a hundred
    terms and grows with its length, at most `growth` times: the more words, the surer their
    evidence, while the meaning of a page blurs in one vector.
    """

    words: float = 3.0
    growth: float = 2.5
    words_across: float = 0.5
    translation: float = 5.0
    keywords: float = 0.3
    field: float = 0.4
    readiness: float = 0.3
    region: float = 0.1
    cooperation: float = 0.2


FITTED = Weights()

_ORDER = {strength: place for place, strength in enumerate(Strength)}

_SHORT = 100
"""Terms of a query (syllable pairs among them) up to which its words weigh the same."""

_ROUNDED = 1e-5
"""More than rounding a score can change."""

_DEPTH = 11
"""First places that a candidate's score is compared with."""

_COMPARED = 6
"""First places whose words are read, to compare how much of the query each speaks of."""

_ENOUGH = 6.5
"""Root of the number of candidates from which the strengths hold as they were fitted. Among fewer
nothing can stand out as far, so that the little it does counts more."""


def rank(
    query: Query,
    hits: Sequence[Hit],
    candidates: Mapping[str, Document],
    *,
    excluded: ExcludedPairs = frozenset(),
    weights: Weights = FITTED,
    top: int = 10,
) -> tuple[Suggestion, ...]:
    """Return the best `top` of the candidates that were found, best first.

    `candidates` holds the documents by id; one that is missing there (deleted, or not for this
    reader) is left out, and so is every excluded pair, before anything is scored. Stronger ones
    stand before weaker ones, equally strong ones by score, equal scores by id.
    """
    scored = _scored(query, hits, candidates, excluded, weights, max(top, _DEPTH))
    suggestions = [
        Suggestion(
            candidate.hit.id,
            0,
            strength_of(signs, is_first=number == 0),
            candidate.score,
            MappingProxyType(dict(candidate.facets)),
            candidate.hit.passage,
        )
        for number, (candidate, signs) in enumerate(
            zip(scored.best[:top], _signs(query, scored, candidates, top), strict=True)
        )
    ]
    suggestions.sort(
        key=lambda suggestion: _ORDER[suggestion.strength]
    )  # never a weak one before a partial
    return tuple(
        replace(suggestion, rank=number) for number, suggestion in enumerate(suggestions, 1)
    )


def signs(
    query: Query, hits: Sequence[Hit], candidates: Mapping[str, Document], *, top: int = 1
) -> list[tuple[str, Signs]]:
    """Return the best `top` by score alone, each with what speaks for it: for fitting."""
    scored = _scored(query, hits, candidates, frozenset(), FITTED, max(top, _DEPTH))
    ids = [candidate.hit.id for candidate in scored.best[:top]]
    return list(zip(ids, _signs(query, scored, candidates, top), strict=True))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One candidate with its place among all, its score and the facets that are known."""

    hit: Hit
    place: int
    score: float
    facets: Mapping[Facet, float]


@dataclass(frozen=True, slots=True)
class _Scored:
    """All candidates that may be suggested, and the best of them in order."""

    hits: Sequence[Hit]
    languages: NDArray[np.str_]
    best: Sequence[_Candidate]


def _scored(
    query: Query,
    hits: Sequence[Hit],
    candidates: Mapping[str, Document],
    excluded: ExcludedPairs,
    weights: Weights,
    top: int,
) -> _Scored:
    allowed = [
        hit
        for hit in hits
        if hit.id in candidates
        and bar_between(query.document, candidates[hit.id], excluded) is None
    ]
    allowed.sort(key=lambda hit: hit.id)
    languages = np.array([spoken(candidates[hit.id]) for hit in allowed])
    texts = _text_facets(allowed, languages)
    by_text = _text_scores(query, texts, languages, weights)
    weight = _structure_weights(weights)
    most = sum(abs(weight[facet]) for facet in stated(query.document)) + _ROUNDED
    scored: list[_Candidate] = []
    best: list[float] = []
    for place in np.argsort(-by_text, kind="stable"):
        if best and len(best) == top and by_text[place] + most < best[0]:
            break  # whatever is known of the rest cannot lift it so far
        hit = allowed[place]
        known = structure(query.document, candidates[hit.id])
        by_structure = sum(weight[facet] * value for facet, value in known.items())
        score = round(float(by_text[place]) + by_structure, 6)
        by_facet = {facet: round(float(values[place]), 6) for facet, values in texts.items()}
        scored.append(_Candidate(hit, int(place), score, by_facet | known))
        (heappush if len(best) < top else heappushpop)(best, score)
    scored.sort(key=lambda candidate: (-candidate.score, candidate.hit.id))
    return _Scored(allowed, languages, scored)


def _text_facets(
    hits: Sequence[Hit], languages: NDArray[np.str_]
) -> dict[Facet, NDArray[np.float64]]:
    """Words as a share of the best candidate's, meaning in standard deviations."""
    return {
        Facet.WORDS: _share_of_best([hit.lexical for hit in hits]),
        Facet.TRANSLATION: _share_of_best([hit.translated for hit in hits]),
        Facet.MEANING: _standing_out([hit.dense for hit in hits], languages),
    }


def _signs(
    query: Query, scored: _Scored, candidates: Mapping[str, Document], top: int
) -> list[Signs]:
    """How far each of the first `top` stands out."""
    hits, languages = scored.hits, scored.languages
    words = [
        (hit.lexical if language == query.language else hit.translated) or 0.0
        for hit, language in zip(hits, languages, strict=True)
    ]
    few = min(1.0, max(1.0, (len(hits) - 1) ** 0.5) / _ENOUGH) if hits else 1.0
    roles = _standing_out(words, languages) / few
    cosines = np.array([hit.dense or 0.0 for hit in hits]) * 100
    first = scored.best[: max(top, _COMPARED)]
    covered = [
        coverage(query.asked, terms_in(candidates[candidate.hit.id].text)) for candidate in first
    ]
    after = [candidate.score for candidate in scored.best[1:_DEPTH]]
    usual = sum(after) / len(after) if after else 0.0
    signs = []
    for number, candidate in enumerate(scored.best[:top]):
        alike = np.flatnonzero(languages == languages[candidate.place])
        signs.append(
            Signs(
                words=float(roles[candidate.place]),
                coverage=covered[number],
                coverage_lead=lead(covered, number),
                meaning_lead=lead(
                    cosines[alike].tolist(), int(np.searchsorted(alike, candidate.place))
                ),
                ahead=min(MOST, candidate.score - usual) if after else 0.0,
            )
        )
    return signs


def _share_of_best(scores: Sequence[float | None]) -> NDArray[np.float64]:
    values = np.array([score or 0.0 for score in scores], np.float64)
    return values / max(float(values.max(initial=0.0)), 1e-9)


def _standing_out(
    cosines: Sequence[float | None], languages: NDArray[np.str_]
) -> NDArray[np.float64]:
    """Standard scores, within each language: a model likes its query's own language better."""
    values = np.array([np.nan if cosine is None else cosine for cosine in cosines], np.float64)
    result = np.zeros(len(values))
    for language in set(languages.tolist()):
        members = languages == language
        known = members & ~np.isnan(values)
        if known.any():
            spread = max(float(values[known].std()), 0.01)
            result[known] = (values[known] - values[known].mean()) / spread
            result[members & ~known] = result[known].min()
    return result


def _text_scores(
    query: Query,
    texts: Mapping[Facet, NDArray[np.float64]],
    languages: NDArray[np.str_],
    weights: Weights,
) -> NDArray[np.float64]:
    """Add up words, translation and meaning; what counts depends on the two languages."""
    growth = min(weights.growth, max(1.0, len(query.words) / _SHORT))
    same = languages == query.language
    words = np.where(same, weights.words * growth, weights.words_across)
    translation = np.where(same, 0.0, weights.translation)
    scores: NDArray[np.float64] = (
        words * texts[Facet.WORDS] + translation * texts[Facet.TRANSLATION] + texts[Facet.MEANING]
    )
    return scores


def _structure_weights(weights: Weights) -> Mapping[Facet, float]:
    return {
        Facet.KEYWORDS: weights.keywords,
        Facet.FIELD: weights.field,
        Facet.READINESS: weights.readiness,
        Facet.REGION: weights.region,
        Facet.COOPERATION: weights.cooperation,
    }
