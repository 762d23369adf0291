"""Cutting a long text into passages that a sentence model can read in one go."""

import re
from collections.abc import Iterator
from itertools import pairwise

from dure.engines.matching._language import language_of

# Where a Korean or English text may be cut: after a sentence, before a bullet, at a line break.
_BREAK = re.compile(r"(?<=[.!?。])\s+|\n+|\s+(?=[○◦●□■▪•※▶]|[-–·*]\s|\(?\d{1,2}[.)]\s)")

LENGTHS = {"ko": 320, "en": 800, "": 320}
"""Characters of a passage at most, by language: each about 170 word pieces."""


def passages(text: str, length: int | None = None) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) positions of the passages of `text`, in order.

    Sentences and bullets are packed into passages of at most `length` characters (by default what
    suits the language); a sentence longer than that is cut at a blank where there is one.

    >>> text = "진동을 측정한다. 고장을 예측한다."
    >>> [text[start:end] for start, end in passages(text, length=12)]
    ['진동을 측정한다.', '고장을 예측한다.']
    """
    length = length or LENGTHS[language_of(text)]
    return _packed(_sentences(text, length), length)


def _packed(sentences: list[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    packed: list[tuple[int, int]] = []
    for start, end in sentences:
        if packed and end - packed[-1][0] <= length:
            packed[-1] = (packed[-1][0], end)
        else:
            packed.append((start, end))
    return tuple(packed)


def quotable(text: str, length: int) -> tuple[tuple[int, int], ...]:
    """Return the sentences of `text`, short ones together up to `length`, none begun in its middle.

    >>> text = "열을 회수한다. 세정이 쉬워야 한다는 것이 우리 요구이다."
    >>> [text[start:end] for start, end in quotable(text, length=12)]
    ['열을 회수한다.', '세정이 쉬워야 한다는 것이 우리 요구이다.']
    """
    return _packed(_sentences(text, len(text)), length)


def _sentences(text: str, length: int) -> list[tuple[int, int]]:
    cuts = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    pieces = [
        piece for start, end in pairwise(cuts) for piece in _bounded(text, start, end, length)
    ]
    stripped = [_stripped(text, start, end) for start, end in pieces]
    return [(start, end) for start, end in stripped if start < end]


def _bounded(text: str, start: int, end: int, length: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence into parts of at most `length`, at the last blank of the latter half."""
    while end - start > length:
        blank = text.rfind(" ", start + length // 2, start + length)
        cut = blank + 1 if blank > 0 else start + length
        yield start, cut
        start = cut
    yield start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
