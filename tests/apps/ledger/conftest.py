"""Small entries for the tests of the ledger."""

from datetime import date

import pytest

from dure.apps.ledger.kinds import ACCOUNT_KINDS, ENTRY_KINDS, Side, account_kind, entry_kind
from dure.apps.ledger.operations import AccountName, NewEntry, Posting, post
from tests.conftest import NOON

DAY = date(2026, 3, 2)
if "TEST_CASH" not in ACCOUNT_KINDS:
    account_kind("TEST_CASH", "Cash", Side.DEBIT, has_floor=True)
    account_kind("TEST_FREE", "Anything", Side.DEBIT)
if "TEST" not in ENTRY_KINDS:
    entry_kind("TEST", "Test")

CASH = AccountName("TEST_CASH", "test:1")
OTHER = AccountName("TEST_FREE", "test:1")
THIRD = AccountName("TEST_FREE", "test:2")


def entry(key="a", amount=100, *, to=CASH, source=OTHER, day=DAY, **more):
    lines = (Posting(to, amount), Posting(source, -amount))
    return NewEntry(
        **{"key": key, "day": day, "kind": "TEST", "cause": "test:1", "lines": lines, **more}
    )


def posted(*entries, by=None, at=NOON):
    return post(entries, by=by, at=at)


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    """Keys and the last seal of this test alone."""
    settings.DURE_KEYS = str(tmp_path / "keys")
