"""The board under a finger, on a tablet in the hall."""

import pytest
from playwright.sync_api import expect

from dure.apps.fairs.models import Meeting
from dure.apps.fairs.operations import copy_released
from dure.apps.fairs.stages import FairStage
from tests.apps.consultations.conftest import Hall
from tests.conftest import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(cast):
    """A draft in which the buyer and the supplier meet in the first slot at the first table."""
    fair = cast.fair(stage=FairStage.RELEASED)
    hall = Hall(cast, fair)
    pair = cast.pair(fair)
    hall.wish(pair)
    hall.meeting(pair)
    return copy_released(fair=fair, by=cast["officer"], at=NOON)


@pytest.fixture
def tablet(cast, draft, live_server, sit_down):
    """The board on a tablet, with the middle of a cell, given by its row and its column."""
    page = sit_down(cast["officer"], width=1024, has_touch=True)
    page.goto(f"{live_server.url}/fairs/{draft.fair_id}/board/")
    expect(page.locator("[data-board-ready]")).to_be_attached()
    return page


def cell(page, row, column):
    return page.locator("#board tbody tr").nth(row).locator("td").nth(column)


def middle(part):
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def place():
    meeting = Meeting.objects.select_related("slot", "table").get(timetable__stage="DRAFT")
    return meeting.slot.starts_at, meeting.table.number


def test_a_tap_picks_up_and_a_tap_puts_down(tablet, draft):
    before = place()
    tile = tablet.locator("#board td .tile").first

    tile.tap()
    expect(tablet.locator("#board .tile.picked")).to_be_visible()
    cell(tablet, 1, 2).tap()

    expect(cell(tablet, 1, 2).locator(".tile")).to_be_visible()
    assert place()[0] > before[0]
    assert place()[1] != before[1]


def test_a_finger_that_rests_drags(tablet, draft):
    before = place()
    touch = tablet.context.new_cdp_session(tablet)
    end = middle(cell(tablet, 1, 2))
    start = middle(tablet.locator("#board td .tile").first)

    def send(kind, *points):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", start)
    expect(tablet.locator(".tile-ghost")).to_be_visible()
    for part in (0.25, 0.5, 0.75, 1):
        send("touchMove", {axis: start[axis] + part * (end[axis] - start[axis]) for axis in start})
    expect(tablet.locator("#board-verdict")).to_be_visible()
    send("touchEnd")

    expect(cell(tablet, 1, 2).locator(".tile")).to_be_visible()
    assert place()[0] > before[0]
    assert place()[1] != before[1]
