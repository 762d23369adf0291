"""One of everything of fairs, for the test of routes."""

from dure.apps.fairs.models import Wish
from dure.apps.fairs.stages import FairStage
from tests.conftest import NOON


def things(cast, world):
    fair, officer = cast.fair(stage=FairStage.PLANNING), cast["officer"]
    pair = cast.pair(fair, need_id=world["need_id"], technology_id=world["technology_id"])
    wish = Wish.objects.create(
        pair=pair, side="DEMAND", answered_by=cast["member"], answered_at=NOON
    )
    duty = fair.desk_duties.create(person=cast["reviewer"], given_by=officer, given_at=NOON)
    timetable = fair.timetables.create(number=1, created_by=officer, created_at=NOON)
    timetable.meetings.create(pair=pair, slot=fair.slots.first(), table=fair.tables.first())
    return {
        "fair_id": fair.pk,
        "registration_id": pair.demand_id,
        "wish_id": wish.pk,
        "duty_id": duty.pk,
        "timetable_id": timetable.pk,
        **of_a_fair_that_is_held(cast),
    }


def of_a_fair_that_is_held(cast):
    """What the day of a fair needs, by the name of a parameter."""
    fair, officer = cast.fair(stage=FairStage.HELD, name="열리는 박람회"), cast["officer"]
    pair = cast.pair(fair)
    timetable = fair.timetables.create(
        number=1, stage="RELEASED", created_by=officer, created_at=NOON,
        released_by=officer, released_at=NOON,
    )  # fmt: skip
    meeting = timetable.meetings.create(
        pair=pair, slot=fair.slots.first(), table=fair.tables.first()
    )
    return {
        "attendee_id": pair.demand.attendees.create(name="김하늘").pk,
        "meeting_id": meeting.pk,
        "pair_id": pair.pk,
    }
