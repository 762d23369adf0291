"""Who fits a wish, best first, with reasons in words: the matching engine over a few profiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from dure.engines import matching
from dure.foundation import lookup
from dure.foundation.vocabularies import match_reasons


@dataclass(frozen=True, slots=True)
class Fit:
    """A document that fits: its id, how strongly, and why, as sentences in both languages."""

    id: str
    strength: str
    strength_name: str
    reasons: tuple[dict[str, Any], ...]


def fits_for(
    asked: matching.Document, documents: Mapping[str, matching.Document], top: int
) -> list[Fit]:
    """The `top` of the documents, by their ids, for what is asked."""
    if not documents:
        return []
    rows = matching.rows_of(list(documents.values()))
    embedder, lexicon = lookup.embedder(), lookup.lexicon()
    index = matching.MemoryIndex(rows, embedder.embed_passages([row.text for row in rows]))
    query, hits = matching.ask(asked, lexicon, embedder, index)
    ranked = matching.rank(query, hits, documents, top=top)
    return [_fit(asked, documents[suggestion.id], suggestion, lexicon) for suggestion in ranked]


def _fit(
    asked: matching.Document,
    document: matching.Document,
    suggestion: matching.Suggestion,
    lexicon: matching.Lexicon,
) -> Fit:
    reasons = tuple(
        {
            "effect": reason.effect,
            "text": {
                language: match_reasons.sentence(reason, asked, document, language)
                for language in ("ko", "en")
            },
        }
        for reason in matching.explain(asked, document, suggestion, lexicon)
    )
    name = match_reasons.strength_name(suggestion.strength, get_language())
    return Fit(document.id, suggestion.strength.value, name, reasons)
