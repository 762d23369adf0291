"""The demonstration has a call of each kind, in each stage, and one that closes tonight."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from dure.apps.calls import demo, queries
from dure.apps.calls.models import Call, CallKind, CallMode, Question
from dure.apps.calls.stages import State
from dure.apps.people.demo import OFFICER, SECOND_OFFICER
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.operations import load_shipped
from dure.foundation.demo import Demonstration
from tests.conftest import NOON

FOLDER = Path(__file__).parents[3] / "demo"


@pytest.fixture
def loaded(cast):
    load_shipped(at=NOON)
    User.objects.filter(pk=cast["officer"].pk).update(email=OFFICER)
    User.objects.filter(pk=cast["officer2"].pk).update(email=SECOND_OFFICER)
    Organisation.objects.update(is_invented=True)
    given = Demonstration(FOLDER, None, "x", say=lambda line: None, run_job=lambda **more: None)
    demo.load(given)
    before = Call.objects.count()
    demo.load(given)
    assert Call.objects.count() == before
    return list(Call.objects.prefetch_related("rounds"))


def test_each_kind_mode_and_state_is_there(loaded):
    now = timezone.now()

    assert {call.kind for call in loaded} == set(CallKind.values)
    assert {call.mode for call in loaded} == set(CallMode.values)
    assert set(Counter(queries.state_of(call, now) for call in loaded)) == set(State)
    assert all(call.title_en and call.text_en for call in loaded)


def test_one_closes_tonight_with_addenda_and_questions(loaded):
    now = timezone.now()
    [tonight] = [
        call for call in loaded
        if queries.state_of(call, now) == State.OPEN
        and call.deadline_at and call.deadline_at - now < timedelta(hours=26)  # late at night: tomorrow
    ]  # fmt: skip

    assert tonight.addenda.count() == 2
    asked = Question.objects.filter(call=tonight)
    assert asked.filter(answered_at__isnull=True).exists()
    assert asked.filter(answered_at__isnull=False).exists()


def test_one_was_extended_by_two(loaded):
    assert any(call.deadline_at and call.deadline_at > call.closes_at for call in loaded)
