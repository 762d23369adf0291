"""The words of the platform and what they mean: one source for pages and docs, in both languages."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from dure.foundation.vocabularies import FOLDER, Entry, entries

KEY = re.compile(r"[a-z]+(-[a-z]+)*")


class GlossaryError(ValueError):
    """A cell of the glossary that cannot stay as it is; says file, row and column."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word as the pages say it; `official` is what Korean papers say, where they say otherwise."""

    key: str
    group: str
    en: str
    ko: str
    official: str
    meaning_en: str
    meaning_ko: str

    def word_in(self, language: str | None) -> str:
        """The word in Korean unless English is asked for."""
        return self.en if language == "en" else self.ko

    def meaning_in(self, language: str | None) -> str:
        """The meaning in Korean unless English is asked for."""
        return self.meaning_en if language == "en" else self.meaning_ko

    def holds(self, words: str) -> bool:
        """True when every one of `words` occurs, in either language; Korean spaces do not matter."""
        texts = (self.en, self.ko, self.official, self.meaning_en, self.meaning_ko)
        text = " ".join(texts).casefold()
        joined = text.replace(" ", "")
        return all(word in text or word in joined for word in words.casefold().split())


COLUMNS = tuple(field.name for field in fields(Term))
UNIQUE = ("key", "en", "ko")


@cache
def glossary() -> dict[str, Term]:
    """Every term by its key, in the order of the file."""
    return {term.key: term for term in read(FOLDER / "glossary.csv")}


def groups() -> dict[str, Entry]:
    """The groups of terms by code, in the order of pages."""
    return entries("glossary_groups")


def grouped(terms: Iterable[Term]) -> Iterator[tuple[Entry, list[Term]]]:
    """`terms` by group, without the groups that hold none of them."""
    terms = list(terms)
    for group in groups().values():
        if inside := [term for term in terms if term.group == group.code]:
            yield group, inside


def read(path: Path) -> list[Term]:
    """The terms of a file.

    Raises GlossaryError at the first cell that is wrong.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise GlossaryError(f"{path.name}, row 1: the columns must be {', '.join(COLUMNS)}")
        terms: list[Term] = []
        seen: set[tuple[str, str]] = set()
        for row in rows:
            for column, fault in _faults(row, seen):
                raise GlossaryError(f"{path.name}, row {rows.line_num}, column {column}: {fault}")
            seen |= {(column, row[column]) for column in UNIQUE}
            terms.append(Term(**row))
    return terms


def _faults(row: dict[str, str], seen: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    if None in row or None in row.values():
        yield COLUMNS[-1], f"the row must have {len(COLUMNS)} cells"
        return
    for column in COLUMNS:
        if column != "official" and not row[column].strip():
            yield column, "must be filled"
    if not KEY.fullmatch(row["key"]):
        yield "key", f"{row['key']} must be small letters and hyphens; it is an address on the page"
    if row["group"] not in groups():
        yield "group", f"{row['group']} is none of {', '.join(groups())}"
    for column in UNIQUE:
        if (column, row[column]) in seen:
            yield column, f"{row[column]} stands in an earlier row already"
