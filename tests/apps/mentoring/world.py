"""A firm to take on, and a pair under way past its end: for the test of all routes."""

from dure.apps.mentoring import operations
from dure.apps.mentoring.kinds import Way
from dure.apps.mentoring.models import Profile
from tests.conftest import NOON


def things(cast, world):
    pair = cast.running_pair(-9000)
    operations.note_session(
        pair=pair, on=NOON.date(), minutes=60, way=Way.VISIT, text="검사", by=cast["rival"], at=NOON
    )
    cast.mentoring_profile("stranger", by="coordinator", wants="수출", teaches="")
    free = operations.ask(organisation=cast.stranger, by=cast["coordinator"], at=NOON)
    rival = operations.name_rival(
        organisation=cast.supplier, rival=cast.stranger, by=cast["supplier"], at=NOON
    )
    profile = Profile.objects.get(organisation=cast.supplier)
    return {
        "mentoring:": pair.pk,
        "mentoring:review:part": "end",
        "mentoring:case": pair.case_id,
        "mentoring:take": free.pk,
        "mentoring:hand_over": pair.case_id,
        "mentoring:propose": pair.case_id,
        "mentoring:close": pair.case_id,
        "mentoring:profile": profile.pk,
        "mentoring:ask": profile.pk,
        "mentoring:name_rival": profile.pk,
        "mentoring:drop_rival": rival.pk,
        "mentoring:edit:organisation_id": cast.supplier.pk,
    }
