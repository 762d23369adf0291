"""Spreadsheets in and out: hostile until parsed, every problem named by sheet, row and column."""

from dure.foundation.sheets._cells import (
    Draft,
    Names,
    Reader,
    bare,
    digits_and_dashes,
    names_of,
    read_rows,
    vocabulary_names,
)
from dure.foundation.sheets._columns import Column, places_of
from dure.foundation.sheets._table import (
    Dated,
    Fault,
    Problem,
    ProblemKind,
    Row,
    Table,
    UnreadableFile,
    problem_kinds,
    read_tables,
)
from dure.foundation.sheets._write import Sheet, template, workbook, workbook_of

__all__ = [
    "Column",
    "Dated",
    "Draft",
    "Fault",
    "Names",
    "Problem",
    "ProblemKind",
    "Reader",
    "Row",
    "Sheet",
    "Table",
    "UnreadableFile",
    "bare",
    "digits_and_dashes",
    "names_of",
    "places_of",
    "problem_kinds",
    "read_rows",
    "read_tables",
    "template",
    "vocabulary_names",
    "workbook",
    "workbook_of",
]
