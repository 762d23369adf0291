"""A survey that two bodies are asked in, one of which has written something down."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from dure.apps.people.models import Organisation, OrganisationKind
from dure.apps.surveys import operations
from dure.apps.surveys.models import Asked, Survey, Wish
from tests.conftest import NOON

WISH = operations.Text("하수관 점검 로봇", "사람이 들어갈 수 없는 관로를 점검해야 합니다.", "500 m")


@dataclass
class World:
    survey: Survey
    ministry: Organisation
    asked: dict[str, Asked]
    wish: Wish


@pytest.fixture
def scene(cast):
    return make_world(cast)


def make_world(cast) -> World:
    """Everything of it, also for the test of routes."""
    officer = cast["officer"]
    ministry = Organisation.objects.create(
        business_number="2148612345", name="산업진흥부", kind=OrganisationKind.AGENCY,
        verified_at=NOON, verified_by=officer,
    )  # fmt: skip
    survey = operations.open_survey(
        name="2026년 합동 수요조사", name_en="Joint survey of 2026", text="필요한 기술은?",
        ministries=[ministry], closes_at=NOON + timedelta(days=20), by=officer, at=NOON,
    )  # fmt: skip
    operations.ask(survey=survey, organisations=[cast.buyer, cast.rival], by=officer, at=NOON)
    asked = {
        "buyer": Asked.objects.get(organisation=cast.buyer),
        "rival": Asked.objects.get(organisation=cast.rival),
    }
    wish = operations.write_wish(asked=asked["buyer"], text=WISH, by=cast["member"], at=NOON)
    return World(survey, ministry, asked, wish)
