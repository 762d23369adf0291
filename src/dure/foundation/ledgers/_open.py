"""Files as a ledger that the signals can look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ibis
import pyarrow as pa
from holidays import country_holidays
from ibis.expr.types import Table

from dure.engines.auditing import Ledger, prepare
from dure.foundation.ledgers._columns import EXPENSES, PROJECTS, RELATIONS
from dure.foundation.ledgers._fingerprints import teach
from dure.foundation.ledgers._load import load
from dure.foundation.ledgers._source import Source, source_of
from dure.foundation.ledgers._whole import check_whole

_MEMORY = "2500MB"


@dataclass(frozen=True, slots=True)
class Files:
    """Where expenses, projects and, if known, relations of firms and vendors stand."""

    expenses: Path
    projects: Path
    relations: Path | None = None


@contextmanager
def opened(files: Files, memory: str = _MEMORY) -> Iterator[Ledger]:
    """The ledger of the files, in memory; beyond `memory` in a folder that is gone afterwards.

    Raises UnusableLedger.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        backend = ibis.duckdb.connect()
        try:
            backend.raw_sql(f"SET memory_limit = '{memory}'")
            backend.raw_sql(f"SET temp_directory = '{folder}/spilled'")
            backend.raw_sql("SET preserve_insertion_order = false")
            teach(backend.con)
            yield _ledger(files, backend, folder)
        finally:
            backend.disconnect()


@contextmanager
def held(
    expenses: pa.Table, projects: pa.Table, relations: pa.Table, memory: str = "1GB"
) -> Iterator[Ledger]:
    """The ledger of tables in the columns and types of `engines/auditing`."""
    backend = ibis.duckdb.connect()
    try:
        backend.raw_sql(f"SET memory_limit = '{memory}'")
        tables = {"expenses": expenses, "projects": projects, "relations": relations}
        read = {name: backend.create_table(name, table) for name, table in tables.items()}
        empty = {
            f"{prefix}{name}"
            for prefix, table in (
                ("", expenses),
                ("projects.", projects),
                ("relations.", relations),
            )
            for name in table.column_names
            if table[name].null_count == table.num_rows
        }
        first, last = _years(backend)
        yield prepare(
            *read.values(),
            empty={"time" if name == "minute" else name for name in empty},
            holidays=country_holidays("KR", years=range(first, last + 1)),
            keep=lambda table, name: _kept(backend, table, name),
        )
    finally:
        backend.disconnect()


def _ledger(files: Files, backend: Any, folder: Path) -> Ledger:
    empty: set[str] = set()
    sources: dict[str, Source] = {}
    for table, path, columns in (
        ("projects", files.projects, PROJECTS),
        ("relations", files.relations, RELATIONS),
        ("expenses", files.expenses, EXPENSES),
    ):
        if path is not None:
            sources[table] = source_of(path, backend.con, columns, folder)
            unfilled = load(sources[table], columns, table, backend.con)
            empty |= {name if table == "expenses" else f"{table}.{name}" for name in unfilled}
    check_whole(sources["expenses"], sources["projects"], backend.con)
    expenses = backend.table("expenses").drop("bad")
    if "time" in expenses.columns:
        expenses = expenses.rename(minute="time")
    first, last = _years(backend)
    ledger = prepare(
        expenses,
        backend.table("projects").drop("bad"),
        backend.table("relations").drop("bad") if files.relations else None,
        empty=empty,
        holidays=country_holidays("KR", years=range(first, last + 1)),
        keep=lambda table, name: _kept(backend, table, name),
    )
    if sources["expenses"].is_kept:
        backend.drop_table("expenses")
    return ledger


def _kept(backend: Any, table: Table, name: str) -> Table:
    kept: Table = backend.create_table(f"kept_{name}", table)
    return kept


def _years(backend: Any) -> tuple[int, int]:
    """The first and last year in which money was spent; at most forty apart."""
    if "date" not in backend.table("expenses").columns:
        return 2000, 2000
    first, last = backend.con.execute(
        "SELECT year(min(date)), year(max(date)) FROM expenses"
    ).fetchone()
    last = last or 2000
    return max(first or last, last - 40), last
