import platform
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.linalg import norm
from scipy.special import erf

from dure.foundation.embedding import BundledEmbedder, _encoder
from dure.foundation.embedding._encoder import Encoder
from dure.foundation.embedding._weights import E5Weights, unpacked

SOURCE = Path(_encoder.__file__).with_name("encoder.c")
COUNTS = [1, 2, 15, 16, 17, 78, 512]


@pytest.fixture(scope="module")
def weights():
    return E5Weights()


@pytest.fixture(scope="module")
def pieces(weights):
    """Embedded tokens of texts of every length that ends a tile otherwise."""
    random = np.random.default_rng(1)
    words = weights.blocks("emb.word", weights.width)
    return [unpacked(words[random.integers(10, len(words), count)]) for count in COUNTS]


def compiled(folder: Path, monkeypatch, source: Path, *flags: str) -> None:
    library = folder / "encoder.so"
    processor = ["-mavx2", "-mfma"] if platform.machine() == "x86_64" else []
    shared = ["-O3", "-shared", "-fPIC", "-pthread", *processor, *flags]
    subprocess.run(["cc", *shared, "-o", library, source, "-lm"], check=True)
    monkeypatch.setattr(_encoder, "_LIBRARY", library)


def test_vectors_are_close_to_exact_arithmetic(weights):
    embedder = BundledEmbedder()
    text = "이송 중 충돌을 막는 자율주행 로봇의 경로 계획과 제어 기술"
    normal = embedder._normalizer.normalize(f"passage: {text}")
    ids = [weights.begin, *embedder._pieces.encode(normal), weights.end]
    rows = unpacked(embedder._words[ids]) + embedder._places[: len(ids)]

    assert exact_vector(weights, rows) @ embedder.embed_passages([text])[0] > 0.999


def test_a_mean_depends_on_its_text_alone(weights, pieces):
    encoder = Encoder(weights)

    together = encoder.means(np.concatenate(pieces), COUNTS)

    alone = [encoder.means(one, [count])[0] for one, count in zip(pieces, COUNTS, strict=True)]
    assert np.isfinite(together).all()
    assert np.array_equal(together, alone)


@pytest.mark.parametrize("threads", [2, 3, 40])
def test_threads_that_share_a_text_change_nothing(weights, pieces, threads):
    encoder = Encoder(weights)
    alone = encoder.means(np.concatenate(pieces), COUNTS)

    for _ in range(3):  # several at once, so that some have to wait for a processor
        with ThreadPoolExecutor(3) as readers:
            shared = readers.map(
                lambda _: encoder.means(np.concatenate(pieces), COUNTS, threads), range(3)
            )

        assert all(np.array_equal(means, alone) for means in shared)


def test_plain_c_and_the_instructions_of_the_processor_agree(
    weights, pieces, tmp_path, monkeypatch
):
    short = np.concatenate(pieces[:4])
    usual = Encoder(weights).means(short, COUNTS[:4])

    compiled(tmp_path, monkeypatch, SOURCE, "-DPLAIN")

    plain = Encoder(weights).means(short, COUNTS[:4])
    alike = (plain * usual).sum(axis=1) / (norm(plain, axis=1) * norm(usual, axis=1))
    assert alike.min() > 0.9999


@pytest.mark.parametrize("lengths", [[3], [5], [4, 0], []])
def test_lengths_that_do_not_fit_are_refused(weights, lengths):
    with pytest.raises(ValueError, match="no texts"):
        Encoder(weights).means(np.zeros((4, weights.width), np.float32), lengths)


def test_an_old_processor_is_told_what_to_do(weights, tmp_path, monkeypatch):
    source = tmp_path / "old.c"
    source.write_text("int supported(void) { return 0; }")
    compiled(tmp_path, monkeypatch, source)

    with pytest.raises(RuntimeError, match=r"AVX2.*DURE_EMBEDDING"):
        Encoder(weights)


def test_a_library_that_is_missing_is_named(weights, tmp_path, monkeypatch):
    monkeypatch.setattr(_encoder, "_LIBRARY", tmp_path / "encoder.so")

    with pytest.raises(RuntimeError, match=r"encoder\.so is missing.*make setup"):
        Encoder(weights)


def exact_vector(weights, x):
    """The encoder once more, in floats and as it stands in the books."""

    def linear(x, name, columns=weights.width):
        return x @ unpacked(weights.blocks(f"{name}.w", columns)).T + weights.floats(f"{name}.b")

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
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)
