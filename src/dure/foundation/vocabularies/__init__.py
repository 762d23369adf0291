"""The platform's own vocabularies: fields of the roadmap, regions, terms of art in two languages."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Entry:
    """One code with its name in both languages, and what people write instead.

    `group` is empty where a list has no groups.
    """

    code: str
    name_ko: str
    name_en: str
    group: str = ""
    also: tuple[str, ...] = ()

    def name_in(self, language: str | None) -> str:
        """The name in Korean unless English is asked for."""
        return self.name_en if language == "en" else self.name_ko


@cache
def entries(vocabulary: str) -> dict[str, Entry]:
    """The entries of `fields` or `regions` by code, in the order of the file."""
    with (FOLDER / f"{vocabulary}.csv").open(encoding="utf-8", newline="") as file:
        rows = [dict(row) for row in csv.DictReader(file)]
    also = [tuple(filter(None, row.pop("also", "").split("|"))) for row in rows]
    return {row["code"]: Entry(**row, also=more) for row, more in zip(rows, also, strict=True)}


def name_of(vocabulary: str, code: str, language: str | None) -> str:
    """The name of a code; the code itself where the vocabulary does not know it."""
    entry = entries(vocabulary).get(code)
    return entry.name_in(language) if entry else code


def choices(vocabulary: str, language: str | None) -> list[tuple[str, str]]:
    """(code, name) of every entry, for a form."""
    return [(code, entry.name_in(language)) for code, entry in entries(vocabulary).items()]


@cache
def region_tiles() -> dict[str, tuple[int, int]]:
    """The column and row of each region on a map of equal squares, from the upper left."""
    with (FOLDER / "region_tiles.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(file)}


@cache
def terms() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The lexicon of terms of art: pairs of (Korean synonyms, English synonyms)."""
    return tuple(_read_terms())


def _read_terms() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for path in sorted((FOLDER / "terms").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            if line.strip():
                ko, en = line.split("\t")
                yield tuple(ko.split(" | ")), tuple(en.split(" | "))
