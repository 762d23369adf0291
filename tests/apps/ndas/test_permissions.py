"""Who may do what with agreements, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.catalog.models import Visibility
from dure.apps.ndas import permissions, queries
from dure.apps.ndas.stages import NdaStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    nda = cast.nda(cast.need(visibility=Visibility.TEASER))
    over = cast.nda(cast.need(title="지난 것", visibility=Visibility.TEASER))
    over.stage = NdaStage.ENDED
    return {
        "may_read_ndas": permissions.may_read_ndas,
        "may_ask: the supplier the buyer": lambda user: permissions.may_ask(
            user, cast.buyer, cast.supplier
        ),
        "may_move: to signed": lambda user: permissions.may_move(user, nda, NdaStage.SIGNED, NOON),
        "may_move: to withdrawn": lambda user: permissions.may_move(
            user, nda, NdaStage.WITHDRAWN, NOON
        ),
        "may_confirm_return: of one that runs": lambda user: permissions.may_confirm_return(
            user, nda, NOON
        ),
        "may_confirm_return: of one that ended": lambda user: permissions.may_confirm_return(
            user, over, NOON
        ),
        "ndas_visible_to: of the buyer and the supplier": queries.ndas_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
