"""Cells as people fill them in, read into values; what cannot be read is a problem of its cell."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import override

from dure.foundation import vocabularies
from dure.foundation.sheets._table import Dated, Fault, Problem, ProblemKind, Row, Table
from dure.values.amounts import won
from dure.values.days import read_day
from dure.values.ids import business_number
from dure.values.text import words_in

SEPARATOR = re.compile(r"[;,·/\n；，、]")
HASH = re.compile(r"(?:^|\s)#")
MOST_KEYWORDS = 30
EXACT = 10**15  # what Excel keeps of a number, to the last digit

# Which fields keep what they have when the cell of a known entry is empty.
KEPT_WHEN_EMPTY = ("language", "visibility", "business_number")


@dataclass(frozen=True, slots=True)
class Draft:
    """One row that was read: its values by field name, ready to be saved."""

    table: Table
    row: Row
    values: dict[str, Any]

    def problem(self, column: str, kind: TextChoices, /, **facts: Any) -> Problem:
        """What is wrong with this row only beside others."""
        return self.table.problem(self.row, column, kind, **facts)

    def changes(self) -> dict[str, Any]:
        """The values for an entry that is known: only those the sheet speaks of."""
        return {
            name: value
            for name, value in self.values.items()
            if name in self.row.cells
            and not (name in KEPT_WHEN_EMPTY and self.row.cells[name] is None)
        }


class Reader:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, table: Table, row: Row) -> None:
        self.table = table
        self.row = row
        self.problems: list[Problem] = []

    def wrong(self, column: str, kind: TextChoices, **facts: Any) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(self.table.problem(self.row, column, kind, **facts))

    def _value(self, column: str, *, required: bool = False) -> Any:
        """What stands in a cell; None when it is empty or cannot be taken at its face."""
        value = self.row.cells.get(column)
        if isinstance(value, Fault):
            self.wrong(column, value.kind)
            return None
        if required and value is None:
            self.wrong(column, ProblemKind.REQUIRED)
        return value

    def text(self, column: str, limit: int, *, required: bool = False, code: bool = False) -> str:
        """A text of at most `limit` characters; a code is no date and no number that lost its end."""
        value = self._value(column, required=required)
        if code and isinstance(value, Dated):
            self.wrong(column, ProblemKind.IS_A_DATE)
            return ""
        if code and isinstance(value, int | float) and abs(value) >= EXACT:
            self.wrong(column, ProblemKind.DIGITS_LOST)
            return ""
        text = "" if value is None else str(value)
        if len(text) > limit:
            self.wrong(column, ProblemKind.TOO_LONG, limit=f"{limit:,}")
        return text

    def number(self, column: str, low: int, high: int) -> int | None:
        """A whole number in a range; separators and units such as 「명」 and 「TRL」 are forgiven."""
        value = self._value(column)
        if value is None:
            return None
        if isinstance(value, Dated):
            self.wrong(column, ProblemKind.IS_A_DATE)
            return None
        text = unicodedata.normalize("NFKC", str(value))
        text = re.sub(r"[,\s]|[명년]$|단계$|^TRL", "", text, flags=re.IGNORECASE)
        return self._ranged(column, whole_number(text), ProblemKind.NOT_A_NUMBER, low, high)

    def year(self, column: str) -> int | None:
        """A year, also as the beginning of a date."""
        value = self._value(column)
        if value is None:
            return None
        match = re.match(r"(\d{4})(?:\D|$)", unicodedata.normalize("NFKC", str(value)))
        year = int(match[1]) if match else None
        return self._ranged(column, year, ProblemKind.NOT_A_NUMBER, 1850, 2100)

    def day(self, column: str, otherwise: TextChoices, *, required: bool = False) -> date | None:
        """A day as `values.days` reads it; `otherwise` is the problem of text that names none."""
        text = self.text(column, 40, required=required)
        day = read_day(text) if text else None
        if text and day is None:
            self.wrong(column, otherwise)
        return day

    def won(self, column: str) -> int | None:
        """An amount of money in whole won; 「1.5억원」 and 「300백만원」 are understood."""
        value = self._value(column)
        if value is None:
            return None
        unit = self.table.units.get(column, 1)
        if unit is None:
            self.wrong(column, ProblemKind.UNCLEAR_UNIT)
            return None
        written = f"{value}({self.row.unit})" if self.row.unit else str(value)
        return self._ranged(column, won(written, unit), ProblemKind.NOT_AN_AMOUNT, 0, 10**15)

    def _ranged(
        self, column: str, number: int | None, otherwise: ProblemKind, low: int, high: int
    ) -> int | None:
        if number is None:
            self.wrong(column, otherwise)
            return None
        if not low <= number <= high:
            self.wrong(column, ProblemKind.OUT_OF_RANGE, low=low, high=f"{high:,}")
            return None
        return number

    def one_of(
        self, column: str, names: "Names", default: str = "", *, required: bool = False
    ) -> str:
        """A code, found by code or by name in either language."""
        value = self._value(column, required=required)
        if value is None:
            return default
        code = names.codes.get(bare(value))
        if code is None:
            self.wrong(column, ProblemKind.NOT_IN_LIST, allowed=names.listed)
            return default
        return code

    def many_of(self, column: str, names: "Names") -> list[str]:
        """Codes, separated by semicolons or commas."""
        codes = [names.codes.get(bare(part)) for part in self._parts(column, SEPARATOR)]
        if None in codes:
            self.wrong(column, ProblemKind.NOT_IN_LIST, allowed=names.listed)
        return [code for code in dict.fromkeys(codes) if code]

    def keywords(self, column: str) -> list[str]:
        """Words, separated by semicolons, commas, line breaks or hash signs."""
        value = self._value(column)
        words = list(dict.fromkeys(words_in(HASH.sub(";", "" if value is None else str(value)))))
        if any(len(word) > 100 for word in words):
            self.wrong(column, ProblemKind.TOO_LONG, limit=100)
        if len(words) > MOST_KEYWORDS:
            self.wrong(column, ProblemKind.TOO_MANY_WORDS, limit=MOST_KEYWORDS)
        return words

    def _parts(self, column: str, separator: re.Pattern[str]) -> list[str]:
        value = self._value(column)
        parts = separator.split("" if value is None else str(value))
        return [part.strip() for part in parts if part.strip()]

    def business_number(self, column: str, *, required: bool = False) -> str:
        """Ten digits whose check digit is right."""
        value = self._value(column, required=required)
        if value is None:
            return ""
        number = business_number(digits_and_dashes(value))
        if number is None:
            self.wrong(column, ProblemKind.NOT_A_BUSINESS_NUMBER)
        return number or ""


def read_rows(
    table: Table, read: Callable[[Reader], dict[str, Any]], rows: Iterable[Row]
) -> tuple[list[Draft], list[Problem]]:
    """Read `rows` of a table; a row with a problem gives no draft."""
    drafts, problems = [], []
    for row in rows:
        reader = Reader(table, row)
        values = read(reader)
        problems += reader.problems
        if not reader.problems:
            drafts.append(Draft(table, row, values))
    return drafts, problems


@dataclass(frozen=True, slots=True)
class Names:
    """Codes by every spelling of their names, and their names as pairs of Korean and English."""

    codes: dict[str, str]
    labels: tuple[tuple[str, str], ...]

    @property
    def listed(self) -> dict[str, str]:
        """What to show when none fits, in each language."""
        korean, english = zip(*self.labels, strict=True)
        return {"ko": ", ".join(korean), "en": ", ".join(english)}


def names_of(choices: type[TextChoices], spellings: dict[str, str]) -> Names:
    """The codes of a list of choices, by code, by label in either language, or by a spelling."""
    codes, labels = dict(spellings), []
    for language in ("ko", "en"):
        with override(language):
            labels.append([str(label) for label in choices.labels])
    for names in (choices.values, *labels):
        codes |= {bare(name): code for code, name in zip(choices.values, names, strict=True)}
    return Names(codes, tuple(zip(*labels, strict=True)))


@cache
def vocabulary_names(vocabulary: str) -> Names:
    """The codes of `fields` or `regions`, by code, by name in either language, or by a spelling."""
    known = vocabularies.entries(vocabulary).values()
    codes = {
        bare(name): entry.code
        for entry in known
        for name in (entry.code, entry.name_ko, entry.name_en, *entry.also)
    }
    return Names(codes, tuple((entry.name_ko, entry.name_en) for entry in known))


def bare(text: Any) -> str:
    """A name without case, spaces and punctuation, and without the mark of a company's form."""
    plain = unicodedata.normalize("NFKC", str(text)).casefold()
    plain = re.sub(r"\(주\)|\(재\)|\(사\)|주식회사", "", plain)
    return "".join(ch for ch in plain if ch.isalnum())


def whole_number(text: str) -> int | None:
    """A number without a fraction, or None: "48" and "48.0", but not "48.5"."""
    match = re.fullmatch(r"(-?\d{1,18})(?:\.0+)?", text, flags=re.ASCII)
    return int(match[1]) if match else None


def digits_and_dashes(value: Any) -> str:
    """A number as it was meant: full-width digits and every kind of dash made plain."""
    return re.sub(r"[‐-―−–—]", "-", unicodedata.normalize("NFKC", str(value)))
