"""The converted model against the same encoder in floats, as it stands in the books."""

import numpy as np
import onnxruntime
import pytest
from scipy.special import erf

from dure.foundation.embedding import BundledEmbedder
from dure.foundation.embedding._graph import write_exact_e5
from dure.foundation.embedding._weights import E5Weights, unpacked

TEXTS = [
    "이송 중 충돌을 막는 자율주행 로봇의 경로 계획과 제어 기술",
    "durable membranes for hydrogen fuel cells",
    "",
]


@pytest.fixture(scope="module")
def weights():
    return E5Weights()


@pytest.fixture(scope="module")
def embedder():
    return BundledEmbedder()


@pytest.fixture(scope="module")
def embedded(weights, embedder):
    """The embedded word pieces of each text."""
    embedder.embed_passages(TEXTS)  # opens the model
    words = weights.blocks("emb.word", weights.width)
    places = weights.floats("emb.pos").reshape(-1, weights.width)
    kind = weights.floats("emb.type")[: weights.width]
    pieces = [embedder._reader.pieces(f"passage: {text}") for text in TEXTS]
    tokens = [[weights.begin, *numbers, weights.end] for numbers in pieces]
    return [unpacked(words[numbers]) + places[: len(numbers)] + kind for numbers in tokens]


def test_the_graph_in_floats_is_the_encoder_in_floats(weights, embedded, tmp_path):
    write_exact_e5(weights, tmp_path / "exact.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "exact.onnx")

    for rows in embedded:
        mean = session.run(None, {"pieces": rows[None]})[0][0]

        assert mean == pytest.approx(exact_mean(weights, rows), abs=1e-4)


def test_eight_bits_stay_close_to_floats(weights, embedder, embedded):
    vectors = embedder.embed_passages(TEXTS)

    for vector, rows in zip(vectors, embedded, strict=True):
        exact = exact_mean(weights, rows)
        assert vector @ exact / np.linalg.norm(exact) > 0.995


def exact_mean(weights, x):
    """The mean of the tokens after the last layer."""

    def linear(x, name, columns=weights.width):
        return x @ weights.matrix(f"{name}.w", columns).T + weights.floats(f"{name}.b")

    def normed(x, name):
        centred = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + weights.epsilon)
        return centred / spread * weights.floats(f"{name}.w") + weights.floats(f"{name}.b")

    def by_head(x):
        return x.reshape(len(x), weights.heads, -1).swapaxes(0, 1)

    x = normed(x, "emb.ln")
    for at in (f"l{layer}" for layer in range(weights.layers)):
        query, key, value = (by_head(linear(x, f"{at}.{name}")) for name in "qkv")
        shares = np.exp(query @ key.swapaxes(1, 2) / np.sqrt(query.shape[2]))
        shares /= shares.sum(axis=2, keepdims=True)
        attended = (shares @ value).swapaxes(0, 1).reshape(x.shape)
        x = normed(x + linear(attended, f"{at}.ao"), f"{at}.aln")
        inner = linear(x, f"{at}.fi")
        inner *= (1 + erf(inner / np.sqrt(2))) / 2
        x = normed(x + linear(inner, f"{at}.fo", weights.inner), f"{at}.oln")
    return x.mean(axis=0)
