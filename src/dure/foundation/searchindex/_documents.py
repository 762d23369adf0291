"""Whole documents and their passages, to be compared with a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


class Dense(NamedTuple):
    """The best passage of a document and its cosine."""

    cosine: float
    passage: int


@dataclass(frozen=True, slots=True)
class Documents:
    """Passages sorted by document; document number i has those from `bounds[i]` on.

    `vectors`, one row a passage, have length 1.
    """

    ids: list[str]
    bounds: list[int]
    passages: list[int]
    vectors: NDArray[np.float32]

    @classmethod
    def of(cls, rows: pa.Table) -> Documents:
        """Take rows with an id, a passage and a vector; the order does not matter."""
        rows = rows.sort_by([("id", "ascending")])
        ids, starts = np.unique(
            rows["id"].to_numpy(zero_copy_only=False).astype(object), return_index=True
        )
        bounds = [*starts.tolist(), len(rows)]
        vectors = of_length_one(matrix(rows["vector"]))
        return cls(ids.tolist(), bounds, rows["passage"].to_pylist(), vectors)

    def compared_with(self, vector: NDArray[np.float32]) -> dict[str, Dense]:
        """The best passage of every document for `vector`."""
        scores = self.vectors @ (vector / np.linalg.norm(vector))
        documents = np.repeat(np.arange(len(self.ids)), np.diff(self.bounds))
        best = np.lexsort((-scores, documents))[self.bounds[:-1]]
        passages = map(self.passages.__getitem__, best.tolist())
        return dict(zip(self.ids, map(Dense, scores[best].tolist(), passages), strict=True))

    def best(self, document: int, scores: NDArray[np.float32]) -> Dense:
        """The passage of a document with the highest of `scores`, which has one for each row."""
        start, end = self.bounds[document : document + 2]
        at = start if end - start == 1 else start + int(scores[start:end].argmax())
        return Dense(float(scores[at]), self.passages[at])


def nearest(
    nearest_by_document: Mapping[str, Dense], limit: int, also: Iterable[str]
) -> dict[str, Dense]:
    """The `limit` nearest of `found`, and those of `also` that are there."""
    first = sorted(
        nearest_by_document, key=lambda document: (-nearest_by_document[document].cosine, document)
    )[:limit]
    return {
        document: nearest_by_document[document]
        for document in {*first, *also}
        if document in nearest_by_document
    }


def matrix(column: pa.ChunkedArray) -> NDArray[np.float16]:
    """The vectors of a column as rows."""
    array = column.combine_chunks()
    numbers: NDArray[np.float16] = array.flatten().to_numpy(zero_copy_only=False)
    return numbers.reshape(len(array), array.type.list_size)


def of_length_one(vectors: NDArray[np.float16]) -> NDArray[np.float32]:
    """The vectors in single precision, as long as rounding to half precision found them."""
    exact = vectors.astype(np.float32)
    exact /= np.sqrt(np.einsum("ij,ij->i", exact, exact))[:, None]
    return exact
