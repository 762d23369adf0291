"""Korean particles by the last sound of the word before them.

A translation writes both forms where the word is not known yet, as Koreans do on paper:
`%(firm)s은(는)`. When the words are filled in, the right one stays: 누리온자동차는, 한빛은.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.utils.translation import trans_real
from hangeul import get_josa

PAIRS = {
    "은(는)": "은/는",
    "이(가)": "이/가",
    "을(를)": "을/를",
    "과(와)": "과/와",
    "와(과)": "과/와",
    "(으)로": "으로/로",
}
"""Both forms as translations write them, and what the library calls them."""
BETWEEN = r"(?:</?\w+>|[’”」』\"')])*"
_OPEN = re.compile(
    rf"(?P<word>%\((?P<name>\w+)\)s)(?P<between>{BETWEEN})(?P<pair>{'|'.join(map(re.escape, PAIRS))})"
)


class OpenSentence(str):
    """A translation with particles that depend on the words that are filled in with `%`."""

    __slots__ = ()

    def __str__(self) -> str:
        return self

    def __mod__(self, words: Any) -> str:
        if not isinstance(words, Mapping):
            return super().__mod__(words)

        def closed(match: re.Match[str]) -> str:
            particle = get_josa(unescape(str(words[match["name"]])), PAIRS[match["pair"]])
            return f"{match['word']}{match['between']}{particle}"

        return _OPEN.sub(closed, self) % words


def _opened(sentence: str) -> str:
    return OpenSentence(sentence) if _OPEN.search(sentence) else sentence


class Catalogue(trans_real.DjangoTranslation):
    """Django's translations, whose sentences close their particles when words are filled in."""

    def gettext(self, message: str) -> str:
        return _opened(super().gettext(message))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return _opened(super().ngettext(singular, plural, n))


def close_particles() -> None:
    """Have every translation of the site close its particles; once, when the site starts."""
    trans_real.DjangoTranslation = Catalogue  # type: ignore[misc]
    # Those that were read before know nothing of it.
    trans_real._translations.clear()  # type: ignore[attr-defined]  # noqa: SLF001
