"""Vectors kept on disk by content, so that the same text is never computed twice."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dure.engines.matching import Embedder

_BATCH = 256
"""Texts computed between two writes: an interrupted run keeps what it had."""


class CachedEmbedder:
    """Asks another embedder only for texts that are not in the file yet.

    The key is the hash of model, kind (query or passage) and text. Several processes may share
    the file.
    """

    def __init__(
        self, embedder: Embedder, path: Path, *, progress: Callable[[int, int], None] | None = None
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._embedder, self._path, self._progress = embedder, path, progress
        self.model_id, self.dimension = embedder.model_id, embedder.dimension
        with closing(self._open()) as file, file:
            file.execute("PRAGMA journal_mode = WAL")
            file.execute(
                "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"
                " WITHOUT ROWID"
            )

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed("query", texts, self._embedder.embed_queries)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed("passage", texts, self._embedder.embed_passages)

    def _embed(
        self,
        kind: str,
        texts: Sequence[str],
        compute: Callable[[Sequence[str]], NDArray[np.float32]],
    ) -> NDArray[np.float32]:
        keys = [self._key(kind, text) for text in texts]
        with closing(self._open()) as file:
            known = dict(_known(file, keys))
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            for start in range(0, len(missing), _BATCH):
                part = dict(list(missing.items())[start : start + _BATCH])
                vectors = compute(list(part.values()))
                rows = [(key, row.tobytes()) for key, row in zip(part, vectors, strict=True)]
                with file:
                    file.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)
                known.update(rows)
                if self._progress:
                    self._progress(start + len(part), len(missing))
        whole = b"".join(known[key] for key in keys)
        return np.frombuffer(whole, np.float32).reshape(len(texts), self.dimension)

    def _key(self, kind: str, text: str) -> bytes:
        return hashlib.sha256(f"{self.model_id}\n{kind}\n{text}".encode()).digest()

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=60)


def _known(file: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        marks = ",".join("?" * len(part))
        yield from file.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)  # noqa: S608 -- only marks
