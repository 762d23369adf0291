"""A fair on its day: a released timetable, people who come, and a clock that can be set."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from dure.apps.fairs.models import Attendee, Level, Meeting, Timetable, Wish
from dure.apps.fairs.queries import meeting_slots
from dure.apps.fairs.stages import FairStage, TimetableStage
from tests.conftest import NOON

SEOUL = ZoneInfo("Asia/Seoul")


def at(hour, minute=0, day=3):
    """A moment of the day of the fair, in Seoul."""
    return datetime(2026, 12, day, hour, minute, tzinfo=SEOUL)


class Hall:
    """The rows of a fair on its day, by what they are called in tests."""

    def __init__(self, cast, fair):
        self.cast, self.fair = cast, fair
        self.slots = list(meeting_slots(fair))
        self.tables = list(fair.tables.order_by("number"))
        self.timetable = Timetable.objects.create(
            fair=fair,
            number=1,
            stage=TimetableStage.RELEASED,
            created_by=cast["officer"],
            created_at=NOON,
            released_by=cast["officer"],
            released_at=NOON,
        )

    def meeting(self, pair, slot=0, table=0, **values):
        return Meeting.objects.create(
            timetable=self.timetable,
            pair=pair,
            slot=self.slots[slot],
            table=self.tables[table],
            **values,
        )

    def wish(self, pair, side="DEMAND", level=Level.MUST):
        return Wish.objects.create(
            pair=pair, side=side, level=level, answered_by=self.cast["officer"], answered_at=NOON
        )


@pytest.fixture
def hall(cast):
    """A fair that is being held, without meetings."""
    return Hall(cast, cast.fair(stage=FairStage.HELD, name_en="Technology Fair"))


@pytest.fixture
def meeting(cast, hall):
    """The buyer and the supplier meet at ten at table 1."""
    need, technology = cast.need(), cast.technology()
    return hall.meeting(cast.pair(hall.fair, need=need, technology=technology))


@pytest.fixture
def attendee(meeting):
    """Somebody who comes for the supplier."""
    return Attendee.objects.create(registration=meeting.pair.supply, name="김열림", position="대표")


@pytest.fixture
def clock(monkeypatch):
    """Sets the time of day that doors read; ten past ten unless a test says otherwise."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(at(10, 10))
    return set_to
