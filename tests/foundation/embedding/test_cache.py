import numpy as np

from dure.engines.matching import HashedWords
from dure.foundation.embedding import CachedEmbedder

TEXTS = ["진동 분석", "배터리", "진동 분석", ""]


class CountingWords(HashedWords):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed_passages(self, texts):
        self.asked += texts
        return super().embed_passages(texts)


def test_cached_vectors_equal_computed_ones_and_are_asked_for_once(tmp_path):
    inner = CountingWords()
    cached = CachedEmbedder(inner, tmp_path / "vectors.sqlite")

    first, second = cached.embed_passages(TEXTS), cached.embed_passages(TEXTS)

    assert np.array_equal(first, HashedWords().embed_passages(TEXTS))
    assert np.array_equal(first, second)
    assert inner.asked == ["진동 분석", "배터리", ""]


def test_another_process_finds_the_vectors(tmp_path):
    CachedEmbedder(CountingWords(), tmp_path / "vectors.sqlite").embed_passages(TEXTS)
    inner = CountingWords()

    CachedEmbedder(inner, tmp_path / "vectors.sqlite").embed_passages(TEXTS)

    assert inner.asked == []


def test_queries_and_models_do_not_share_vectors(tmp_path):
    cached = CachedEmbedder(CountingWords(), tmp_path / "vectors.sqlite")
    cached.embed_queries(TEXTS)
    other = CountingWords()
    other.model_id = "another/1"

    CachedEmbedder(other, tmp_path / "vectors.sqlite").embed_passages(TEXTS)

    assert other.asked == ["진동 분석", "배터리", ""]


def test_no_texts_give_no_vectors(tmp_path):
    cached = CachedEmbedder(CountingWords(), tmp_path / "vectors.sqlite")

    assert cached.embed_passages([]).shape == (0, cached.dimension)
