"""One of everything of the day of a fair, for the test of routes."""

from dure.apps.consultations.models import ConsultationRecord
from dure.apps.fairs.models import Pair
from tests.conftest import NOON


def things(cast, world):
    pair = Pair.objects.get(pk=world["pair_id"])
    record = ConsultationRecord.objects.create(
        pair=pair, meeting_id=world["meeting_id"], outcome="KEPT", next_step="NDA",
        owner=cast["member"], due_on=NOON.date(), recorded_by=cast["member"], recorded_at=NOON,
    )  # fmt: skip
    late = cast.registration(pair.fair, cast.rival)
    asked = pair.fair.pairs.create(demand=late, supply=pair.supply)
    walk_in = pair.fair.walk_ins.create(pair=asked, requested_by=cast["officer"], requested_at=NOON)
    return {"record_id": record.pk, "walk_in_id": walk_in.pk}
