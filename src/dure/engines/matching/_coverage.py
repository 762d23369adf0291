"""How much of what a query asks for stands in another text, concept by concept.

A concept is a word of the query as written, or a term of art with its names in the other language.
Whether a text speaks of it is asked of words, so that pieces of words prove nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dure.engines.matching._analysis import Word, syllable_pairs, words_of
from dure.engines.matching._lexicon import Lexicon

_GENERAL = """
기술 개발 시스템 방법 장치 이용 활용 기반 적용 필요 구축 제공 수행 관련 가능 분야 사업 연구 과제
포함 구성 사용 확보 향상 목표 수준 결과 이상 이하 경우 발명 실시 정보 처리 관리 공정 설비 장비 제품
업체 기업 현장 문제 개선 방안 솔루션 성능 품질 데이터 측정 검사 분석 설계 제작 생산 라인 운영 자동
system method device technology technolog development using apparatus develop based new propos line
process proces tool data product solution equipment improv improvement service quality test
"""
_EVERYWHERE = frozenset(_GENERAL.split())
"""Words of very many needs and technologies: true, but little evidence."""

_EMPTY_VERBS = frozenset(
    [
        "있다",
        "없다",
        "되다",
        "하다",
        "않다",
        "같다",
        "쓰다",
        "이다",
        "보다",
        "주다",
        "받다",
        "가다",
        "오다",
        "통하다",
        "위하다",
        "대하다",
        "크다",
        "많다",
        "싶다",
    ]
)
_SUFFIXES = frozenset("기부성화용형제식력율률물품체재급도류계상선실장차소관")
_PARTICLES = frozenset("이가은는을를의에도로과와만")
_BARE_NUMBER = re.compile(r"[\d.,]+$")
_HANGUL = re.compile(r"[가-힣]+$")
_PAIR = re.compile(r"(?=([가-힣]{2}))")
_LITTLE = 0.2
_PART, _SHRED = 0.9, 0.5
_MOST_PAIRS = 0.6
"""Of the syllable pairs of a compound, those that stand in a text that writes it apart. So much of
it counts nearly as the word, fewer count half."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A stretch of a query and what it may be called.

    `names` are sets of terms, any of which may stand for it; `pairs` the syllable pairs of its
    Korean names, which a text may write apart; `weight` says how much it tells.
    """

    start: int
    end: int
    names: tuple[frozenset[str], ...]
    pairs: tuple[frozenset[str], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text is asked for: its terms and its syllable pairs."""

    words: frozenset[str]
    pairs: frozenset[str]


@lru_cache(maxsize=4096)
def terms_in(text: str) -> Terms:
    """Return the terms of a text."""
    return Terms(frozenset(word.term for word in words_of(text)), frozenset(syllable_pairs(text)))


@lru_cache(maxsize=256)
def concepts(text: str, lexicon: Lexicon) -> tuple[Concept, ...]:
    """Return what `text` asks for, each thing once, in order.

    >>> lexicon = Lexicon(((("폐열",), ("waste heat",)),))
    >>> [(one.start, one.end, one.weight) for one in concepts("폐열 회수 시스템", lexicon)]
    [(0, 2, 1.0), (3, 5, 1.0), (6, 9, 0.2)]
    """
    words = words_of(text)
    by_terms: dict[frozenset[str], Concept] = {}
    taken: list[tuple[int, int]] = []
    for term in lexicon.translations(text):
        inside = [word for word in words if term.start <= word.start and word.end <= term.end]
        if not inside or all(_weight(word.term) <= _LITTLE for word in inside):
            continue
        own = frozenset(word.term for word in _longest(inside))
        written = (text[term.start : term.end], *term.names)
        names = (own, *map(_terms_of, term.names))
        concept = Concept(term.start, term.end, tuple(filter(None, names)), _pairs(written), 1.0)
        by_terms.setdefault(concept.names[0], concept)
        taken.append((term.start, term.end))
    for word in _longest(words):
        weight = _weight(word.term)
        if weight and not any(s < word.end and word.start < e for s, e in taken):
            names, pairs = (frozenset([word.term]),), _pairs([text[word.start : word.end]])
            concept = Concept(word.start, word.end, names, pairs, weight)
            by_terms.setdefault(concept.names[0], concept)
    return tuple(sorted(by_terms.values(), key=lambda concept: concept.start))


def coverage(asked: Sequence[Concept], terms: Terms) -> float:
    """Return the part of the concepts that a text speaks of, from 0 to 1, by weight."""
    total = sum(concept.weight for concept in asked)
    return (
        sum(concept.weight * spoken_of(concept, terms) for concept in asked) / total
        if total
        else 0.0
    )


def spoken_of(concept: Concept, terms: Terms) -> float:
    """Return 1 where a text speaks of the concept, less where only parts of it stand there."""
    if any(name <= terms.words for name in concept.names):
        return 1.0
    share = max((len(pairs & terms.pairs) / len(pairs) for pairs in concept.pairs), default=0.0)
    return share * (_PART if share >= _MOST_PAIRS else _SHRED)


def places_of(asked: Sequence[Concept], text: str) -> tuple[tuple[int, int], ...]:
    """Return where in `text` the concepts stand, in order, none within another."""
    terms = {term for concept in asked for name in concept.names for term in name if len(term) > 1}
    pairs = {pair[1:] for concept in asked for several in concept.pairs for pair in several}
    places = [(word.start, word.end) for word in words_of(text) if word.term in terms]
    places += [
        (match.start(), match.start() + 2)
        for match in _PAIR.finditer(text)
        if match.group(1) in pairs
    ]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _pairs(names: Iterable[str]) -> tuple[frozenset[str], ...]:
    return tuple(filter(None, (frozenset(syllable_pairs(name)) for name in names)))


def telling(words: Sequence[Word]) -> list[Word]:
    """Return the words that are evidence where two texts share them.

    No verbs (their stems are no words), bare numbers, single syllables and words of everything; no
    piece that only the analyser sees, as 스케일 in 스케일업, unless a suffix follows it.
    """
    return [
        word
        for word in words
        if _weight(word.term) >= 1.0 and not _is_piece(word, words) and not _is_bent(word, words)
    ]


def _is_bent(word: Word, words: Sequence[Word]) -> bool:
    """True for a word as written with its particle or ending: what stands before it is a word."""
    return any(
        other.start == word.start
        and other.end < word.end
        and (other.term.endswith("다") or set(word.term[other.end - other.start :]) <= _PARTICLES)
        for other in words
    )


def _is_piece(word: Word, words: Sequence[Word]) -> bool:
    if not _HANGUL.match(word.term):
        return False
    for other in words:
        if other.start <= word.start and word.end <= other.end and other.term != word.term:
            before, after = word.start - other.start, other.end - word.end
            if before == 1 or (after == 1 and other.term[-1] not in _SUFFIXES | _PARTICLES):
                return True
    return False


def _longest(words: Sequence[Word]) -> Iterator[Word]:
    """The words that stand in no longer one."""
    reached = -1
    for word in sorted(words, key=lambda word: (word.start, -word.end)):
        if word.end > reached:
            yield word
            reached = word.end


def _weight(term: str) -> float:
    if term in _EMPTY_VERBS:
        return 0.0
    bare = _BARE_NUMBER.match(term) or (_HANGUL.match(term) and len(term) == 1)
    verb = _HANGUL.match(term) and term.endswith("다")
    return _LITTLE if bare or verb or term in _EVERYWHERE else 1.0


@lru_cache(maxsize=16_384)
def _terms_of(name: str) -> frozenset[str]:
    return frozenset(word.term for word in words_of(name))
