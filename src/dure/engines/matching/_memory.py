"""An exact search index in memory, for files and for measuring."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy  # it loads its parts when they are first used; most processes never do
from numpy.typing import NDArray

from dure.engines.matching._ports import Hit

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_SATURATION, _LENGTH = 1.5, 0.75
"""k1 and b of BM25 (Robertson and Zaragoza, 2009, "The Probabilistic Relevance Framework")."""


@dataclass(frozen=True, slots=True)
class Row:
    """A passage to be indexed; the words of the whole document stand on passage 0."""

    id: str
    passage: int
    words: tuple[str, ...]
    text: str


class MemoryIndex:
    """BM25 and cosine over all rows; the same answer on every run, ties go to the smaller id."""

    def __init__(self, rows: Sequence[Row], vectors: NDArray[np.float32]) -> None:
        order = sorted(range(len(rows)), key=lambda place: (rows[place].id, rows[place].passage))
        rows = [rows[place] for place in order]
        self._vectors = vectors[order]
        self._starts = [n for n, row in enumerate(rows) if n == 0 or row.id != rows[n - 1].id]
        self._ids = [rows[start].id for start in self._starts]
        self._passages = [row.passage for row in rows]
        self._columns: dict[str, int] = {}
        self._weights = self._bm25([rows[start].words for start in self._starts])

    def search(
        self,
        *,
        words: Sequence[str],
        translated: Sequence[str] = (),
        vector: NDArray[np.float32] | None,
        where: str | None,
        limit: int,
    ) -> list[Hit]:
        if where is not None:
            raise ValueError("the index in memory holds only what may be found: it has no filter")
        if not self._ids:
            return []
        own, across = self._lexical(words), self._lexical(translated)
        places = {*_best(own, limit, above=0.0), *_best(across, limit, above=0.0)}
        if vector is not None:
            cosines = self._vectors @ vector
            dense = np.maximum.reduceat(cosines, self._starts)
            places |= set(_best(dense, limit, above=-np.inf))
        return [
            Hit(
                self._ids[place],
                float(own[place]) if own[place] > 0 else None,
                float(across[place]) if across[place] > 0 else None,
                None if vector is None else float(dense[place]),
                0 if vector is None else self._best_passage(cosines, place),
            )
            for place in sorted(places)
        ]

    def _bm25(self, documents: Iterable[Sequence[str]]) -> "csr_matrix":
        counts = [Counter(words) for words in documents]
        lengths = np.array([count.total() for count in counts], np.float64)
        mean = lengths.mean() if lengths.any() else 1.0
        values, columns, ends = [], [], [0]
        for count, length in zip(counts, lengths, strict=True):
            fill = _SATURATION * (1 - _LENGTH + _LENGTH * length / mean)
            for word, times in count.items():
                columns.append(self._columns.setdefault(word, len(self._columns)))
                values.append(times * (_SATURATION + 1) / (times + fill))
            ends.append(len(columns))
        shape = (len(counts), len(self._columns))
        frequency = np.bincount(columns, minlength=shape[1]) if columns else np.zeros(shape[1])
        rarity = np.log1p((len(counts) - frequency + 0.5) / (frequency + 0.5))
        weighted = np.array(values) * rarity[columns] if columns else np.array(values)
        # One row per word, so that a query reads only the rows of its words.
        return scipy.sparse.csr_matrix((weighted, columns, ends), shape=shape).T.tocsr()

    def _lexical(self, words: Sequence[str]) -> NDArray[np.float64]:
        scores = np.zeros(len(self._ids))
        weights = self._weights
        for word, times in Counter(words).items():
            if (row := self._columns.get(word)) is not None:
                part = slice(weights.indptr[row], weights.indptr[row + 1])
                scores[weights.indices[part]] += times * weights.data[part]
        return scores

    def _best_passage(self, cosines: NDArray[np.float32], place: int) -> int:
        start = self._starts[place]
        end = self._starts[place + 1] if place + 1 < len(self._starts) else len(cosines)
        return self._passages[start + int(np.argmax(cosines[start:end]))]


def _best(scores: NDArray[np.floating], limit: int, above: float) -> list[int]:
    """Places of the `limit` highest scores; equal scores in the order of the documents."""
    places = np.arange(len(scores))
    if len(scores) > limit:
        places = np.flatnonzero(scores >= np.partition(scores, -limit)[-limit])
    order = places[np.argsort(-scores[places], kind="stable")][:limit]
    return [int(place) for place in order if scores[place] > above]
