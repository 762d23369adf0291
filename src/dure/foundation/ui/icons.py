"""The icons that pages may name."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("static") / "ui" / "icons.svg"


@cache
def icon_names() -> frozenset[str]:
    """The names of all icons."""
    return frozenset(re.findall(r'<symbol[^>]*\bid="([^"]+)"', _FILE.read_text(encoding="utf-8")))


def missing_icon(name: str) -> Iterator[str]:
    """Say that there is no such icon, if so."""
    if name not in icon_names():
        yield f"shows {name!r}, which is no icon"
