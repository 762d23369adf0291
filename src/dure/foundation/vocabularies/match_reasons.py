"""The sentences for what the matching engine says in codes, in Korean and English."""

import csv
from collections.abc import Mapping
from functools import cache

from dure.engines.matching import Code, Document, Reason, Strength
from dure.foundation.vocabularies import FOLDER, name_of

Words = Mapping[str, str | int]


def strength_name(strength: Strength, language: str | None) -> str:
    return _templates()[strength.value]["en" if language == "en" else "ko"]


def sentence(reason: Reason, query: Document, candidate: Document, language: str | None) -> str:
    """Say `reason` in Korean unless English is asked for."""
    template = _templates()[reason.code.value]["en" if language == "en" else "ko"]
    return template.format(**_words(reason, query, candidate, language))


def _words(reason: Reason, query: Document, candidate: Document, language: str | None) -> Words:
    said = dict(reason.arguments)
    if reason.code == Code.PASSAGE_ANSWERS:
        return {
            "answer": _quoted(candidate.text, said["start"], said["end"]),
            "asked": _quoted(query.text, said["asked_start"], said["asked_end"]),
        }
    if reason.code == Code.WORDS_TRANSLATED:
        pairs = zip(said["words"], said["names"], strict=True)
        return {"pairs": ", ".join(f"{word} = {name}" for word, name in pairs)}
    for place in ("field", "region", "wanted"):
        if isinstance(said.get(place), str):
            kind = "regions" if "region" in said else "fields"
            said[place] = name_of(kind, said[place], language)
    return {
        name: ", ".join(value) if isinstance(value, tuple) else value
        for name, value in said.items()
    }


def _quoted(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


@cache
def _templates() -> dict[str, dict[str, str]]:
    with (FOLDER / "match_reasons.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}
