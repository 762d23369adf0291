"""Writes tables as Excel workbooks, and the templates that people fill."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from dure.foundation.sheets._columns import Column

WIDEST = 60
LAST_ROW = 10_000


def workbook(sheet: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """An .xlsx with one sheet: bold frozen header, filters, readable widths.

    Text is written as text, so that a cell beginning with = is never a formula. The same rows give
    the same bytes.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "remove_timezone": True}) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001 -- as in every zip
        page = book.add_worksheet(sheet[:31])
        bold = book.add_format({"bold": True, "bg_color": "#EEF2F7", "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        number = book.add_format({"num_format": "#,##0", "valign": "top"})
        fraction = book.add_format({"num_format": "#,##0.0###", "valign": "top"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        widths = [len(str(header)) * 2 for header in headers]
        page.write_row(0, 0, [str(header) for header in headers], bold)
        last = 0
        for last, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, datetime):
                    page.write_datetime(last, at, value, moment)
                elif isinstance(value, int | float) and not isinstance(value, bool):
                    is_whole = float(value).is_integer()
                    page.write_number(last, at, value, number if is_whole else fraction)
                else:
                    page.write_string(last, at, str(value), wrap)
                widths[at] = max(widths[at], min(WIDEST, len(str(value)) + 2))
        for at, width in enumerate(widths):
            page.set_column(at, at, min(WIDEST, width))
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(last, 1), len(headers) - 1)
    return target.getvalue()


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
