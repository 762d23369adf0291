"""What a superuser may do to the record with SQL is found, and the first bad entry is named."""

import pytest
from django.db import connection

from dure.apps.records.adapter import LAST_CHECKPOINT, faults
from dure.apps.records.kinds import FaultKind
from dure.apps.records.models import Check, Checkpoint
from dure.apps.records.operations import NewRecord, check, record_all, seal
from dure.engines.transparency import BadNote
from dure.foundation import keys as kept
from tests.apps.records.conftest import TEST, place, recorded
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
F = FaultKind
ALL, SEALED = 300, 260

LEAF = """replace(leaf, '"n":7', '"n":8')"""
HASH = "sha256('\\x00'::bytea || convert_to(leaf, 'UTF8'))"
ENTRY = "(SELECT entry_id FROM records_place WHERE index = {})"
SWAP = """
    CREATE TEMPORARY TABLE swap AS SELECT * FROM records_place WHERE index IN (7, 9);
    DELETE FROM records_place WHERE index IN (7, 9);
    INSERT INTO records_place (index, entry_id, leaf_hash)
    SELECT 16 - index, entry_id, leaf_hash FROM swap; DROP TABLE swap;
"""
TILES = """
    UPDATE records_tile SET hashes = (
        SELECT string_agg(leaf_hash, ''::bytea ORDER BY index) FROM records_place WHERE index < 256)
    WHERE level = 0
"""

# What is done, what is found among other things, and the first bad entry that is named; the SQL runs
# with all triggers off, as only a superuser can.
TAMPERING = {
    "the content of an entry": (
        f"UPDATE records_entry SET leaf = {LEAF} WHERE id = {ENTRY.format(7)}",
        {F.ENTRY_CHANGED, F.PLACE_CHANGED}, 7,
    ),
    "the content with its hashes, in its place and in the tile": (
        f"""UPDATE records_entry SET leaf = {LEAF} WHERE id = {ENTRY.format(7)};
        UPDATE records_entry SET leaf_hash = {HASH} WHERE id = {ENTRY.format(7)};
        UPDATE records_place SET leaf_hash = records_entry.leaf_hash
        FROM records_entry WHERE entry_id = id; {TILES}""",
        {F.ENTRY_CHANGED, F.CHECKPOINT_DIFFERS}, 7,
    ),
    "the last entry that is signed": (
        f"""UPDATE records_entry SET leaf = replace(leaf, 'TEST', 'TOST')
        WHERE id = {ENTRY.format(SEALED - 1)}""",
        {F.ENTRY_CHANGED, F.PLACE_CHANGED, F.CHECKPOINT_DIFFERS}, SEALED - 1,
    ),
    "an entry that is not signed yet": (
        f"UPDATE records_entry SET leaf = leaf || ' ' WHERE id = {ENTRY.format(ALL - 1)}",
        {F.ENTRY_CHANGED, F.PLACE_CHANGED}, ALL - 1,
    ),
    "the hash at a place": (
        "UPDATE records_place SET leaf_hash = sha256('x') WHERE index = 7", {F.PLACE_CHANGED}, 7,
    ),
    "the hash of an entry": (
        f"UPDATE records_entry SET leaf_hash = sha256('x') WHERE id = {ENTRY.format(7)}",
        {F.ENTRY_CHANGED}, 7,
    ),
    "the salt of an entry": (
        f"""UPDATE records_entry SET leaf = regexp_replace(leaf, '"salt":"..', '"salt":"00')
        WHERE id = {ENTRY.format(7)}""",
        {F.ENTRY_CHANGED, F.PLACE_CHANGED}, 7,
    ),
    "the code of an entry": (
        f"UPDATE records_entry SET mac = sha256('x') WHERE id = {ENTRY.format(7)}",
        {F.ENTRY_CHANGED}, 7,
    ),
    "the kind beside it": (
        f"UPDATE records_entry SET kind = 'OTHER' WHERE id = {ENTRY.format(7)}",
        {F.COLUMNS_DIFFER}, 7,
    ),
    "what it is about": (
        f"UPDATE records_entry SET about = 'test:9' WHERE id = {ENTRY.format(7)}",
        {F.COLUMNS_DIFFER}, 7,
    ),
    "whose it is": (
        f"UPDATE records_entry SET parties = '{{1}}' WHERE id = {ENTRY.format(7)}",
        {F.COLUMNS_DIFFER}, 7,
    ),
    "when it was": (
        f"UPDATE records_entry SET created_at = created_at - interval '1 s' WHERE id = {ENTRY.format(7)}",
        {F.COLUMNS_DIFFER}, 7,
    ),
    "an entry deleted, its place left": (
        f"DELETE FROM records_entry WHERE id = {ENTRY.format(7)}", {F.ENTRY_GONE}, 7,
    ),
    "an entry deleted with its place": (
        f"""DELETE FROM records_entry WHERE id = {ENTRY.format(7)};
        DELETE FROM records_place WHERE index = 7""",
        {F.ENTRY_GONE}, 7,
    ),
    "an entry deleted, all later ones moved up": (
        f"""DELETE FROM records_entry WHERE id = {ENTRY.format(7)};
        DELETE FROM records_place WHERE index = 7;
        UPDATE records_place SET index = -index WHERE index > 7;
        UPDATE records_place SET index = -index - 1 WHERE index < 0; {TILES}""",
        {F.CHECKPOINT_DIFFERS}, 0,
    ),
    "the end cut off": (
        f"""DELETE FROM records_entry WHERE id IN (
            SELECT entry_id FROM records_place WHERE index >= {SEALED - 2});
        DELETE FROM records_place WHERE index >= {SEALED - 2}""",
        {F.RECORD_SHORTER}, SEALED - 2,
    ),
    "a place taken away": ("DELETE FROM records_place WHERE index = 7", {F.ENTRY_GONE, F.NOT_PLACED}, 7),
    "two entries that change places": (SWAP, {F.CHECKPOINT_DIFFERS, F.TILE_CHANGED}, 0),
    "two entries that change places, with the tile": (
        SWAP + TILES, {F.CHECKPOINT_DIFFERS}, 0,
    ),
    "an entry slipped in": (
        f"""UPDATE records_place SET index = -index - 1 WHERE index >= 7;
        UPDATE records_place SET index = -index WHERE index < 0;
        INSERT INTO records_entry (kind, about, parties, is_of_office, leaf, leaf_hash, mac, created_at)
        SELECT kind, about, parties, is_of_office, leaf, leaf_hash, mac, created_at
        FROM records_entry WHERE id = {ENTRY.format(3)};
        INSERT INTO records_place (index, entry_id, leaf_hash)
        SELECT 7, id, leaf_hash FROM records_entry ORDER BY id DESC LIMIT 1; {TILES}""",
        {F.CHECKPOINT_DIFFERS}, 0,
    ),
    "an entry written by hand": (
        """INSERT INTO records_entry (kind, about, parties, is_of_office, leaf, leaf_hash, mac, created_at)
        SELECT kind, about, parties, is_of_office, leaf, leaf_hash, sha256('x'), created_at
        FROM records_entry ORDER BY id LIMIT 1;
        INSERT INTO records_place (index, entry_id, leaf_hash)
        SELECT (SELECT max(index) + 1 FROM records_place), id, leaf_hash
        FROM records_entry ORDER BY id DESC LIMIT 1""",
        {F.ENTRY_CHANGED}, ALL,
    ),
    "an entry without a place": (
        """INSERT INTO records_entry (kind, about, parties, is_of_office, leaf, leaf_hash, mac, created_at)
        SELECT kind, about, parties, is_of_office, leaf, leaf_hash, mac, created_at
        FROM records_entry ORDER BY id LIMIT 1""",
        {F.NOT_PLACED}, None,
    ),
    "a tile changed": (
        "UPDATE records_tile SET hashes = set_byte(hashes, 299, get_byte(hashes, 299) # 255)",
        {F.TILE_CHANGED}, 9,
    ),
    "the top of a tile": ("UPDATE records_tile SET top = sha256('x')", {F.TILE_CHANGED}, None),
    "a tile deleted": ("DELETE FROM records_tile", {F.TILE_CHANGED}, 0),
    "a tile too many": (
        "INSERT INTO records_tile (level, index, hashes, top) SELECT 0, 9, hashes, top FROM records_tile",
        {F.TILE_CHANGED}, ALL,
    ),
    "the root of a checkpoint": (
        f"UPDATE records_checkpoint SET root = sha256('x') WHERE size = {SEALED}",
        {F.CHECKPOINT_UNSIGNED, F.CHECKPOINT_DIFFERS}, 10,
    ),
    "the note of a checkpoint": (
        f"UPDATE records_checkpoint SET note = replace(note, '{SEALED}', '259') WHERE size = {SEALED}",
        {F.CHECKPOINT_UNSIGNED}, None,
    ),
    "the size of a checkpoint": (
        "UPDATE records_checkpoint SET size = 11 WHERE size = 10",
        {F.CHECKPOINT_UNSIGNED, F.CHECKPOINT_DIFFERS}, 0,
    ),
    "the last checkpoint deleted": (
        f"DELETE FROM records_checkpoint WHERE size = {SEALED}", {F.CHECKPOINT_GONE}, None,
    ),
    "everything deleted": (
        """DELETE FROM records_checkpoint; DELETE FROM records_tile; DELETE FROM records_place;
        DELETE FROM records_entry""",
        {F.CHECKPOINT_GONE}, None,
    ),
    "a trigger switched off": (
        "ALTER TABLE records_entry DISABLE TRIGGER USER", {F.GUARD_MISSING}, None,
    ),
    "a trigger that does nothing": (
        """DO $$ DECLARE name text; BEGIN
            SELECT proname INTO name FROM pg_proc WHERE proname LIKE 'pgtrigger_append_only%'
            AND prosrc LIKE '%%' AND EXISTS (SELECT FROM pg_trigger WHERE tgfoid = pg_proc.oid
            AND tgrelid = 'records_place'::regclass);
            EXECUTE format('CREATE OR REPLACE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql AS '
                'E''BEGIN RETURN NULL; END''', name); END $$""",
        {F.GUARD_MISSING}, None,
    ),
}  # fmt: skip


@pytest.fixture
def log():
    """300 entries, of which 260 are signed: one full tile and some more; an early checkpoint too."""
    batches = (range(1, 10), range(10, SEALED), range(SEALED, ALL))
    for number, batch in enumerate(batches):
        record_all([NewRecord(TEST, f"test:{n}", {"n": n}) for n in batch], by=None, at=NOON)
        place()
        if number < 2:
            seal(at=NOON)


def as_superuser(statement):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_record_as_it_was_recorded_has_no_faults(log):
    kept_check, faults = check(at=NOON)

    assert (faults, kept_check.size, kept_check.fault_count) == ([], ALL, 0)
    assert Checkpoint.objects.count() == 2


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_found_and_named(log, name):
    statement, kinds, first = TAMPERING[name]
    as_superuser(statement)

    found_faults = list(faults())

    assert kinds <= {fault.kind for fault in found_faults}
    numbers = [fault.index for fault in found_faults if fault.index is not None]
    assert min(numbers, default=None) == first
    assert Check.objects.count() == 0


def test_an_early_checkpoint_narrows_where_a_change_is(log):
    as_superuser(SWAP.replace("(7, 9)", "(57, 59)").replace("16 -", "116 -") + TILES)

    [differs] = [fault for fault in faults() if fault.kind == F.CHECKPOINT_DIFFERS]
    assert (differs.index, differs.where) == (10, "checkpoint #260: no. 10–259")


def test_a_checkpoint_kept_elsewhere_finds_a_record_that_was_written_anew(log):
    elsewhere = Checkpoint.objects.get(size=SEALED).note.encode()
    assert list(faults([elsewhere])) == []

    # Who has the keys as well can forge everything here; not what others keep.
    as_superuser("DELETE FROM records_checkpoint; DELETE FROM records_tile")
    as_superuser("DELETE FROM records_place WHERE index >= 200")
    as_superuser(
        "DELETE FROM records_entry WHERE NOT EXISTS (SELECT FROM records_place WHERE entry_id = id)"
    )
    for n in range(200, 280):
        recorded(n + 1000)
    seal(at=NOON)
    assert list(faults()) == []

    [differs] = faults([elsewhere])
    assert (differs.kind, differs.where.partition(":")[0]) == (
        F.CHECKPOINT_DIFFERS, "checkpoint 260 kept elsewhere",
    )  # fmt: skip


def test_a_checkpoint_of_somebody_else_is_not_taken(log):
    note = Checkpoint.objects.get(size=SEALED).note
    with pytest.raises(BadNote):
        check(against=[note.replace("260", "261").encode()], at=NOON)


def test_the_checkpoint_beside_the_keys_is_looked_at(log):
    kept.write_file(LAST_CHECKPOINT, b"no note at all")

    assert [fault.kind for fault in faults()] == [F.CHECKPOINT_UNSIGNED]
