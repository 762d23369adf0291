"""Tables that explain themselves: tabular data packages (Frictionless), and the same as a workbook."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dure.foundation.sheets import Sheet, workbook_of

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a package: its fields as name, type of Frictionless and title; what names a row; which
    field stands for a row of which other table, as field, table, field there."""

    name: str
    title: str
    fields: tuple[tuple[str, str, str], ...]
    key: tuple[str, ...] = ()
    refers: tuple[tuple[str, str, str], ...] = ()


def package(name: str, title: str, tables: Sequence[tuple[Table, Rows]], at: datetime) -> bytes:
    """A ZIP file of `datapackage.json` and a CSV file for each table."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        descriptor = _descriptor(name, title, [table for table, _ in tables], at)
        archive.writestr("datapackage.json", json.dumps(descriptor, ensure_ascii=False, indent=1))
        for table, rows in tables:
            archive.writestr(f"{table.name}.csv", _csv(table, rows))
    return target.getvalue()


def as_workbook(tables: Sequence[tuple[Table, Rows]]) -> bytes:
    """The same tables as an Excel file, a sheet each, under the titles of their fields."""
    return workbook_of(
        *(
            Sheet(table.title, [title for _, _, title in table.fields], rows)
            for table, rows in tables
        )
    )


def _descriptor(name: str, title: str, tables: Sequence[Table], at: datetime) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "created": at.isoformat(timespec="seconds"),
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": table.name,
                "title": table.title,
                "path": f"{table.name}.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": _schema(table),
            }
            for table in tables
        ],
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": field, "type": kind, "title": title} for field, kind, title in table.fields
        ]
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": field, "reference": {"resource": other, "fields": there}}
            for field, other, there in table.refers
        ]
    return schema


def _csv(table: Table, rows: Rows) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([field for field, _, _ in table.fields])
    writer.writerows(rows)
    return target.getvalue()
