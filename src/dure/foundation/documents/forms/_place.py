"""Where the fields of a form stand in a document."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from dure.foundation.documents.forms._form import CellField, Column, FormProblem, ListField
from dure.foundation.documents.forms._xml import Cell, Section, Table, bare

ARROW = ">"
Found = TypeVar("Found")


class Unplaced(Exception):
    """A place that the document does not have once; `problem` says which."""

    def __init__(self, problem: FormProblem) -> None:
        super().__init__(problem.place)
        self.problem = problem


def cell_of(sections: Iterable[Section], field: CellField) -> Cell:
    """The cell in which a field stands. Raises Unplaced."""
    cells = [
        cell
        for table in _tables(sections, field.table)
        for label in _across(table, _path(field.label))
        if (cell := _beside(table, label, field.place)) is not None
    ]
    return _only(cells, field.id, field.label)


def rows_of(sections: Iterable[Section], field: ListField) -> list[dict[str, Cell]]:
    """The cells of a list, row by row and by column. Raises Unplaced."""
    anchor = field.beside or field.below
    anchors = [
        (table, label)
        for table in _tables(sections, field.table)
        for label in _across(table, _path(anchor))
    ]
    table, label = _only(anchors, field.id, anchor)
    if field.beside:
        rows = range(label.row, label.row + (field.rows or label.rows))
    else:
        first = label.row + label.rows
        last = max(cell.row + cell.rows for cell in table.cells)
        rows = range(first, first + (field.rows or last - first))
    columns = {column.id: _column(table, column, rows[0], field.id) for column in field.columns}
    return [
        {
            name: cell
            for name, at in columns.items()
            if (cell := table.at(row, at)) is not None and (cell.row, cell.column) == (row, at)
        }
        for row in rows
    ]


def _column(table: Table, column: Column, first_row: int, place: str) -> int:
    """Where a column stands: of several headers that say the same, the nearest above the rows."""
    if column.at is not None:
        return column.at
    above = [cell for cell in _down(table, _path(column.head)) if cell.row < first_row + 1]
    nearest = max((cell.row for cell in above), default=0)
    cells = [cell for cell in above if cell.row == nearest]
    return _only(cells, f"{place}.{column.id}", column.head).column


def _tables(sections: Iterable[Section], title: str) -> Iterator[Table]:
    for section in sections:
        for table in section.tables():
            if not title or bare(title) in table.title:
                yield table


def _path(label: str) -> list[str]:
    return [bare(part) for part in label.split(ARROW)]


def _across(table: Table, path: list[str]) -> list[Cell]:
    """Cells that end a path of labels going right: each within the rows of the one before."""
    return _along(
        table,
        path,
        lambda before, cell: (
            cell.column >= before.column + before.columns
            and before.row <= cell.row < before.row + before.rows
        ),
    )


def _down(table: Table, path: list[str]) -> list[Cell]:
    """Cells that end a path of headers going down: each within the columns of the one before."""
    return _along(
        table,
        path,
        lambda before, cell: (
            cell.row >= before.row + before.rows
            and before.column <= cell.column < before.column + before.columns
        ),
    )


def _along(table: Table, path: list[str], follows: Callable[[Cell, Cell], bool]) -> list[Cell]:
    cells = [cell for cell in table.cells if bare(cell.text) == path[0]]
    for label in path[1:]:
        cells = [
            cell
            for before in cells
            for cell in table.cells
            if bare(cell.text) == label and follows(before, cell)
        ]
    return cells


def _beside(table: Table, label: Cell, place: str) -> Cell | None:
    if place == "itself":
        return label
    if place == "below":
        return table.at(label.row + label.rows, label.column)
    return table.at(label.row, label.column + label.columns)


def _only(matches: Iterable[Found], place: str, label: str) -> Found:
    different = list(dict.fromkeys(matches))
    if len(different) != 1:
        raise Unplaced(FormProblem(place, "twice" if different else "missing", label))
    return different[0]
