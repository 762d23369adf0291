"""Keys of each test alone, and small entries."""

import pytest
from django.db import connection

from dure.apps.records.kinds import RECORD_KINDS, record_kind
from dure.apps.records.operations import record
from tests.conftest import NOON

TEST = RECORD_KINDS.get("TEST") or record_kind("TEST", "Test")


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")


def place():
    """What a commit does: give every entry its place."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def recorded(n=1, *, parties=(), by=None, at=NOON, **more):
    """The `n`-th act, recorded and placed."""
    made = record(
        kind=TEST, about=f"test:{n}", content={"n": n}, parties=parties, by=by, at=at, **more
    )
    place()
    made.refresh_from_db()
    return made
