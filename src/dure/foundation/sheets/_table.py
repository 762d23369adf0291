"""A table from outside, its columns recognised, its problems named by sheet, row and column."""

import json
import logging
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.foundation.sheets._columns import Column, places_of
from dure.foundation.sheets._read import letter
from dure.values.amounts import names_unit, unit_of

log = logging.getLogger(__name__)
HEADER_WITHIN_ROWS = 15
CAPTION = re.compile(r"단위|unit|\bin\b|^\W?[^\s\W]{1,6}\W?$", re.IGNORECASE)
UNIT_COLUMN = re.compile(
    r"(?:금액|예산|화폐)?\s?단위|통화|(?:currency\s)?unit|currency", re.IGNORECASE
)
# Imported and not run as a file, so that Python need not compile it again for every sheet.
READER = "import sys; sys.path.append(sys.argv.pop(1)); import _read; _read.main()"


Kinds = TypeVar("Kinds", bound=type[TextChoices])
_LABELS: dict[str, Any] = {}


def problem_kinds(kinds: Kinds) -> Kinds:
    """Let problems be of these kinds too: an app brings those of its own rules.

    Raises ValueError for a kind that there is already.
    """
    if doubled := _LABELS.keys() & set(kinds.values):
        raise ValueError(f"there are such problems already: {', '.join(sorted(doubled))}")
    _LABELS.update(kinds.choices)
    return kinds


@problem_kinds
class ProblemKind(TextChoices):
    """What can be wrong with a file or a cell; each says what to do."""

    EMPTY_FILE = "EMPTY_FILE", _("The file is empty.")
    FILE_GONE = "FILE_GONE", _("The file is no longer here. Upload it again.")
    LOCKED_FILE = (
        "LOCKED_FILE",
        _("A password or a document-security program locks this file. Save an unlocked copy."),
    )
    OTHER_SPREADSHEET = (
        "OTHER_SPREADSHEET",
        _("This is another kind of spreadsheet (.xls, .xlsb, .ods, web page). Save it as .xlsx."),
    )
    DAMAGED_WORKBOOK = (
        "DAMAGED_WORKBOOK",
        _("The workbook is damaged. Open it in Excel and save it again as .xlsx."),
    )
    NOT_A_WORKBOOK = "NOT_A_WORKBOOK", _("This is an archive, but not an Excel workbook.")
    NOT_A_TABLE = (
        "NOT_A_TABLE",
        _("This file is not a table. Use .xlsx, or .csv in UTF-8 or CP949."),
    )
    UNPACKS_TOO_LARGE = (
        "UNPACKS_TOO_LARGE",
        _("The workbook is too large when unpacked. Split it into smaller files."),
    )
    TOO_MANY_COLUMNS = (
        "TOO_MANY_COLUMNS",
        _("There are more than 300 columns. Delete the columns that are not in the template."),
    )
    TOO_MANY_ROWS = "TOO_MANY_ROWS", _("There are more than 100,000 rows. Split the file.")
    CELL_TOO_LONG = "CELL_TOO_LONG", _("A cell holds more than 40,000 characters. Shorten it.")
    BROKEN_CSV = "BROKEN_CSV", _("The quotation marks in this CSV file do not match.")
    UNKNOWN_ENCODING = (
        "UNKNOWN_ENCODING",
        _("The text is neither UTF-8 nor CP949. Save it as “CSV UTF-8” in Excel."),
    )
    TAKES_TOO_LONG = "TAKES_TOO_LONG", _("Reading the file takes too long. Split it.")
    NO_HEADER = (
        "NO_HEADER",
        _("No sheet has the columns of the template. Compare the first row with the template."),
    )
    MISSING_COLUMN = "MISSING_COLUMN", _("This column is missing. Add it as in the template.")
    DOUBLE_COLUMN = "DOUBLE_COLUMN", _("This column is there twice. Keep one of them.")
    NO_ROWS = "NO_ROWS", _("There are headers but no rows.")
    MORE_CELLS = (
        "MORE_CELLS",
        _(
            "This row has more cells than there are headers. Put texts with commas in quotation marks."
        ),
    )
    HIDDEN_ROWS = (
        "HIDDEN_ROWS",
        _("These rows are hidden, perhaps by a filter. Show them, or delete them."),
    )
    HIDDEN_COLUMN = "HIDDEN_COLUMN", _("This column is hidden. Show it, or delete it.")
    MERGED_CELLS = "MERGED_CELLS", _("These cells are merged. Unmerge them and fill each one.")
    FORMULA_WITHOUT_VALUE = (
        "FORMULA_WITHOUT_VALUE",
        _("This is a formula without a value. Open the file in Excel and save it."),
    )
    FORMULA_ERROR = (
        "FORMULA_ERROR",
        _("This formula ends in an error. Correct it, or write the value instead."),
    )
    REQUIRED = "REQUIRED", _("This cell must be filled.")
    TOO_LONG = "TOO_LONG", _("This text is longer than %(limit)s characters. Shorten it.")
    TOO_MANY_WORDS = "TOO_MANY_WORDS", _("There are more than %(limit)s words. Keep the best.")
    NOT_A_NUMBER = "NOT_A_NUMBER", _("This is not a whole number. Write digits only.")
    NOT_AN_AMOUNT = (
        "NOT_AN_AMOUNT",
        _("This is not an amount of money. Write whole won, such as 150000000 or 1.5억원."),
    )
    UNCLEAR_UNIT = (
        "UNCLEAR_UNIT",
        _("The unit of this amount is not clear. Write one of 원, 천원, 백만원 in the header."),
    )
    DIGITS_LOST = (
        "DIGITS_LOST",
        _("Excel keeps fifteen digits of a number. Format the column as text and write it again."),
    )
    IS_A_DATE = (
        "IS_A_DATE",
        _("Excel took this for a date. Format the column as text and write it again."),
    )
    OUT_OF_RANGE = "OUT_OF_RANGE", _("Write a number from %(low)s to %(high)s.")
    NOT_IN_LIST = "NOT_IN_LIST", _("This is not in the list. Write one of: %(allowed)s")
    NOT_A_BUSINESS_NUMBER = (
        "NOT_A_BUSINESS_NUMBER",
        _("This is no valid business registration number. Check the ten digits."),
    )
    DOUBLE_ROW = "DOUBLE_ROW", _("The same id stands in row %(row)s already.")
    DOUBLE_TEXT = (
        "DOUBLE_TEXT",
        _("Row %(row)s says the same. Delete one, or give each an id of its own."),
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where it stands, what is there, and what to do."""

    kind: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    header: str = ""
    value: str = ""
    facts: Mapping[str, Any] | None = None

    @property
    def fix(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        label = str(_LABELS[self.kind])
        return label % self._words() if self.facts else label

    @property
    def place(self) -> str:
        """Where it stands, as Excel writes it: `Sheet1!C7`."""
        cell = f"{self.column}{self.row or ''}"
        return f"{self.sheet}!{cell}" if self.sheet and cell else cell or self.sheet

    def _words(self) -> dict[str, Any]:
        """The facts; where one is given in both languages, in the reader's."""
        language = "en" if get_language() == "en" else "ko"
        return {
            name: fact[language] if isinstance(fact, dict) else fact
            for name, fact in (self.facts or {}).items()
        }

    def as_json(self) -> dict[str, Any]:
        """As plain values, to be kept with a job."""
        return asdict(self)


class UnreadableFile(Exception):
    """The file as a whole cannot be taken."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands in a cell that cannot be taken at its face."""

    kind: ProblemKind
    text: str

    def __str__(self) -> str:
        return self.text


class Dated(str):
    """A date as ISO text, from a cell that Excel keeps as a date, whatever was typed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet, its cells by column name, and the unit that it says for money."""

    number: int
    cells: Mapping[str, Any]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet that holds the columns of a template."""

    sheet: str
    letters: Mapping[str, str]
    headers: Mapping[str, str]
    rows: Sequence[Row]
    problems: Sequence[Problem] = ()
    units: Mapping[str, int | None] = field(default_factory=dict)
    """What plain numbers in a column count, in won, where its header or a caption says so; None
    where that is not clear."""

    def problem(self, row: Row, column: str, kind: TextChoices, /, **facts: Any) -> Problem:
        """A problem with one cell of this table."""
        value = row.cells.get(column)
        return Problem(
            kind=kind.value,
            sheet=self.sheet,
            row=row.number,
            column=self.letters.get(column, ""),
            header=self.headers.get(column, column),
            value="" if value is None else str(value)[:100],
            facts=facts or None,
        )


def read_tables(path: Path, columns: Sequence[Column]) -> list[Table]:
    """Read the sheets of a .xlsx or .csv file that hold `columns`, in their order.

    The file is parsed in a process of its own with limits on memory and time. A sheet counts when
    one of its first rows names a required column and one more; a list of codes or a guide beside
    it does not. Raises UnreadableFile when no table comes of it; problems of single cells are in
    the tables.
    """
    tables, headers = [], []
    for sheet in _read_apart(path, columns):
        header_at, header = _find_header(sheet["rows"], columns)
        if len(header) >= min(2, len(columns)) and any(
            c.is_required and c in header for c in columns
        ):
            tables.append(_table(sheet, header_at, columns))
        headers += [
            str(cell) for row in sheet["rows"][:1] for cell in row if cell not in ("", None)
        ]
    if not tables:
        raise UnreadableFile(Problem(ProblemKind.NO_HEADER.value, value=", ".join(headers)[:100]))
    filled = [table for table in tables if table.rows or table.problems]
    if not filled:
        return [replace(tables[0], problems=[Problem(ProblemKind.NO_ROWS.value, tables[0].sheet)])]
    return filled


def _read_apart(path: Path, columns: Sequence[Column]) -> list[dict[str, Any]]:
    known = sorted(set().union(*(column.known_as for column in columns)))
    try:
        child = subprocess.run(  # noqa: S603 -- our own reader
            [sys.executable, "-I", "-c", READER, str(Path(__file__).parent), str(path), *known],
            capture_output=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(Problem(ProblemKind.TAKES_TOO_LONG.value)) from error
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise UnreadableFile(Problem(ProblemKind.TAKES_TOO_LONG.value))
    if child.returncode < 0:  # the parser gave up when the memory ended
        raise UnreadableFile(Problem(ProblemKind.UNPACKS_TOO_LARGE.value))
    if child.returncode > 0:
        log.error("the reader failed: %s", child.stderr.decode(errors="replace")[-2000:])
        raise UnreadableFile(Problem(ProblemKind.DAMAGED_WORKBOOK.value))
    answer = json.loads(child.stdout)
    if kind := answer.pop("problem", None):
        raise UnreadableFile(Problem(kind, **answer))
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def _find_header(rows: list[list[Any]], columns: Sequence[Column]) -> tuple[int, list[Column]]:
    """The place of the row that names the most columns, and these columns."""
    best: tuple[int, list[Column]] = (0, [])
    for number, row in enumerate(rows[:HEADER_WITHIN_ROWS]):
        places = places_of(row, columns)
        present = [column for column in columns if column.name in places]
        if len(present) > len(best[1]):
            best = number, present
    return best


def _table(sheet: dict[str, Any], header_at: int, columns: Sequence[Column]) -> Table:
    header = sheet["rows"][header_at]
    all_places, problems = places_of(header, columns), []
    places = {
        column.name: all_places[column.name][0] for column in columns if column.name in all_places
    }
    for column in columns:
        at = all_places.get(column.name, [])
        if len(at) > 1 or (column.is_required and not at):
            kind = ProblemKind.DOUBLE_COLUMN if at else ProblemKind.MISSING_COLUMN
            place = letter(at[-1]) if at else ""
            names = f"{column.header_ko} ({column.header_en})"
            problems.append(Problem(kind.value, sheet["name"], header_at + 1, place, names))
    used = set(places.values())
    unit_at = next((at for at, cell in enumerate(header) if _is_unit_column(cell, at, used)), None)
    problems += [*_hidden(sheet, header_at, used), *_merged(sheet, header_at, used)]
    problems += _too_wide(sheet, header_at)
    rows = [
        Row(number, {name: _cell(cells, at) for name, at in places.items()}, _unit(cells, unit_at))
        for number, cells in enumerate(sheet["rows"][header_at + 1 :], header_at + 2)
        if any(_cell(cells, at) is not None for at in used)
    ]
    return Table(
        sheet=sheet["name"],
        letters={name: letter(at) for name, at in places.items()},
        headers={name: str(header[at]) for name, at in places.items()},
        rows=rows,
        problems=problems,
        units=_units(sheet["rows"][:header_at], {name: header[at] for name, at in places.items()}),
    )


def _units(above: list[list[Any]], headers: Mapping[str, Any]) -> dict[str, int | None]:
    """The unit of every column: as its header says, else as a caption above 「(단위: 천원)」."""
    captions = [
        cell
        for row in above
        for cell in row
        if isinstance(cell, str) and CAPTION.search(cell) and names_unit(cell)
    ]
    units = {unit_of(caption) for caption in captions}
    general = units.pop() if len(units) == 1 else None if units else 1
    return {
        name: unit_of(header) if names_unit(header) else general
        for name, header in headers.items()
        if isinstance(header, str)
    }


def _is_unit_column(header: Any, at: int, used: set[int]) -> bool:
    """True for a column beside those of the template that says the unit of each row."""
    return (
        at not in used and isinstance(header, str) and bool(UNIT_COLUMN.fullmatch(header.strip()))
    )


def _unit(cells: list[Any], at: int | None) -> str:
    value = None if at is None else _cell(cells, at)
    return value if isinstance(value, str) and names_unit(f"({value})") else ""


def _too_wide(sheet: dict[str, Any], header_at: int) -> Iterator[Problem]:
    """Rows of a text file in which a separator stands that is none."""
    if sheet["name"]:
        return  # beside the table of a workbook there may be notes
    width = len(sheet["rows"][header_at])
    for number, cells in enumerate(sheet["rows"][header_at + 1 :], header_at + 2):
        if len(cells) > width:
            value = str(cells[width])[:100]
            yield Problem(ProblemKind.MORE_CELLS.value, "", number, letter(width), value=value)


def _hidden(sheet: dict[str, Any], header_at: int, used: set[int]) -> Iterator[Problem]:
    for at in sorted(used.intersection(sheet["hidden_columns"])):
        kind, header = ProblemKind.HIDDEN_COLUMN.value, str(sheet["rows"][header_at][at])
        yield Problem(kind, sheet["name"], header_at + 1, letter(at), header)
    rows = sheet["rows"]
    hidden = sorted(
        row
        for row in set(sheet["hidden_rows"])
        if header_at < row < len(rows) and any(_cell(rows[row], at) is not None for at in used)
    )
    if hidden:
        listed = ", ".join(str(row + 1) for row in hidden)
        kind = ProblemKind.HIDDEN_ROWS.value
        yield Problem(kind, sheet["name"], hidden[0] + 1, value=listed[:100])


def _merged(sheet: dict[str, Any], header_at: int, used: set[int]) -> list[Problem]:
    return [
        Problem(
            ProblemKind.MERGED_CELLS.value,
            sheet["name"],
            first_row + 1,
            letter(first_column),
            value=f"{letter(first_column)}{first_row + 1}:{letter(last_column)}{last_row + 1}",
        )
        for (first_row, first_column), (last_row, last_column) in sheet["merged"]
        if last_row > header_at and used & set(range(first_column, last_column + 1))
    ]


def _cell(cells: list[Any], at: int) -> Any:
    value = cells[at] if at < len(cells) and cells[at] != "" else None
    if not isinstance(value, list):
        return value
    code, text = value
    return Dated(text) if code == "DATE" else Fault(ProblemKind(code), text)
