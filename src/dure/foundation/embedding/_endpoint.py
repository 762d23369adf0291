"""Any server that speaks the embeddings protocol of OpenAI (vLLM, Ollama, TEI, a cloud)."""

import time
from collections.abc import Sequence

import httpx
import numpy as np
from numpy.typing import NDArray

_BATCH = 64
_TRIES = 3
_BUSY = {429, 500, 502, 503, 504}


class EndpointError(RuntimeError):
    """The server could not be reached, refused, or answered nonsense."""


class EndpointEmbedder:
    """Asks `url`/embeddings for vectors of `model`, in batches, and tries again when it is busy.

    `url` ends where the protocol's paths begin, usually in /v1. One short text is sent at once to
    learn the dimension. Raises EndpointError.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        key: str = "",
        query_prefix: str = "",
        passage_prefix: str = "",
        timeout: float = 30.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(
            base_url=url.rstrip("/") + "/", headers=headers, timeout=timeout, transport=transport
        )
        self._model, self._query, self._passage = model, query_prefix, passage_prefix
        self.model_id = f"endpoint:{url.rstrip('/')}#{model}#{query_prefix}#{passage_prefix}"
        self.dimension = len(self._ask(["dimension"])[0])

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed([self._query + text for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed([self._passage + text for text in texts])

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            rows += self._ask(texts[start : start + _BATCH])
        vectors = np.array(rows, np.float32).reshape(len(texts), -1)
        if texts and vectors.shape[1] != self.dimension:
            raise EndpointError(
                f"{self._model}: vectors of {vectors.shape[1]}, not {self.dimension}"
            )
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-12)
        return unit

    def _ask(self, texts: Sequence[str]) -> list[list[float]]:
        # Many servers refuse an empty text; a full stop stands for "nothing said".
        body: dict[str, object] = {
            "model": self._model,
            "input": [text.strip() or "." for text in texts],
        }
        answer = self._post(body)
        try:
            rows = sorted(answer.json()["data"], key=lambda row: row["index"])
            vectors = [row["embedding"] for row in rows]
        except (ValueError, KeyError, TypeError) as error:
            raise EndpointError(
                f"{answer.url} did not answer with embeddings: {answer.text[:200]}"
            ) from error
        if len(vectors) != len(texts):
            raise EndpointError(
                f"{answer.url}: {len(texts)} texts sent, {len(vectors)} vectors came"
            )
        return vectors

    def _post(self, body: dict[str, object]) -> httpx.Response:
        for attempt in range(_TRIES):
            try:
                answer = self._client.post("embeddings", json=body)
            except httpx.TransportError as error:
                if attempt == _TRIES - 1:
                    where = self._client.base_url
                    raise EndpointError(f"{where} cannot be reached: {error}") from error
            else:
                if answer.is_success:
                    return answer
                if answer.status_code not in _BUSY or attempt == _TRIES - 1:
                    excerpt = answer.text[:200]
                    raise EndpointError(f"{answer.url} answered {answer.status_code}: {excerpt}")
            time.sleep(0.5 * 2**attempt)
        raise AssertionError("every attempt returns or raises")
