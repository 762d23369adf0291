"""Schemathesis searches the whole API for answers that its description does not foresee."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, seed, settings
from schemathesis.config import SchemathesisConfig

from dure.apps.catalog.models import Visibility
from dure.apps.catalog.stages import NeedStage
from dure.apps.matches.models import Answer, AnswerKind, Direction, Side, Strength, Suggestion
from dure.apps.people.operations import issue_token
from tests.conftest import NOON

SEED = 20261122


@pytest.fixture
def filled(cast):
    """A row of every sort, so that the answers have something to be wrong about.

    Number 1 is tried most, as the least that is allowed.
    """
    need = cast.need(id=1, title_en="Heat", trl=6, budget=1, keywords=["열"], cooperation=["JOINT"])
    technology = cast.technology(id=1)
    cast.need(id=2, visibility=Visibility.TEASER)
    cast.need(id=3, stage=NeedStage.DRAFT, language="en", field="")
    Suggestion.objects.create(
        need=need, technology=technology, direction=Direction.FOR_NEED, rank=1, score=1,
        strength=Strength.WEAK, evidence={}, first_created_at=NOON, created_at=NOON,
    )  # fmt: skip
    Answer.objects.create(
        need=need, technology=technology, side=Side.DEMAND, kind=AnswerKind.INTERESTED,
        answered_by=cast["member"], answered_at=NOON,
    )  # fmt: skip
    _token, cast.key = issue_token(name="fuzz", by=cast["officer"], at=timezone.now())
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # it would end the test's transaction
    yield cast
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def described(**more: object):
    config = SchemathesisConfig.from_dict({"seed": SEED, **more})
    application = get_wsgi_application()
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)


# The phase «coverage» tries every bound and every constraint of every parameter.
thorough = described()
brief = described(phases={"coverage": {"enabled": False}})
searched = settings(max_examples=15, suppress_health_check=list(HealthCheck))


@thorough.exclude(tag="matches").parametrize()
@searched
@seed(SEED)
def test_visitors_find_nothing_unforeseen(case, filled):
    case.call_and_validate()


@thorough.include(tag="matches").parametrize()
@searched
@seed(SEED)
def test_matches_hold_nothing_unforeseen(case, filled):
    case.call_and_validate(headers={"Authorization": f"Bearer {filled.key}"})


@brief.exclude(tag="matches").parametrize()
@searched
@seed(SEED)
def test_staff_find_nothing_unforeseen(case, filled):
    case.call_and_validate(headers={"Authorization": f"Bearer {filled.key}"})
