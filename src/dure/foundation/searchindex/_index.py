"""The search index: passages with words and vectors, in a folder or on object storage."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any, Protocol

import lancedb
import numpy as np
import pyarrow as pa
from lancedb.background_loop import LOOP
from lancedb.table import AsyncTable, Table
from numpy.typing import NDArray

from dure.engines.matching import Hit
from dure.foundation.searchindex import _exact, _table
from dure.foundation.searchindex._commits import committed
from dure.foundation.searchindex._documents import Dense, nearest
from dure.foundation.searchindex._filters import Where, one_of
from dure.foundation.searchindex._held import HeldPassages
from dure.foundation.searchindex._manifest import (
    Generation,
    Generations,
    IndexMismatch,
    Manifest,
    RebuildSuperseded,
    Signature,
)
from dure.foundation.searchindex._rows import Kind, Row, checked_vectors, to_arrow
from dure.foundation.searchindex._words import (
    POSTINGS_PER_DOCUMENT,
    WordCount,
    informative,
    worth_reading,
)

logger = logging.getLogger(__name__)

_GRACE = timedelta(minutes=10)
_CHUNK = 20_000

# Passages taken from the vector index before they are compared exactly, and how often a search
# begins anew when rows that it found have moved before they were read.
_NEAR_AT_LEAST = 400
_ATTEMPTS = 3

# Twice the cores: half of the time Lance waits for itself.
_AT_ONCE = 4

# How often, a tenth of a second apart, a process looks again for the index another is making.
_BEGINNINGS = 50

# Words are counted anew when the index has grown or shrunk by this part.
_DRIFT = 0.2


class Source(Protocol):
    """Where a rebuild takes documents from: the system of record."""

    def all(self) -> Iterable[Sequence[Row]]:
        """Every document once, all its passages in the same batch."""
        ...

    def some(self, ids: Sequence[str]) -> Sequence[Row]:
        """The passages of those of `ids` that exist now."""
        ...


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: analysed words, what they are in the other language, a vector, or all."""

    words: Sequence[str]
    vector: NDArray[np.float32] | None
    translated: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """`unindexed` passages are found, but slowly, until the next `optimise`."""

    generation: int
    signature: Signature
    documents: int
    passages: int
    unindexed: int
    building: int | None


@dataclass(frozen=True, slots=True)
class _Serving:
    """`asked` is `table` again, for searches: each costs Lance some steps, and a call of `table`
    goes to another thread and back for every one of them (4 ms a search; so 2 ms).
    """

    generation: Generation
    table: Table
    asked: AsyncTable
    held: HeldPassages


class LanceIndex:
    """A `SearchIndex` on LanceDB.

    Any number of processes and threads may search and write at the same time. Open it after a
    fork, never before. A search sees the writes of other processes after `freshness` at most.

    `columns` are the filter columns. `analyser_id` names what made the words, as `model_id` names
    what made the vectors; neither is ever mixed with another: IndexMismatch. Of a long query to a
    large index the commonest words are left out, so that it reads at most `postings_per_document`
    times as many postings as there are documents; of a small one nothing is.
    """

    def __init__(
        self,
        uri: str | Path,
        *,
        model_id: str,
        dimension: int,
        columns: Mapping[str, Kind],
        analyser_id: str = "",
        postings_per_document: float = POSTINGS_PER_DOCUMENT,
        storage_options: Mapping[str, str] | None = None,
        freshness: timedelta = timedelta(seconds=1),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.signature = Signature(model_id, dimension, analyser_id, dict(columns))
        same: dict[str, Any] = {
            "read_consistency_interval": freshness,
            "storage_options": dict(storage_options) if storage_options else None,
            "session": lancedb.Session(),
        }
        self._db = lancedb.connect(str(uri), **same)
        self._asked_db = LOOP.run(lancedb.connect_async(str(uri), **same))
        self._manifest: Manifest
        self._freshness = freshness.total_seconds()
        self._clock = clock
        self._postings_per_document = postings_per_document
        self._lock = threading.Lock()
        self._read_at = float("-inf")
        self._open: _Serving | None = None
        self._begin_empty()

    def warm_up(self) -> None:
        """Read into memory what the first searches would otherwise read from disk."""
        serving = self._serving(fresh=True)
        _table.read_words(serving.table)
        serving.held.read()

    def search(
        self,
        *,
        words: Sequence[str],
        translated: Sequence[str] = (),
        vector: NDArray[np.float32] | None,
        where: str | None,
        limit: int,
    ) -> list[Hit]:
        """The best `limit` documents by words, by their translation and by vector, in order of id.

        `where`, a Where, is applied before anything is ranked. Whoever is found by words also
        gets the cosine of the best passage; whoever is found by vector alone has no lexical
        score. Raises IndexMismatch when words or vectors of the index are of another making.
        """
        checked = _checked(where)
        serving = self._serving()
        with_words = bool(words or translated)
        self._compare(serving.generation, words=with_words, vector=vector is not None)
        if vector is not None:
            checked_vectors([vector], self.signature.dimension)
        wanted = _passages_for(serving.generation, limit)
        attempts = _ATTEMPTS
        while True:
            near, lexical, across = LOOP.run(
                self._look_up(serving, Query(words, vector, translated), checked, limit, wanted)
            )
            rows = {*lexical, *across, *near}
            ids = serving.held.ids(rows)
            attempts -= 1
            if len(ids) < len(rows) and attempts:
                continue
            close = {ids[row] for row in near if row in ids}
            if len(near) < wanted or len(close) >= limit:
                break
            wanted *= 2  # a few documents of many passages crowd out the others
        by_words, by_translation = _by_id(lexical, ids), _by_id(across, ids)
        if vector is None:
            return _hits(by_words, by_translation, {})
        dense = serving.held.compared(rows, vector)
        worded = {*by_words, *by_translation} & dense.keys()
        shown = nearest({id_: dense[id_] for id_ in close & dense.keys()}, limit, ())
        return _hits(by_words, by_translation, shown | {id_: dense[id_] for id_ in worded})

    def search_many(
        self, queries: Sequence[Query], *, where: str | None, limit: int
    ) -> list[list[Hit]]:
        """What `search` gives for each query, the vector part always exact; for all against all."""
        checked = _checked(where)
        serving = self._serving()
        vectors = [query.vector for query in queries if query.vector is not None]
        words = any(query.words or query.translated for query in queries)
        self._compare(serving.generation, words=words, vector=bool(vectors))
        asked = checked_vectors(vectors, self.signature.dimension)

        ask = partial(self._by_words, serving, checked, limit)
        lexical, across = self._words_of_many(serving, ask, queries)
        near: list[dict[str, Dense]] = [{} for _ in queries]
        if vectors:
            asking = [i for i, query in enumerate(queries) if query.vector is not None]
            also = [list({**lexical[i], **across[i]}) for i in asking]
            nearest = _exact.find_near_many(serving.table, asked, also, checked, limit)
            for i, dense in zip(asking, nearest, strict=True):
                near[i] = dense
        return [_hits(*lists) for lists in zip(lexical, across, near, strict=True)]

    def upsert(self, rows: Sequence[Row]) -> None:
        """Put documents in, or in the place of what the index holds of them.

        All passages of a document must come in one call. Raises IndexMismatch, ValueError.
        """
        if rows:
            arrow = to_arrow(rows, self.signature.dimension, self.signature.columns)
            self._write({row.id for row in rows}, lambda table: _table.replace(table, arrow))

    def delete(self, ids: Iterable[str]) -> None:
        gone = set(ids)
        if gone:
            self._write(gone, lambda table: table.delete(one_of("id", gone)))

    def optimise(self) -> None:
        """Bring the indexes up to date after writes, and remove what is no longer needed.

        Meant for a job every few minutes; searches and writes go on meanwhile.
        """
        serving = self._serving(fresh=True)
        committed(lambda: _table.tidy(serving.table))
        passages, counted = serving.table.count_rows(), serving.generation.passages
        if abs(passages - counted) > _DRIFT * counted:
            words = _table.count_words(serving.table)
            self._count(serving.generation, serving.table, words)
        self._manifest.sweep(self._clock(), _GRACE)

    def rebuild(
        self, source: Source, *, progress: Callable[[str, int], None] | None = None
    ) -> Status:
        """Write a new generation from `source` while the present one serves, then switch.

        What is written to the index meanwhile is taken over, read once more from `source`.
        `progress` is told the step (READ, INDEX, CATCH_UP, SWITCH) and the passages read so far.
        A rebuild that dies leaves the present generation serving, and the next one clears it
        away. Raises RebuildSuperseded when another rebuild began later; then nothing changed.
        """
        tell = progress or (lambda step, passages: None)
        self._manifest.sweep(self._clock(), _GRACE)
        generation = self._manifest.begin(self.signature)
        try:
            self._fill(generation, source, tell)
        except BaseException as failure:
            if self._still_building(generation):
                self._manifest.abandon(generation)
                self._manifest.sweep(self._clock(), _GRACE)
                raise
            if isinstance(failure, Exception):
                raise RebuildSuperseded(f"generation {generation.number}") from failure
            raise
        self._manifest.sweep(self._clock(), _GRACE)
        return self.status()

    def fits(self) -> bool:
        """True when the index was made as this process works; else it has to be rebuilt."""
        return self._serving(fresh=True).generation.signature == self.signature

    def status(self) -> Status:
        generations = self._manifest.read()
        serving = self._serving(fresh=True)
        generation, table = serving.generation, serving.table
        building = [other.number for other in generations.building]
        return Status(
            generation=generation.number,
            signature=generation.signature,
            documents=table.count_rows("passage = 0"),
            passages=table.count_rows(),
            unindexed=_table.unindexed(table),
            building=max(building, default=None),
        )

    def _serving(self, *, fresh: bool = False) -> _Serving:
        with self._lock:
            now = time.monotonic()
            if fresh or self._open is None or now - self._read_at >= self._freshness:
                generation = _whole(self._manifest.read())
                if self._open is None or self._open.generation.number != generation.number:
                    table = self._db.open_table(generation.table)
                    asked = LOOP.run(self._asked_db.open_table(generation.table))
                    held = HeldPassages(asked)
                    self._open = _Serving(generation, table, asked, held)
                else:
                    self._open = replace(self._open, generation=generation)
                self._read_at = now
            return self._open

    def _begin_empty(self) -> None:
        """Make the empty generation a new index starts with, or wait until another process has.

        Lance lets the later of two processes that create the same table fail with a plain
        RuntimeError, or replace it; either way the loser looks again.
        """
        for attempt in range(1, _BEGINNINGS + 1):
            try:
                self._manifest = Manifest(self._db)
                if self._manifest.read().serving is not None:
                    return
                first = self._manifest.begin_first(self.signature)
                if first is not None:
                    _table.build_indexes(self._db.open_table(first.table), self.signature.columns)
                    self._manifest.finish(first, self._clock())
            except (RuntimeError, ValueError):
                if attempt == _BEGINNINGS:
                    raise
                logger.info("another process is making the search index", exc_info=True)
            time.sleep(0.1)

    def _compare(self, generation: Generation, *, words: bool, vector: bool) -> None:
        held, wanted = generation.signature, self.signature
        same_columns = (held.columns, held.schema_version) == (
            wanted.columns,
            wanted.schema_version,
        )
        same_words = not words or held.analyser_id == wanted.analyser_id
        same_vectors = not vector or (held.model_id, held.dimension) == (
            wanted.model_id,
            wanted.dimension,
        )
        if not (same_columns and same_words and same_vectors):
            raise IndexMismatch(held, wanted)

    async def _by_words(
        self, serving: _Serving, where: Where | None, limit: int, words: Sequence[str]
    ) -> dict[int, float]:
        if not words:
            return {}
        generation = serving.generation
        postings = worth_reading(generation.documents, self._postings_per_document)
        worth = informative(words, generation.common_words, postings)
        return await _table.find_words(serving.asked, worth, where, limit)

    def _words_of_many(
        self,
        serving: _Serving,
        ask: Callable[[Sequence[str]], Coroutine[Any, Any, dict[int, float]]],
        queries: Sequence[Query],
    ) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
        """What `ask` finds for the words of each query, and for their translation."""

        async def ask_each(many: Iterable[Sequence[str]]) -> list[dict[int, float]]:
            places = asyncio.Semaphore(_AT_ONCE)

            async def ask_one(words: Sequence[str]) -> dict[int, float]:
                async with places:
                    return await ask(words)

            return await asyncio.gather(*map(ask_one, many))

        for _ in range(_ATTEMPTS):
            lexical = LOOP.run(ask_each(query.words for query in queries))
            across = LOOP.run(ask_each(query.translated for query in queries))
            rows = {row for scores in (*lexical, *across) for row in scores}
            ids = serving.held.ids(rows)
            if len(ids) == len(rows):
                break
        return [_by_id(scores, ids) for scores in lexical], [
            _by_id(scores, ids) for scores in across
        ]

    async def _look_up(
        self,
        serving: _Serving,
        query: Query,
        where: Where | None,
        limit: int,
        passages: int,
    ) -> tuple[list[int], dict[int, float], dict[int, float]]:
        """Rows near the vector, by words and by their translation, looked up at the same time."""

        async def near() -> list[int]:
            if query.vector is None:
                return []
            stored = serving.generation.passages
            return await _table.find_near(serving.asked, query.vector, where, passages, stored)

        by_words = partial(self._by_words, serving, where, limit)
        return await asyncio.gather(near(), by_words(query.words), by_words(query.translated))

    def _write(self, ids: set[str], change: Callable[[Table], object]) -> None:
        """Apply `change` to the generation that serves, and enter `ids` for those being built.

        Repeated until nothing has moved meanwhile: a rebuild that began or switched during the
        write would else miss it.
        """
        written: set[int] = set()
        entered: set[int] = set()
        while True:
            generations = self._manifest.read()
            serving = _whole(generations)
            building = {generation.number for generation in generations.building}
            if serving.number in written and building <= entered:
                return
            if serving.number not in written:
                self._compare(serving, words=True, vector=True)
                table = self._db.open_table(serving.table)
                committed(partial(change, table))
                written.add(serving.number)
            for generation in generations.building:
                self._enter(generation, ids)
                entered.add(generation.number)

    def _enter(self, generation: Generation, ids: set[str]) -> None:
        try:
            journal = self._db.open_table(generation.journal)
            committed(lambda: journal.add(pa.table({"id": sorted(ids)})))
        except ValueError:
            if self._still_building(generation):  # else its rebuild was given up and cleared away
                raise

    def _still_building(self, generation: Generation) -> bool:
        return generation.number in {other.number for other in self._manifest.read().building}

    def _fill(
        self, generation: Generation, source: Source, tell: Callable[[str, int], None]
    ) -> None:
        table = self._db.open_table(generation.table)
        words = WordCount()
        passages = 0
        for rows in _chunks(source.all()):
            arrow = to_arrow(rows, self.signature.dimension, self.signature.columns)
            words.add(arrow["words"].to_pylist())
            table.add(arrow)
            passages += len(rows)
            tell("READ", passages)
        tell("INDEX", passages)
        _table.build_indexes(table, self.signature.columns)
        self._count(generation, table, words)
        tell("CATCH_UP", passages)
        entered = self._catch_up(generation, table, source, 0)
        tell("SWITCH", passages)
        if not self._manifest.finish(generation, self._clock()):
            raise RebuildSuperseded(f"generation {generation.number}")
        # Whoever wrote to the old generation just before the switch has entered it by now.
        self._catch_up(generation, table, source, entered)

    def _catch_up(self, generation: Generation, table: Table, source: Source, start: int) -> int:
        """Take over what changed, from entry `start` of the journal; how many entries there are."""
        entries = self._db.open_table(generation.journal).to_arrow()["id"].to_pylist()
        changed = sorted(set(entries[start:]))
        for i in range(0, len(changed), 500):
            ids = changed[i : i + 500]
            rows = source.some(ids)
            if gone := set(ids) - {row.id for row in rows}:
                committed(partial(table.delete, one_of("id", gone)))
            if rows:
                arrow = to_arrow(rows, self.signature.dimension, self.signature.columns)
                committed(partial(_table.replace, table, arrow))
        return len(entries)

    def _count(self, generation: Generation, table: Table, words: WordCount) -> None:
        self._manifest.count(
            generation,
            documents=table.count_rows("passage = 0"),
            passages=table.count_rows(),
            # Long queries of a small index are fast as they are.
            common=words.common() if words.documents >= _table.ANN_FROM else {},
        )


def _passages_for(generation: Generation, limit: int) -> int:
    """How many near passages to take for `limit` documents.

    More than asked for: the index tells distances roughly, and several passages of one document
    may crowd out others.
    """
    per_document = generation.passages / max(generation.documents, 1)
    return ceil(max(2 * limit, _NEAR_AT_LEAST) * max(per_document, 1.0))


def _whole(generations: Generations) -> Generation:
    generation = generations.serving
    if generation is None:
        raise RuntimeError("The search index has no whole generation; run `dure index rebuild`.")
    return generation


def _checked(where: str | None) -> Where | None:
    if where is None or isinstance(where, Where):
        return where
    raise TypeError(f"A filter is made by the functions of searchindex, not of text: {where!r}")


def _chunks(batches: Iterable[Sequence[Row]]) -> Iterable[list[Row]]:
    """Larger batches, so that the table has fewer files."""
    chunk: list[Row] = []
    for batch in batches:
        chunk.extend(batch)
        if len(chunk) >= _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _by_id(scores: Mapping[int, float], ids: Mapping[int, str]) -> dict[str, float]:
    return {ids[row]: score for row, score in scores.items() if row in ids}


def _hits(
    lexical: Mapping[str, float], across: Mapping[str, float], near: Mapping[str, Dense]
) -> list[Hit]:
    unknown = (None, 0)
    return [
        Hit(id_, lexical.get(id_), across.get(id_), *near.get(id_, unknown))
        for id_ in sorted({*lexical, *across, *near})
    ]
