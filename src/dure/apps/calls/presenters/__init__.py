"""How calls are shown."""

from dure.apps.calls.presenters.calls import (
    TONES,
    asked,
    chances,
    crumbs,
    is_barred,
    left,
    moves,
    path,
    programme_sections,
    regions,
    rows,
    shares,
    sheet,
    stages,
    windows,
)

__all__ = [
    "TONES",
    "asked",
    "chances",
    "crumbs",
    "is_barred",
    "left",
    "moves",
    "path",
    "programme_sections",
    "regions",
    "rows",
    "shares",
    "sheet",
    "stages",
    "windows",
]
