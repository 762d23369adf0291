import numpy as np
import pytest

from dure.foundation.embedding import BundledEmbedder

KOREAN = [
    "수소 연료전지용 분리막의 내구성 향상",
    "마늘 파종기의 두둑 성형 장치",
    "영상 기반 차선 인식",
]
ENGLISH = [
    "durable membranes for hydrogen fuel cells",
    "garlic planter",
    "lane detection by camera",
]


@pytest.fixture(scope="module")
def embedder() -> BundledEmbedder:
    return BundledEmbedder()


def test_rows_have_length_one(embedder):
    vectors = embedder.embed_passages([*KOREAN, "", "가" * 5000])

    assert vectors.shape == (5, embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_vector_does_not_depend_on_its_batch(embedder):
    together = embedder.embed_passages([*KOREAN, *ENGLISH])
    alone = np.concatenate([embedder.embed_passages([text]) for text in (*KOREAN, *ENGLISH)])

    assert np.array_equal(together, alone)


def test_a_long_text_is_the_mean_of_its_windows(embedder):
    half = "가 " * 505  # one word piece each; with the prefix more than one window
    whole = embedder.embed_passages([half + half])[0]

    assert whole @ embedder.embed_passages([half])[0] > 0.99
    assert not np.array_equal(whole, embedder.embed_passages([half])[0])


def test_english_finds_its_korean(embedder):
    scores = embedder.embed_queries(ENGLISH) @ embedder.embed_passages(KOREAN).T

    assert list(scores.argmax(axis=1)) == [0, 1, 2]


def test_queries_and_passages_are_read_differently(embedder):
    assert not np.array_equal(embedder.embed_queries(KOREAN), embedder.embed_passages(KOREAN))
