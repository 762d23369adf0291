import numpy as np
import pytest

from dure.engines.matching import Hit, MemoryIndex, Row

ROWS = [
    Row("b", 0, ("센서", "진동"), ""),
    Row("a", 0, ("진동", "진동", "분석"), ""),
    Row("a", 1, (), ""),
    Row("c", 0, ("마늘",), ""),
]
VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [0, -1]], np.float32)


def index() -> MemoryIndex:
    return MemoryIndex(ROWS, VECTORS)


def test_search_returns_the_union_with_both_scores():
    hits = index().search(words=["센서"], vector=np.array([0, 1], np.float32), where=None, limit=1)

    assert [hit.id for hit in hits] == ["a", "b"]
    assert hits[0] == Hit("a", None, None, 1.0, 0)
    assert hits[1].lexical > 0
    assert hits[1].dense == 0.0


def test_search_names_the_best_passage():
    vector = np.array([0.8, 0.6], np.float32)

    hits = index().search(words=[], vector=vector, where=None, limit=3)

    assert {hit.id: hit.passage for hit in hits} == {"a": 1, "b": 0, "c": 0}


def test_bm25_is_the_textbook_formula():
    [a, b] = index().search(words=["진동"], vector=None, where=None, limit=5)

    rarity = np.log1p((3 - 2 + 0.5) / (2 + 0.5))
    expected_a = rarity * 2 * 2.5 / (2 + 1.5 * (0.25 + 0.75 * 3 / 2))
    expected_b = rarity * 1 * 2.5 / (1 + 1.5 * (0.25 + 0.75 * 2 / 2))
    assert (a.lexical, b.lexical) == pytest.approx((expected_a, expected_b))


def test_a_repeated_word_weighs_more():
    once = index().search(words=["진동"], vector=None, where=None, limit=5)
    twice = index().search(words=["진동", "진동"], vector=None, where=None, limit=5)

    assert [hit.lexical * 2 for hit in once] == pytest.approx([hit.lexical for hit in twice])


def test_an_empty_index_finds_nothing():
    empty = MemoryIndex([], np.empty((0, 2), np.float32))

    assert empty.search(words=["진동"], vector=None, where=None, limit=5) == []


def test_a_filter_is_refused_rather_than_ignored():
    with pytest.raises(ValueError, match="filter"):
        index().search(words=["진동"], vector=None, where="side = 'NEED'", limit=5)
