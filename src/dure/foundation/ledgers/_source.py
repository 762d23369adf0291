"""A file as a relation of DuckDB: which columns it has, under which names, of which types."""

import csv
import gzip
import io
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb
import pyarrow as pa

from dure.foundation.ledgers._faults import Fault, UnusableLedger
from dure.foundation.sheets import Column, UnreadableFile, read_tables

_SNIFFED = 1_000_000
_LONGEST_LINE = 10_000_000
_UNREAD = "The file cannot be read: {cause}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of a file come from.

    `sql` is a relation whose columns are `headers` in their order, named c0, c1, …; `types` are
    those of DuckDB; `number` is SQL of the number of a row, as a spreadsheet counts.
    """

    file: str
    sql: str
    headers: tuple[str, ...]
    types: tuple[str, ...]
    number: str = "row_number() OVER () + 1"
    is_kept: bool = True
    """whether the rows are worth copying, because reading them again would cost as much"""


def source_of(
    path: Path, connection: duckdb.DuckDBPyConnection, columns: Sequence[Column], folder: Path
) -> Source:
    """The rows of a Parquet, CSV (also .gz) or Excel file. Raises UnusableLedger."""
    name = path.name.lower()
    if name.endswith((".parquet", ".pq")):
        return _parquet(path, connection)
    if name.endswith(".xlsx"):
        return _workbook(path, connection, columns)
    if name.endswith((".csv", ".csv.gz", ".tsv", ".tsv.gz")):
        return _text(path, connection, folder)
    raise UnusableLedger([Fault(str(path), 0, "", "Use .parquet, .csv, .csv.gz or .xlsx.")])


def _parquet(path: Path, connection: duckdb.DuckDBPyConnection) -> Source:
    sql = f"read_parquet({_quoted(str(path))})"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {sql}").fetchall()
    except duckdb.Error as error:
        raise UnusableLedger([Fault(str(path), 0, "", "This is no Parquet file.")]) from error
    headers, types = zip(*((line[0], line[1]) for line in described), strict=True)
    chosen = ", ".join(f'"{_inner(header)}" AS c{at}' for at, header in enumerate(headers))
    return Source(
        str(path), f"(SELECT {chosen} FROM {sql})", headers, types, "row_number() OVER ()", False
    )


def _text(path: Path, connection: duckdb.DuckDBPyConnection, folder: Path) -> Source:
    try:
        with _opened(path) as file:
            beginning = file.read(_SNIFFED)
    except (OSError, EOFError) as error:
        raise UnusableLedger([Fault(str(path), 0, "", "The file is damaged.")]) from error
    if not beginning.strip(b"\xef\xbb\xbf \r\n"):
        raise UnusableLedger([Fault(str(path), 0, "", "The file is empty.")])
    plain, encoding = path, _encoding(beginning)
    if encoding != "utf-8-sig":
        plain = folder / f"{len(list(folder.iterdir()))}.csv"
        _recode(path, plain, encoding)
    line = beginning.decode(encoding, errors="replace").splitlines()[0]
    separator = max(",;\t|", key=line.count)
    headers = tuple(cell.strip() for cell in next(csv.reader([line], delimiter=separator)))
    named = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(headers)))
    sql = (
        f"read_csv({_quoted(str(plain))}, header = true, auto_detect = false, nullstr = '',"
        f" delim = {_quoted(separator)}, quote = '\"', escape = '\"', strict_mode = true,"
        f" max_line_size = {_LONGEST_LINE}, columns = {{{named}}})"
    )
    try:
        connection.execute(f"SELECT 1 FROM {sql} LIMIT 1")
    except duckdb.Error as error:
        raise broken(path, error) from error
    return Source(str(path), sql, headers, ("VARCHAR",) * len(headers))


def broken(path: Path, error: Exception) -> UnusableLedger:
    """Which row of a text file cannot be cut into cells."""
    try:
        faults = _uneven(path)
    except (OSError, EOFError, UnicodeError, csv.Error) as cause:
        faults = [Fault(str(path), 0, "", _UNREAD, "", {"cause": str(cause)})]
    return UnusableLedger(
        faults or [Fault(str(path), 0, "", _UNREAD, "", {"cause": str(error).splitlines()[0]})]
    )


def _uneven(path: Path) -> list[Fault]:
    with _opened(path) as file:
        encoding = _encoding(file.read(_SNIFFED))
    with _opened(path) as binary, io.TextIOWrapper(binary, encoding, newline="") as file:
        line = file.readline()
        separator = max(",;\t|", key=line.count)
        headers = next(csv.reader([line], delimiter=separator))
        for number, cells in enumerate(csv.reader(file, delimiter=separator, strict=True), 2):
            if cells and len(cells) != len(headers):
                column = headers[min(len(cells), len(headers)) - 1]
                remedy = "There are {cells} cells under {headers} headers."
                named = {"cells": len(cells), "headers": len(headers)}
                return [Fault(str(path), number, column, remedy, cells[-1], named)]
    return []


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")  # type: ignore[return-value]


def _encoding(beginning: bytes) -> str:
    try:
        beginning.rsplit(b"\n", 1)[0].decode("utf-8")
    except UnicodeDecodeError:
        return "cp949"
    return "utf-8-sig"


def _recode(path: Path, plain: Path, encoding: str) -> None:
    try:
        with (
            _opened(path) as binary,
            io.TextIOWrapper(binary, encoding, newline="") as file,
            plain.open("w", encoding="utf-8", newline="") as out,
        ):
            while part := file.read(_SNIFFED):
                out.write(part)
    except UnicodeDecodeError as error:
        remedy = "The text is neither UTF-8 nor CP949. Save it as “CSV UTF-8” in Excel."
        raise UnusableLedger([Fault(str(path), 0, "", remedy)]) from error


def _workbook(
    path: Path, connection: duckdb.DuckDBPyConnection, columns: Sequence[Column]
) -> Source:
    try:
        table = read_tables(path, columns)[0]
    except UnreadableFile as error:
        problem = error.problem
        raise UnusableLedger(
            [
                Fault(
                    str(path),
                    problem.row,
                    problem.header or problem.column,
                    problem.fix,
                    problem.value,
                )
            ]
        ) from error
    if table.problems:
        raise UnusableLedger(
            [Fault(str(path), p.row, p.header or p.column, p.fix, p.value) for p in table.problems]
        )
    names = list(table.headers)
    data = {
        f"c{at}": pa.array([_cell(row.cells.get(name)) for row in table.rows], pa.string())
        for at, name in enumerate(names)
    }
    data["at"] = pa.array([row.number for row in table.rows], pa.int64())
    view = f"sheet{len(connection.execute('SHOW TABLES').fetchall())}"
    with closing(connection.cursor()) as cursor:
        cursor.register("given", pa.table(data))
        cursor.execute(f"CREATE TABLE {view} AS SELECT * FROM given")
    headers = tuple(table.headers[name] for name in names)
    return Source(str(path), view, headers, ("VARCHAR",) * len(names), "at")


def _cell(value: object) -> str | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return None if value is None else str(value)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _inner(name: str) -> str:
    return name.replace('"', '""')
