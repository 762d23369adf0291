"""PDF files by WeasyPrint, with a font of our own.

The faces of the site come in 120 pieces, which WeasyPrint cannot tell apart; `fonts/` holds them
put together again, one file for each weight (made by `make_fonts.py`).
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FONTS = HERE / "fonts"


def pdf(html: str) -> bytes:
    """Set `html`, a whole document with a title, as a tagged PDF (written as PDF/UA-1).

    The document finds the house's `paper.css` in place; it may name files in data: addresses,
    nothing else is fetched.
    """
    # Needs Pango on the machine: without it only printing fails, not the site.
    from weasyprint import HTML  # noqa: PLC0415 -- takes a second, and only printing needs it
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    sheet, fonts = _style()
    document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    written: bytes = document.write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1"
    )
    return written


@lru_cache(maxsize=1)
def _style() -> tuple[Any, Any]:
    """The style of paper and the fonts it names, read once in the life of a process."""
    from weasyprint import CSS  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()
    return CSS(filename=HERE / "paper.css", font_config=fonts), fonts
