"""Any model of the sentence-transformers library, by name or folder (optional dependency)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class SentenceTransformersEmbedder:
    """Runs `name` with its own query and document prompts where the model defines them."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import (  # noqa: PLC0415 -- optional dependency
                SentenceTransformer,
            )
        except ImportError as error:
            raise ModuleNotFoundError(
                f"the model {name!r} needs: pip install 'dure[sentence-transformers]'"
            ) from error
        self._model = SentenceTransformer(name)
        dimension = self._model.get_sentence_embedding_dimension()
        if dimension is None:
            raise ValueError(f"the model {name!r} does not say how long its vectors are")
        self.model_id, self.dimension = f"sentence-transformers:{name}", int(dimension)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed(texts, ["query"])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed(texts, ["passage", "document"])

    def _embed(self, texts: Sequence[str], prompts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of texts read with the first of the prompts that the model defines."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        defined = self._model.prompts or {}
        name = next((prompt for prompt in prompts if defined.get(prompt)), None)
        vectors = self._model.encode(list(texts), prompt_name=name, normalize_embeddings=True)
        return np.asarray(vectors, np.float32)
