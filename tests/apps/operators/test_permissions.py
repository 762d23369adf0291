"""Who may do what with operators, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.operators import operations, permissions, queries
from tests.apps.operators.conftest import LATER, appoint
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast, scene):
    application = scene.applications["supplier"]
    moves = {
        f"may_move: {word}": lambda user, stage=stage, at=at: permissions.may_move(
            user, application, stage, at
        )
        for word, stage, at in (
            ("appoint before the deadline", "APPOINTED", NOON),
            ("appoint", "APPOINTED", LATER),
            ("take back", "WITHDRAWN", NOON),
        )
    }
    return {
        "may_run": permissions.may_run,
        "may_apply": lambda user: permissions.may_apply(user, scene.call, NOON),
        **moves,
        "may_release: of the officer": lambda user: permissions.may_release(
            user, _ranking(cast, scene)
        ),
        "applications_visible_to: the supplier": lambda user: queries.applications_visible_to(
            user
        ).filter(pk=application.pk),
        "rankings_visible_to: a draft": lambda user: queries.rankings_visible_to(user).filter(
            pk=_ranking(cast, scene).pk
        ),
    }


def _ranking(cast, scene):
    if not scene.programme.rankings.exists():
        terms = appoint(scene, cast)
        results = {"selected": 1, "invested": 1, "succeeded": 1}
        operations.prepare_ranking(
            programme=scene.programme, year=NOON.year, places=4,
            results={term.pk: results for term in terms.values()}, by=cast["officer"], at=LATER,
        )  # fmt: skip
    return scene.programme.rankings.get()


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
