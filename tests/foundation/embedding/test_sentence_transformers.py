"""The adapter of sentence-transformers, run with a model too small to know anything."""

from pathlib import Path

import numpy as np
import pytest

from dure.foundation.embedding import embedder_named

sentence_transformers = pytest.importorskip("sentence_transformers")
WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "query",
    "passage",
    ":",
    "수소",
    "연료",
    "heat",
]
WIDTH = 32
pytestmark = pytest.mark.filterwarnings("ignore")  # those of the library


def made(folder: Path, prompts: dict[str, str]) -> str:
    """A model of random weights in `folder`, and the name it is asked for by."""
    import torch
    import transformers

    torch.manual_seed(20261122)
    (folder / "words").write_text("\n".join(WORDS), encoding="utf-8")
    transformers.BertTokenizerFast(str(folder / "words")).save_pretrained(folder / "bert")
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=WIDTH,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
    )
    transformers.BertModel(config).save_pretrained(folder / "bert")
    parts = sentence_transformers.models
    sentence_transformers.SentenceTransformer(
        modules=[parts.Transformer(str(folder / "bert")), parts.Pooling(WIDTH)],
        prompts=prompts,
        device="cpu",
    ).save(str(folder / "model"))
    return f"sentence-transformers:{folder / 'model'}"


def test_rows_are_unit_vectors_of_the_models_length(tmp_path):
    name = made(tmp_path, {})
    embedder = embedder_named(name)

    vectors = embedder.embed_passages(["수소 연료", "heat", ""])

    assert (embedder.model_id, embedder.dimension) == (name, WIDTH)
    assert (vectors.shape, vectors.dtype) == ((3, WIDTH), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert embedder.embed_queries([]).shape == (0, WIDTH)


@pytest.mark.parametrize("document", ["passage", "document"])
def test_the_models_own_prompts_are_used(tmp_path, document):
    plain = embedder_named(made(tmp_path, {}))
    (tmp_path / "prompted").mkdir()
    prompts = {"query": "query: ", document: "passage: "}
    prompted = embedder_named(made(tmp_path / "prompted", prompts))

    query, passage = (
        getattr(prompted, f"embed_{kind}")(["수소"]) for kind in ("queries", "passages")
    )

    assert np.allclose(query, plain.embed_queries(["query: 수소"]), atol=1e-6)
    assert np.allclose(passage, plain.embed_passages(["passage: 수소"]), atol=1e-6)
    assert not np.allclose(query, passage, atol=1e-3)
