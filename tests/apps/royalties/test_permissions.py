"""Who may do what with a royalty, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.royalties import permissions, queries
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    asked = cast.royalty()
    reported = cast.reported(cast.royalty("P-78"))
    billed = cast.billed(cast.reported(cast.royalty("P-79")))
    may = permissions
    return {
        "may_read_all": may.may_read_all,
        "may_read_royalties": may.may_read_royalties,
        "may_report": lambda user: may.may_report(user, asked),
        "may_report: billed": lambda user: may.may_report(user, billed),
        "may_bill": lambda user: may.may_bill(user, reported),
        "may_bill: not reported": lambda user: may.may_bill(user, asked),
        "may_enter_payment": lambda user: may.may_enter_payment(user, billed),
        "may_enter_payment: not billed": lambda user: may.may_enter_payment(user, reported),
        "royalties_visible_to": queries.royalties_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
