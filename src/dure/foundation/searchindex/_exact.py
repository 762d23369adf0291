"""Many queries against all passages at once, by plain matrix products."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
from lancedb.table import Table
from numpy.typing import NDArray

from dure.foundation.searchindex._documents import Dense, Documents, nearest
from dure.foundation.searchindex._filters import Where

# Passages compared at a time: with a thousand queries, scores of 80 MB.
_BLOCK = 20_000


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
    best_of_query: list[dict[str, Dense]] = [{} for _ in vectors]
    for block in _blocks(table, where):
        number = {document: i for i, document in enumerate(block.ids)}
        scores = vectors @ block.vectors.T
        best = np.maximum.reduceat(scores, block.bounds[:-1], axis=1)
        last = max(best.shape[1] - limit, 0)
        least = np.partition(best, last, axis=1)[:, last]
        for query in range(len(vectors)):
            # Whoever is as near as the last one too: between them the id decides.
            near = np.flatnonzero(best[query] >= least[query]).tolist()
            wanted = {*near, *(number[id_] for id_ in also[query] if id_ in number)}
            for document in wanted:
                _keep(
                    best_of_query[query], block.ids[document], block.best(document, scores[query])
                )
    return [
        nearest(candidates, limit, kept)
        for candidates, kept in zip(best_of_query, also, strict=True)
    ]


def _keep(nearest: dict[str, Dense], document: str, dense: Dense) -> None:
    """A document may be cut in two by the edge of a block."""
    if document not in nearest or nearest[document].cosine < dense.cosine:
        nearest[document] = dense


def _blocks(table: Table, where: Where | None) -> Iterator[Documents]:
    query = table.search().select(["id", "passage", "vector"])
    if where is not None:
        query = query.where(where)
    waiting: list[pa.RecordBatch] = []
    for batch in query.to_batches(batch_size=_BLOCK):
        waiting.append(batch)
        if sum(part.num_rows for part in waiting) >= _BLOCK:
            yield Documents.of(pa.Table.from_batches(waiting))
            waiting = []
    if sum(part.num_rows for part in waiting):
        yield Documents.of(pa.Table.from_batches(waiting))
