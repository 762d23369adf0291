"""What the passages of a table are, kept in memory.

A search finds the numbers of rows. Reading some hundred rows that lie apart from disk takes longer
than finding them (a tenth of a millisecond each among a million), so they are read all at once,
beside the searches, and looked up here. A row never changes: what is written gets a new number, and
so does what tidying moves. A number that is not known here is read from the table.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from lancedb.background_loop import LOOP
from lancedb.table import AsyncTable
from numpy.typing import NDArray

from dure.foundation.searchindex._documents import Dense, Documents, matrix, of_length_one
from dure.foundation.searchindex._filters import one_of

logger = logging.getLogger(__name__)

_COLUMNS = ["id", "passage", "vector"]

# When this part of the rows asked for is not known, all are read anew.
_UNKNOWN = 0.1


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """All rows of a table at one moment, in places of memory.

    `numbers` are the row numbers in order, `places` where those rows are. `documents` says of each
    place whose passage it is, a place in `ids`. `by_document` lists the places document by document
    and passage by passage; those of document number i begin at `bounds[i]`.
    """

    numbers: NDArray[np.int64]
    places: NDArray[np.int64]
    documents: NDArray[np.int32]
    ids: pa.Array
    by_document: NDArray[np.int64]
    bounds: NDArray[np.int64]
    vectors: NDArray[np.float16]

    @classmethod
    def of(cls, rows: pa.Table) -> _Snapshot:
        rows = rows.combine_chunks()
        numbers = rows["_rowid"].to_numpy().astype(np.int64)
        places = np.argsort(numbers)
        ids = rows["id"].combine_chunks().dictionary_encode()
        documents = ids.indices.to_numpy()
        by_document = np.lexsort((rows["passage"].to_numpy(), documents))
        bounds = np.append(0, np.bincount(documents, minlength=len(ids.dictionary)).cumsum())
        vectors = matrix(rows["vector"])
        return cls(numbers[places], places, documents, ids.dictionary, by_document, bounds, vectors)

    def places_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The place of each row, -1 where it is not known."""
        if not len(self.numbers):
            return np.full(len(numbers), -1)
        at = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        return np.where(self.numbers[at] == numbers, self.places[at], -1)

    def ids_of(self, places: NDArray[np.int64]) -> list[str]:
        ids: list[str] = self.ids.take(pa.array(self.documents[places])).to_pylist()
        return ids

    def documents_of(self, places: NDArray[np.int64]) -> Documents:
        """The documents that the rows at `places` belong to, with all their passages."""
        chosen = np.unique(self.documents[places])
        starts = self.bounds[chosen]
        lengths = self.bounds[chosen + 1] - starts
        bounds = np.append(0, lengths.cumsum())
        passages = np.arange(bounds[-1]) - np.repeat(bounds[:-1], lengths)
        listed = self.by_document[np.repeat(starts, lengths) + passages]
        ids = self.ids.take(pa.array(chosen)).to_pylist()
        return Documents(
            ids, bounds.tolist(), passages.tolist(), of_length_one(self.vectors[listed])
        )


class HeldPassages:
    """The passages of one table; any number of threads may ask at the same time."""

    def __init__(self, table: AsyncTable) -> None:
        self._table = table
        self._snapshot: _Snapshot | None = None
        self._reading = threading.Lock()

    def ids(self, rows: Collection[int]) -> dict[int, str]:
        """The document of each row; a row that is no longer in the table is left out."""
        numbers = np.fromiter(rows, np.int64, len(rows))
        snapshot, places, known = self._look(numbers)
        documents: dict[int, str] = {}
        if snapshot is not None:
            documents = dict(
                zip(numbers[known].tolist(), snapshot.ids_of(places[known]), strict=True)
            )
        if not known.all():
            read = self._read(numbers[~known], ["id"])
            documents |= zip(read["_rowid"].to_pylist(), read["id"].to_pylist(), strict=True)
        return documents

    def compared(self, rows: Collection[int], vector: NDArray[np.float32]) -> dict[str, Dense]:
        """The passage nearest to `vector` of every document that `rows` belong to."""
        numbers = np.fromiter(rows, np.int64, len(rows))
        snapshot, places, known = self._look(numbers)
        parts = []
        if snapshot is not None:
            parts.append(snapshot.documents_of(places[known]))
        if snapshot is None or not known.all():
            parts.append(self._documents_on_disk(numbers[~known]))
        return dict(pair for part in parts for pair in part.compared_with(vector).items())

    def read(self) -> None:
        """Read the table into memory; what another thread reads already is waited for."""
        with self._reading:
            self._snapshot = self._read_all()

    def _look(
        self, numbers: NDArray[np.int64]
    ) -> tuple[_Snapshot | None, NDArray[np.int64], NDArray[np.bool_]]:
        snapshot = self._snapshot
        places = np.full(len(numbers), -1) if snapshot is None else snapshot.places_of(numbers)
        known = places >= 0
        too_many = (~known).sum() > _UNKNOWN * len(numbers)
        if too_many and self._reading.acquire(blocking=False):
            threading.Thread(target=self._read_aside, name="searchindex-rows").start()
        return snapshot, places, known

    def _read_aside(self) -> None:
        try:
            self._snapshot = self._read_all()
        except (RuntimeError, ValueError, OSError):  # a rebuild may have swept the table away
            logger.info("the passages were not read into memory", exc_info=True)
        finally:
            self._reading.release()

    def _read_all(self) -> _Snapshot:
        query = self._table.query().select(_COLUMNS).with_row_id()
        return _Snapshot.of(LOOP.run(query.to_arrow()))

    def _documents_on_disk(self, numbers: NDArray[np.int64]) -> Documents:
        read = self._read(numbers, [*_COLUMNS, "passages"])
        alone = pa.compute.equal(read["passages"], 1)
        several = set(read.filter(pa.compute.invert(alone))["id"].to_pylist())
        query = self._table.query().where(one_of("id", several)).select(_COLUMNS)
        whole = LOOP.run(query.to_arrow())
        return Documents.of(pa.concat_tables([read.filter(alone).select(_COLUMNS), whole]))

    def _read(self, numbers: NDArray[np.int64], columns: list[str]) -> pa.Table:
        query = self._table.take_row_ids(numbers.tolist()).select(columns).with_row_id()
        read: pa.Table = LOOP.run(query.to_arrow())
        return read
