"""A finding in a sentence: what was seen, calmly, with its figures."""

from datetime import date
from typing import Any

from dure.engines.auditing._model import Finding, Signal

_WON = {"ko": "{:,}원", "en": "{:,} won"}


def sentence_of(finding: Finding, signal: Signal, language: str) -> str:
    """What `finding` says, in Korean (`ko`) or English (`en`)."""
    values = {
        name: _in_words(finding.facts.get(name), kind, language)
        for name, kind in signal.facts.items()
    }
    return signal.words[language].sentence.format(**values)


def _in_words(value: Any, kind: str, language: str) -> str:
    if value is None:
        return "–"
    if kind == "won":
        return _WON[language].format(int(value))
    if kind == "share":
        return f"{100 * value:.0f}"
    if kind == "count":
        return f"{int(value):,}"
    if kind == "times":
        return f"{value:.1f}"
    return value.isoformat() if isinstance(value, date) else str(value)
