"""Who may do what with needs and technologies, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.catalog import permissions, queries
from dure.apps.catalog.models import Visibility
from dure.apps.catalog.stages import NeedStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    draft = cast.need(title="초안", stage=NeedStage.DRAFT)
    waiting = cast.need(title="검토 중", stage=NeedStage.UNDER_REVIEW)
    shown = cast.need(title="게시됨")
    teaser = cast.need(title="요약만", visibility=Visibility.TEASER)
    members = cast.need(title="회원만", visibility=Visibility.MEMBERS)
    offered = cast.technology()
    secret = cast.technology(title="기술자료", visibility=Visibility.TEASER, secret_since=NOON)
    unseen = cast.technology(title="초안", stage=NeedStage.DRAFT)

    def asked(name, *things):
        return lambda user: getattr(permissions, name)(user, *things)

    def needs(need):
        return lambda user: queries.needs_visible_to(user).filter(pk=need.pk)

    def technologies(technology):
        return lambda user: queries.technologies_visible_to(user).filter(pk=technology.pk)

    return {
        "may_read_inside: a published need": asked("may_read_inside", shown),
        "may_read_inside: a published technology": asked("may_read_inside", offered),
        "may_read_unshown": permissions.may_read_unshown,
        "may_review": permissions.may_review,
        "may_enter: for the buyer": asked("may_enter", cast.buyer),
        "may_import: needs": asked("may_import", "needs"),
        "may_import: organisations": asked("may_import", "organisations"),
        "may_edit: a draft": asked("may_edit", draft),
        "may_move: a draft to review": asked("may_move", draft, NeedStage.UNDER_REVIEW),
        "may_move: a published need out": asked("may_move", shown, NeedStage.WITHDRAWN),
        "may_move: a published need to matched": asked("may_move", shown, NeedStage.MATCHED),
        "may_publish: what waits": asked("may_publish", waiting),
        "may_unpublish: at once": asked("may_unpublish", shown, NOON),
        "may_merge: what waits into a published need": asked("may_merge", waiting, shown),
        "may_ask_for_details: a teaser": asked("may_ask_for_details", teaser),
        "may_ask_in_writing: what is kept secret, for the buyer": asked(
            "may_ask_in_writing", secret, cast.buyer
        ),
        "sheets_on: what is kept secret": lambda user: queries.sheets_on(user, secret),
        "needs_visible_to: a draft": needs(draft),
        "needs_visible_to: what waits": needs(waiting),
        "needs_visible_to: a published need": needs(shown),
        "needs_visible_to: a teaser": needs(teaser),
        "needs_visible_to: for members": needs(members),
        "technologies_visible_to: a draft": technologies(unseen),
        "technologies_visible_to: a published one": technologies(offered),
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    # What it finds is asked for again of the database, by the queries in the table.
    assert_whole(cases, permissions, queries, exclude={"part_of_index_visible_to"})
