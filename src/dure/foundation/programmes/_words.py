"""The words of programmes in both languages: what each id is called, and what is said of it."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


class UnknownWord(ValueError):
    """A word that is not in a list of the vocabulary."""

    def __init__(self, group: str, word: str) -> None:
        super().__init__(f"'{word}' is not one of: {', '.join(ids(group))}")
        self.group, self.word = group, word


def ids(group: str) -> list[str]:
    """The ids of a group of the vocabulary, in its order."""
    return [word for word_group, word in _words() if word_group == group]


def name(group: str, word: str, language: str | None) -> str:
    """What `word` is called, in Korean unless English is asked for; itself where it is not known."""
    row = _words().get((group, word))
    return row["en" if language == "en" else "ko"] if row else word


def known(group: str, words: Iterable[str]) -> None:
    """Raise UnknownWord for the first of `words` that the group does not have."""
    for word in words:
        if (group, word) not in _words():
            raise UnknownWord(group, word)


def sentence(group: str, code: str, language: str | None) -> str:
    """The template of what is said under `code`."""
    return _words()[group, code]["en" if language == "en" else "ko"]


@cache
def _words() -> dict[tuple[str, str], dict[str, str]]:
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for file in ("words.csv", "sentences.csv"):
        with (_FOLDER / file).open(encoding="utf-8", newline="") as stream:
            rows |= {(row["group"], row["id"]): row for row in csv.DictReader(stream)}
    return rows
