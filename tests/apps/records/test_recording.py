"""What is recorded stands in one order, stays as it is, and exists only with its act."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from dure.apps.records.adapter import faults
from dure.apps.records.models import Checkpoint, Entry, Place, Tile
from dure.apps.records.operations import FileHash, NewRecord, record, record_all, seal
from dure.apps.records.operations.recording import OutsideTransaction
from dure.engines.transparency import leaf_hash, nodes_of, open_note, read_checkpoint, root
from tests.apps.records.conftest import TEST, place, recorded
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def leaves():
    placed = Place.objects.order_by("index").select_related("entry")
    return [leaf_hash(place.entry.leaf.encode()) for place in placed]


def test_an_entry_says_what_happened_and_nothing_of_the_file(cast):
    entry = recorded(
        1, parties=[cast.buyer, cast.supplier], by=cast["manager"],
        files=[FileHash.of("도면.pdf", b"secret drawing")],
    )  # fmt: skip

    leaf = json.loads(entry.leaf)
    assert (leaf["kind"], leaf["about"], leaf["content"]) == ("TEST", "test:1", {"n": 1})
    assert leaf["by"] == f"person:{cast['manager'].pk}"
    assert [party["name"] for party in leaf["parties"]] == [cast.buyer.name, cast.supplier.name]
    assert leaf["files"][0]["name"] == "도면.pdf"
    assert "secret" not in entry.leaf
    assert len(leaf["salt"]) == 64
    assert cast["manager"].name not in entry.leaf


def test_the_same_said_twice_has_two_hashes():
    first, second = recorded(1), recorded(1)
    assert bytes(first.leaf_hash) != bytes(second.leaf_hash)


def test_places_have_no_gaps_and_the_first_entry_opens_the_record():
    recorded(1)
    record_all([NewRecord(TEST, f"test:{n}", {}) for n in (2, 3)], by=None, at=NOON)
    place()

    placed = Place.objects.order_by("index").values_list("index", "entry__about")
    assert list(placed) == [(0, "record:0"), (1, "test:1"), (2, "test:2"), (3, "test:3")]


def test_what_is_too_large_or_no_json_is_refused():
    for content in ({"text": "x" * 70_000}, {"rate": 0.5}):
        with pytest.raises(ValueError, match=r"65,535|plain JSON"):
            record(kind=TEST, about="test:1", content=content, by=None, at=NOON)


@pytest.mark.parametrize("model", [Entry, Place, Checkpoint])
def test_nothing_is_changed_or_deleted(model):
    recorded(1)
    seal(at=NOON)
    table = model._meta.db_table
    column = {Entry: "about", Place: "entry_id", Checkpoint: "note"}[model]
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with (
            pytest.raises(DatabaseError, match="pgtrigger"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_checkpoints_are_signed_on_all_there_is():
    recorded(1)
    first = seal(at=NOON)
    assert seal(at=NOON) is None
    recorded(2)
    second = seal(at=NOON)

    assert (first.size, second.size) == (2, 3)
    from dure.apps.records.adapter import log_keys

    for checkpoint in (first, second):
        head = read_checkpoint(open_note(checkpoint.note.encode(), log_keys().verifiers).text)
        assert (head.size, head.root) == (
            checkpoint.size, root(checkpoint.size, nodes_of(leaves()[: checkpoint.size]))
        )  # fmt: skip


def test_full_tiles_are_kept_and_the_root_is_that_of_all_entries():
    for begin in range(0, 600, 200):
        record_all(
            [NewRecord(TEST, f"test:{n}", {}) for n in range(begin, begin + 200)], by=None, at=NOON
        )
        place()
        seal(at=NOON)

    assert list(Tile.objects.order_by("index").values_list("level", "index")) == [(0, 0), (0, 1)]
    assert bytes(Checkpoint.objects.get(size=601).root) == root(601, nodes_of(leaves()))
    assert list(faults()) == []


def test_a_clock_that_is_set_back_changes_no_order():
    recorded(1)
    early = recorded(2, at=NOON.replace(year=2020))
    seal(at=NOON.replace(year=2019))

    assert early.place.index == 2
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded():
    with pytest.raises(OutsideTransaction):
        record(kind=TEST, about="test:1", content={}, by=None, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_entry_and_an_entry_that_fails_no_act(cast):
    def act(fails):
        with transaction.atomic():
            cast.buyer.summary = "changed"
            cast.buyer.save()
            record(kind=TEST, about="test:1", content={}, by=None, at=NOON)
            if fails:
                raise RuntimeError("after the entry")

    with pytest.raises(RuntimeError):
        act(fails=True)
    assert Entry.objects.count() == 0

    with connection.cursor() as cursor:  # a full disk, at the very commit
        cursor.execute(
            """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON records_place
            FOR EACH ROW EXECUTE FUNCTION full_disk()
            """
        )
    try:
        with pytest.raises(DatabaseError, match="no space left"):
            act(fails=False)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION full_disk CASCADE")
    cast.buyer.refresh_from_db()
    assert (cast.buyer.summary, Entry.objects.count()) == ("", 0)

    act(fails=False)
    assert Place.objects.count() == 2
