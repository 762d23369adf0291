"""Who may do what in registers, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.designations import permissions, queries
from dure.apps.designations.kinds import registers
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    asked, trial = cast.innovation_product(), cast.trial()
    known = registers()
    return {
        "may_run": permissions.may_run,
        "may_open: innovation products": lambda user: permissions.may_open(
            user, known["innovation-product"]
        ),
        "may_open: zones": lambda user: permissions.may_open(user, known["regulation-free-zone"]),
        "may_take: a product of the supplier to its review": lambda user: permissions.may_take(
            user, asked, asked.file.stage("reviewed")
        ),
        "may_take: a product of the supplier back": lambda user: permissions.may_take(
            user, asked, asked.file.stage("withdrawn")
        ),
        "may_take: a trial of the buyer": lambda user: permissions.may_take(
            user, trial, trial.file.stage("agreed")
        ),
        "entries_visible_to: asked for, not in force": queries.entries_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
