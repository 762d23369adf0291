"""What a list may say of an organisation: which facts there are, and how each is written."""

import csv
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

from dure.engines.eligibility import Value
from dure.foundation.programmes._words import ids, name
from dure.foundation.vocabularies import entries
from dure.values.days import read_day

_YES = {"예", "네", "있음", "해당", "해당함", "y", "yes", "o", "true", "1"}
_NO = {"아니요", "아니오", "없음", "해당없음", "해당사항없음", "n", "no", "x", "false", "0"}
_DIGITS = re.compile(r"(\d{1,9})(?:\.0+)?%?", re.ASCII)


class UnreadableFact(ValueError):
    """A value that is none of its fact; `kind` says what it had to be: "yes_no", "number", …"""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@cache
def listed_facts() -> dict[str, str]:
    """The facts that a list may bring of an organisation, each with its kind of value.

    Kinds are "yes_no", "number", "day", "size" and "region".
    """
    with Path(__file__).with_name("facts.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["kind"] for row in csv.DictReader(file)}


def read_fact(fact: str, text: str) -> Value:
    """Return the value of a listed fact as it is written in a cell or kept in the database.

    Raises UnreadableFact when the text is no such value, KeyError for a fact that is not listed.
    """
    kind = listed_facts()[fact]
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    value = _READERS[kind](plain)
    if value is None:
        raise UnreadableFact(kind)
    return value


def write_fact(value: Value) -> str:
    """Return a value of a listed fact as `read_fact` reads it back."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _yes_no(text: str) -> bool | None:
    return True if text in _YES else False if text in _NO else None


def _number(text: str) -> int | None:
    match = _DIGITS.fullmatch(text.replace(",", ""))
    return int(match[1]) if match else None


def _size(text: str) -> str | None:
    names = {
        spelling.casefold().replace(" ", ""): size
        for size in ids("size")
        for spelling in (size, name("size", size, "ko"), name("size", size, "en"))
    }
    return names.get(text)


def _region(text: str) -> str | None:
    names = {
        spelling.casefold().replace(" ", ""): entry.code
        for entry in entries("regions").values()
        for spelling in (entry.code, entry.name_ko, entry.name_en, *entry.also)
    }
    return names.get(text)


_READERS = {
    "yes_no": _yes_no,
    "number": _number,
    "day": read_day,
    "size": _size,
    "region": _region,
}
