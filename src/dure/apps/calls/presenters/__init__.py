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
    regions,
    rows,
    shares,
    sheet,
    stages,
    told,
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
    "regions",
    "rows",
    "shares",
    "sheet",
    "stages",
    "told",
    "windows",
]
