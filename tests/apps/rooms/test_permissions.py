"""Who may do what in rooms, role by role: permissions.csv."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from dure.apps.rooms import permissions, queries
from dure.apps.rooms.operations import book, open_file
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(db, cast):
    room = cast.room()
    held = cast.room_item(room, "HAND_OVER", names=["도면.pdf"], is_secret=True)
    minutes = cast.room_item(room, "MINUTES")
    shown = cast.room_item(room, "PROPOSAL", names=["제안.pdf"])
    open_file(file=shown.files.get(), way="VIEW", by=cast["member"], at=timezone.now())
    begins = timezone.now() + timedelta(days=3)
    booking = book(
        place="busan", organisation=cast.supplier, title="첫 만남", starts_at=begins,
        ends_at=begins + timedelta(hours=2), by=cast["supplier"], at=timezone.now(),
    )  # fmt: skip
    return {
        "may_use_rooms": permissions.may_use_rooms,
        "may_see_bookings": permissions.may_see_bookings,
        "may_open_room: of the buyer and the supplier": lambda user: permissions.may_open_room(
            user, cast.buyer, cast.supplier
        ),
        "may_enter": lambda user: permissions.may_enter(user, room),
        "may_close": lambda user: permissions.may_close(user, room),
        "may_confirm: minutes of the supplier": lambda user: permissions.may_confirm(user, minutes),
        "may_release: what the supplier's firm holds": lambda user: permissions.may_release(
            user, held
        ),
        "may_open_file: held": lambda user: permissions.may_open_file(user, held.files.get()),
        "may_open_file: shown": lambda user: permissions.may_open_file(user, shown.files.get()),
        "may_book: for the supplier": lambda user: permissions.may_book(user, cast.supplier),
        "may_cancel: of the supplier": lambda user: permissions.may_cancel(user, booking),
        "rooms_visible_to": queries.rooms_visible_to,
        "items_visible_to": queries.items_visible_to,
        "files_visible_to": queries.files_visible_to,
        "views_visible_to": queries.views_visible_to,
        "bookings_visible_to": queries.bookings_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
