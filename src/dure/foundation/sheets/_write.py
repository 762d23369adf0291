"""Writes tables as Excel workbooks, and the templates that people fill."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from dure.foundation.sheets._columns import Column

WIDEST = 60
LAST_ROW = 10_000
EXACT = 10**15
SEOUL = ZoneInfo("Asia/Seoul")
_LOOKS: dict[str, dict[str, Any]] = {
    "header": {"bold": True, "bg_color": "#EEF2F7", "bottom": 1},
    "text": {"text_wrap": True},
    "number": {"num_format": "#,##0"},
    "fraction": {"num_format": "#,##0.0###"},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
}


class Sheet(NamedTuple):
    """One sheet of a workbook: its name, the headers of its columns, its rows."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Any]]


def workbook(sheet: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """An .xlsx with one sheet; see `workbook_of`."""
    return workbook_of(Sheet(sheet, headers, rows))


def workbook_of(*sheets: Sheet) -> bytes:
    """An .xlsx with a page for each sheet: bold frozen header, filters, readable widths.

    Text is written as text, so that a cell beginning with = is never a formula; days and moments
    are written as dates of Excel, moments by the clock of Seoul. The same rows give the same bytes.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001 -- as in every zip
        formats = {kind: book.add_format(look | {"valign": "top"}) for kind, look in _LOOKS.items()}
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name[:31]), sheet, formats)
    return target.getvalue()


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    widths = [len(str(header)) * 2 for header in sheet.headers]
    page.write_row(0, 0, [str(header) for header in sheet.headers], formats["header"])
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for at, value in enumerate(row):
            if value is None or value == "":
                continue
            widths[at] = max(widths[at], min(WIDEST, _write_cell(page, last, at, value, formats)))
    for at, width in enumerate(widths):
        page.set_column(at, at, min(WIDEST, width))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(last, 1), len(sheet.headers) - 1)


def _write_cell(page: Any, row: int, at: int, value: Any, formats: dict[str, Any]) -> int:
    """Write one value by its kind; returns how wide it wants its column."""
    if isinstance(value, datetime):
        local = value.astimezone(SEOUL).replace(tzinfo=None) if value.tzinfo else value
        page.write_datetime(row, at, local, formats["moment"])
        return 18
    if isinstance(value, date):
        page.write_datetime(row, at, value, formats["day"])
        return 12
    if _is_number(value):
        is_whole = float(value).is_integer()
        page.write_number(row, at, value, formats["number" if is_whole else "fraction"])
    else:
        page.write_string(row, at, str(value), formats["text"])
    return len(str(value)) + 2


def _is_number(value: Any) -> bool:
    """Excel keeps fifteen digits; what has more stays text, to the last digit."""
    is_one = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return is_one and not (isinstance(value, Decimal) and abs(value) >= EXACT)


def template(sheet: str, columns: Sequence[Column], language: str | None) -> bytes:
    """An empty workbook to fill in, and a sheet that explains each column by an example.

    Its cells are text, so that Excel makes no date of 1-4 and no 123 of 00123; where there is a
    list to choose from, the cells offer it and take what else is written too.
    """
    is_english = language == "en"
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        must = book.add_format({"bold": True, "bg_color": "#DCE6F5", "bottom": 1})
        may = book.add_format({"bold": True, "bg_color": "#F2F4F6", "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        page = book.add_worksheet(sheet[:31])
        guide = book.add_worksheet("Guide" if is_english else "작성 안내")
        lists = book.add_worksheet("Lists" if is_english else "목록")
        lists.hide()
        guide.write_row(
            0,
            0,
            ["Column", "Required", "Example", "How to fill it in"]
            if is_english
            else ["열", "필수", "예", "작성 방법"],
            must,
        )
        for at, column in enumerate(columns):
            header = column.header_en if is_english else column.header_ko
            page.write_string(0, at, header, must if column.is_required else may)
            page.set_column(at, at, max(14, len(header) * 2), text)
            yes = "Yes" if is_english else "필수"
            guide.write_string(at + 1, 0, header)
            guide.write_string(at + 1, 1, yes if column.is_required else "")
            guide.write_string(at + 1, 2, column.example, wrap)
            note = column.note_en if is_english else column.note_ko
            guide.write_string(at + 1, 3, note, wrap)
            if column.options is not None:
                names = [english if is_english else korean for korean, english in column.options()]
                _offer(page, at, lists, names)
        page.freeze_panes(1, 0)
        guide.set_column(0, 1, 16)
        guide.set_column(2, 3, 60)
    return target.getvalue()


def _offer(page: Any, at: int, lists: Any, names: Sequence[str]) -> None:
    """Write a list into the same column of another sheet and offer it in a column of the page."""
    lists.write_column(0, at, names)
    column = xl_col_to_name(at, col_abs=True)
    rule = {
        "validate": "list",
        "source": f"='{lists.get_name()}'!{column}$1:{column}${len(names)}",
        "show_error": False,  # several may be written, and codes
    }
    page.data_validation(1, at, LAST_ROW, at, rule)
