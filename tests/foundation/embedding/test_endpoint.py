import json

import httpx
import numpy as np
import pytest

from dure.foundation.embedding import EndpointEmbedder, EndpointError, embedder_named


def server(answer):
    return httpx.MockTransport(answer)


def lengths(request: httpx.Request) -> httpx.Response:
    """Answer like an embeddings server, in reverse order, with (length, 1) as the vector."""
    texts = json.loads(request.content)["input"]
    rows = [{"index": n, "embedding": [len(text), 1]} for n, text in enumerate(texts)]
    return httpx.Response(200, json={"data": rows[::-1]})


def test_vectors_come_back_in_order_and_normalised():
    embedder = EndpointEmbedder("http://models/v1", "m", transport=server(lengths))

    vectors = embedder.embed_passages(["a", "bbb", ""])

    assert embedder.dimension == 2
    assert vectors == pytest.approx(np.array([[1, 1], [3, 1], [1, 1]]) / np.sqrt([[2], [10], [2]]))


def test_many_texts_go_in_batches():
    sizes = []

    def count(request):
        sizes.append(len(json.loads(request.content)["input"]))
        return lengths(request)

    embedder = EndpointEmbedder("http://models/v1", "m", transport=server(count))
    embedder.embed_queries(["text"] * 150)

    assert sizes == [1, 64, 64, 22]


def test_a_busy_server_is_asked_again(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    answers = iter([httpx.Response(503), httpx.Response(429)])
    transport = server(lambda request: next(answers, None) or lengths(request))

    assert EndpointEmbedder("http://models/v1", "m", transport=transport).dimension == 2


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (httpx.Response(401, text="no key"), "answered 401: no key"),
        (httpx.Response(200, text="<html>"), "did not answer with embeddings"),
        (httpx.Response(200, json={"data": []}), "1 texts sent, 0 vectors came"),
    ],
)
def test_a_wrong_answer_is_said_plainly(answer, message):
    with pytest.raises(EndpointError, match=message):
        EndpointEmbedder("http://models/v1", "m", transport=server(lambda request: answer))


def test_an_unreachable_server_is_said_plainly(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)

    def refuse(request):
        raise httpx.ConnectError("refused")

    with pytest.raises(EndpointError, match="cannot be reached"):
        EndpointEmbedder("http://models/v1", "m", transport=server(refuse))


def test_the_key_is_sent():
    def guarded(request):
        known = request.headers.get("Authorization") == "Bearer secret"
        return lengths(request) if known else httpx.Response(401)

    embedder = EndpointEmbedder("http://m/v1", "m", key="secret", transport=server(guarded))

    assert embedder.dimension == 2


@pytest.mark.parametrize("name", ["", "endpoint:http://x", "sentence-transformers:", "other"])
def test_a_name_of_no_known_kind_is_refused(name):
    with pytest.raises(ValueError, match="unknown embedding model"):
        embedder_named(name)
