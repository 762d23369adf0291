"""Why a candidate was suggested: codes and places in the texts, to be put in words elsewhere."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dure.engines.matching._analysis import words_of
from dure.engines.matching._coverage import telling
from dure.engines.matching._facets import structure_reasons
from dure.engines.matching._language import language_of
from dure.engines.matching._lexicon import Lexicon
from dure.engines.matching._model import Code, Document, Reason, Suggestion
from dure.engines.matching._passages import passages, quotable
from dure.engines.matching._query import spoken

Place = tuple[int, int]

_QUOTED = 120
"""Characters of a quotation at most."""

_SHOWN = 6
"""Words listed in one reason at most."""

_SHORT, _ONE_WORD = 4, 4
"""Letters of a short word, and words of a query from which a single shared one is an accident as often as evidence."""


@dataclass(frozen=True, slots=True)
class _Link:
    """A word or term of the query, and what it would be called in the candidate."""

    start: int
    end: int
    name: str
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Text:
    """A candidate's text: its terms, its passages, and what may be quoted with the terms there."""

    terms: frozenset[str]
    passages: tuple[Place, ...]
    sentences: Mapping[Place, frozenset[str]]


def explain(
    query: Document, candidate: Document, suggestion: Suggestion, lexicon: Lexicon
) -> tuple[Reason, ...]:
    """Return the evidence for one suggestion, text first.

    Places (`start`, `end`, `asked_start`, `asked_end`) are positions in the `text` of the
    candidate and of the query.
    """
    asked, answer = query.text, _read(candidate.text)
    own = [link for link in _own(asked) if link.terms <= answer.terms]
    is_across = spoken(query) != spoken(candidate)
    named = [link for link in _named(asked, lexicon) if is_across and link.terms <= answer.terms]
    return (
        *_shared(asked, own),
        *_translated(asked, named),
        *_answering(asked, answer, suggestion, (*own, *named)),
        *structure_reasons(query, candidate),
    )


@lru_cache(maxsize=4096)
def _read(text: str) -> _Text:
    words = telling(words_of(text))
    sentences = {
        (start, end): frozenset(word.term for word in words if start <= word.start < end)
        for start, end in quotable(text, _QUOTED)
    }
    return _Text(frozenset(word.term for word in words), passages(text), sentences)


def answer_in(
    language: str, query: Document, candidate: Document, lexicon: Lexicon
) -> Place | None:
    """Return the sentence of a bilingual candidate that, in one language, answers most.

    None where nothing in that language holds a word of the query or its translation.
    """
    links = (*_own(query.text), *_named(query.text, lexicon))
    counts = {
        (start, end): sum(link.terms <= terms for link in links)
        for (start, end), terms in _read(candidate.text).sentences.items()
        if language_of(candidate.text[start:end]) == language
    }
    best = max(counts, key=counts.__getitem__, default=(0, 0))
    return best if counts.get(best) else None


@lru_cache(maxsize=64)
def _own(text: str) -> tuple[_Link, ...]:
    return tuple(
        _Link(word.start, word.end, word.term, frozenset([word.term]))
        for word in telling(words_of(text))
    )


@lru_cache(maxsize=64)
def _named(text: str, lexicon: Lexicon) -> tuple[_Link, ...]:
    links = (
        _Link(translation.start, translation.end, name, _terms_of(name))
        for translation in lexicon.translations(text)
        for name in translation.names
        if telling(words_of(name)) and telling(words_of(text[translation.start : translation.end]))
    )
    return tuple(link for link in links if link.terms)


@lru_cache(maxsize=16_384)
def _terms_of(name: str) -> frozenset[str]:
    return frozenset(word.term for word in words_of(name))


def _shared(text: str, links: Sequence[_Link]) -> Iterator[Reason]:
    """The longest common words as written, none inside another, each once."""
    chosen: list[str] = []
    for link in sorted(links, key=lambda link: (link.start - link.end, link.start)):
        written = text[link.start : link.end]
        if not any(written.lower() in other.lower() for other in chosen):
            chosen.append(written)
    if len(chosen) == 1 and len(chosen[0]) <= _SHORT and len(_own(text)) >= _ONE_WORD:
        return
    if chosen:
        yield Reason(Code.WORDS_SHARED, 1, {"words": tuple(chosen[:_SHOWN])})


def _translated(text: str, links: Sequence[_Link]) -> Iterator[Reason]:
    names = {text[link.start : link.end]: link.name for link in reversed(links)}
    if names:
        shown = tuple(sorted(names, key=lambda written: (-len(written), written))[:_SHOWN])
        translations = tuple(names[written] for written in shown)
        yield Reason(Code.WORDS_TRANSLATED, 1, {"words": shown, "names": translations})


def _answering(
    asked: str, answer: _Text, suggestion: Suggestion, links: Sequence[_Link]
) -> Iterator[Reason]:
    """The sentence that answers most, within the passage nearest in meaning, and its question."""
    if suggestion.passage >= len(answer.passages):
        return
    near = {
        place: terms
        for place, terms in answer.sentences.items()
        if _overlaps(place, answer.passages[suggestion.passage])
    }
    start, end = _best(near, lambda place: sum(link.terms <= near[place] for link in links))
    answered = [link for link in links if link.terms <= near[start, end]]
    asked_start, asked_end = _best(
        quotable(asked, _QUOTED) or ((0, 0),),
        lambda place: sum(place[0] <= link.start < place[1] for link in answered),
    )
    places = {"start": start, "end": end, "asked_start": asked_start, "asked_end": asked_end}
    code = Code.PASSAGE_ANSWERS if suggestion.strength.answers else Code.PASSAGE_NEAR
    yield Reason(code, 0, places)


def _best(places: Iterable[Place], score: Callable[[Place], int]) -> Place:
    """Return the first of the places with the highest score."""
    return max(places, key=score)


def _overlaps(place: Place, other: Place) -> bool:
    return place[0] < other[1] and other[0] < place[1]
