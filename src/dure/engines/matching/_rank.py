"""The decision: which candidates come first, and how strong each one is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappush, heappushpop
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from dure.engines.matching._bars import Forbidden, bar_between
from dure.engines.matching._facets import stated, structure
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

_SHORT = 100
"""Terms of a query (syllable pairs among them) up to which its words weigh the same."""

_BOUNDS = ((Strength.STRONG, 8.5), (Strength.GOOD, 6.5), (Strength.PARTIAL, 4.5))
"""How far a candidate must stand out. Fitted on first places of the labelled data, half of them
with the right answer taken away: .93, .73 and .50 of those above each bound were right."""

_ROUNDED = 1e-5
"""More than rounding a score can change."""

_SHARE_OF_WORDS = 0.5
_ENOUGH = 6.5
"""Root of the number of candidates above which the bounds hold; among fewer, nothing can stand out
that far, and the bounds shrink with the root."""


def rank(
    query: Query,
    found: Sequence[Hit],
    candidates: Mapping[str, Document],
    *,
    forbidden: Forbidden = frozenset(),
    weights: Weights = FITTED,
    top: int = 10,
) -> tuple[Suggestion, ...]:
    """Return the best `top` of the candidates that were found, best first.

    `candidates` holds the documents by id; one that is missing there (deleted, or not for this
    reader) is left out, and so is every forbidden pair, before anything is scored. Equal scores
    are ordered by id.
    """
    allowed = [
        one
        for one in found
        if one.id in candidates
        and bar_between(query.document, candidates[one.id], forbidden) is None
    ]
    allowed.sort(key=lambda one: one.id)
    languages = np.array([spoken(candidates[one.id]) for one in allowed])
    texts = _text_facets(allowed, languages)
    by_text = _text_scores(query, texts, languages, weights)
    weight = _structure_weights(weights)
    most = sum(abs(weight[facet]) for facet in stated(query.document)) + _ROUNDED
    scored = []
    best: list[float] = []
    for place in np.argsort(-by_text, kind="stable"):
        if best and len(best) == top and by_text[place] + most < best[0]:
            break  # whatever is known of the rest cannot lift it so far
        one = allowed[place]
        known = structure(query.document, candidates[one.id])
        by_structure = sum(weight[facet] * value for facet, value in known.items())
        score = round(float(by_text[place]) + by_structure, 6)
        scored.append((-score, one.id, place, known))
        (heappush if len(best) < top else heappushpop)(best, score)
    scored.sort(key=lambda entry: entry[:2])
    strength_at = _strengths(query, allowed, languages)
    return tuple(
        Suggestion(
            id_,
            number,
            strength_at(place),
            -negative,
            MappingProxyType(
                {facet: round(float(values[place]), 6) for facet, values in texts.items()} | known
            ),
            allowed[place].passage,
        )
        for number, (negative, id_, place, known) in enumerate(scored[:top], 1)
    )


def _text_facets(
    found: Sequence[Hit], languages: NDArray[np.str_]
) -> dict[Facet, NDArray[np.float64]]:
    """Words as a share of the best candidate's, meaning in standard deviations."""
    return {
        Facet.WORDS: _share_of_best([one.lexical for one in found]),
        Facet.TRANSLATION: _share_of_best([one.translated for one in found]),
        Facet.MEANING: _standing_out([one.dense for one in found], languages),
    }


def _strengths(
    query: Query, found: Sequence[Hit], languages: NDArray[np.str_]
) -> Callable[[int], Strength]:
    """Say how far a candidate stands out, by meaning and by the words of its language."""
    words = [
        (one.lexical if language == query.language else one.translated) or 0.0
        for one, language in zip(found, languages, strict=True)
    ]
    standing = _standing_out([one.dense for one in found], languages)
    standing += _SHARE_OF_WORDS * _standing_out(words, languages)
    shrink = min(1.0, max(1.0, (len(found) - 1) ** 0.5) / _ENOUGH) if found else 1.0

    def strength_at(place: int) -> Strength:
        value = standing[place]
        return next((word for word, bound in _BOUNDS if value >= bound * shrink), Strength.WEAK)

    return strength_at


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
