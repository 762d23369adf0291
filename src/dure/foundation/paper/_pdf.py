"""PDF files by WeasyPrint, with a font of our own.

The faces of the site come in 120 pieces, which WeasyPrint cannot tell apart; `fonts/` holds them
put together again, one file for each weight (made by `make_fonts.py`).
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
VARIANT = "pdf/ua-1"


def pdf(html: str) -> bytes:
    """Set `html`, a whole document with a title, as a tagged PDF (written as PDF/UA-1).

    The document finds the house's `paper.css` in place; it may name files in data: addresses,
    nothing else is fetched.
    """
    sheet, fonts = _style()
    written: bytes = _document(html).write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT
    )
    return written


def pdf_of(documents: Iterable[str]) -> bytes:
    """Set documents one after the other, each on pages of its own, as one PDF titled as the first.

    Each is asked for when the one before is set. Raises ValueError when there is none.
    """
    sheet, fonts = _style()
    laid_out = [
        _document(html).render(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT)
        for html in documents
    ]
    if not laid_out:
        raise ValueError("there is no document")
    pages = [page for document in laid_out for page in document.pages]
    written: bytes = laid_out[0].copy(pages).write_pdf(pdf_variant=VARIANT)
    return written


def overlay(html: str) -> bytes:
    """Set `html` with the house's letters and nothing else of its style, to be laid over other pages."""
    _, fonts = _style()
    written: bytes = _document(html).write_pdf(font_config=fonts)
    return written


def _document(html: str) -> Any:
    # Needs Pango on the machine: without it only printing fails, not the site.
    from weasyprint import HTML  # noqa: PLC0415 -- takes a second, and only printing needs it
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    return HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))


@lru_cache(maxsize=1)
def _style() -> tuple[Any, Any]:
    """The style of paper and the fonts it names, read once in the life of a process."""
    from weasyprint import CSS  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()
    return CSS(filename=HERE / "paper.css", font_config=fonts), fonts
