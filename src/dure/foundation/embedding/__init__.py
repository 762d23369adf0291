"""Vectors for texts: the bundled model by default, or any other behind the same port.

A model is named in one string: "bundled", "sentence-transformers:NAME", or
"endpoint:URL#MODEL" for a server that speaks the protocol of OpenAI (its key comes from
DURE_EMBEDDING_KEY).
"""

import os
from functools import cache

from dure.engines.matching import Embedder
from dure.foundation.embedding._bundled import BundledEmbedder, cache_folder
from dure.foundation.embedding._cache import CachedEmbedder
from dure.foundation.embedding._endpoint import EndpointEmbedder, EndpointError
from dure.foundation.embedding._sentence_transformers import SentenceTransformersEmbedder

__all__ = [
    "BundledEmbedder",
    "CachedEmbedder",
    "EndpointEmbedder",
    "EndpointError",
    "SentenceTransformersEmbedder",
    "cache_folder",
    "embedder_named",
]


def embedder_named(name: str = "bundled") -> Embedder:
    """Return the embedder that `name` stands for; raises ValueError for a name of no known kind."""
    kind, _, rest = name.partition(":")
    if name == "bundled":
        return _bundled()
    if kind == "sentence-transformers" and rest:
        return SentenceTransformersEmbedder(rest)
    if kind == "endpoint" and "#" in rest:
        url, _, model = rest.partition("#")
        return EndpointEmbedder(url, model, key=os.environ.get("DURE_EMBEDDING_KEY", ""))
    raise ValueError(
        f"unknown embedding model {name!r}: write bundled, sentence-transformers:NAME"
        " or endpoint:URL#MODEL"
    )


@cache
def _bundled() -> BundledEmbedder:
    """The bundled model, once in a process: it takes a second to open."""
    return BundledEmbedder()
