"""Passages on their way into the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

SCHEMA_VERSION = 1

# Only when Lance knows the key does it see that two writers add the same row, and lets one of
# them try again.
KEY = {"lance-schema:unenforced-primary-key": "true"}


class Kind(StrEnum):
    """What a filter column holds."""

    TEXT = "text"
    NUMBER = "number"
    TEXTS = "texts"


_ARROW = {Kind.TEXT: pa.string(), Kind.NUMBER: pa.int64(), Kind.TEXTS: pa.list_(pa.string())}

OWN_COLUMNS = ("id", "passage", "passages", "words", "vector")


@dataclass(frozen=True, slots=True)
class Row:
    """One passage of a document.

    `passage` counts from 0. `words` are the analysed words of the WHOLE document, separated by
    spaces, and stand on passage 0 alone, so that BM25 is a score of documents. `vector` has
    length 1. `filters` has a value for each filter column; what is left out is missing.
    """

    id: str
    passage: int
    words: str
    vector: NDArray[np.float32]
    filters: Mapping[str, str | int | Sequence[str] | None] = field(default_factory=dict)


def schema(dimension: int, columns: Mapping[str, Kind]) -> pa.Schema:
    return pa.schema(
        [
            pa.field("id", pa.string(), nullable=False, metadata=KEY),
            pa.field("passage", pa.int32(), nullable=False, metadata=KEY),
            pa.field("passages", pa.int32(), nullable=False),
            pa.field("words", pa.string()),
            pa.field("vector", pa.list_(pa.float16(), dimension), nullable=False),
            *(pa.field(name, _ARROW[kind]) for name, kind in columns.items()),
        ]
    )


def to_arrow(rows: Sequence[Row], dimension: int, columns: Mapping[str, Kind]) -> pa.Table:
    """Check `rows` and lay them out as the table stores them, vectors in half precision.

    Raises ValueError for a document whose passages are not 0, 1, 2 …, for words on a later
    passage, for a vector that is not `dimension` finite numbers or is zero, and for a filter that
    is no column.
    """
    passages = _passages_of_documents(rows)
    for row in rows:
        if row.words and row.passage:
            raise ValueError(f"{row.id}: words stand on passage 0, not on {row.passage}")
        if not row.filters.keys() <= columns.keys():
            unknown = ", ".join(sorted(row.filters.keys() - columns.keys()))
            raise ValueError(f"{row.id}: no such filter columns: {unknown}")
    vectors = checked_vectors([row.vector for row in rows], dimension)
    return pa.table(
        {
            "id": [row.id for row in rows],
            "passage": [row.passage for row in rows],
            "passages": [passages[row.id] for row in rows],
            # A missing text, unlike an empty one, is no document for BM25.
            "words": [row.words or None for row in rows],
            "vector": pa.FixedSizeListArray.from_arrays(
                pa.array(vectors.astype(np.float16).ravel()), dimension
            ),
            **{name: [row.filters.get(name) for row in rows] for name in columns},
        },
        schema=schema(dimension, columns),
    )


def checked_vectors(vectors: Sequence[NDArray[np.float32]], dimension: int) -> NDArray[np.float32]:
    """The vectors as rows; ValueError when one is not `dimension` finite numbers, or is zero."""
    for vector in vectors:
        if np.shape(vector) != (dimension,):
            raise ValueError(f"a vector of shape {np.shape(vector)}, not ({dimension},)")
    rows = np.asarray(vectors, np.float32).reshape(len(vectors), dimension)
    lengths = np.linalg.norm(rows, axis=1)
    for length in lengths[~np.isfinite(lengths) | (lengths == 0)]:
        raise ValueError(f"a vector of length {length}")
    return rows


def _passages_of_documents(rows: Sequence[Row]) -> dict[str, int]:
    numbers: dict[str, list[int]] = {}
    for row in rows:
        numbers.setdefault(row.id, []).append(row.passage)
    for document, passages in numbers.items():
        if sorted(passages) != list(range(len(passages))):
            raise ValueError(
                f"{document}: passages {sorted(passages)}, not 0 to {len(passages) - 1}"
            )
    return {document: len(passages) for document, passages in numbers.items()}
