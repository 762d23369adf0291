"""A discovery with two centres, a committee and three candidates."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from dure.apps.challenges import operations
from dure.apps.challenges.models import Candidate, Centre, Discovery
from dure.apps.challenges.operations import Text
from dure.apps.people.models import Membership, MembershipRole, MembershipStage, Organisation
from tests.conftest import NOON

TEXTS = {
    "wall": Text(
        "설비 안전 영상 감지", "공장 끼임 사고를 카메라로 미리 알아야 합니다.", "정확도 95 %"
    ),
    "gate": Text("출입문 충돌 예방", "지게차와 사람이 출입문에서 부딪힙니다."),
    "taps": Text("수전 유량 발전", "수도꼭지의 물 흐름으로 센서를 돌려야 합니다."),
}


@dataclass
class World:
    """What most tests of this app need."""

    discovery: Discovery
    centre: Centre
    other_centre: Centre
    candidates: dict[str, Candidate]

    def __getitem__(self, name: str) -> Candidate:
        return Candidate.objects.get(pk=self.candidates[name].pk)


def centre_of(cast, number: str, name: str, *people) -> Organisation:
    centre = Organisation.objects.create(
        business_number=number,
        name=name,
        kind="CENTRE",
        verified_at=NOON,
        verified_by=cast["officer"],
    )
    for person in people:
        Membership.objects.create(
            user=person, organisation=centre, role=MembershipRole.MEMBER,
            stage=MembershipStage.ACTIVE,
        )  # fmt: skip
    return centre


@pytest.fixture
def scene(cast):
    return make_world(cast)


def make_world(cast) -> World:
    """Everything of it, also for the test of routes."""
    officer = cast["officer"]
    discovery = operations.open_discovery(
        name="2026년 혁신형 도전과제", name_en="Challenges of 2026", year=2026, places=2,
        gathers_until=NOON + timedelta(days=20), by=officer, at=NOON,
    )  # fmt: skip
    own = centre_of(cast, "1138183519", "부산창조경제혁신센터", cast["centre_officer"])
    other = centre_of(cast, "2118754327", "대전창조경제혁신센터", cast["coordinator"])
    centre = operations.add_centre(discovery=discovery, organisation=own, quota=3, by=officer)
    other_centre = operations.add_centre(
        discovery=discovery, organisation=other, quota=None, by=officer
    )
    operations.name_committee(
        discovery=discovery, members=[cast["reviewer"]], chair=cast["reviewer"], by=officer
    )
    candidates = {
        name: operations.gather(
            centre=centre, organisation=organisation, text=TEXTS[name],
            by=cast["centre_officer"], at=NOON,
        )
        for name, organisation in (("wall", cast.buyer), ("gate", cast.buyer), ("taps", cast.rival))
    }  # fmt: skip
    return World(discovery, centre, other_centre, candidates)
