"""Who reads the ledger and who gives programmes money, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.ledger import permissions, queries
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    cast.appropriation()
    return {
        "may_read": permissions.may_read,
        "may_appropriate": permissions.may_appropriate,
        "accounts_visible_to": queries.accounts_visible_to,
        "entries_visible_to": queries.entries_visible_to,
        "appropriations_visible_to": queries.appropriations_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
