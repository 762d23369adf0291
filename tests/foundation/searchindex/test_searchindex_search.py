"""A search gives what brute force gives."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dure.foundation.searchindex import Query, Row, all_of, at_least, equals, one_of
from tests.foundation.searchindex.conftest import document, ids, unit

WORDS = ["heat", "pump", "sensor", "폐열", "회수", "laser", "bio"]
SIDES = ["NEED", "TECHNOLOGY"]
VISIBILITIES = ["PUBLIC", "MEMBERS", "TEASER"]

documents = st.fixed_dictionaries(
    {
        "words": st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join),
        "passages": st.integers(1, 4),
        "seed": st.integers(0, 60),
        "side": st.sampled_from(SIDES),
        "visibility": st.sampled_from(VISIBILITIES),
        "trl": st.none() | st.integers(1, 9),
    }
)
wheres = st.sampled_from(
    [
        (None, lambda row: True),
        (equals("side", "TECHNOLOGY"), lambda row: row.filters["side"] == "TECHNOLOGY"),
        (
            one_of("visibility", ["PUBLIC", "MEMBERS"]) & at_least("trl", 5),
            lambda row: row.filters["visibility"] != "TEASER" and (row.filters["trl"] or 0) >= 5,
        ),
        (one_of("visibility", []), lambda row: False),
    ]
)


def brute_force(rows, words, vector, passes, limit):
    """Ids the words find, and for each document its best cosine, nearest first."""
    rows = [row for row in rows if passes(row)]
    lexical = {row.id for row in rows if set(row.words.split()) & set(words)}
    cosines = {}
    for row in rows:
        cosine = float(row.vector @ vector)
        cosines[row.id] = max(cosine, cosines.get(row.id, -2.0))
    nearest = sorted(cosines, key=lambda id_: -cosines[id_])[:limit]
    return lexical, cosines, nearest


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    shelf=st.lists(documents, min_size=1, max_size=25),
    words=st.lists(st.sampled_from(WORDS), max_size=4),
    translated=st.lists(st.sampled_from(WORDS), max_size=2),
    filtered=wheres,
    optimised=st.booleans(),
    held=st.sampled_from(["not yet", "before the change", "after it"]),
)
def test_search_equals_brute_force(open_index, shelf, words, translated, filtered, optimised, held):
    where, passes = filtered
    index = open_index()
    index.delete([f"D{i}" for i in range(25)])
    rows = [
        row for i, passage_kinds in enumerate(shelf) for row in document(f"D{i}", **passage_kinds)
    ]
    index.upsert(document("D0", seed=61, side="NEED"))
    if held == "before the change":
        index.warm_up()
    index.upsert(rows)
    if optimised:
        index.optimise()
    if held == "after it":
        index.warm_up()
    vector = unit(99)
    lexical, cosines, nearest = brute_force(rows, words, vector, passes, limit=5)
    across, _, _ = brute_force(rows, translated, vector, passes, limit=5)
    asked = {"words": words, "translated": translated, "vector": vector}

    everything = index.search(**asked, where=where, limit=100)
    few = index.search(**asked, where=where, limit=5)
    [many] = index.search_many([Query(**asked)], where=where, limit=5)

    assert {hit.id for hit in everything if hit.lexical is not None} == lexical
    assert {hit.id for hit in everything if hit.translated is not None} == across
    assert ids(everything) == set(cosines)
    for hit in everything:
        assert hit.dense == pytest.approx(cosines[hit.id], abs=2e-3)
    close = {id_ for id_ in cosines if nearest and cosines[id_] > cosines[nearest[-1]] - 2e-3}
    by_vector = {hit.id for hit in few if hit.lexical is None and hit.translated is None}
    assert by_vector <= close
    assert len(few) >= min(5, len(cosines))
    assert [hit.id for hit in many] == [hit.id for hit in few]
    assert [hit.lexical for hit in many] == [hit.lexical for hit in few]
    assert [hit.translated for hit in many] == [hit.translated for hit in few]
    assert [hit.passage for hit in many] == [hit.passage for hit in few]
    assert [hit.dense for hit in many] == pytest.approx([hit.dense for hit in few], abs=2e-3)


def test_of_documents_that_are_alike_the_first_by_id_are_found(open_index):
    index = open_index()
    near, far = range(30, 40), range(10, 30)
    index.upsert([row for i in far for row in document(f"D{i}", seed=1)])
    index.upsert([row for i in near for row in document(f"D{i}", seed=99)])
    asked = {"words": [], "vector": unit((99, 0))}

    hits = index.search(**asked, where=None, limit=15)
    [many] = index.search_many([Query(**asked)], where=None, limit=15)

    assert [hit.id for hit in hits] == [f"D{i}" for i in [*far[:5], *near]]
    assert [hit.id for hit in many] == [hit.id for hit in hits]


def test_rare_words_count_more_and_repeated_ones_too(open_index):
    index = open_index()
    for i in range(9):
        index.upsert(document(f"D{i}", words="common filler" if i else "rare filler"))

    hits = index.search(words=["rare", "common"], vector=None, where=None, limit=20)
    scores = {hit.id: hit.lexical for hit in hits}

    assert scores["D0"] > scores["D1"] > 0
    assert {hit.dense for hit in hits} == {None}


def test_the_best_passage_is_named(open_index):
    index = open_index()
    vectors = [unit(1), unit(2), unit(3)]
    index.upsert([Row("D", i, "", vector) for i, vector in enumerate(vectors)])

    [hit] = index.search(words=[], vector=vectors[2], where=None, limit=3)

    assert (hit.passage, hit.lexical) == (2, None)
    assert hit.dense == pytest.approx(1, abs=1e-3)


def test_many_passages_of_one_document_crowd_nobody_out(open_index):
    index = open_index()
    target = unit(5)
    index.upsert([Row("LONG", i, "", target) for i in range(50)])
    index.upsert(document("SHORT", seed=1) + document("OTHER", seed=2))

    hits = index.search(words=[], vector=target, where=None, limit=3)

    assert ids(hits) == {"LONG", "SHORT", "OTHER"}


def test_a_new_text_replaces_all_passages(open_index):
    index = open_index()
    index.upsert(document("D", words="old", passages=3, visibility="PUBLIC"))
    index.upsert(document("D", words="new", passages=2, visibility="TEASER"))

    def found(word, where=None):
        return ids(index.search(words=[word], vector=unit(0), where=where, limit=10))

    assert index.status().passages == 2
    assert found("new") == {"D"}
    assert found("new", equals("visibility", "PUBLIC")) == set()
    assert index.search(words=["old"], vector=None, where=None, limit=10) == []


def test_hidden_documents_leave_no_trace_in_ranks_or_counts(open_index):
    def shelf(name, visibility):
        documents = (document(f"{name}{i}", words="pump", visibility=visibility) for i in range(30))
        return [row for rows in documents for row in rows]

    index = open_index()
    index.upsert(shelf("OPEN", "PUBLIC"))
    where = equals("visibility", "PUBLIC")
    before = index.search(words=["pump"], vector=unit(7), where=where, limit=10)

    index.upsert(shelf("SHUT", "TEASER"))
    after = index.search(words=["pump"], vector=unit(7), where=where, limit=10)

    assert ids(after) <= {f"OPEN{i}" for i in range(30)}
    assert len(after) >= 10
    assert {hit.id: hit.dense for hit in before if hit.lexical is None} == {
        hit.id: hit.dense for hit in after if hit.lexical is None
    }


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([Row("D", 1, "", unit(0))], r"passages \[1\]"),
        ([Row("D", 0, "", unit(0)), Row("D", 1, "words", unit(0))], "words stand on passage 0"),
        ([Row("D", 0, "", np.zeros(8, np.float32))], "length 0"),
        ([Row("D", 0, "", np.full(8, np.nan, np.float32))], "length nan"),
        ([Row("D", 0, "", unit(0, 9))], r"shape \(9,\)"),
        ([Row("D", 0, "", unit(0), {"colour": "red"})], "no such filter columns: colour"),
    ],
)
def test_rows_that_make_no_sense_are_refused(open_index, rows, fault):
    index = open_index()

    with pytest.raises(ValueError, match=fault):
        index.upsert(rows)

    assert index.status().passages == 0


def test_an_index_of_many_passages_uses_an_approximate_index(open_index, monkeypatch):
    monkeypatch.setattr("dure.foundation.searchindex._table.ANN_FROM", 3000)
    monkeypatch.setattr("dure.foundation.searchindex._table._EXACT_UP_TO", 100)
    index = open_index(columns={}, dimension=64)
    rng = np.random.default_rng(3)
    # Like texts, the vectors vary in fewer directions than they have numbers.
    vectors = (rng.normal(size=(4000, 16)) @ rng.normal(size=(16, 64))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index.upsert([Row(f"D{i}", 0, f"word{i % 7}", vector) for i, vector in enumerate(vectors)])
    index.optimise()

    recall = []
    for query in vectors[:20] + rng.normal(0, 0.05, (20, 64)).astype(np.float32):
        truth = np.argsort(-(vectors @ query))[:10]
        hits = index.search(words=[], vector=query, where=None, limit=10)
        recall.append(len(ids(hits) & {f"D{i}" for i in truth}) / 10)

    assert "vector_idx" in {
        table_index.name for table_index in index._serving().table.list_indices()
    }
    assert index.status().unindexed == 0
    assert np.mean(recall) >= 0.95


def test_all_of_nothing_filters_nothing(open_index):
    index = open_index()
    index.upsert(document("D", words="pump"))

    assert ids(index.search(words=["pump"], vector=None, where=all_of(), limit=1)) == {"D"}


def test_a_search_while_rows_move_loses_nothing(open_index):
    index = open_index()
    for i in range(30):
        index.upsert(document(f"D{i}", words="heat"))
    stop = threading.Event()

    def keep_moving():
        while not stop.is_set():
            index.upsert(document("D0", words="heat"))
            index.optimise()

    with ThreadPoolExecutor(1) as threads:
        moving = threads.submit(keep_moving)
        hits_of_each = [
            ids(index.search(words=["heat"], vector=unit(1), where=None, limit=50))
            for _ in range(60)
        ]
        stop.set()
        moving.result()

    assert hits_of_each == [{f"D{i}" for i in range(30)}] * 60
