"""One generation: a Lance table of passages, its indexes, and the two ways to look into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from lancedb.index import FTS, Bitmap, BTree, IvfRq, LabelList
from lancedb.query import MatchQuery
from lancedb.table import Table
from numpy.typing import NDArray

from dure.foundation.searchindex._filters import Where, all_of, at_least, one_of
from dure.foundation.searchindex._rows import Kind
from dure.foundation.searchindex._words import WordCount

# Below, Lance compares the query with every vector: exact, and as fast as an index.
ANN_FROM = 20_000

# RaBitQ codes of four bits a number in partitions of 4096 passages, then the true distances of
# twice as many candidates as asked for, and of 400 at least. Measured on 100,000 technologies:
# codes of one bit find 0.68 of the 200 nearest at the same cost where these find all, small
# partitions lose recall and take longer to build, and product quantisation takes minutes to build.
_PARTITION = 4096
_BITS = 4
_PROBES = 40
_REFINE = 2
_REFINE_AT_LEAST = 400

# A filter that leaves this few passages is answered exactly, index or not.
_EXACT_UP_TO = 5_000

# Text columns with more distinct values than this get a B-tree, the others a bitmap.
_BITMAP_UP_TO = 1_000

# Old versions of the table stay this long, so that a search under way can end.
_KEEP_VERSIONS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Lexical:
    """A document found by words; `vector`, where asked for, is that of passage 0 of `passages`."""

    score: float
    passages: int
    vector: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True)
class Dense:
    """The best passage of a document and its cosine."""

    cosine: float
    passage: int


def replace(table: Table, rows: pa.Table) -> None:
    """Put `rows` in the place of whatever the table holds of the same documents."""
    ids = rows["id"].to_pylist()
    counts: dict[int, set[str]] = {}
    for document, count in zip(ids, rows["passages"].to_pylist(), strict=True):
        counts.setdefault(count, set()).add(document)
    # What the new text no longer has goes first: a passage must never outlive a change of who
    # may see it.
    for count, documents in counts.items():
        table.delete(all_of(one_of("id", documents), at_least("passage", count)))
    merge = table.merge_insert(["id", "passage"])
    merge.when_matched_update_all().when_not_matched_insert_all().execute(rows)


def build_indexes(table: Table, columns: Mapping[str, Kind]) -> None:
    table.create_index(
        "words",
        config=FTS(
            base_tokenizer="whitespace",
            lower_case=False,
            stem=False,
            remove_stop_words=False,
            ascii_folding=False,
            max_token_length=None,
        ),
    )
    table.create_index("id", config=BTree())
    for name, kind in columns.items():
        table.create_index(name, config=_scalar_index(table, name, kind))
    if table.count_rows() >= ANN_FROM:
        _build_ann(table)


def tidy(table: Table) -> None:
    """Merge small files and bring every index up to date."""
    table.optimize(cleanup_older_than=_KEEP_VERSIONS)
    if table.count_rows() >= ANN_FROM and "vector_idx" not in _indexes(table):
        _build_ann(table)


def count_words(table: Table) -> WordCount:
    words = WordCount()
    for batch in table.search().where("words IS NOT NULL").select(["words"]).to_batches():
        words.add(batch.column("words").to_pylist())
    return words


def unindexed(table: Table) -> int:
    """Passages that no word index covers yet; they are found, but only by reading them."""
    return table.index_stats("words_idx").num_unindexed_rows


def find_words(
    table: Table, words: Sequence[str], where: Where | None, limit: int, *, with_vectors: bool
) -> dict[str, Lexical]:
    query = table.search(MatchQuery(" ".join(words), "words"), query_type="fts")
    if where is not None:
        query = query.where(where, prefilter=True)
    columns = ["id", "_score", "passages", *(["vector"] if with_vectors else [])]
    found = query.select(columns).limit(limit).to_arrow()
    vectors = matrix(found["vector"]) if with_vectors else [None] * len(found)
    read = (found[name].to_pylist() for name in columns[:3])
    return {
        document: Lexical(score, passages, vector)
        for document, score, passages, vector in zip(*read, vectors, strict=True)
    }


def find_near(
    table: Table,
    vector: NDArray[np.float32],
    where: Where | None,
    limit: int,
    passages_per_document: float,
) -> dict[str, Dense]:
    """The `limit` documents with the nearest passage.

    Several passages of one document may crowd out others, so this asks for more until enough
    documents are there.
    """
    exact = where is not None and table.count_rows(where) <= _EXACT_UP_TO
    wanted = ceil(limit * passages_per_document)
    while True:
        found = _nearest(table, vector, where, wanted, exact)
        if len(found) < wanted or len(best := _best_passages(found)) >= limit:
            break
        wanted *= 2
    best = _best_passages(found)
    return dict(list(best.items())[:limit])


def look_up(
    table: Table, vector: NDArray[np.float32], documents: Mapping[str, int]
) -> dict[str, Dense]:
    """The best passage of each of `documents`, given with their numbers of passages."""
    if not documents:
        return {}
    where = one_of("id", documents)
    return _best_passages(_nearest(table, vector, where, sum(documents.values()), exact=True))


def matrix(column: pa.ChunkedArray | pa.Array) -> NDArray[np.float32]:
    """A column of vectors as rows of single precision."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    numbers = array.flatten().to_numpy(zero_copy_only=False).astype(np.float32)
    return numbers.reshape(len(array), array.type.list_size)


def _nearest(
    table: Table, vector: NDArray[np.float32], where: Where | None, limit: int, exact: bool
) -> pa.Table:
    query = table.search(vector, vector_column_name="vector").distance_type("cosine")
    if where is not None:
        query = query.where(where, prefilter=True)
    if exact:
        query = query.bypass_vector_index()
    else:
        refine = max(_REFINE, ceil(_REFINE_AT_LEAST / limit))
        query = query.nprobes(_PROBES).refine_factor(refine)
    return query.select(["id", "passage", "_distance"]).limit(limit).to_arrow()


def _best_passages(found: pa.Table) -> dict[str, Dense]:
    best: dict[str, Dense] = {}
    columns = (found[name].to_pylist() for name in ("id", "_distance", "passage"))
    for document, distance, passage in zip(*columns, strict=True):
        if document not in best:  # nearest first
            best[document] = Dense(1.0 - distance, passage)
    return best


def _scalar_index(table: Table, name: str, kind: Kind) -> BTree | Bitmap | LabelList:
    if kind is Kind.TEXTS:
        return LabelList()
    if kind is Kind.NUMBER:
        return BTree()
    seen: set[str | None] = set()
    for batch in table.search().select([name]).to_batches():
        seen.update(pc.unique(batch.column(name)).to_pylist())
        if len(seen) > _BITMAP_UP_TO:
            return BTree()
    return Bitmap()


def _build_ann(table: Table) -> None:
    partitions = max(1, table.count_rows() // _PARTITION)
    config = IvfRq(distance_type="cosine", num_partitions=partitions, num_bits=_BITS)
    table.create_index("vector", config=config)


def _indexes(table: Table) -> set[str]:
    return {index.name for index in table.list_indices()}
