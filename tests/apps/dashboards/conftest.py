"""A browser, an empty cache, and pairs suggested by hand."""

import pytest
from django.core.cache import caches

from dure.apps.matches.models import Answer, Direction, Strength, Suggestion
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def _empty_cache():
    caches["own"].clear()
    yield
    caches["own"].clear()


@pytest.fixture
def suggest():
    """Suggest a pair both ways, with the passage that answers."""

    def both_ways(need, technology):
        for direction in Direction:
            Suggestion.objects.create(
                need=need,
                technology=technology,
                direction=direction,
                rank=1,
                strength=Strength.STRONG,
                score=1,
                evidence={
                    "need_part": {
                        "text": "회수율 60% 이상 열교환 기술을 찾습니다.",
                        "marks": [[0, 20]],
                    },
                    "passage": {"text": "건조로 배기 180도에서 열을 회수", "marks": [[0, 12]]},
                },
                first_created_at=NOON,
                created_at=NOON,
            )

    return both_ways


@pytest.fixture
def answer(cast):
    """Keep what one side says of a pair."""

    def keep(need, technology, side, kind="INTERESTED", by="member"):
        return Answer.objects.create(
            need=need,
            technology=technology,
            side=side,
            kind=kind,
            answered_by=cast[by],
            answered_at=NOON,
        )

    return keep
