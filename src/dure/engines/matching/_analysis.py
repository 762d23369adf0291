"""From text to the terms that lexical search counts.

Korean goes through Kiwi's morphological analysis (Lee, 2024, "Kiwi: Developing a Korean
morphological analyzer based on statistical language models and skip-bigram"); Latin words,
acronyms and numbers with their units are read by rules, because a morphological analyser cuts
"ISO11783" and "10kV" into pieces that mean nothing.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from threading import Lock
from typing import Any

from cachetools import LRUCache
from kiwipiepy import Kiwi

from dure.values.text import for_search

_HANGUL = re.compile(r"[가-힣]")
_SHORT_LINE = re.compile(r"^.{2,20}$", re.MULTILINE)
_HANGUL_RUN = re.compile(r"[가-힣]{2,}")
# Latin letters and digits, squared units such as ㎏ and ㎡, full-width forms.
_CHARACTER = r"[A-Za-z0-9\u00b5\u03bc\u2103\u2126\u3371-\u33df\uff10-\uff5a]"
_LATIN = re.compile(rf"{_CHARACTER}+(?:[-./+&']{_CHARACTER}+)*[%℃]?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?$")
_UNIT = re.compile(
    r"(?:[numkMGTµμ]?(?:V|A|W|Wh|Hz|Pa|F|H|m|g|s|J|N|L|l|B|b|bps|T|K|C|eV|cd|lm|lx)|°C|ppm|ppb|dB|dBm"
    r"|rpm|%|℃|bar|wt|vol|nit|fps|kgf|mol|VA|kVA|MVA|Ah|mAh|ton|inch|cm|mm|km|ha)$"
)
_VERBS = {"VV", "VA"}
_KOREAN = {"NNG", "NNP", "XR"} | _VERBS
_COMPOUND = {"NNG", "NNP", "XR", "XPN", "XSN", "NNB"}
_FUNCTION_WORDS = """
a all also an and any are as at be been being both but by can could do does each either etc for from
had has have having if in into is it its may more most must no not of on or other our over shall
should so some such than that the their them then there these they this those through to under up
use used using very via was we were what when where which while who will with within would you your
"""
_STOP_WORDS = frozenset(_FUNCTION_WORDS.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A term and where it stands in the text."""

    term: str
    start: int
    end: int


_remembered: LRUCache[str, tuple[Word, ...]] = LRUCache(maxsize=8192)
_lock = Lock()


def analyse(text: str) -> tuple[str, ...]:
    """Return the lexical terms of `text`, repeated as often as they occur.

    Beside morphemes and words there are compounds as written and pairs of neighbouring Hangul
    syllables (marked "·"), which forgive what the analyser cut differently in two texts. How
    Hangul is composed and how small digits stand (CO₂) makes no difference.

    >>> analyse("ISO11783 통신 규격")
    ('iso11783', '통신', '규격', '·통신', '·규격')
    """
    return analyse_all([text])[0]


def analyse_all(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Analyse many texts at once; Kiwi reads them on all cores."""
    return [
        (*(word.term for word in words), *syllable_pairs(for_search(text)[0]))
        for text, words in zip(texts, words_of_all(texts), strict=True)
    ]


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of one text."""
    return words_of_all([text])[0]


def words_of_all(texts: Sequence[str]) -> list[tuple[Word, ...]]:
    """Return the words of every text with their places, without syllable pairs.

    The last texts are remembered: matching, translation and explanation ask for the same ones.
    """
    with _lock:
        known = {text: _remembered[text] for text in texts if text in _remembered}
    new = [text for text in dict.fromkeys(texts) if text not in known]
    read = dict(zip(new, _read(new), strict=True))
    with _lock:
        _remembered.update(read)
    known |= read
    return [known[text] for text in texts]


def _read(written: Sequence[str]) -> list[tuple[Word, ...]]:
    read = [for_search(text) for text in written]
    words = _read_composed([text for text, _ in read])
    return [
        terms if places is None else tuple(_moved(word, places) for word in terms)
        for terms, (_, places) in zip(words, read, strict=True)
    ]


def _moved(word: Word, places: Sequence[int]) -> Word:
    return Word(word.term, places[word.start], places[word.end])


def _read_composed(texts: Sequence[str]) -> list[tuple[Word, ...]]:
    korean = [position for position, text in enumerate(texts) if _HANGUL.search(text)]
    # One text alone is read faster without Kiwi's threads.
    of_korean = [texts[place] for place in korean]
    several = len(of_korean) > 1
    analysed = _kiwi().tokenize(of_korean) if several else map(_kiwi().tokenize, of_korean)
    tokens = dict(zip(korean, analysed, strict=True))
    return [
        tuple(sorted(_with_names(text, [*_latin(text), *_korean(tokens.get(at, ()))]), key=_place))
        for at, text in enumerate(texts)
    ]


def _with_names(text: str, words: list[Word]) -> list[Word]:
    """The words, and what stands in short lines as it is written too.

    Names are mostly alone in a line or a query, and the analyser cuts them there otherwise than
    in a sentence: 에너지셈 into 에너지 and 세다.
    """
    known = {(word.term, word.start) for word in words}
    names = (
        Word(run.group(), run.start(), run.end())
        for line in _SHORT_LINE.finditer(text)
        for run in _HANGUL_RUN.finditer(text, line.start(), line.end())
    )
    return [*words, *(name for name in names if (name.term, name.start) not in known)]


def syllable_pairs(text: str) -> Iterator[str]:
    for run in re.findall(r"[가-힣]{2,}", text):
        for first, second in pairwise(run):
            yield f"·{first}{second}"


def stem(word: str) -> str:
    """Strip the endings of an English word that change nothing about what it names.

    >>> [stem(word) for word in ("batteries", "sensors", "class", "coatings", "measuring")]
    ['battery', 'sensor', 'class', 'coat', 'measur']
    """
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            word = word[: -len(ending)]
            return word[:-1] if word[-1] == word[-2] and word[-1] not in "ls" else word
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


@cache
def _kiwi() -> Kiwi:
    # Its list of names of several words costs every process three seconds and 190 MB; without it
    # one text in a hundred reads otherwise: "황화 수소" is then two words, as it is written.
    return Kiwi(num_workers=2, load_multi_dict=False)


def _place(word: Word) -> tuple[int, int]:
    return word.start, word.end


def _latin(text: str) -> Iterator[Word]:
    matches = list(_LATIN.finditer(text))
    position = 0
    while position < len(matches):
        match = matches[position]
        start, end, written = match.start(), match.end(), match.group()
        position += 1
        if _NUMBER.match(written):
            following = matches[position] if position < len(matches) else None
            if following and following.start() - end == 1 and _is_unit(following.group()):
                written, end = written + following.group(), following.end()
                position += 1
        yield from (Word(term, start, end) for term in _latin_terms(written))


def _is_unit(written: str) -> bool:
    return bool(_UNIT.match(unicodedata.normalize("NFKC", written)))


def _latin_terms(written: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", written).lower().removesuffix("'s")
    parts = [part for part in re.split(r"[-/+&']", plain) if part]
    if len(parts) > 1 and len(plain) <= 24:
        yield "".join(parts)
    for part in parts:
        if part not in _STOP_WORDS and (len(part) > 1 or len(parts) == 1):
            yield stem(part) if part.isalpha() else part


def _korean(tokens: Sequence[Any]) -> Iterator[Word]:
    run: list[Any] = []
    for token in tokens:
        if token.tag.removesuffix("-R").removesuffix("-I") in _KOREAN and _HANGUL.search(
            token.form
        ):
            verb = token.tag[0] == "V"
            yield Word(token.form + "다" if verb else token.form, token.start, token.end)
        if run and (token.tag not in _COMPOUND or token.start != run[-1].end):
            yield from _compound(run)
            run = []
        if token.tag in _COMPOUND:
            run.append(token)
    yield from _compound(run)


def _compound(run: Sequence[Any]) -> Iterator[Word]:
    if len(run) > 1:
        yield Word("".join(token.form for token in run), run[0].start, run[-1].end)
