"""An embedder that needs no model: hashed words. For examples and tests, and where words do."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dure.engines.matching._analysis import analyse_all


class HashedWords:
    """Counts the terms of a text in a fixed number of buckets (feature hashing)."""

    model_id = "hashed-words/1"

    def __init__(self, dimension: int = 256) -> None:
        self.dimension = dimension

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        vectors[:, 0] = 1e-6  # a text without words still has a direction
        for row, terms in enumerate(analyse_all(texts)):
            for term in terms:
                vectors[row, zlib.crc32(term.encode()) % self.dimension] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / lengths
        return unit
