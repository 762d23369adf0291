"""QR codes."""

import io
from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe


# As many as a large fair has people: to draw a code takes longer than the page it stands on.
@lru_cache(maxsize=4096)
def qr(text: str) -> SafeString:
    """The QR code of `text` as an SVG to stand inside a page; the page says in words what it is."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=True,
        border=2,
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        unit=None,
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 -- drawn by us, the text is not in it
