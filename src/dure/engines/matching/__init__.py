"""Which technologies answer a need, which needs a technology answers, and why.

Words and meaning are searched apart, joined by a rule that knows when two texts are in different
languages, and every other facet is scored visibly beside them. Excluded pairs are no scores.

>>> need = Document("n1", "배터리 열폭주 감지", "셀의 가스를 측정해 화재를 알린다.", Kind.NEED)
>>> offers = [
...     Document("t1", "가스 센서로 배터리 열폭주를 감지하는 기술", "", Kind.TECHNOLOGY),
...     Document("t2", "마늘 파종기", "두둑에 마늘을 심는다.", Kind.TECHNOLOGY),
... ]
>>> embedder = HashedWords()
>>> rows = rows_of(offers)
>>> index = MemoryIndex(rows, embedder.embed_passages([row.text for row in rows]))
>>> query, hits = ask(need, Lexicon(), embedder, index)
>>> best, *_ = rank(query, hits, {offer.id: offer for offer in offers})
>>> best.id, best.rank
('t1', 1)
>>> explain(need, offers[0], best, Lexicon())[0].arguments["words"]
('배터리', '열폭주', '감지', '가스')
"""

from dure.engines.matching._analysis import Word, analyse, analyse_all, words_of, words_of_all
from dure.engines.matching._bars import Bar, ExcludedPairs, Violation, bar_between, check
from dure.engines.matching._explain import answer_in, explain
from dure.engines.matching._hashing import HashedWords
from dure.engines.matching._language import language_of
from dure.engines.matching._lexicon import Lexicon, Translation
from dure.engines.matching._likelihood import Signs, log_odds
from dure.engines.matching._look_up import Found, Nearness, look_up, mark
from dure.engines.matching._memory import MemoryIndex, Row
from dure.engines.matching._model import (
    Argument,
    Code,
    Document,
    Facet,
    Kind,
    Reason,
    Strength,
    Suggestion,
)
from dure.engines.matching._passages import passages
from dure.engines.matching._ports import Embedder, Hit, SearchIndex
from dure.engines.matching._query import Query, ask, find, read_all, rows_of
from dure.engines.matching._rank import FITTED, Weights, rank, signs

__all__ = [
    "FITTED",
    "Argument",
    "Bar",
    "Code",
    "Document",
    "Embedder",
    "ExcludedPairs",
    "Facet",
    "Found",
    "HashedWords",
    "Hit",
    "Kind",
    "Lexicon",
    "MemoryIndex",
    "Nearness",
    "Query",
    "Reason",
    "Row",
    "SearchIndex",
    "Signs",
    "Strength",
    "Suggestion",
    "Translation",
    "Violation",
    "Weights",
    "Word",
    "analyse",
    "analyse_all",
    "answer_in",
    "ask",
    "bar_between",
    "check",
    "explain",
    "find",
    "language_of",
    "log_odds",
    "look_up",
    "mark",
    "passages",
    "rank",
    "read_all",
    "rows_of",
    "signs",
    "words_of",
    "words_of_all",
]
