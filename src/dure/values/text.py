"""Text from outside as its writer meant it: one cleaning for forms, queries, sheets and documents."""

import re
import unicodedata

# Controls, soft hyphens, fillers, joiners, marks of direction, variation selectors, tags, halves of
# characters and what is no character: nothing of it is seen, and some of it turns lines round.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_BETWEEN_WORDS = ";,|\n；，、"
BRACKETS = {"(": ")", "[": "]", "（": "）", "「": "」", "<": ">"}
_LONGEST_ASIDE = 60
_SMALL_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")


def clean(text: str) -> str:
    """Return `text` in composed characters (NFC), with plain spaces and line breaks and no outer ones.

    What nobody sees is gone, so a text of such signs alone is empty.

    >>> clean("\\u1107\\u1162\\u110c\\u1175\\u200b")
    '배지'
    >>> clean("\\u202e\\u3164")
    ''
    """
    if not text.isprintable():  # spaces of other kinds count as not printable too
        text = _UNSEEN.sub("", _SPACES.sub(" ", _LINE_BREAKS.sub("\n", text)))
    if not text.isascii():
        text = unicodedata.normalize("NFC", _UNSEEN.sub("", _SPACES.sub(" ", text)))
    return text.strip()


def words_in(text: str, more: str = "") -> list[str]:
    """Return the words divided by commas, semicolons, lines or `more`; brackets stay whole.

    >>> words_in("폐열；열교환기, 인공지능(영상, 음성)")
    ['폐열', '열교환기', '인공지능(영상, 음성)']
    """
    words: list[str] = [""]
    closings: list[str] = []
    for at, character in enumerate(text):
        closing = BRACKETS.get(character, "")
        if closing and closing in text[at : at + _LONGEST_ASIDE]:
            closings.append(closing)
        elif closings and character == closings[-1]:
            closings.pop()
        if not closings and character in _BETWEEN_WORDS + more:
            words.append("")
        else:
            words[-1] += character
    return [word.strip() for word in words if word.strip()]


def for_search(text: str) -> tuple[str, list[int] | None]:
    """Return `text` as words are looked for in it, and from where each of its characters comes.

    Composed, and with small digits made plain, so that CO₂ is CO2. The places are those of
    `text`, one more than characters, for the end; None where they are the same.

    >>> for_search("CO₂")
    ('CO2', None)
    >>> for_search("\\u1107\\u1162")
    ('배', [0, 2])
    """
    text = text.translate(_SMALL_DIGITS) if not text.isascii() else text
    if unicodedata.is_normalized("NFC", text):
        return text, None
    written: list[str] = []
    places: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _goes_on(text[end]):
            continue
        composed = unicodedata.normalize("NFC", text[start:end])
        written.append(composed)
        places += [start] * len(composed)
        start = end
    return "".join(written), [*places, len(text)]


def _goes_on(character: str) -> bool:
    """True for a mark or a vowel or final of Hangul, which belongs to the character before it."""
    return (
        unicodedata.combining(character) != 0
        or "\u1160" <= character <= "\u11ff"
        or "\ud7b0" <= character <= "\ud7ff"
    )
