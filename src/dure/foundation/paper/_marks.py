"""Marks on the pages of a PDF that say whose copy it is, and reading them back."""

import html
import io
import re

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from dure.foundation.paper._pdf import overlay

ROWS = 5
MOST_PAGES = 500
READ_ERRORS = (PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError, IndexError)
"""What pypdf raises over files that are no good PDF."""


class CannotMark(ValueError):
    """The file cannot be read as a PDF, is encrypted, or has too many pages."""


def marked(content: bytes, words: str) -> bytes:
    """A copy of a PDF with `words` several times across each page, as text. Raises CannotMark."""
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
    """Whether `marked` can read a file: a PDF, not encrypted, with not too many pages."""
    try:
        return 0 < len(PdfWriter(clone_from=io.BytesIO(content)).pages) <= MOST_PAGES
    except READ_ERRORS:
        return False


def marks_in(content: bytes, prefix: str) -> list[str]:
    """The codes after `prefix` in the text of a PDF, each once; none where it cannot be read."""
    found: dict[str, None] = {}
    try:
        for page in PdfReader(io.BytesIO(content)).pages[:MOST_PAGES]:
            text = re.sub(r"\s+", "", page.extract_text())
            found |= dict.fromkeys(re.findall(rf"{re.escape(prefix)}[0-9A-F]{{12}}", text))
    except READ_ERRORS:
        return list(found)
    return list(found)


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
