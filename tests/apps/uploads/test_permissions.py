"""Who may go on with a large upload, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.uploads import permissions, queries
from tests.apps.uploads.cast import STEP
from tests.truth_tables import assert_table, assert_whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(cast):
    begun = cast.large_upload(received=100)
    whole = cast.large_upload(received=len(STEP))
    return {
        "may_send: of the supplier": lambda user: permissions.may_send(user, begun),
        "may_keep: for its page": lambda user: permissions.may_keep(user, whole, "room:1"),
        "may_keep: for another page": lambda user: permissions.may_keep(user, whole, "room:2"),
        "may_keep: on its way": lambda user: permissions.may_keep(user, begun, "room:1"),
        "may_discard: of the supplier": lambda user: permissions.may_discard(user, begun),
        "uploads_visible_to": queries.uploads_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
