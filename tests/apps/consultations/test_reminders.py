"""Who has meetings tomorrow is told this evening, once."""

from datetime import timedelta

from dure.apps.consultations.notices import fair_reminder
from dure.apps.consultations.operations.reminders import remind
from dure.apps.fairs.stages import FairStage
from dure.apps.notices.models import Notice
from dure.apps.notices.presenters import sentence
from tests.apps.consultations.conftest import at


def test_everybody_is_reminded_once_the_evening_before(cast, hall, meeting):
    hall.fair.stage = FairStage.RELEASED
    hall.fair.save()
    evening = at(18) - timedelta(days=1)

    first, second = remind(at=evening), remind(at=evening + timedelta(minutes=5))
    too_early = remind(at=evening - timedelta(days=1))

    notices = Notice.objects.filter(kind=fair_reminder.code)
    assert (first, second, too_early) == (3, 0, 0)
    assert {notice.recipient for notice in notices} == {
        cast["member"], cast["manager"], cast["supplier"],
    }  # fmt: skip
    assert "12-03 10:00" in sentence(notices.get(recipient=cast["supplier"]))


def test_nobody_is_reminded_of_a_freed_meeting(cast, hall, meeting):
    meeting.freed_at, meeting.freed_reason = at(9), "CANCELLED"
    meeting.save()

    assert remind(at=at(18) - timedelta(days=1)) == 0
