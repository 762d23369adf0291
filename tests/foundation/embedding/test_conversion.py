"""The converted model in the cache folder: made once, made again when it is gone."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from dure.foundation.embedding import BundledEmbedder
from dure.foundation.embedding._weights import E5Weights

TEXT = ["수소"]


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """A cache folder that several threads found empty at the same moment."""
    folder = tmp_path_factory.mktemp("cache")
    embedder = BundledEmbedder(folder)
    with ThreadPoolExecutor(3) as threads:
        vectors = list(threads.map(embedder.embed_queries, [TEXT] * 3))

    assert np.array_equal(vectors[0], vectors[1])
    assert np.array_equal(vectors[0], vectors[2])
    return folder


def test_a_second_embedder_converts_nothing_and_agrees(converted, caplog):
    stamps = {path: path.stat().st_mtime_ns for path in converted.iterdir()}

    vectors = BundledEmbedder(converted).embed_queries(TEXT)

    assert len(stamps) == 2  # graph and pieces, no drafts
    assert {path: path.stat().st_mtime_ns for path in converted.iterdir()} == stamps
    assert not caplog.messages
    assert np.array_equal(vectors, BundledEmbedder().embed_queries(TEXT))


def test_a_file_that_is_gone_is_made_again_with_a_word(converted, caplog):
    (graph,) = converted.glob("*.onnx")
    content = graph.read_bytes()
    graph.unlink()

    BundledEmbedder(converted).embed_queries(TEXT)

    assert graph.read_bytes() == content
    assert "once" in caplog.text


def test_a_damaged_file_is_named_with_what_to_do(converted, tmp_path):
    for path in converted.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes()[:100_000])

    with pytest.raises(RuntimeError, match=r"e5-small.*\.onnx does not hold.*delete it"):
        BundledEmbedder(tmp_path).embed_queries(TEXT)


def test_weights_that_are_missing_or_of_another_kind_are_named(tmp_path):
    (tmp_path / "weights.bin").write_bytes(b"something else")

    with pytest.raises(FileNotFoundError, match=r"none\.bin"):
        E5Weights(tmp_path / "none.bin")
    with pytest.raises(ValueError, match=r"weights\.bin does not hold weights"):
        E5Weights(tmp_path / "weights.bin")


def test_the_name_of_the_model_is_known_without_loading_it(tmp_path):
    asks = (
        "import sys; from dure.foundation.embedding import embedder_named;"
        "model = embedder_named('bundled'); print(model.model_id, model.dimension);"
        "sys.exit('onnxruntime' in sys.modules)"
    )

    process = subprocess.run(
        [sys.executable, "-c", asks],
        env={"DURE_CACHE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert process.stdout.split() == [BundledEmbedder.model_id, "384"]
    assert not list(tmp_path.iterdir())
