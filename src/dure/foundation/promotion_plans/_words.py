"""The words of plans in both languages: units, ways to add up, directions, and what disagrees."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path


def ids(group: str) -> list[str]:
    """The ids of a group of the vocabulary, in its order."""
    return [word for word_group, word in _words() if word_group == group]


def name(group: str, word: str, language: str | None) -> str:
    """What `word` is called, in Korean unless English is asked for; itself where it is not known."""
    row = _words().get((group, word))
    return row["en" if language == "en" else "ko"] if row else word


def amount(value: Decimal | None, unit: str, language: str | None) -> str:
    """A figure with its unit, as people read it: «30,144 factories», «52.8%»; two decimals at the most."""
    if value is None:
        return "–"
    short = value.quantize(Decimal("0.01"))
    plain = short.normalize() if short != short.to_integral() else short.quantize(Decimal(1))
    return name("written", unit, language).replace("{}", f"{plain:,f}")


@cache
def _words() -> dict[tuple[str, str], dict[str, str]]:
    with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as stream:
        return {(row["group"], row["id"]): row for row in csv.DictReader(stream)}
