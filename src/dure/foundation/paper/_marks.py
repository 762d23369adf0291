"""Marks on copies, on the pages of a PDF or across a picture, that say whose copy it is, and reading them back."""

import html
import io
import re

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from dure.foundation.paper._errors import CannotMark
from dure.foundation.paper._images import (
    can_mark_image,
    codes_in_image,
    is_image,
    marked_image,
)
from dure.foundation.paper._pdf import overlay

ROWS = 5
MOST_PAGES = 500
READ_ERRORS = (PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError, IndexError)
"""What pypdf raises over files that are no good PDF."""


def marked(content: bytes, words: str, code: str) -> bytes:
    """A copy of a PDF, PNG or JPEG with `words`, which name `code`, several times across it.

    Of a PDF the words are text, below a picture the code stands in a strip. Raises CannotMark.
    """
    if is_image(content):
        return marked_image(content, words, code)
    sheets: dict[tuple[int, int], bytes] = {}
    try:
        writer = PdfWriter(clone_from=io.BytesIO(content))
        if len(writer.pages) > MOST_PAGES:
            raise CannotMark("too many pages")
        for page in writer.pages:
            page.transfer_rotation_to_content()
            box = page.mediabox
            size = (round(float(box.width)), round(float(box.height)))
            sheet = sheets.setdefault(size, b"") or _sheet(size, words)
            sheets[size] = sheet
            mark = PdfReader(io.BytesIO(sheet)).pages[0]
            page.merge_translated_page(mark, float(box.left), float(box.bottom))
        out = io.BytesIO()
        writer.write(out)
    except READ_ERRORS as error:
        raise CannotMark(str(error)) from error
    return out.getvalue()


def can_be_marked(content: bytes) -> bool:
    """Whether `marked` can read a file: a picture, or a PDF, not encrypted; neither too large."""
    if is_image(content):
        return can_mark_image(content)
    try:
        return 0 < len(PdfWriter(clone_from=io.BytesIO(content)).pages) <= MOST_PAGES
    except READ_ERRORS:
        return False


def marks_in(content: bytes, prefix: str) -> list[str]:
    """The codes after `prefix` in the text of a PDF, each once, or below a picture; else none."""
    if is_image(content):
        return codes_in_image(content, prefix)
    codes: dict[str, None] = {}
    try:
        for page in PdfReader(io.BytesIO(content)).pages[:MOST_PAGES]:
            text = re.sub(r"\s+", "", page.extract_text())
            codes |= dict.fromkeys(re.findall(rf"{re.escape(prefix)}[0-9A-F]{{12}}", text))
    except READ_ERRORS:
        return list(codes)
    return list(codes)


def _sheet(size: tuple[int, int], words: str) -> bytes:
    width, height = size
    lines = "".join(
        f'<p style="position:absolute;left:5%;top:{round(100 * (row + 0.5) / ROWS)}%;margin:0;'
        f'white-space:nowrap;transform:rotate(-24deg)">{html.escape(words)}</p>'
        for row in range(ROWS)
    )
    return overlay(
        f"<!doctype html><html lang='ko'><head><meta charset='utf-8'><title>-</title><style>"
        f"@page {{ size: {width}pt {height}pt; margin: 0 }}"
        f"body {{ margin: 0; font-family: 'Pretendard GOV'; font-size: {max(6, width // 55)}pt; color: rgba(120,120,120,0.35) }}"
        f"</style></head><body>{lines}</body></html>"
    )
