"""Rebuilding while people search: old until the new one is whole, whatever dies in between."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import lancedb
import pytest

from dure.foundation.searchindex import IndexMismatch, LanceIndex, RebuildSuperseded, Row
from tests.foundation.searchindex.conftest import (
    COLUMNS,
    DIMENSION,
    Documents,
    document,
    ids,
    unit,
)


def words_found(index, word, limit=100):
    return ids(index.search(words=[word], vector=None, where=None, limit=limit))


def tables(tmp_path):
    return set(lancedb.connect(str(tmp_path / "index")).list_tables(limit=100).tables)


def test_a_rebuild_takes_what_the_source_has(open_index):
    index = open_index()
    index.upsert(document("GONE", words="pump") + document("KEPT", words="pump"))
    steps = []

    status = index.rebuild(
        Documents(document("KEPT", words="pump"), document("NEW", words="pump", passages=3)),
        progress=lambda step, passages: steps.append((step, passages)),
    )

    assert words_found(index, "pump") == {"KEPT", "NEW"}
    assert (status.generation, status.documents, status.passages) == (2, 2, 4)
    assert status.building is None
    assert [step for step, _ in steps] == ["READ", "INDEX", "CATCH_UP", "SWITCH"]
    assert steps[-1] == ("SWITCH", 4)


def test_another_process_picks_the_new_generation_up(open_index):
    writer, reader = open_index(), open_index()
    writer.upsert(document("OLD", words="pump"))
    assert words_found(reader, "pump") == {"OLD"}

    writer.rebuild(Documents(document("NEW", words="pump")))

    assert words_found(reader, "pump") == {"NEW"}


@pytest.mark.parametrize(
    "other", [{"model_id": "toy/2"}, {"dimension": 9}, {"analyser_id": "morphemes/2"}]
)
def test_another_model_is_refused_until_rebuilt(open_index, other):
    open_index().upsert(document("D", words="pump"))
    changed = open_index(**other)
    dimension = other.get("dimension", DIMENSION)
    rows = [Row("D", 0, "pump", unit(1, dimension))]

    with pytest.raises(IndexMismatch, match="dure index rebuild") as refusal:
        changed.upsert(rows)
    with pytest.raises(IndexMismatch):
        changed.search(words=["pump"], vector=unit(1, dimension), where=None, limit=1)
    with pytest.raises(IndexMismatch):
        changed.delete(["D"])

    assert refusal.value.held.model_id == "toy/1"
    assert str(next(iter(other.values()))) in str(refusal.value)
    changed.rebuild(Documents(rows))
    hits = changed.search(words=["pump"], vector=unit(1, dimension), where=None, limit=1)
    assert ids(hits) == {"D"}


def test_words_still_serve_while_another_vector_model_waits_for_its_rebuild(open_index):
    open_index().upsert(document("D", words="pump"))

    assert words_found(open_index(model_id="toy/2"), "pump") == {"D"}


def test_other_filter_columns_are_refused(open_index):
    open_index()

    with pytest.raises(IndexMismatch):
        words_found(open_index(columns={}), "pump")


class WritesMeanwhile(Documents):
    """While the rebuild reads, somebody edits, adds and removes documents."""

    def __init__(self, index, *documents):
        super().__init__(*documents)
        self.index = index

    def all(self):
        yield from list(self.rows.values())
        self.rows["EDITED"] = document("EDITED", words="after")
        self.rows["ADDED"] = document("ADDED", words="after")
        del self.rows["REMOVED"]
        self.index.upsert(self.rows["EDITED"] + self.rows["ADDED"])
        self.index.delete(["REMOVED"])


def test_writes_during_a_rebuild_are_taken_over(open_index):
    before = [document(id_, words="before") for id_ in ("EDITED", "REMOVED", "SAME")]
    index, builder = open_index(), open_index()
    index.upsert([row for rows in before for row in rows])

    builder.rebuild(WritesMeanwhile(index, *before))

    assert words_found(builder, "before") == {"SAME"}
    assert words_found(builder, "after") == {"EDITED", "ADDED"}


def test_writes_after_the_switch_go_to_the_new_generation(open_index):
    index, builder = open_index(), open_index()
    builder.rebuild(Documents(document("D", words="pump")))

    index.upsert(document("LATE", words="pump"))

    assert words_found(builder, "pump") == {"D", "LATE"}


def test_a_search_never_sees_half_a_rebuild(open_index):
    whole = {f"D{i}" for i in range(40)}
    index = open_index()
    source = Documents(*(document(id_, words="pump") for id_ in sorted(whole)))
    index.rebuild(source)
    seen, stop = [], threading.Event()

    def keep_searching():
        reader = open_index()
        while not stop.is_set():
            seen.append(words_found(reader, "pump"))

    reading = threading.Thread(target=keep_searching)
    reading.start()
    for _ in range(3):
        index.rebuild(source)
    stop.set()
    reading.join()

    assert len(seen) > 3
    assert all(hits == whole for hits in seen)


def test_a_failing_source_changes_nothing(open_index, tmp_path):
    class Broken(Documents):
        def all(self):
            yield document("HALF", words="pump")
            raise OSError("the database went away")

    index = open_index()
    index.upsert(document("OLD", words="pump"))

    with pytest.raises(OSError, match="went away"):
        index.rebuild(Broken())

    assert words_found(index, "pump") == {"OLD"}
    assert tables(tmp_path) == {"generations", "passages_00001", "changes_00001"}


def test_the_later_of_two_rebuilds_wins(open_index):
    class Overtaken(Documents):
        def all(self):
            yield document("SLOW", words="pump")
            other.rebuild(Documents(document("FAST", words="pump")))

    index, other = open_index(), open_index()

    with pytest.raises(RebuildSuperseded):
        index.rebuild(Overtaken())

    assert words_found(index, "pump") == {"FAST"}


def test_old_generations_go_after_a_grace(open_index, tmp_path):
    now = 1000.0
    index = open_index(clock=lambda: now)
    for _ in range(2):
        index.rebuild(Documents(document("D", words="pump")))
    assert {"passages_00001", "passages_00002", "passages_00003"} <= tables(tmp_path)

    now += timedelta(hours=1).total_seconds()
    index.optimise()

    assert tables(tmp_path) == {"generations", "passages_00003", "changes_00003"}
    assert words_found(index, "pump") == {"D"}


KILLED = f"""
import sys, time
from tests.foundation.searchindex.conftest import COLUMNS, Documents, document
from dure.foundation.searchindex import LanceIndex, _index

_index._CHUNK = 20

class Slow(Documents):
    def all(self):
        yield [row for i in range(50) for row in document(f"HALF{{i}}", words="pump")]
        print("reading", flush=True)
        time.sleep(60)

if __name__ == "__main__":
    index = LanceIndex(sys.argv[1], model_id="toy/1", dimension={DIMENSION}, columns=COLUMNS)
    index.rebuild(Slow())
"""


def test_a_killed_rebuild_leaves_the_old_generation_serving(open_index, tmp_path):
    index = open_index()
    index.upsert(document("OLD", words="pump"))
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    path = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "index")],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert process.stdout.readline() == b"reading\n"
    assert index.status().building == 2
    half = lancedb.connect(str(tmp_path / "index")).open_table("passages_00002")
    assert half.count_rows() == 50

    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert words_found(index, "pump") == {"OLD"}
    index.upsert(document("LATER", words="pump"))
    assert words_found(index, "pump") == {"OLD", "LATER"}
    status = index.rebuild(Documents(document("FRESH", words="pump")))
    assert (status.generation, status.building) == (3, None)
    assert words_found(index, "pump") == {"FRESH"}
    assert not tables(tmp_path) & {"passages_00002", "changes_00002"}


def test_many_writers_lose_and_double_nothing(open_index):
    indexes = [open_index() for _ in range(3)]

    def write(index, me):
        for i in range(6):
            index.upsert(document(f"SHARED{i}", words=f"pump by{me}") + document(f"OWN{me}-{i}"))

    threads = [threading.Thread(target=write, args=(index, me)) for me, index in enumerate(indexes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    status = indexes[0].status()
    assert status.documents == status.passages == 6 + 3 * 6
    assert words_found(indexes[0], "pump") == {f"SHARED{i}" for i in range(6)}


def test_many_may_open_a_new_index_at_once(tmp_path):
    opened = []
    together = threading.Barrier(8)

    def open_():
        together.wait()
        index = LanceIndex(tmp_path / "new", model_id="toy/1", dimension=DIMENSION, columns=COLUMNS)
        opened.append(index)

    threads = [threading.Thread(target=open_) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened[0].upsert(document("D", words="pump"))
    time.sleep(1.1)  # the others look again after a second

    assert len(opened) == 8
    assert [words_found(index, "pump") for index in opened] == [{"D"}] * 8
