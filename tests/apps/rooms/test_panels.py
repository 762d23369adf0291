"""What pages of other apps show of rooms."""

import pytest

from dure.apps.consultations.models import ConsultationRecord
from dure.apps.rooms.panels import of_record

pytestmark = pytest.mark.django_db


def test_a_meeting_about_no_need_or_technology_leads_into_no_room(cast):
    pair = cast.pair(cast.fair())
    assert (pair.need, pair.technology) == (None, None)

    assert of_record(ConsultationRecord(pair=pair), cast["member"]) is None
