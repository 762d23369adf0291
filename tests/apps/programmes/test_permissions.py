"""Who may do what with programmes, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.programmes import operations, permissions, queries
from dure.apps.programmes.models import Version
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast, shelf):
    draft = operations.start_draft(base=shelf.current, by=cast["officer"], at=NOON)
    return {
        "may_write": permissions.may_write,
        "may_edit: a draft": lambda user: permissions.may_edit(user, draft),
        "may_edit: a released version": lambda user: permissions.may_edit(user, shelf.current),
        "may_release: a draft of the officer": lambda user: permissions.may_release(user, draft),
        "versions_visible_to: a draft": lambda user: queries.versions_visible_to(user).filter(
            pk=draft.pk
        ),
        "versions_visible_to: a released version": lambda user: queries.versions_visible_to(
            user
        ).filter(pk__in=Version.objects.exclude(pk=draft.pk)),
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
