"""One of everything of fairs, for the test of routes."""

from datetime import timedelta

from dure.apps.fairs.models import ConsultationRecord, Wish
from dure.apps.fairs.stages import FairStage
from tests.conftest import NOON


def things(cast, world):
    fair = cast.fair(stage=FairStage.PLANNING)
    pair = cast.pair(fair, need_id=world["need_id"], technology_id=world["technology_id"])
    wish = Wish.objects.create(
        pair=pair, side="DEMAND", answered_by=cast["member"], answered_at=NOON
    )
    duty = fair.desk_duties.create(person=cast["reviewer"], given_by=cast["officer"], given_at=NOON)
    timetable = fair.timetables.create(number=1, made_by=cast["officer"], made_at=NOON)
    timetable.meetings.create(pair=pair, slot=fair.slots.first(), table=fair.tables.first())
    return {
        "fair_id": fair.pk,
        "registration_id": pair.demand_id,
        "wish_id": wish.pk,
        "duty_id": duty.pk,
        "timetable_id": timetable.pk,
        **day_of_a_fair(cast),
    }


def day_of_a_fair(cast):
    """One of everything of a fair that is being held, by the name of a parameter."""
    fair = cast.fair(stage=FairStage.HELD, name="열리는 박람회")
    pair, officer = cast.pair(fair), cast["officer"]
    timetable = fair.timetables.create(
        number=1, stage="RELEASED", made_by=officer, made_at=NOON,
        released_by=officer, released_at=NOON,
    )  # fmt: skip
    meeting = timetable.meetings.create(
        pair=pair, slot=fair.slots.first(), table=fair.tables.first()
    )
    briefing = fair.briefings.create(
        title="설명회", starts_at=NOON, ends_at=NOON + timedelta(hours=1), seats=10
    )
    record = ConsultationRecord.objects.create(
        pair=pair, meeting=meeting, outcome="KEPT", next_step="NDA", owner=cast["member"],
        due_on=NOON.date(), recorded_by=cast["member"], recorded_at=NOON,
    )  # fmt: skip
    late = cast.registration(fair, cast.rival)
    asked = fair.pairs.create(demand=late, supply=pair.supply)
    return {
        "attendee_id": pair.demand.attendees.create(name="김하늘").pk,
        "briefing_id": briefing.pk,
        "commendation_id": fair.commendations.create(award="표창", name="김하늘").pk,
        "meeting_id": meeting.pk,
        "pair_id": pair.pk,
        "record_id": record.pk,
        "seat_id": briefing.taken.create(holder=cast["member"], taken_at=NOON).pk,
        "story_id": fair.stories.create(title="사례", body="글", written_by=officer).pk,
        "walk_in_id": fair.walk_ins.create(pair=asked, asked_by=officer, asked_at=NOON).pk,
    }
