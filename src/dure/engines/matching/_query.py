"""From documents to what is indexed, and from a query to what is searched for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dure.engines.matching._analysis import analyse_all
from dure.engines.matching._coverage import Concept, concepts
from dure.engines.matching._language import language_of
from dure.engines.matching._lexicon import Lexicon
from dure.engines.matching._memory import Row
from dure.engines.matching._model import Document
from dure.engines.matching._passages import passages
from dure.engines.matching._ports import Embedder, Hit, SearchIndex

CANDIDATES = 200
"""Documents taken from each search; measured: more change nothing among the first ten."""


@dataclass(frozen=True, slots=True)
class Query:
    """A document read for searching: its own words, their names in the other language, and what
    it asks for, concept by concept.
    """

    document: Document
    language: str
    words: tuple[str, ...]
    translated: tuple[str, ...]
    vector: NDArray[np.float32]
    asked: tuple[Concept, ...] = ()


def rows_of(documents: Sequence[Document]) -> list[Row]:
    """Return the rows to index; their texts are to be embedded as passages."""
    words = analyse_all([document.text for document in documents])
    return [
        Row(document.id, number, words[place] if number == 0 else (), document.text[start:end])
        for place, document in enumerate(documents)
        for number, (start, end) in enumerate(passages(document.text) or ((0, 0),))
    ]


def read_all(documents: Sequence[Document], lexicon: Lexicon, embedder: Embedder) -> list[Query]:
    """Read documents as queries.

    The vector of a long text is the mean of its passages: what it says throughout counts, and
    nothing is cut off at the model's limit.
    """
    texts = [document.text for document in documents]
    vectors = _meanings(texts, embedder)
    words = analyse_all(texts)
    return [
        Query(
            document,
            spoken(document),
            terms or tuple(text.lower().split()),
            _translated(text, lexicon),
            vector,
            concepts(text, lexicon),
        )
        for document, text, terms, vector in zip(documents, texts, words, vectors, strict=True)
    ]


def ask(
    document: Document,
    lexicon: Lexicon,
    embedder: Embedder,
    index: SearchIndex,
    *,
    where: str | None = None,
    limit: int = CANDIDATES,
) -> tuple[Query, list[Hit]]:
    """Read one document as a query and find its candidates."""
    [query] = read_all([document], lexicon, embedder)
    return query, find(query, index, where=where, limit=limit)


def find(
    query: Query, index: SearchIndex, *, where: str | None = None, limit: int = CANDIDATES
) -> list[Hit]:
    """Return the candidates for `query`: by its own words, by their translation, by meaning."""
    return index.search(
        words=query.words,
        translated=query.translated,
        vector=query.vector,
        where=where,
        limit=limit,
    )


def spoken(document: Document) -> str:
    """Return the language that a document says it is in, or else the one of its script."""
    return document.language or language_of(document.text)


def _translated(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    names = dict.fromkeys(
        name for translation in lexicon.translations(text) for name in translation.names
    )
    return tuple(dict.fromkeys(term for terms in analyse_all([*names]) for term in terms))


def _meanings(texts: Sequence[str], embedder: Embedder) -> list[NDArray[np.float32]]:
    parts = [[text[start:end] for start, end in passages(text)] or [""] for text in texts]
    vectors = iter(embedder.embed_queries([part for several in parts for part in several]))
    return [_mean([next(vectors) for _ in several]) for several in parts]


def _mean(vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    total = np.sum(vectors, axis=0)
    unit: NDArray[np.float32] = total / max(float(np.linalg.norm(total)), 1e-12)
    return unit
