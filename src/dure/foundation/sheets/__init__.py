"""Spreadsheets in and out: hostile until parsed, every problem named by sheet, row and column."""

from dure.foundation.sheets._amounts import won
from dure.foundation.sheets._cells import (
    Draft,
    Names,
    Reader,
    bare,
    digits_and_dashes,
    names_of,
    read_rows,
)
from dure.foundation.sheets._table import (
    Column,
    Fault,
    Problem,
    ProblemKind,
    Row,
    Table,
    UnreadableFile,
    problem_kinds,
    read_tables,
)
from dure.foundation.sheets._write import template, workbook

__all__ = [
    "Column",
    "Draft",
    "Fault",
    "Names",
    "Problem",
    "ProblemKind",
    "Reader",
    "Row",
    "Table",
    "UnreadableFile",
    "bare",
    "digits_and_dashes",
    "names_of",
    "problem_kinds",
    "read_rows",
    "read_tables",
    "template",
    "won",
    "workbook",
]
