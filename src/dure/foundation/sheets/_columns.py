"""The columns of a template, and where they stand under the headers of a sheet."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dure.foundation.sheets._read import bare_header, spellings

# What a header says of its language: 「제목(국문)」, 「영문 제목」, “Title (EN)”.
KOREAN = re.compile(
    r"국문|한글|한국어|\(\s*(?:한|국)\s*\)|(?:\bin\s+)?(?<![a-z])(?:korean|kor|ko|kr)(?![a-z])",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"영문|영어|\(\s*영\s*\)|(?:\bin\s+)?(?<![a-z])(?:english|eng|en)(?![a-z])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a template: its name in code and the headers under which it is known."""

    name: str
    header_ko: str
    header_en: str
    is_required: bool = False
    aliases: tuple[str, ...] = ()
    example: str = ""
    note_ko: str = ""
    note_en: str = ""
    options: Callable[[], Sequence[tuple[str, str]]] | None = None
    """What can be chosen, as pairs of a Korean and an English name; None where all may be written."""

    @property
    def known_as(self) -> set[str]:
        """Every spelling of the header that is recognised."""
        names = (self.name, self.header_ko, self.header_en, *self.aliases)
        return {spelling for name in names for spelling in spellings(name)}


def places_of(header: Sequence[Any], columns: Sequence[Column]) -> Mapping[str, list[int]]:
    """Where each column stands in a row of headers, from 0; more than once is a fault.

    Of a header in two languages side by side the English one belongs to the column whose name ends
    in `_en`; where there is none, the Korean one is taken.
    """
    known = {column.name: column.known_as for column in columns}
    places: dict[str, list[int]] = {}
    english: dict[str, list[int]] = {}
    for at, cell in enumerate(header):
        if not isinstance(cell, str) or not cell:
            continue
        name, is_english = _named(cell, known)
        if name and is_english and f"{name}_en" in known:
            places.setdefault(f"{name}_en", []).append(at)
        elif name:
            (english if is_english else places).setdefault(name, []).append(at)
    for name, places_of_name in english.items():
        places.setdefault(name, places_of_name)
    for name, places_of_name in list(places.items()):
        latin = [place for place in places_of_name if not re.search("[가-힣]", header[place])]
        if (
            len(places_of_name) == 2
            and len(latin) == 1
            and f"{name}_en" in known.keys() - places.keys()
        ):
            places[name] = [place for place in places_of_name if place not in latin]
            places[f"{name}_en"] = latin
    return places


def _named(cell: str, known: Mapping[str, set[str]]) -> tuple[str, bool]:
    """The column that a header names, and whether it is said to be in English."""
    if name := _first({bare_header(cell)}, known):
        return name, False
    for mark, is_english in ((ENGLISH, True), (KOREAN, False)):
        if mark.search(cell) and (name := _first(spellings(mark.sub("", cell)), known)):
            return name, is_english
    parts = {_first(spellings(part), known) for part in re.split(r"[/|]", cell)}
    return (_first(spellings(cell), known) or (parts.pop() if len(parts) == 1 else "")), False


def _first(spelled: set[str], known: Mapping[str, set[str]]) -> str:
    return next((name for name, names in known.items() if not names.isdisjoint(spelled)), "")
