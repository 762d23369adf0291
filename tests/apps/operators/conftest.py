"""A call for operators with the applications of two investors."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from dure.apps.operators import adapter, operations
from dure.apps.operators.models import OperatorApplication, OperatorCall
from dure.apps.programmes import operations as programmes
from dure.apps.programmes.models import Programme
from tests.conftest import NOON

CLOSES = NOON + timedelta(days=10)
LATER = NOON + timedelta(days=11)


@dataclass
class World:
    programme: Programme
    call: OperatorCall
    applications: dict[str, OperatorApplication]


@pytest.fixture
def scene(cast):
    return make_world(cast)


def make_world(cast) -> World:
    """Everything of it, also for the test of routes."""
    programmes.load_shipped(at=NOON)
    programme = Programme.objects.get(slug="scale-up-tips")
    call = operations.call_for_operators(
        programme=programme, name="2026년 운영사 모집", name_en="Operators 2026", text="발굴과 투자",
        places=2, closes_at=CLOSES, rule=adapter.rules()["standard"], by=cast["officer"], at=NOON,
    )  # fmt: skip
    applications = {
        name: operations.apply(
            call=call, organisation=organisation, plan="펀드 300억 원", by=cast[name], at=NOON
        )
        for name, organisation in (("supplier", cast.supplier), ("rival", cast.rival))
    }
    return World(programme, call, applications)


def appoint(scene, cast, at=LATER):
    """Appoint both."""
    for application in scene.applications.values():
        operations.move(
            application=application, stage="APPOINTED", reason="", by=cast["officer"], at=at
        )
    return {term.organisation: term for term in scene.programme.operators.all()}
