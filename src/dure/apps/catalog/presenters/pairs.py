"""Two texts side by side, with the words in which they differ marked."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from dure.apps.catalog.models import DuplicateCandidate, Need
from dure.apps.catalog.presenters import words
from dure.engines.matching import words_of

# A difference in every second word is no comparison any more; marks would only disturb.
WORD = re.compile(r"\s+|[^\s]+")
NAMED = 6  # shared words that are named


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `differs` when the other text has something else there."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Half:
    """One need of a pair, ready to be read beside the other."""

    need: Need
    field: str
    region: str
    title: list[Piece]
    body: list[Piece]
    requirements: list[Piece]


def halves(pair: DuplicateCandidate) -> tuple[Half, Half]:
    """Both needs of a pair, their differing words marked."""
    first, second = pair.first, pair.second
    titles = compare(first.title, second.title)
    bodies = compare(first.body, second.body)
    requirements = compare(first.requirements, second.requirements)
    return (
        _half(first, titles[0], bodies[0], requirements[0]),
        _half(second, titles[1], bodies[1], requirements[1]),
    )


def verdict(pair: DuplicateCandidate) -> str:
    """How likely the two are the same, in words."""
    return (
        _("Likely the same.")
        if pair.similarity >= DuplicateCandidate.LIKELY
        else _("Perhaps the same.")
    )


def shared_words(first: Need, second: Need) -> list[str]:
    """Some words that both needs name, those of the titles first."""
    theirs = _nouns(f"{second.title}\n{second.body}")
    both = [word for word in _nouns(f"{first.title}\n{first.body}") if word in theirs]
    titles = {*_nouns(first.title), *_nouns(second.title)}
    whole = [word for word in both if not any(word != other and word in other for other in both)]
    return sorted(whole, key=lambda word: word not in titles)[:NAMED]


def _nouns(text: str) -> dict[str, None]:
    """The words of a text that stand there as the analyser names them: no verbs, no numbers."""
    terms = [
        word.term for word in words_of(text) if text[word.start : word.end].lower() == word.term
    ]
    return dict.fromkeys(word for word in terms if len(word) > 1 and not word.isdigit())


def compare(first: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces that are the same or differ, word by word."""
    left, right = WORD.findall(first), WORD.findall(other)
    pieces: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for side, text in zip(pieces, ("".join(left[a:b]), "".join(right[c:d])), strict=True):
            if text:
                side.append(Piece(text, tag != "equal" and bool(text.strip())))
    return pieces


def _half(need: Need, *texts: list[Piece]) -> Half:
    return Half(need, words.field_name(need.field), words.region_of(need), *texts)
