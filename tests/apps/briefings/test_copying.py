"""A fair that is held again has the same sessions, with nobody in them."""

from datetime import date, timedelta

from django.utils.timezone import localtime

from dure.apps.briefings.models import Briefing
from dure.apps.fairs.operations import copy_fair
from dure.apps.fairs.queries import meeting_slots
from dure.apps.fairs.stages import FairStage
from tests.conftest import NOON


def test_a_copied_fair_has_the_same_sessions(cast, django_capture_on_commit_callbacks):
    fair = cast.fair(stage=FairStage.CLOSED)
    starts = meeting_slots(fair).first().starts_at
    briefing = Briefing.objects.create(
        fair=fair, title="설명회", hall=fair.halls.get(name="2관"), starts_at=starts,
        ends_at=starts + timedelta(hours=1), seats=50,
    )  # fmt: skip
    briefing.taken.create(holder=cast["member"], taken_at=NOON)

    with django_capture_on_commit_callbacks(execute=True):
        copy = copy_fair(fair=fair, name="2027", first_day=date(2027, 11, 23), by=cast["officer"])

    again = copy.briefings.get()
    assert (again.title, again.seats, again.hall.fair, again.hall.name) == (
        "설명회", 50, copy, "2관",
    )  # fmt: skip
    assert localtime(again.starts_at).date() == date(2027, 11, 23)
    assert again.ends_at - again.starts_at == timedelta(hours=1)
    assert again.taken.count() == 0
    assert fair.briefings.get().taken.count() == 1
