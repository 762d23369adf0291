"""One row of tabs for a fair: each reader finds the pages that concern them, at every stage."""

import pytest

from dure.apps.fairs.stages import FairStage
from dure.foundation.ui.pages import tabs_for
from tests.conftest import NOON

DESK = {"/day/", "/desk/", "/walk-in/"}


def pages(cast, role, fair):
    return {tab["url"].removeprefix(f"/fairs/{fair.pk}") for tab in tabs_for(cast[role], fair, "")}


@pytest.mark.parametrize(
    ("stage", "is_there"),
    [
        (FairStage.REGISTRATION, False),
        (FairStage.PLANNING, False),
        (FairStage.RELEASED, True),
        (FairStage.HELD, True),
        (FairStage.CLOSED, True),
    ],
)
def test_the_desk_is_there_also_before_and_after_the_day_for_whom_it_opens(cast, stage, is_there):
    fair = cast.fair(stage=stage)
    fair.desk_duties.create(person=cast["reviewer"], given_by=cast["officer"], given_at=NOON)

    for role in ("officer", "reviewer"):
        assert (pages(cast, role, fair) >= DESK) is is_there
    for role in ("member", "auditor", "newcomer"):
        assert not pages(cast, role, fair) & DESK


def test_the_row_asks_the_database_once(cast, django_assert_max_num_queries):
    fair = cast.fair(stage=FairStage.HELD)
    own = cast.registration(fair, cast.buyer)
    tabs_for(cast["member"], fair, "agenda", own=own)  # the reader's standing is known from here on

    with django_assert_max_num_queries(1):
        tabs = tabs_for(cast["member"], fair, "agenda", own=own)

    assert [tab["url"] for tab in tabs if tab["current"]] == [f"/fairs/{fair.pk}/agenda/"]
