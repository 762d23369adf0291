"""The rows of a file in a table of known types, or every cell that stands in the way."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from dure.engines.auditing import PLAN
from dure.foundation.ledgers._columns import PLAN_WORDS
from dure.foundation.ledgers._faults import Fault, UnusableLedger
from dure.foundation.ledgers._source import Source, broken
from dure.foundation.ledgers._types import cell_of
from dure.foundation.sheets import Column, places_of

_FAULTS_SHOWN = 20
Places = Mapping[str, int]


def load(
    source: Source, columns: Sequence[Column], table: str, connection: duckdb.DuckDBPyConnection
) -> frozenset[str]:
    """Make `table` of the file and say which of its columns no row fills. Raises UnusableLedger."""
    places = _places(source, columns)
    required = [column.name for column in columns if column.is_required]
    chosen = ", ".join(f'{_value(name, at, source)} AS "{name}"' for name, at in places.items())
    bad = " OR ".join(f"({test})" for test, *_ in _tests(places, required, source)) or "FALSE"
    kind = "TABLE" if source.is_kept else "VIEW"
    try:
        connection.execute(
            f"CREATE {kind} {table} AS SELECT {chosen}, ({bad}) AS bad FROM {source.sql}"
        )
    except duckdb.Error as error:
        raise broken(Path(source.file), error) from error
    counted = ", ".join(f'count("{name}")' for name in places)
    whole = f"SELECT count(*) FILTER (bad), {counted} FROM {table}"
    if not source.is_kept:
        counted = ", ".join(f"count(c{at})" for at in places.values())
        whole = f"SELECT count(*) FILTER ({bad}), {counted} FROM {source.sql}"
    faulty, *filled = connection.execute(whole).fetchone() or (0,)
    if faulty:
        raise UnusableLedger(_faults(source, places, required, connection))
    return frozenset(name for name, count in zip(places, filled, strict=True) if not count)


def _places(source: Source, columns: Sequence[Column]) -> Places:
    all_places = places_of(list(source.headers), columns)
    faults = []
    for column in columns:
        at = all_places.get(column.name, [])
        if len(at) > 1 or (column.is_required and not at):
            remedy = "This column is there twice." if at else "This column is missing."
            names = f"{column.name} ({column.header_ko})"
            faults.append(Fault(source.file, 1, names, remedy))
    if faults:
        raise UnusableLedger(faults)
    places = {
        column.name: all_places[column.name][0] for column in columns if column.name in all_places
    }
    if columns[0].name == "id":
        places |= _plans(source, set(places.values()))
    return places


def _plans(source: Source, taken: set[int]) -> dict[str, int]:
    """The columns of a plan, one for each budget item."""
    plans = {}
    for at, header in enumerate(source.headers):
        word = next((word for word in PLAN_WORDS if header.strip().lower().startswith(word)), None)
        if word and at not in taken:
            plans[PLAN + header.strip()[len(word) :].replace('"', "")] = at
    return plans


def _text(at: int, source: Source) -> str:
    """SQL of a cell as a text, NULL where it is empty. Spaces around it are of people who type."""
    text = f"CAST(c{at} AS VARCHAR)"
    return f"NULLIF({text if not source.is_kept else f'trim({text})'}, '')"


def _value(name: str, at: int, source: Source) -> str:
    cell = cell_of(name)
    if source.types[at] in cell.native:
        return f"CAST(c{at} AS {cell.type})"
    return f"CAST({cell.cast(_text(at, source))} AS {cell.type})"


def _tests(places: Places, required: Sequence[str], source: Source) -> list[tuple[str, str, str]]:
    """SQL of what is wrong with a row, the column it is wrong with and what to do."""
    tests = []
    for name, at in places.items():
        cell = cell_of(name)
        is_native = source.types[at] in cell.native
        if name in required:
            text = f"c{at}" if is_native else _text(at, source)
            tests.append((f"{text} IS NULL", name, "This cell must be filled."))
        if cell.remedy and not is_native:
            test = f"{_text(at, source)} IS NOT NULL AND {_value(name, at, source)} IS NULL"
            tests.append((test, name, cell.remedy))
    return tests


def _faults(
    source: Source, places: Places, required: Sequence[str], connection: duckdb.DuckDBPyConnection
) -> list[Fault]:
    connection.execute("SET preserve_insertion_order = true")
    faults: list[Fault] = []
    for test, name, remedy in _tests(places, required, source):
        at = places[name]
        numbered = f"SELECT {source.number} AS number, * FROM {source.sql}"
        faulty_cells = connection.execute(
            f"SELECT number, CAST(c{at} AS VARCHAR) FROM ({numbered}) WHERE {test}"
            f" ORDER BY number LIMIT {_FAULTS_SHOWN}"
        ).fetchall()
        header = source.headers[at]
        faults += [
            Fault(source.file, row, header, remedy, value or "") for row, value in faulty_cells
        ]
    return sorted(faults, key=lambda fault: (fault.row, fault.column))[:_FAULTS_SHOWN]
