from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """Turns texts into vectors; rows are float32 and have length 1.

    `model_id` changes whenever the vectors would change, so an index can refuse to mix models.
    """

    model_id: str
    dimension: int

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]: ...

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """One document, found by words, by vector or by both.

    `lexical` is the BM25 score of the document, None when it is not among the lexical
    candidates; `dense` is the cosine of its best passage, None when unknown; `passage` is the
    number of that passage.
    """

    id: str
    lexical: float | None
    dense: float | None
    passage: int


class SearchIndex(Protocol):
    """Finds candidates among passages; `where` filters before the search, never after it."""

    def search(
        self,
        *,
        words: Sequence[str],
        vector: NDArray[np.float32] | None,
        where: str | None,
        limit: int,
    ) -> list[Hit]: ...
