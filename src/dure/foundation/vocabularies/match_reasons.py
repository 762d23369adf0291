"""The sentences for what the matching engine says in codes, for pages and files alike."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from dure.engines.matching import Code, Document, Kind, Reason, Strength
from dure.foundation.vocabularies import FOLDER, name_of

MOST_WORDS = 6


def strength_name(strength: str, language: str | None) -> str:
    """What a strength is called, in Korean unless English is asked for."""
    return _templates()[Strength(strength).value][_column(language)]


def answers(strength: str) -> bool:
    """True when a suggestion of this strength may be said to answer, not only to be near."""
    return Strength(strength).answers


def say(code: str, facts: Mapping[str, Any], language: str | None) -> str:
    """The sentence of a code with the facts it names; without particulars where one is lacking."""
    template = _templates()[Code(code).value]
    known = {name: value for name, value in facts.items() if value}
    try:
        return template[_column(language)].format(**known)
    except KeyError:
        return template[f"{_column(language)}_bare"]


def sentence(reason: Reason, query: Document, candidate: Document, language: str | None) -> str:
    """Say `reason` of two documents."""
    need, technology = (candidate, query) if candidate.kind == Kind.NEED else (query, candidate)
    values: Mapping[str, Any] = reason.arguments
    facts: dict[str, Any] = {
        "words": listed(words_of(values.get("words") or (), values.get("names") or ())),
        "need_field": name_of("fields", need.field, language),
        "field": name_of("fields", technology.field, language),
        "need_trl": need.trl,
        "trl": technology.trl,
        "need_region": name_of("regions", need.region, language),
        "region": name_of("regions", technology.region, language),
    }
    if reason.code in (Code.PASSAGE_ANSWERS, Code.PASSAGE_NEAR):
        facts["answer"] = _quoted(candidate.text, values["start"], values["end"])
        facts["asked"] = _quoted(query.text, values["asked_start"], values["asked_end"])
    return say(reason.code, facts, language)


def words_of(words: Iterable[Any], names: Iterable[Any] = ()) -> list[str]:
    """The words a reason names, each once; a translated one as «word = its translation»."""
    phrases = [str(word).strip() for word in words]
    if translations := [str(name).strip() for name in names]:
        phrases = [f"{word} = {name}" for word, name in zip(phrases, translations, strict=False)]
    return list(dict.fromkeys(phrases))


def listed(words: Sequence[str]) -> str:
    """At most six words as a part of a sentence."""
    return ", ".join(word if " = " in word else f"‘{word}’" for word in words[:MOST_WORDS])


def _column(language: str | None) -> str:
    return "en" if language == "en" else "ko"


def _quoted(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


@cache
def _templates() -> dict[str, dict[str, str]]:
    with (FOLDER / "match_reasons.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}
