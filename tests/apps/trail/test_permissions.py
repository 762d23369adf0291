"""Who may read everybody's history, role by role: permissions.csv."""

from pathlib import Path

from dure.apps.trail import permissions
from tests.truth_tables import assert_table, assert_whole

CASES = {"may_audit": permissions.may_audit}


def test_each_role_is_answered_as_the_table_says(cast):
    assert_table(Path(__file__).with_name("permissions.csv"), CASES, cast)


def test_the_table_is_whole():
    assert_whole(CASES, permissions)
