"""Calls of the programmes that come with dure."""

from datetime import timedelta

import pytest

from dure.apps.calls import operations
from dure.apps.calls.models import Call, CallKind, CallMode
from dure.apps.programmes.models import Programme
from dure.apps.programmes.operations import load_shipped
from tests.conftest import NOON

OPENS, CLOSES = NOON + timedelta(days=1), NOON + timedelta(days=40)


def version_of(slug="tech-innovation"):
    if not Programme.objects.exists():
        load_shipped(at=NOON)
    return Programme.objects.get(slug=slug).current


def values(**more):
    return {
        "title": "2026년 기술혁신개발 공고",
        "title_en": "Technology innovation, call of 2026",
        "text": "성장하는 중소기업의 연구개발을 지원합니다.",
        "kind": CallKind.OPEN,
        "mode": CallMode.DATED,
        "places": 20,
        "budget_won": 5_000_000_000,
        "opens_at": OPENS,
        "closes_at": CLOSES,
    } | more


def draft_call(cast, slug="tech-innovation", rounds=(), challenges=(), **more) -> Call:
    return operations.draft(
        version=version_of(slug), values=values(**more), rounds=rounds, challenges=challenges,
        by=cast["officer"], at=NOON,
    )  # fmt: skip


def announced_call(cast, slug="tech-innovation", **more) -> Call:
    draft = draft_call(cast, slug, **more)
    return operations.announce(call=draft, by=cast["officer2"], at=NOON)


@pytest.fixture
def draft(cast):
    return draft_call(cast)


@pytest.fixture
def call(cast):
    """Announced, opens tomorrow."""
    return announced_call(cast)


@pytest.fixture
def running(cast):
    """Announced and open since yesterday."""
    return announced_call(cast, opens_at=NOON - timedelta(days=1))
