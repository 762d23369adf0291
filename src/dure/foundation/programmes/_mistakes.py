"""What is wrong in a file, by line and key, with what to do about it, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from dure.foundation.programmes._syntax import remedy_of
from dure.foundation.programmes._words import sentence

_SHOWN = 60
_SAME = {
    "float_type": "not_a_number",
    "date_from_datetime_inexact": "date_type",
    "model_type": "table_type",
    "dict_type": "table_type",
    "union_tag_invalid": "unknown_kind",
    "union_tag_not_found": "no_kind",
    "extra_forbidden": "extra",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake on `line` (from 1) at `key`; `code` and `facts` are what it is in both languages."""

    line: int
    key: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def message(self, language: str | None) -> str:
        """What is wrong and what to do about it."""
        facts = dict(self.facts)
        if self.code == "syntax":
            facts["remedy"] = sentence("mistake", remedy_of(facts["line"]), language)
        if self.code == "extra":
            remedy = "did_you_mean" if "guess" in facts else "delete_it"
            facts["remedy"] = sentence("mistake", remedy, language).format(**facts)
        return sentence("mistake", self.code, language).format(**facts)


class UnusableFile(ValueError):
    """A file that cannot be used, with every mistake in it."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("; ".join(f"line {mistake.line}: {mistake.key}" for mistake in mistakes))
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: mistake.line))


def code_of(error: ErrorDetails) -> str:
    """Return under which code an error of pydantic is told."""
    kind, context = error["type"], error.get("ctx", {})
    if kind.startswith("date"):
        return "date_type"
    if kind == "string_pattern_mismatch":
        pattern = context["pattern"]
        return (
            "pattern_version"
            if "d{4}" in pattern
            else "pattern_line"
            if "S" in pattern
            else "pattern_id"
        )
    if kind == "string_too_short":
        return "empty"
    if kind == "string_too_long":
        return "too_long_text"
    return _SAME.get(kind, kind)


def facts_of(error: ErrorDetails, value: Any) -> dict[str, Any]:
    """Return the facts of an error that its sentence names."""
    context: dict[str, Any] = error.get("ctx", {})
    limits = ("gt", "ge", "le", "min_length", "max_length")
    facts = {
        "value": shown(context.get("tag", value)),
        "limit": next((context[name] for name in limits if name in context), ""),
        "known": ", ".join(context.get("known", ())),
        "text": error["msg"],
    }
    if expected := context.get("expected_tags") or context.get("expected"):
        facts["known"] = str(expected).replace("'", "").replace(" or ", ", ")
    return facts


def guess_of(key: str, known: list[str]) -> dict[str, str]:
    """Return the key that was probably meant, if one is near."""
    near = get_close_matches(key, known, n=1, cutoff=0.6)
    return {"guess": near[0]} if near else {}


def shown(value: Any) -> str:
    """Return `value` as the file writes it, cut where it is long."""
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
