"""Which generation of the index serves, what it holds, and who builds the next one.

A generation is a table of passages with a number. It is BUILDING while it is being written and
WHOLE from then on; the whole generation with the highest number serves. So the switch to a new
generation is one commit that turns one row WHOLE, in a folder and on object storage alike, and
whatever a killed rebuild leaves behind never serves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

import pyarrow as pa
from lancedb.db import DBConnection
from lancedb.table import Table

from dure.foundation.searchindex._commits import committed
from dure.foundation.searchindex._rows import KEY, OWN_COLUMNS, SCHEMA_VERSION, Kind, schema

_TABLE = "generations"
_SCHEMA = pa.schema(
    [
        pa.field("number", pa.int64(), nullable=False, metadata=KEY),
        pa.field("state", pa.string()),
        pa.field("model_id", pa.string()),
        pa.field("dimension", pa.int64()),
        pa.field("analyser_id", pa.string()),
        pa.field("columns", pa.string()),
        pa.field("schema_version", pa.int64()),
        pa.field("documents", pa.int64()),
        pa.field("passages", pa.int64()),
        pa.field("common_words", pa.string()),
        pa.field("whole_at", pa.float64()),
    ]
)


class IndexMismatch(Exception):
    """The index was made in another way than this process works; mixing would give nonsense."""

    def __init__(self, held: Signature, wanted: Signature) -> None:
        self.held, self.wanted = held, wanted
        super().__init__(
            f"The search index was made with {held}, but this process uses {wanted}. "
            "Run `dure index rebuild`."
        )


class RebuildSuperseded(Exception):
    """Another rebuild began later, so this one gave up."""


class State(StrEnum):
    RESERVED = "RESERVED"  # its tables are being made
    BUILDING = "BUILDING"
    WHOLE = "WHOLE"
    ABANDONED = "ABANDONED"


@dataclass(frozen=True, slots=True)
class Signature:
    """What must be the same for rows, words and vectors to be comparable."""

    model_id: str
    dimension: int
    analyser_id: str
    columns: Mapping[str, Kind]
    schema_version: int = SCHEMA_VERSION

    def __post_init__(self) -> None:
        if taken := set(OWN_COLUMNS) & self.columns.keys():
            raise ValueError(f"The index has columns of its own named {', '.join(sorted(taken))}")

    def __str__(self) -> str:
        columns = ", ".join(f"{name} {kind}" for name, kind in sorted(self.columns.items()))
        return (
            f"model {self.model_id} ({self.dimension} numbers), "
            f"analyser {self.analyser_id or 'without a name'}, filters [{columns}] "
            f"and schema {self.schema_version}"
        )


@dataclass(frozen=True, slots=True)
class Generation:
    """`documents` and `passages` as of the last count, which also gave `common_words`."""

    number: int
    state: State
    signature: Signature
    documents: int
    passages: int
    common_words: Mapping[str, int]
    whole_at: float | None

    @property
    def table(self) -> str:
        return f"passages_{self.number:05d}"

    @property
    def journal(self) -> str:
        """Ids of the documents that changed while this generation was being built."""
        return f"changes_{self.number:05d}"


@dataclass(frozen=True, slots=True)
class Generations:
    """All generations at one moment."""

    all: tuple[Generation, ...]

    @property
    def serving(self) -> Generation | None:
        whole = [generation for generation in self.all if generation.state is State.WHOLE]
        return max(whole, key=lambda generation: generation.number, default=None)

    @property
    def building(self) -> tuple[Generation, ...]:
        return tuple(generation for generation in self.all if generation.state is State.BUILDING)

    def whole_since(self, generation: Generation) -> float | None:
        """When a later generation took over from `generation`; None while it serves."""
        later = [
            other.whole_at
            for other in self.all
            if other.state is State.WHOLE and other.number > generation.number and other.whole_at
        ]
        return min(later, default=None)


class Manifest:
    """The table of generations, which every process reads afresh."""

    def __init__(self, db: DBConnection) -> None:
        self._db = db
        self._table: Table = db.create_table(_TABLE, schema=_SCHEMA, exist_ok=True)

    def read(self) -> Generations:
        self._table.checkout_latest()
        rows = self._table.to_arrow().to_pylist()
        return Generations(
            tuple(
                sorted((_from_row(row) for row in rows), key=lambda generation: generation.number)
            )
        )

    def begin_first(self, signature: Signature) -> Generation | None:
        """Make the empty generation a new index starts with; None when another process does."""
        return self._reserve(1, signature)

    def begin(self, signature: Signature) -> Generation:
        """Make an empty generation to build; rebuilds that began earlier are given up."""
        earlier = self.read()
        number = max((generation.number for generation in earlier.all), default=0) + 1
        while (begun := self._reserve(number, signature)) is None:
            number += 1
        for generation in earlier.all:
            self.abandon(generation)
        return begun

    def finish(self, generation: Generation, at: float) -> bool:
        """Let `generation` serve; False when it was given up meanwhile."""
        return self._update(
            generation, State.BUILDING, {"state": State.WHOLE.value, "whole_at": at}
        )

    def count(
        self, generation: Generation, *, documents: int, passages: int, common: Mapping[str, int]
    ) -> None:
        self._update(
            generation,
            None,
            {
                "documents": documents,
                "passages": passages,
                "common_words": json.dumps(common, ensure_ascii=False),
            },
        )

    def abandon(self, generation: Generation) -> None:
        """Give `generation` up, unless it is whole."""
        for state in (State.RESERVED, State.BUILDING):
            self._update(generation, state, {"state": State.ABANDONED.value})

    def sweep(self, now: float, grace: timedelta) -> None:
        """Drop what no reader can still be using: abandoned builds, and old generations whose
        successor has served for `grace`."""
        generations = self.read()
        for generation in generations.all:
            replaced_at = generations.whole_since(generation)
            old = replaced_at is not None and replaced_at < now - grace.total_seconds()
            if generation.state is State.ABANDONED or (generation.state is State.WHOLE and old):
                self._drop(generation.table, generation.journal)
                committed(partial(self._table.delete, f"number = {generation.number}"))

    def _reserve(self, number: int, signature: Signature) -> Generation | None:
        begun = Generation(number, State.RESERVED, signature, 0, 0, {}, None)
        row = pa.Table.from_pylist([_to_row(begun)], schema=_SCHEMA)
        # Of several processes that take the same number, one inserts a row and the others none.
        merge = self._table.merge_insert("number").when_not_matched_insert_all()
        if not committed(lambda: merge.execute(row)).num_inserted_rows:
            return None
        self._create(begun.table, schema(signature.dimension, signature.columns))
        self._create(begun.journal, pa.schema([pa.field("id", pa.string())]))
        self._update(begun, State.RESERVED, {"state": State.BUILDING.value})
        return begun

    def _update(
        self, generation: Generation, state: State | None, values: dict[str, object]
    ) -> bool:
        where = f"number = {generation.number}"
        if state is not None:
            where += f" AND state = '{state.value}'"
        updated = committed(lambda: self._table.update(where=where, values=values))
        return bool(updated.rows_updated)

    def _create(self, name: str, columns: pa.Schema) -> None:
        self._db.create_table(name, schema=columns, mode="overwrite")

    def _drop(self, *names: str) -> None:
        for name in names:
            self._db.drop_table(name, ignore_missing=True)  # type: ignore[call-arg]  # local ones do


def _to_row(generation: Generation) -> dict[str, object]:
    signature = generation.signature
    return {
        "number": generation.number,
        "state": generation.state.value,
        "model_id": signature.model_id,
        "dimension": signature.dimension,
        "analyser_id": signature.analyser_id,
        "columns": json.dumps({name: kind.value for name, kind in signature.columns.items()}),
        "schema_version": signature.schema_version,
        "documents": generation.documents,
        "passages": generation.passages,
        "common_words": json.dumps(dict(generation.common_words), ensure_ascii=False),
        "whole_at": generation.whole_at,
    }


def _from_row(row: dict[str, Any]) -> Generation:
    columns = json.loads(str(row["columns"]))
    return Generation(
        number=row["number"],
        state=State(row["state"]),
        signature=Signature(
            model_id=row["model_id"],
            dimension=row["dimension"],
            analyser_id=row["analyser_id"],
            columns={name: Kind(kind) for name, kind in columns.items()},
            schema_version=row["schema_version"],
        ),
        documents=row["documents"],
        passages=row["passages"],
        common_words=_counts(str(row["common_words"])),
        whole_at=row["whole_at"],
    )


@lru_cache(maxsize=4)
def _counts(text: str) -> Mapping[str, int]:
    return MappingProxyType(json.loads(text))
