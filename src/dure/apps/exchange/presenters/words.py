"""A text of a record in the reader's language: translated, marked where a machine did it, or missing."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import get_language

from dure.apps.exchange import queries
from dure.apps.people.queries import Reader
from dure.engines.matching import language_of


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader is shown of a text, and its source where it is a translation.

    A reader from abroad is shown no Korean: `is_missing` is then True, and `text` empty.
    """

    text: str
    language: str = ""
    source: str = ""
    is_machine: bool = False
    is_missing: bool = False

    def __str__(self) -> str:
        return self.text


class Words:
    """The texts of some records for one reader; their translations are read at once."""

    def __init__(self, reader: Reader, subjects: Collection[str]) -> None:
        self._language = get_language() or "ko"
        self._pairs = queries.pairs_of(set(subjects), self._language)
        self._is_from_abroad = queries.is_from_abroad(reader)

    def __call__(self, subject: str, field: str, source: str, known: str = "") -> Said:
        """A text in the reader's language; `known` is what its owner wrote in English."""
        language = language_of(source)
        if not source or language in ("", self._language):
            return Said(source)
        if known and self._language == "en":
            return Said(known, source=self._shown(source))
        pair = self._pairs.get((subject, field))
        if pair is not None and pair.source == source:
            return Said(pair.text, source=self._shown(source), is_machine=pair.is_machine)
        if self._is_from_abroad and language == "ko":
            return Said("", is_missing=True)
        return Said(source, language=language, is_missing=True)

    def _shown(self, source: str) -> str:
        return "" if self._is_from_abroad else source
