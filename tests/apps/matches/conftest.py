"""Suggestions made by hand, as matching would store them."""

from datetime import timedelta

import pytest

from dure.apps.matches.models import Direction, Strength, Suggestion
from tests.conftest import NOON

EVIDENCE = {
    "reasons": [
        {"code": "WORDS_SHARED", "effect": 1, "arguments": {"words": ["배기", "열교환"]}},
        {"code": "FIELD_SAME", "effect": 1, "arguments": {"field": "SMARTFAC"}},
        {"code": "READINESS_SHORT", "effect": -1, "arguments": {"level": 4, "wanted": 7}},
        {"code": "NOBODY_KNOWS", "effect": 1, "arguments": {}},
    ],
    "facets": {"WORDS": 0.7312},
    "passage": {
        "text": "배기가스에서 열을 회수하는 판형 열교환기입니다.",
        "marks": [[0, 2], [18, 21]],
    },
    "need_part": {"text": "회수율 60% 이상 열교환 기술을 찾습니다.", "marks": [[11, 14]]},
}


def suggest(need, technology, direction=Direction.FOR_NEED, **values) -> Suggestion:
    """One suggestion, strong and first unless `values` say otherwise."""
    return Suggestion.objects.create(
        need=need,
        technology=technology,
        direction=direction,
        **{
            "rank": 1,
            "strength": Strength.STRONG,
            "score": 8.25,
            "evidence": EVIDENCE,
            "first_created_at": NOON - timedelta(days=1),
            "created_at": NOON,
            **values,
        },
    )


@pytest.fixture
def pair(cast):
    """A need of the buyer and a technology of the supplier, suggested both ways."""
    need, technology = cast.need(trl=7), cast.technology(trl=4)
    suggest(need, technology)
    suggest(need, technology, Direction.FOR_TECHNOLOGY)
    return need, technology
