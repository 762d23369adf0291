from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

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


class Hit(NamedTuple):
    """One document, found by words, by their translation, by vector or by several of them.

    `lexical` and `translated` are BM25 scores of the document, None when unknown; `dense` is the
    cosine of its best passage, None when unknown; `passage` is the number of that passage.
    """

    id: str
    lexical: float | None
    translated: float | None
    dense: float | None
    passage: int


class SearchIndex(Protocol):
    """Finds candidates among passages: `limit` by words, by their translation and by vector each.

    `where` filters before the search, never after it.
    """

    def search(
        self,
        *,
        words: Sequence[str],
        translated: Sequence[str] = (),
        vector: NDArray[np.float32] | None,
        where: str | None,
        limit: int,
    ) -> list[Hit]: ...
