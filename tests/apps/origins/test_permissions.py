"""Who may do what with originals, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.origins import permissions, queries
from tests.truth_tables import assert_table, assert_whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(cast, settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")
    original = cast.original()
    return {
        "may_use_origins": permissions.may_use_origins,
        "may_register: for the supplier": lambda user: permissions.may_register(
            user, cast.supplier
        ),
        "may_certify: an original of the supplier": lambda user: permissions.may_certify(
            user, original
        ),
        "origins_visible_to": queries.origins_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
