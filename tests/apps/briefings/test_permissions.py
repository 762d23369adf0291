"""Who may do what with briefing sessions and stories, role by role: permissions.csv.

The reviewer stands at the desk; the newcomer has a seat.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from dure.apps.briefings import permissions, queries
from dure.apps.briefings.models import Briefing, Story
from dure.apps.fairs.stages import FairStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    fair = cast.fair(stage=FairStage.HELD)
    fair.desk_duties.create(person=cast["reviewer"], given_by=cast["officer"], given_at=NOON)
    session = Briefing.objects.create(
        fair=fair, title="설명회", starts_at=NOON, ends_at=NOON + timedelta(hours=1), seats=10
    )
    session.taken.create(holder=cast["newcomer"], taken_at=NOON)
    fields = {"fair": fair, "body": "잘 되었습니다.", "written_by": cast["officer"]}
    unpublished = Story.objects.create(title="초안", **fields)
    published = Story.objects.create(title="사례", published_at=NOON, **fields)
    return {
        "may_take_seat": lambda user: permissions.may_take_seat(user, session, NOON),
        "may_tell_stories": permissions.may_tell_stories,
        "may_edit_briefings": lambda user: permissions.may_edit_briefings(user, fair),
        "may_note_attendance": lambda user: permissions.may_note_attendance(user, session),
        "briefings_visible_to": queries.briefings_visible_to,
        "seats_visible_to: of the newcomer": queries.seats_visible_to,
        "stories_visible_to: unpublished": lambda user: queries.stories_visible_to(user).filter(
            pk=unpublished.pk
        ),
        "stories_visible_to: published": lambda user: queries.stories_visible_to(user).filter(
            pk=published.pk
        ),
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
