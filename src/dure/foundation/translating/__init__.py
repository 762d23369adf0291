"""Machine translation between Korean and English, behind one port.

A translator is named in one string: "" is none, "endpoint:URL#MODEL" a server that speaks the chat
protocol of OpenAI (its key comes from DURE_TRANSLATOR_KEY), "offline:NAME" a model of the
transformers library that is on this machine already; nothing is ever downloaded.
"""

import os
from collections.abc import Sequence
from typing import Protocol

from dure.foundation.translating._endpoint import EndpointTranslator
from dure.foundation.translating._offline import OfflineTranslator
from dure.foundation.translating._shared import LANGUAGES, TranslatorError

__all__ = [
    "LANGUAGES",
    "EndpointTranslator",
    "OfflineTranslator",
    "Translator",
    "TranslatorError",
    "translator_named",
]


class Translator(Protocol):
    """Translates texts; `name` stands beside what it made."""

    name: str

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Each text of the language `source` in `target` ("ko", "en"). Raises TranslatorError."""
        ...


def translator_named(name: str) -> Translator | None:
    """The translator that `name` stands for, None for an empty name; ValueError for no known kind."""
    kind, _, rest = name.partition(":")
    if not name:
        return None
    if kind == "endpoint" and "#" in rest:
        url, _, model = rest.partition("#")
        return EndpointTranslator(url, model, key=os.environ.get("DURE_TRANSLATOR_KEY", ""))
    if kind == "offline" and rest:
        return OfflineTranslator(rest)
    raise ValueError(
        f"unknown translator {name!r}: write endpoint:URL#MODEL, offline:NAME, or nothing"
    )
