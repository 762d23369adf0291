"""Who may do what with papers, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.papers import operations, permissions, queries
from tests.apps.papers.conftest import make_paper
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    version = make_paper(cast)
    operations.open_version(version=version, by=cast["supplier"], at=NOON)
    member = make_paper(cast, organisation=cast.buyer, by=cast["member"])
    return {
        "may_use: the supplier": lambda user: permissions.may_use(user, cast.supplier),
        "may_add_version: of the supplier": lambda user: permissions.may_add_version(
            user, version.paper
        ),
        "may_remove: of the supplier": lambda user: permissions.may_remove(user, version.paper),
        "may_remove: of the buyer": lambda user: permissions.may_remove(user, member.paper),
        "papers_visible_to: of the supplier": lambda user: queries.papers_visible_to(user).filter(
            pk=version.paper_id
        ),
        "versions_visible_to: of the supplier": lambda user: queries.versions_visible_to(
            user
        ).filter(pk=version.pk),
        "looks_visible_to: of the supplier": queries.looks_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
