"""Who reads what of the sealed record, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.records import permissions, queries
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    both = cast.sealed_entry()
    office = cast.sealed_entry(is_of_office=True)
    from dure.apps.records.operations import check
    from tests.conftest import NOON

    check(at=NOON)
    return {
        "may_read_standing": permissions.may_read_standing,
        "may_prove: of two firms": lambda user: permissions.may_prove(user, both),
        "may_prove: of two firms and the office": lambda user: permissions.may_prove(user, office),
        "entries_visible_to": queries.entries_visible_to,
        "checkpoints_visible_to": queries.checkpoints_visible_to,
        "checks_visible_to": queries.checks_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
