"""Which language a text is in, read from its script."""

import re
from functools import lru_cache

_HANGUL = re.compile(r"[가-힣ㄱ-ㆎ]")
_LATIN = re.compile(r"[A-Za-z]")

_LETTERS_PER_SYLLABLE = 3
"""An English word is about six letters, a Korean one two syllables."""


@lru_cache(maxsize=8192)
def language_of(text: str) -> str:
    """Return "ko", "en", or "" for a text with neither script.

    >>> language_of("BMS용 SoC 추정 기술"), language_of("SoC estimation (상태)"), language_of("42")
    ('ko', 'en', '')
    """
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    if not hangul and not latin:
        return ""
    return "ko" if hangul * _LETTERS_PER_SYLLABLE >= latin else "en"
