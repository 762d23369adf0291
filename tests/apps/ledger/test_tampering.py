"""What a superuser may do to the ledger with SQL is found, kind by kind."""

from datetime import timedelta

import pytest
from django.db import connection

from dure.apps.ledger.adapter import LAST_SEAL, faults
from dure.apps.ledger.kinds import FaultKind
from dure.apps.ledger.operations import seal
from dure.foundation import keys
from tests.apps.ledger.conftest import CASH, DAY, OTHER, THIRD, entry, posted
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
F = FaultKind

SECOND = "(SELECT id FROM ledger_entry WHERE key = 'b')"
LAST = "(SELECT id FROM ledger_entry WHERE key = 'd')"
CASH_ID = "(SELECT id FROM ledger_account WHERE kind = 'TEST_CASH')"
COPY_ENTRY = """
    INSERT INTO ledger_entry (key, day, kind, cause, note, line_count, created_at, digest)
    SELECT 'forged', day, kind, cause, note, line_count, created_at, digest
    FROM ledger_entry WHERE key = 'b';
    INSERT INTO ledger_line (entry_id, account_id, day, amount)
    SELECT (SELECT id FROM ledger_entry WHERE key = 'forged'), account_id, day, amount
    FROM ledger_line WHERE entry_id = {SECOND};
    UPDATE ledger_account SET balance = (
        SELECT coalesce(sum(amount), 0) FROM ledger_line WHERE account_id = ledger_account.id);
"""

# What is done, and what is found; the SQL runs with all triggers off, as only a superuser can.
TAMPERING = {
    "the amount of one line": (
        f"UPDATE ledger_line SET amount = amount + 1 WHERE entry_id = {SECOND} AND amount > 0",
        {F.ENTRY_CHANGED, F.UNBALANCED, F.BALANCE_WRONG},
    ),
    "the amounts of both lines, with the balances": (
        f"""UPDATE ledger_line SET amount = amount * 2 WHERE entry_id = {SECOND};
        UPDATE ledger_account SET balance = (
            SELECT sum(amount) FROM ledger_line WHERE account_id = ledger_account.id)""",
        {F.ENTRY_CHANGED},
    ),
    "a line moved to another account": (
        f"""UPDATE ledger_line SET account_id = (
            SELECT id FROM ledger_account WHERE subject = 'test:2')
        WHERE entry_id = {SECOND} AND amount < 0""",
        {F.ENTRY_CHANGED, F.BALANCE_WRONG},
    ),
    "lines of two entries exchanged": (
        f"""UPDATE ledger_line SET entry_id = CASE entry_id WHEN {SECOND} THEN {LAST} ELSE {SECOND} END
        WHERE entry_id IN ({SECOND}, {LAST})""",
        {F.ENTRY_CHANGED, F.DAYS_DIFFER},
    ),
    "a line deleted": (
        f"DELETE FROM ledger_line WHERE entry_id = {SECOND} AND amount < 0",
        {F.LINES_MISSING, F.ENTRY_CHANGED, F.UNBALANCED, F.BALANCE_WRONG},
    ),
    "two lines added that balance": (
        f"""INSERT INTO ledger_line (entry_id, account_id, day, amount)
        SELECT entry_id, account_id, day, n FROM ledger_line, unnest(ARRAY[5, -5]) AS n
        WHERE entry_id = {SECOND} AND amount > 0""",
        {F.LINES_ADDED, F.ENTRY_CHANGED},
    ),
    "the day of an entry and its lines": (
        f"""UPDATE ledger_entry SET day = day - 365 WHERE id = {SECOND};
        UPDATE ledger_line SET day = day - 365 WHERE entry_id = {SECOND}""",
        {F.ENTRY_CHANGED},
    ),
    "the day of a line alone": (
        f"UPDATE ledger_line SET day = day + 31 WHERE entry_id = {SECOND} AND amount > 0",
        {F.DAYS_DIFFER},
    ),
    "the note": (
        f"UPDATE ledger_entry SET note = '정정' WHERE id = {SECOND}",
        {F.ENTRY_CHANGED},
    ),
    "the kind": (f"UPDATE ledger_entry SET kind = 'PAID' WHERE id = {SECOND}", {F.ENTRY_CHANGED}),
    "the cause": (
        f"UPDATE ledger_entry SET cause = 'test:9' WHERE id = {SECOND}",
        {F.ENTRY_CHANGED},
    ),
    "the key": (f"UPDATE ledger_entry SET key = 'z' WHERE id = {SECOND}", {F.ENTRY_CHANGED}),
    "who posted it": (
        f"UPDATE ledger_entry SET created_by_id = (SELECT max(id) FROM people_user) WHERE id = {SECOND}",
        {F.ENTRY_CHANGED},
    ),
    "when it was posted": (
        f"UPDATE ledger_entry SET created_at = created_at - interval '1 s' WHERE id = {SECOND}",
        {F.ENTRY_CHANGED},
    ),
    "what it corrects": (
        f"UPDATE ledger_entry SET corrects_id = {LAST} WHERE id = {SECOND}",
        {F.ENTRY_CHANGED},
    ),
    "an invented digest": (
        f"UPDATE ledger_entry SET digest = repeat('0', 64) WHERE id = {SECOND}",
        {F.ENTRY_CHANGED, F.SEAL_BROKEN},
    ),
    "an entry deleted, with lines and balances": (
        f"""DELETE FROM ledger_line WHERE entry_id = {SECOND};
        DELETE FROM ledger_entry WHERE key = 'b';
        UPDATE ledger_account SET balance = (
            SELECT coalesce(sum(amount), 0) FROM ledger_line WHERE account_id = ledger_account.id)""",
        {F.ENTRIES_GONE},
    ),
    "an entry deleted, its lines left": (
        f"DELETE FROM ledger_entry WHERE id = {SECOND}",
        {F.ENTRIES_GONE, F.LINE_WITHOUT_ENTRY},
    ),
    "an entry copied to the end": (COPY_ENTRY.format(SECOND=SECOND), {F.ENTRY_CHANGED}),
    "an entry slipped in between": (
        """INSERT INTO ledger_entry (id, key, day, kind, cause, note, line_count, created_at, digest)
        OVERRIDING SYSTEM VALUE
        SELECT -1, 'forged', day, kind, cause, note, line_count, created_at, digest
        FROM ledger_entry WHERE key = 'b'""",
        {F.ENTRIES_SLIPPED_IN, F.ENTRY_CHANGED, F.LINES_MISSING},
    ),
    "two entries that change places": (
        f"""CREATE TEMPORARY TABLE swap AS SELECT {SECOND} AS b, {LAST} AS d;
        UPDATE ledger_entry SET id = -1 FROM swap WHERE id = b;
        UPDATE ledger_entry SET id = b FROM swap WHERE id = d;
        UPDATE ledger_entry SET id = d FROM swap WHERE id = -1;
        UPDATE ledger_line SET entry_id = b + d - entry_id FROM swap WHERE entry_id IN (b, d);
        DROP TABLE swap""",
        {F.SEAL_BROKEN},
    ),
    "the balance of an account": (
        f"UPDATE ledger_account SET balance = balance + 1000000 WHERE id = {CASH_ID}",
        {F.BALANCE_WRONG},
    ),
    "an account that takes another name": (
        f"UPDATE ledger_account SET subject = 'test:7' WHERE id = {CASH_ID}",
        {F.ENTRY_CHANGED},
    ),
    "an account that takes another currency": (
        f"UPDATE ledger_account SET currency = 'USD' WHERE id = {CASH_ID}",
        {F.ENTRY_CHANGED, F.UNBALANCED},
    ),
    "the floor of an account": (
        f"UPDATE ledger_account SET floor = 0 WHERE id = {CASH_ID}",
        {F.FLOOR_LIFTED},
    ),
    "an account deleted": (
        f"DELETE FROM ledger_account WHERE id = {CASH_ID}",
        {F.ENTRY_CHANGED, F.LINE_WITHOUT_ENTRY, F.UNBALANCED},
    ),
    "a seal changed": (
        "UPDATE ledger_seal SET digest = repeat('0', 64) WHERE number = 1",
        {F.SEAL_BROKEN},
    ),
    "a seal deleted in the middle": (
        "DELETE FROM ledger_seal WHERE number = 1",
        {F.SEALS_GONE, F.SEAL_BROKEN},
    ),
    "the end cut off, seal and all": (
        f"""DELETE FROM ledger_line WHERE entry_id = {LAST}; DELETE FROM ledger_entry WHERE key = 'd';
        DELETE FROM ledger_seal WHERE number = 2;
        UPDATE ledger_account SET balance = (
            SELECT coalesce(sum(amount), 0) FROM ledger_line WHERE account_id = ledger_account.id)""",
        {F.SEALS_GONE},
    ),
    "everything deleted": (
        """DELETE FROM ledger_line; DELETE FROM ledger_entry; DELETE FROM ledger_seal;
        DELETE FROM ledger_account""",
        {F.SEALS_GONE},
    ),
    "a trigger switched off": (
        "ALTER TABLE ledger_line DISABLE TRIGGER USER",
        {F.GUARD_MISSING},
    ),
    "a trigger emptied": (
        """DO $do$ DECLARE name text; BEGIN
        SELECT proname INTO name FROM pg_proc WHERE proname LIKE 'pgtrigger_entry_balances%';
        EXECUTE format('CREATE OR REPLACE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql AS '
                       '$f$ BEGIN RETURN NULL; END $f$', name); END $do$""",
        {F.GUARD_MISSING},
    ),
    "a constraint dropped": (
        "ALTER TABLE ledger_account DROP CONSTRAINT account_is_not_overdrawn",
        {F.GUARD_MISSING},
    ),
}


@pytest.fixture
def ledger(cast):
    """Four entries and two seals, and nothing wrong."""
    by = cast["officer"]
    posted(entry("a", 100), entry("b", 40), by=by)
    posted(entry("c", 7, to=THIRD, source=OTHER), by=by)
    seal(at=NOON)
    posted(entry("d", 30, to=OTHER, source=CASH, day=DAY + timedelta(days=1)), by=by)
    seal(at=NOON)
    assert list(faults()) == []


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found(ledger, what):
    statement, expected = TAMPERING[what]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if "TRIGGER" not in statement:
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")

    seen = list(faults())

    assert {fault.kind for fault in seen} == expected
    assert all(fault.where for fault in seen)


def test_restored_older_database_is_found(ledger):
    """The seal outside knows of more than the database does."""
    kept = keys.read_file(LAST_SEAL)
    keys.write_file(LAST_SEAL, kept.replace(b'"number": 2', b'"number": 3'))

    assert [fault.kind for fault in faults()] == [F.SEALS_GONE]


def test_ledger_cannot_be_forged_without_the_key(ledger, settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "other keys")

    assert {fault.kind for fault in faults()} == {F.ENTRY_CHANGED, F.SEAL_BROKEN}
