"""What is wrong only across rows: a number that stands twice, a project that no file knows."""

import duckdb

from dure.foundation.ledgers._faults import Fault, UnusableLedger
from dure.foundation.ledgers._source import Source

_SHOWN = 20


def check_whole(expenses: Source, projects: Source, connection: duckdb.DuckDBPyConnection) -> None:
    """Raise UnusableLedger where a row or a project stands twice, or an expense is of no project."""
    twice = "This number stands in {count} rows. Give each row its own."
    faults = _doubled("expenses", '"row"', expenses, twice, connection)
    faults += _doubled("projects", "id", projects, twice, connection)
    strangers = connection.execute(
        f"""SELECT project, min("row"), count(*) FROM expenses ANTI JOIN projects
        ON expenses.project = projects.id GROUP BY project ORDER BY project LIMIT {_SHOWN}"""
    ).fetchall()
    faults += [
        Fault(
            expenses.file, 0, "project",
            "Row {row} and {more} more are of a project that the file of projects does not hold.",
            project, {"row": row, "more": count - 1},
        )
        for project, row, count in strangers
    ]  # fmt: skip
    if faults:
        raise UnusableLedger(faults[:_SHOWN])


def _doubled(
    table: str, column: str, source: Source, remedy: str, connection: duckdb.DuckDBPyConnection
) -> list[Fault]:
    if not connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
        return [Fault(source.file, 0, "", "There are headers but no rows.")]
    doubled = connection.execute(
        f"SELECT {column}, count(*) FROM {table} GROUP BY 1 HAVING count(*) > 1 ORDER BY 1"
        f" LIMIT {_SHOWN}"
    ).fetchall()
    name = column.strip('"')
    return [Fault(source.file, 0, name, remedy, key, {"count": count}) for key, count in doubled]
