"""One generation: a Lance table of passages, its indexes, and the two ways to look into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from lancedb.index import FTS, Bitmap, BTree, IvfRq, LabelList
from lancedb.query import MatchQuery
from lancedb.table import AsyncTable, Table
from numpy.typing import NDArray

from dure.foundation.searchindex._filters import Where, all_of, at_least, one_of
from dure.foundation.searchindex._rows import Kind
from dure.foundation.searchindex._words import WordCount

# Below, Lance compares the query with every vector: exact, and nearly as fast as an index (10,000
# passages take 24 ms, with an index 7).
ANN_FROM = 5_000

# RaBitQ codes of four bits a number in partitions of 4096 passages. Measured on 100,000
# technologies: codes of one bit find 0.68 of the 200 nearest at the same cost where these find all,
# small partitions lose recall and take longer to build, and product quantisation takes minutes.
_PARTITION = 4096
_BITS = 4
_PROBES = 40

_WORDS = "words_idx"

# Of a large table some partitions alone are looked into, and a filter may leave little in them; one
# that leaves this few passages is answered exactly.
_EXACT_UP_TO = 5_000

# Text columns with more distinct values than this get a B-tree, the others a bitmap.
_BITMAP_UP_TO = 1_000

# Old versions of the table stay this long, so that a search under way can end.
_KEEP_VERSIONS = timedelta(minutes=10)


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


def read_words(table: Table) -> None:
    """Read the word index into memory."""
    table.prewarm_index(_WORDS)  # type: ignore[attr-defined]  # remote tables alone lack it


def count_words(table: Table) -> WordCount:
    words = WordCount()
    for batch in table.search().where("words IS NOT NULL").select(["words"]).to_batches():
        words.add(batch.column("words").to_pylist())
    return words


def unindexed(table: Table) -> int:
    """Passages that no word index covers yet; they are found, but only by reading them."""
    covered = table.index_stats(_WORDS)
    return covered.num_unindexed_rows if covered else table.count_rows()


async def find_words(
    table: AsyncTable, words: Sequence[str], where: Where | None, limit: int
) -> dict[int, float]:
    """The rows of the `limit` documents that answer `words` best, with their scores."""
    asked = MatchQuery(" ".join(words), "words")  # type: ignore[call-arg]  # pydantic's defaults
    query = table.query().nearest_to_text(asked)
    if where is not None:
        query = query.where(where)
    hits = await query.select(["_score"]).with_row_id().limit(limit).to_arrow()
    return dict(zip(hits["_rowid"].to_pylist(), hits["_score"].to_pylist(), strict=True))


async def find_near(
    table: AsyncTable, vector: NDArray[np.float32], where: Where | None, limit: int, stored: int
) -> list[int]:
    """The rows of the `limit` passages nearest to `vector`, as near as the index can tell.

    `stored` says about how many passages there are.
    """
    query = table.query().nearest_to(vector).column("vector").distance_type("cosine")
    if where is not None:
        query = query.where(where)
    looks_everywhere = stored <= _PROBES * _PARTITION
    if where and not looks_everywhere and await table.count_rows(where) <= _EXACT_UP_TO:
        query = query.bypass_vector_index()
    else:
        query = query.nprobes(_PROBES)
    hits = await query.select(["_distance"]).with_row_id().limit(limit).to_arrow()
    return list(hits["_rowid"].to_pylist())


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
