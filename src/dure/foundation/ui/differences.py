"""What changed between two texts, word by word, for readers who compare versions."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
LONGEST = 20_000  # characters; longer texts are compared paragraph by paragraph


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed (`kept`), is new (`added`) or went (`removed`)."""

    state: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order; removed ones before what replaced them."""
    cut = _words if max(len(before), len(after)) <= LONGEST else _lines
    old, new = cut(before), cut(after)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("kept", "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(Piece("removed", "".join(old[i:j])))
        if k < m:
            pieces.append(Piece("added", "".join(new[k:m])))
    return pieces


def _words(text: str) -> list[str]:
    return _WORDS.findall(text)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
