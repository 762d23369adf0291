"""Who may do what in mentoring, role by role: permissions.csv."""

from pathlib import Path

import pytest
from django.utils.timezone import localdate

from dure.apps.mentoring import operations, permissions, queries
from dure.apps.mentoring.kinds import Part
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole

pytestmark = pytest.mark.django_db
TODAY = localdate(NOON)


@pytest.fixture
def running(cast):
    pair = cast.running_pair(-200)
    cast.mentoring_profile("stranger", by="coordinator", wants="수출", teaches="")
    free = operations.ask(organisation=cast.stranger, by=cast["coordinator"], at=NOON)
    operations.name_rival(
        organisation=cast.supplier, rival=cast.stranger, by=cast["supplier"], at=NOON
    )
    may = permissions
    return {
        "may_coordinate": may.may_coordinate,
        "may_search_profiles": may.may_search_profiles,
        "may_see_figures": may.may_see_figures,
        "may_take_part": may.may_take_part,
        "may_keep_profile": lambda user: may.may_keep_profile(user, cast.supplier),
        "may_name_rivals": lambda user: may.may_name_rivals(user, cast.supplier),
        "may_ask": lambda user: may.may_ask(user, cast.supplier),
        "may_ask: no profile": lambda user: may.may_ask(user, cast.buyer),
        "may_take": lambda user: may.may_take(user, free),
        "may_take: taken": lambda user: may.may_take(user, pair.case),
        "may_hand_over": lambda user: may.may_hand_over(user, pair.case),
        "may_propose": lambda user: may.may_propose(user, pair.case),
        "may_close": lambda user: may.may_close(user, pair.case),
        "may_close: free": lambda user: may.may_close(user, free),
        "may_answer: answered": lambda user: may.may_answer(user, pair),
        "may_set_goals: under way": lambda user: may.may_set_goals(user, pair),
        "may_confirm: under way": lambda user: may.may_confirm(user, pair),
        "may_note_session": lambda user: may.may_note_session(user, pair),
        "may_review": lambda user: may.may_review(user, pair, Part.END, TODAY),
        "may_end: no reviews": lambda user: may.may_end(user, pair),
        "may_break_off": lambda user: may.may_break_off(user, pair),
        "profiles_visible_to": queries.profiles_visible_to,
        "cases_visible_to": queries.cases_visible_to,
        "pairs_visible_to": queries.pairs_visible_to,
        "rivals_visible_to": queries.rivals_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(running, cast):
    table = Path(__file__).with_name("permissions.csv")
    assert_table(table, running, cast)
    assert_whole(running, permissions, queries, exclude={"may_hold_more"})


def test_what_is_proposed_waits_for_the_two_firms_alone(cast):
    pair = cast.mentoring_pair()
    roles = ("supplier", "rival", "member", "coordinator", "officer")
    assert [bool(permissions.may_answer(cast[role], pair)) for role in roles] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert permissions.may_break_off(cast["coordinator"], pair)
    assert not permissions.may_break_off(cast["supplier"], pair)
