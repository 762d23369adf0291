"""Who may do what with facts from registers, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.registers import permissions, queries
from tests.apps.registers.conftest import make_fact
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    fact = make_fact(cast)
    return {
        "may_read_all": permissions.may_read_all,
        "may_read_facts: the supplier": lambda user: permissions.may_read_facts(
            user, cast.supplier
        ),
        "may_record": permissions.may_record,
        "may_withdraw": lambda user: permissions.may_withdraw(user, fact),
        "facts_visible_to: of the supplier": queries.facts_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
