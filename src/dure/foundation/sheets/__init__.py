"""Spreadsheets in and out: hostile until parsed, every problem named by sheet, row and column."""

from dure.foundation.sheets._table import (
    Column,
    Fault,
    Problem,
    ProblemKind,
    Row,
    Table,
    UnreadableFile,
    read_tables,
)
from dure.foundation.sheets._write import template, workbook

__all__ = [
    "Column",
    "Fault",
    "Problem",
    "ProblemKind",
    "Row",
    "Table",
    "UnreadableFile",
    "read_tables",
    "template",
    "workbook",
]
