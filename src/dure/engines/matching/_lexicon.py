"""Terms of art in two languages: what a need written in one is called in the other."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from unicodedata import normalize

from dure.engines.matching._analysis import stem, words_of_all
from dure.engines.matching._language import language_of

_ENGLISH_WORD = re.compile(r"[A-Za-z0-9]+")
_HANGUL_RUN = re.compile(r"[가-힣]+")
_SPELLED = re.compile(r"[A-Za-z]+|[가-힣]+")
_FEWEST_LETTERS, _ALIKE = 5, 0.8
_LONGEST_ACRONYM = 5
_LONGEST = 6
"""Words of an English term, or blanks inside a Korean one, that are still looked for."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A stretch of a text that is a term of art, and its names in the other language."""

    start: int
    end: int
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Pairs of Korean and English terms, each side a tuple of synonyms."""

    pairs: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()

    @lru_cache(maxsize=256)  # noqa: B019 -- a process has one lexicon and keeps it
    def translations(self, text: str) -> tuple[Translation, ...]:
        """Return the longest terms of art in `text`, left to right, without overlaps.

        >>> pairs = (("연료전지",), ("fuel cell",)), (("분리막",), ("separator", "membrane"))
        >>> lexicon = Lexicon(pairs)
        >>> [found.names for found in lexicon.translations("수소 연료 전지용 분리막")]
        [('fuel cell',), ('separator', 'membrane')]
        >>> [found.names for found in lexicon.translations("membranes of fuel cells")]
        [('분리막',), ('연료전지',)]
        """
        if not self.pairs:
            return ()
        terms = list(self._korean(text) if language_of(text) == "ko" else ())
        taken = [(term.start, term.end) for term in terms]
        terms += [
            term
            for term in self._english(text)
            if all(term.end <= start or end <= term.start for start, end in taken)
        ]
        return tuple(sorted(terms, key=lambda term: term.start))

    def terms_beginning(self, text: str) -> tuple[str, ...]:
        """Return the terms in either language that begin with `text`, the shortest first.

        >>> Lexicon(((("수소 충전소",), ("hydrogen station",)),)).terms_beginning("수소")
        ('수소 충전소',)
        """
        wanted = "".join(text.lower().split())
        terms = [term for bare, term in self._bare_terms if bare.startswith(wanted)]
        return tuple(sorted(terms, key=lambda term: (len(term), term)))

    def respelled(self, text: str) -> str:
        """Return `text` with the words that no term knows replaced by the term nearest in spelling.

        Korean is compared letter by letter. A word that resembles none stays as it is, and so does
        one that holds the term whole: it says more, as 수소누출감지 does beside 누출감지.

        >>> lexicon = Lexicon(((("열폭주", "배터리", "누출감지"), ("hydrogen leak",)),))
        >>> lexicon.respelled("hydrogn leak"), lexicon.respelled("베터리 열폭주")
        ('hydrogen leak', '배터리 열폭주')
        >>> lexicon.respelled("수소누출감지"), lexicon.respelled("누춝감지")
        ('수소누출감지', '누출감지')
        """
        return _SPELLED.sub(lambda word: self._nearest(word.group()), text)

    def _nearest(self, word: str) -> str:
        letters = normalize("NFD", word.lower())
        if letters in self._spelling or len(letters) < _FEWEST_LETTERS:
            return word
        near = get_close_matches(letters, self._spelling, n=1, cutoff=_ALIKE)
        return self._spelling[near[0]] if near and near[0] not in letters else word

    @cached_property
    def _spelling(self) -> Mapping[str, str]:
        """Words of the terms, by their letters."""
        words = {
            word
            for pair in self.pairs
            for side in pair
            for term in side
            for word in (*_SPELLED.findall(term), "".join(term.split()))
            if _SPELLED.fullmatch(word)
        }
        return {normalize("NFD", word.lower()): word.lower() for word in sorted(words)}

    @cached_property
    def _bare_terms(self) -> tuple[tuple[str, str], ...]:
        terms = dict.fromkeys(term for pair in self.pairs for side in pair for term in side)
        return tuple(("".join(term.lower().split()), term) for term in terms)

    @cached_property
    def _english_names(self) -> Mapping[str, tuple[str, ...]]:
        """Korean term without blanks -> its English names."""
        return _grouped(
            ("".join(term.split()), name) for ko, en in self.pairs for term in ko for name in en
        )

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """Every beginning of a Korean term without blanks."""
        names = self._english_names
        return frozenset(name[:end] for name in names for end in range(1, len(name) + 1))

    @cached_property
    def _korean_names(self) -> Mapping[str, tuple[str, ...]]:
        """Stems of an English term -> its Korean names."""
        return _grouped((_key(term), name) for ko, en in self.pairs for term in en for name in ko)

    def _korean(self, text: str) -> Iterator[Translation]:
        starts = {word.start for word in words_of_all([text])[0]}
        # The analyser takes the 이 of 이차전지 for a number, so any run of syllables may start one.
        starts |= {run.start() for run in _HANGUL_RUN.finditer(text)}
        reached = 0
        for start in sorted(starts):
            if start < reached:
                continue
            if translation := self._longest_korean(text, start):
                yield translation
                reached = translation.end

    def _longest_korean(self, text: str, start: int) -> Translation | None:
        written, best, end = "", None, start
        while end < len(text):
            character, end = text[end], end + 1
            if character.isspace() and character != "\n":
                continue
            written += character
            if written not in self._beginnings:
                break
            if names := self._english_names.get(written):
                best = Translation(start, end, names)
        return best

    def _english(self, text: str) -> Iterator[Translation]:
        words = list(_ENGLISH_WORD.finditer(text))
        stems = [_stem(word.group()) for word in words]
        position = 0
        while position < len(words):
            for length in range(min(_LONGEST, len(words) - position), 0, -1):
                key = " ".join(stems[position : position + length])
                if names := self._korean_names.get(key):
                    last = position + length - 1
                    yield Translation(words[position].start(), words[last].end(), names)
                    position = last
                    break
            position += 1


def _key(term: str) -> str:
    return " ".join(map(_stem, _ENGLISH_WORD.findall(term)))


def _stem(word: str) -> str:
    """The stem of a word; an acronym keeps its end, for an RTO is no RTOS."""
    is_acronym = word.isupper() and len(word) <= _LONGEST_ACRONYM
    return word.lower() if is_acronym else stem(word.lower())


def _grouped(items: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, dict[str, None]] = {}
    for key, name in items:
        if len(key) > 1:
            groups.setdefault(key, {})[name] = None
    return {key: tuple(names) for key, names in groups.items()}
