"""The search index: analysed words and vectors of every passage in one LanceDB table.

>>> from tempfile import TemporaryDirectory
>>> import numpy as np
>>> with TemporaryDirectory() as folder:
...     index = LanceIndex(folder, model_id="toy/1", dimension=2, columns={"side": Kind.TEXT})
...     index.upsert([Row("T1", 0, "heat pump", np.array([1.0, 0.0]), {"side": "TECHNOLOGY"})])
...     index.upsert([Row("N1", 0, "heat pump", np.array([1.0, 0.0]), {"side": "NEED"})])
...     hits = index.search(
...         words=["pump"],
...         vector=np.array([0.6, 0.8], np.float32),
...         where=equals("side", "TECHNOLOGY"),
...         limit=10,
...     )
>>> [(hit.id, round(hit.dense, 2)) for hit in hits]
[('T1', 0.6)]
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

os.environ.setdefault("LANCEDB_LOG", "error")  # else it writes harmless remarks to stderr
# Else Lance keeps two cores free for reading files, and compares on one alone where there are two.
os.environ.setdefault("LANCE_IO_CORE_RESERVATION", "0")

from dure.foundation.searchindex._commits import CommitConflict
from dure.foundation.searchindex._filters import (
    Where,
    all_of,
    any_of,
    at_least,
    at_most,
    between,
    equals,
    has_any,
    is_missing,
    one_of,
)
from dure.foundation.searchindex._rows import Kind, Row

if TYPE_CHECKING:
    from dure.foundation.searchindex._index import LanceIndex, Query, Source, Status
    from dure.foundation.searchindex._manifest import IndexMismatch, RebuildSuperseded, Signature

# LanceDB takes four seconds to import: processes that never look into the index do without it.
_WITH_LANCEDB = {
    **dict.fromkeys(("LanceIndex", "Query", "Source", "Status"), "_index"),
    **dict.fromkeys(("IndexMismatch", "RebuildSuperseded", "Signature"), "_manifest"),
}

__all__ = [
    "CommitConflict",
    "IndexMismatch",
    "Kind",
    "LanceIndex",
    "Query",
    "RebuildSuperseded",
    "Row",
    "Signature",
    "Source",
    "Status",
    "Where",
    "all_of",
    "any_of",
    "at_least",
    "at_most",
    "between",
    "equals",
    "has_any",
    "is_missing",
    "one_of",
]


def __getattr__(name: str) -> Any:
    if name not in _WITH_LANCEDB:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WITH_LANCEDB[name]}"), name)
