"""Fairs of the cast."""

from datetime import date, time

from dure.apps.fairs.models import Fair, Pair, Registration, Side
from dure.apps.fairs.operations import Day, HallPlan, Pause, set_up_fair
from dure.apps.fairs.stages import FairStage, RegistrationStage
from dure.apps.people.models import Organisation
from tests.cast import Cast
from tests.conftest import NOON


def fair(cast: Cast, *, stage: str = FairStage.WISHES, **values: object) -> Fair:
    """A fair of one day: eight slots of 30 minutes around lunch, two halls, five tables."""
    day = Day(
        date(2026, 12, 3), time(10), time(15), 30, (Pause(time(12), time(13), "점심", "Lunch"),)
    )
    fair = set_up_fair(
        values={"name": "기술협력 박람회", "place": "세종", **values},
        days=[day],
        halls=[HallPlan("1관", 3, "Hall 1"), HallPlan("2관", 2, "Hall 2")],
        spare_percent=20,
        by=cast["officer"],
    )
    if stage != FairStage.DRAFT:
        fair.stage = stage
        fair.save()
    return fair


def registration(
    cast: Cast, fair: Fair, organisation: Organisation, **values: object
) -> Registration:
    """An approved registration, on the side that the organisation's kind suggests."""
    values.setdefault("side", Side.DEMAND if organisation.is_demand else Side.SUPPLY)
    values.setdefault("stage", RegistrationStage.APPROVED)
    return Registration.objects.create(
        fair=fair,
        organisation=organisation,
        applied_by=cast["officer"],
        applied_at=NOON,
        answered_by=cast["officer"],
        answered_at=NOON,
        **values,
    )


def pair(cast: Cast, fair: Fair, **values: object) -> Pair:
    """The buyer and the supplier, registered for a fair where they are not yet."""
    ends = {}
    for end, organisation in (("demand", cast.buyer), ("supply", cast.supplier)):
        known = Registration.objects.filter(fair=fair, organisation=organisation).first()
        ends[end] = known or cast.registration(fair, organisation)
    return Pair.objects.create(fair=fair, **ends, **values)
