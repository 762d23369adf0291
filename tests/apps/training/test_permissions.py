"""Who may do what with courses, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.training import permissions, queries
from tests.apps.training.cast import LATER
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole

pytestmark = pytest.mark.django_db


def test_each_role_is_answered_as_the_table_says(cast):
    draft, free = cast.drafted_course(), cast.open_course(20, ("newcomer",))
    over, held = cast.attended_course(("rival",)), cast.held_course(("supplier",))
    may = permissions
    cases = {
        "may_run": may.may_run,
        "may_read_participants": may.may_read_participants,
        "may_edit": lambda user: may.may_edit(user, draft),
        "may_edit: held": lambda user: may.may_edit(user, held),
        "may_publish": lambda user: may.may_publish(user, draft),
        "may_close": lambda user: may.may_close(user, over, LATER),
        "may_close: not over": lambda user: may.may_close(user, free, NOON),
        "may_register": lambda user: may.may_register(user, free, NOON),
        "may_register: late": lambda user: may.may_register(user, free, LATER),
        "may_give_back": lambda user: may.may_give_back(user, free, NOON),
        "may_note_presence": lambda user: may.may_note_presence(user, over.days.get(), LATER),
        "may_note_presence: early": lambda user: may.may_note_presence(user, free.days.get(), NOON),
        "may_give_feedback": lambda user: may.may_give_feedback(user, held),
        "courses_visible_to": lambda user: queries.courses_visible_to(user).filter(pk=draft.pk),
        "courses_visible_to: open": lambda user: queries.courses_visible_to(user).filter(
            pk=free.pk
        ),
        "days_visible_to": queries.days_visible_to,
        "seats_visible_to": lambda user: queries.seats_visible_to(user).filter(course=held),
        "certificates_visible_to": queries.certificates_visible_to,
    }

    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)
    assert_whole(cases, permissions, queries)
