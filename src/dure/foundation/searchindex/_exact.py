"""Many queries against all passages at once, by plain matrix products."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from lancedb.table import Table
from numpy.typing import NDArray

from dure.foundation.searchindex._filters import Where
from dure.foundation.searchindex._table import Dense, matrix

# Passages compared at a time: with a thousand queries, scores of 80 MB.
_BLOCK = 20_000


@dataclass(frozen=True, slots=True)
class _Block:
    """Passages sorted by document; document number i has those from `bounds[i]` on."""

    documents: list[str]
    bounds: list[int]
    passages: list[int]
    vectors: NDArray[np.float32]

    def best_passage(self, document: int, scores: NDArray[np.float32]) -> Dense:
        start, end = self.bounds[document : document + 2]
        at = start if end - start == 1 else start + int(scores[start:end].argmax())
        return Dense(float(scores[at]), self.passages[at])


def find_near_many(
    table: Table,
    vectors: NDArray[np.float32],
    also: Sequence[Sequence[str]],
    where: Where | None,
    limit: int,
) -> list[dict[str, Dense]]:
    """For each query vector the `limit` nearest documents, and those of `also` in the same place.

    Exact. Costs queries x passages x dimension multiplications, and the memory of one block.
    """
    found: list[dict[str, Dense]] = [{} for _ in vectors]
    for block in _blocks(table, where):
        number = {document: i for i, document in enumerate(block.documents)}
        scores = vectors @ block.vectors.T
        best = np.maximum.reduceat(scores, block.bounds[:-1], axis=1)
        top = np.argpartition(-best, min(limit, best.shape[1]) - 1, axis=1)[:, :limit]
        for query, documents in enumerate(top):
            wanted = {*documents.tolist(), *(number[id_] for id_ in also[query] if id_ in number)}
            for document in wanted:
                _keep(
                    found[query],
                    block.documents[document],
                    block.best_passage(document, scores[query]),
                )
    return [_nearest(candidates, limit, kept) for candidates, kept in zip(found, also, strict=True)]


def _keep(found: dict[str, Dense], document: str, dense: Dense) -> None:
    """A document may be cut in two by the edge of a block."""
    if document not in found or found[document].cosine < dense.cosine:
        found[document] = dense


def _nearest(found: dict[str, Dense], limit: int, also: Sequence[str]) -> dict[str, Dense]:
    nearest = sorted(found, key=lambda document: (-found[document].cosine, document))[:limit]
    return {document: found[document] for document in {*nearest, *also} if document in found}


def _blocks(table: Table, where: Where | None) -> Iterator[_Block]:
    query = table.search().select(["id", "passage", "vector"])
    if where is not None:
        query = query.where(where)
    waiting: list[pa.RecordBatch] = []
    for batch in query.to_batches(batch_size=_BLOCK):
        waiting.append(batch)
        if sum(part.num_rows for part in waiting) >= _BLOCK:
            yield _block(pa.Table.from_batches(waiting))
            waiting = []
    if sum(part.num_rows for part in waiting):
        yield _block(pa.Table.from_batches(waiting))


def _block(rows: pa.Table) -> _Block:
    rows = rows.sort_by([("id", "ascending")])
    documents, starts = np.unique(
        rows["id"].to_numpy(zero_copy_only=False).astype(object), return_index=True
    )
    vectors = matrix(rows["vector"])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    bounds = [*starts.tolist(), len(rows)]
    return _Block(documents.tolist(), bounds, rows["passage"].to_pylist(), vectors)
