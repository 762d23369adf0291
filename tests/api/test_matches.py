"""Suggestions and answers through the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.apps.catalog.models import Visibility
from dure.apps.matches.models import Answer, AnswerKind, Direction, Side, Strength, Suggestion
from tests.conftest import NOON

EVIDENCE = {
    "reasons": [
        {"code": "WORDS_SHARED", "effect": 1, "arguments": {"words": ["배기", "판형"]}},
        {"code": "FIELD_SAME", "effect": 1, "arguments": {}},
        {"code": "READINESS_SHORT", "effect": -1, "arguments": {}},
    ],
    "passage": {"text": "판형 열교환기입니다.", "marks": [[0, 2]]},
    "need_part": {"text": "열교환 기술을 찾습니다.", "marks": [[0, 3]]},
}


def suggest(need, technology, direction=Direction.FOR_NEED, rank=1) -> Suggestion:
    return Suggestion.objects.create(
        need=need,
        technology=technology,
        direction=direction,
        rank=rank,
        strength=Strength.GOOD,
        score=0.5,
        evidence=EVIDENCE,
        first_created_at=NOON,
        created_at=NOON,
    )


def answer(cast, need, technology, side, kind, **more) -> Answer:
    return Answer.objects.create(
        need=need,
        technology=technology,
        side=side,
        kind=kind,
        answered_by=cast["member"],
        answered_at=NOON,
        **more,
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [("visitor", 401), ("supplier", 404), ("rival", 404), ("reviewer", 404)]
    + [(role, 200) for role in ("member", "manager", "officer", "centre_officer", "auditor")],
)
def test_suggestions_for_a_need_are_for_its_people_and_staff(cast, read, role, status):
    need, technology = cast.need(), cast.technology()
    suggest(need, technology)

    assert read(f"/needs/{need.pk}/suggestions", role).status_code == status


def test_suggestions_for_a_technology_are_for_its_people(cast, read):
    need, technology = cast.need(), cast.technology()
    suggest(need, technology, Direction.FOR_TECHNOLOGY)
    path = f"/technologies/{technology.pk}/suggestions"

    suggestions = read(path, "supplier").json()

    assert read(path, "member").status_code == 404
    assert [(row["suggested"]["kind"], row["suggested"]["id"]) for row in suggestions["items"]] == [
        ("need", need.pk)
    ]


@pytest.mark.parametrize(
    ("language", "field"), [("en", "Smart manufacturing"), ("ko", "스마트 제조")]
)
def test_a_suggestion_says_why_in_codes_and_in_the_readers_language(cast, read, language, field):
    need, technology = cast.need(trl=7), cast.technology(trl=4)
    suggest(need, technology)

    [row] = read(f"/needs/{need.pk}/suggestions", "member", **{"Accept-Language": language}).json()[
        "items"
    ]

    assert [(reason["code"], reason["effect"]) for reason in row["reasons"]] == [
        ("WORDS_SHARED", 1),
        ("FIELD_SAME", 1),
        ("READINESS_SHORT", -1),
    ]
    sentence = row["reasons"][1]["sentence"]
    assert field in sentence
    assert ("The field is the same" in sentence) == (language == "en")
    assert row["suggested"]["title"]["ko"] == technology.title
    assert row["suggested"]["details"] == "open"


def test_a_suggested_teaser_keeps_its_details(cast, read):
    need, technology = cast.need(), cast.technology(visibility=Visibility.TEASER)
    suggest(need, technology)

    answered = read(f"/needs/{need.pk}/suggestions", "member")

    assert answered.json()["items"][0]["suggested"]["details"] == "under_nda"
    assert "판형" not in answered.content.decode()


@pytest.mark.parametrize("stage", ["DRAFT", "UNDER_REVIEW", "WITHDRAWN"])
def test_what_is_not_on_offer_is_not_suggested(cast, read, stage):
    need = cast.need()
    suggest(need, cast.technology(stage=stage))

    assert read(f"/needs/{need.pk}/suggestions", "officer").json()["total"] == 0


@pytest.mark.parametrize(
    ("kind", "role", "expected"),
    [
        (AnswerKind.INTERESTED, "member", "INTERESTED"),
        (AnswerKind.NOT_FOR_US, "member", None),
        (AnswerKind.NOT_FOR_US, "officer", "NOT_FOR_US"),
    ],
)
def test_the_other_sides_no_is_for_staff_only(cast, read, kind, role, expected):
    need, technology = cast.need(), cast.technology()
    suggest(need, technology)
    why = {"why": "NOT_READY"} if kind == AnswerKind.NOT_FOR_US else {}
    answer(cast, need, technology, Side.SUPPLY, kind, **why)
    answer(cast, need, technology, Side.DEMAND, AnswerKind.INTERESTED)

    [row] = read(f"/needs/{need.pk}/suggestions", role).json()["items"]

    assert (row["own_answer"], row["other_answer"]) == ("INTERESTED", expected)


@pytest.mark.parametrize(
    ("role", "sides"),
    [
        ("officer", {"DEMAND", "SUPPLY"}),
        ("member", {"DEMAND"}),
        ("supplier", {"SUPPLY"}),
        ("rival", set()),
        ("newcomer", set()),
    ],
)
def test_answers_are_for_staff_and_for_the_own_side(cast, read, role, sides):
    need, technology = cast.need(), cast.technology()
    answer(cast, need, technology, Side.DEMAND, AnswerKind.INTERESTED)
    answer(cast, need, technology, Side.SUPPLY, AnswerKind.NOT_FOR_US, why="KNOWN", note="압니다")

    page = read("/answers", role).json()

    assert {item["side"] for item in page["items"]} == sides
    assert page["total"] == len(sides)


def test_answers_are_narrowed(cast, read):
    need, technology = cast.need(), cast.technology()
    answer(cast, need, technology, Side.DEMAND, AnswerKind.INTERESTED)
    answer(cast, need, technology, Side.SUPPLY, AnswerKind.NOT_FOR_US, why="KNOWN", note="압니다")

    page = read("/answers?kind=NOT_FOR_US&side=SUPPLY&side=OFFICE", "auditor").json()

    assert page["items"] == [
        {
            "need": need.pk,
            "technology": technology.pk,
            "side": "SUPPLY",
            "kind": "NOT_FOR_US",
            "why": "KNOWN",
            "note": "압니다",
            "rank_seen": None,
            "answered_at": "2026-11-22T03:00:00Z",
        }
    ]


@pytest.mark.parametrize("role", ["member", "officer"])
def test_a_longer_list_of_suggestions_costs_no_more_queries(cast, read, role):
    need = cast.need()

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert read(f"/needs/{need.pk}/suggestions", role).status_code == 200
        return len(captured)

    suggest(need, cast.technology())
    cost_of_one = cost()
    for rank, firm in enumerate((cast.rival, cast.stranger, cast.sister), start=2):
        suggest(need, cast.technology(organisation=firm), rank=rank)

    assert cost() == cost_of_one
