from datetime import timedelta

import numpy as np
import pytest

from dure.foundation.searchindex import Kind, LanceIndex, Row

COLUMNS = {
    "side": Kind.TEXT,
    "visibility": Kind.TEXT,
    "trl": Kind.NUMBER,
    "cooperation": Kind.TEXTS,
}
DIMENSION = 8


def unit(seed, dimension=DIMENSION):
    vector = np.random.default_rng(seed).normal(size=dimension).astype(np.float32)
    return vector / np.linalg.norm(vector)


def document(id_, words="", passages=1, seed=None, **filters):
    """The rows of one document; vectors follow from the id, or from `seed`."""
    start = sum(id_.encode()) if seed is None else seed
    return [
        Row(id_, number, words if number == 0 else "", unit((start, number)), filters)
        for number in range(passages)
    ]


class Documents:
    """A system of record for rebuilds: documents by id."""

    def __init__(self, *documents):
        self.rows = {rows[0].id: rows for rows in documents}

    def all(self):
        yield from list(self.rows.values())

    def some(self, ids):
        return [row for id_ in ids for row in self.rows.get(id_, [])]


@pytest.fixture
def open_index(tmp_path):
    def open_(*, model_id="toy/1", dimension=DIMENSION, columns=COLUMNS, **options):
        return LanceIndex(
            tmp_path / "index",
            model_id=model_id,
            dimension=dimension,
            columns=columns,
            freshness=timedelta(0),
            **options,
        )

    return open_


def ids(hits):
    return {hit.id for hit in hits}
