"""Reasons as sentences: why a pair was suggested, and what does not fit.

The engine says a code, whether it helped (effect 1), hurt (-1) or only shows (0), and arguments.
What the entries themselves tell (field, readiness, region, cooperation) is read from them, so that
a sentence never contradicts the page it stands on. A number of the engine is never shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from dure.apps.catalog.models import Cooperation, Need, Technology
from dure.engines.matching import Code
from dure.foundation import vocabularies
from dure.foundation.vocabularies import match_reasons

OF_WORDS = {"WORDS_SHARED", "WORDS_TRANSLATED", "KEYWORDS_FOUND"}
# What can be said of a teaser to those who may not open it.
TOLD = {*OF_WORDS, "FIELD_SAME", "FIELD_DIFFERENT"}
CODES = frozenset(Code)


@dataclass(frozen=True, slots=True)
class Argument:
    """One reason as a sentence; `effect` is 1 where it speaks for the pair, -1 against it."""

    code: str
    effect: int
    sentence: str


def arguments_for(
    reasons: Iterable[Mapping[str, Any]],
    need: Need | None,
    technology: Technology | None,
    *,
    readable: str | None = None,
) -> list[Argument]:
    """The reasons as sentences, in the engine's order; codes that nobody knows are left out.

    `need` or `technology` is None when a free text stood in its place. With `readable`, a teaser's
    title for who may not read more, only what can be read there and its field are spoken of, also
    when the reasons were found while more was open.
    """
    arguments = []
    for reason in reasons:
        code, effect = str(reason.get("code", "")), reason.get("effect", 0)
        if code in CODES and (readable is None or code in TOLD):
            facts = _facts(reason.get("arguments") or {}, need, technology, readable)
            if readable is None or facts["words"] or code not in OF_WORDS:
                sentence = match_reasons.say(code, facts, get_language())
                arguments.append(Argument(code, effect, sentence))
    return arguments


def words_in(arguments: Mapping[str, Any], readable: str | None = None) -> list[str]:
    """The words a reason names, those that can be read; see `arguments_for` for `readable`."""
    words = match_reasons.words_of(arguments.get("words") or (), arguments.get("names") or ())
    return [word for word in words if readable is None or _stands_in(word, readable)]


def field_name(code: str) -> str:
    """The name of a field of the roadmap, in the reader's language."""
    return vocabularies.name_of("fields", code, get_language()) if code else ""


def region_of(entry: Need | Technology) -> str:
    """Where the entry is at home: its own region, else that of its organisation."""
    code = entry.region or entry.organisation.region
    return vocabularies.name_of("regions", code, get_language()) if code else ""


def cooperation_of(codes: Iterable[str]) -> str:
    """Forms of cooperation as words."""
    labels = dict(Cooperation.choices)
    return ", ".join(str(labels[code]) for code in codes if code in labels)


def _facts(
    arguments: Mapping[str, Any],
    need: Need | None,
    technology: Technology | None,
    readable: str | None,
) -> dict[str, Any]:
    facts: dict[str, Any] = {"words": match_reasons.listed(words_in(arguments, readable))}
    if need:
        facts |= {
            "need_field": field_name(need.field),
            "need_trl": need.trl,
            "need_region": region_of(need),
            "need_cooperation": cooperation_of(need.cooperation),
        }
    if technology:
        facts |= {
            "field": field_name(technology.field),
            "trl": technology.trl,
            "region": region_of(technology),
            "cooperation": cooperation_of(technology.cooperation),
        }
    if need and technology:
        both = [code for code in technology.cooperation if code in need.cooperation]
        facts["shared"] = cooperation_of(both)
    return facts


def _stands_in(word: str, text: str) -> bool:
    """True when the word, or one of a pair of words, can be read in the text."""
    return any(part.casefold() in text.casefold() for part in word.split(" = "))
