"""A call tried on a field: everyone stops at the gate, and for the reason, that was planted."""

import json

import pytest
from click.testing import CliRunner

from dure.config.cli import main
from dure.foundation import programmes
from tests.foundation.programmes.plans import DAY, MILLION, plan, row

PLAN = plan(
    14, row("government", 210 * MILLION), row("demand", 105 * MILLION), row("lead", 35 * MILLION)
)
WEIGHTS = {
    "need": 15, "goal": 15, "protection": 10, "business": 20, "capability": 15, "ethics": 5,
    "impact": 10, "jobs": 5, "money": 5,
}  # fmt: skip
PAPERS = [
    *("research_plan", "registration", "consent_credit", "consent_privacy", "statements"),
    *("sme_certificate", "supporting_documents"),
]


def application(name, **changes):
    return {
        "id": name,
        "facts": {"lead": {"size": "small", "banned": False}, "demand": {"size": "large"}},
        "documents": PAPERS,
        "plan": PLAN,
        "scores": {criterion: weight - 1 for criterion, weight in WEIGHTS.items()},
        **changes,
    }


FIELD = [
    application("sound"),
    application("better", scores=WEIGHTS),
    application("banned", facts={"lead": {"size": "small", "banned": True}}),
    application("too large", facts={"lead": {"size": "large"}}),
    application("without a paper", documents=PAPERS[1:]),
    application("too long", plan={**PLAN, "months": 15}),
    application("weak", scores=dict.fromkeys(WEIGHTS, 0) | {"need": 15, "business": 20}),
    application("not scored", scores={}),
    application(
        "with bonus", bonus=["women", "disabled", "outside_capital", "deposit", "good_result"]
    ),
    application("sanctioned", bonus=["misconduct"]),
]


def run(applications, places=3):
    field = programmes.read_field(json.dumps({"applications": applications}).encode())
    rules = programmes.read(programmes.shipped()["challenge"].read_bytes())
    return programmes.simulate(rules, field, places, DAY, "en")


def test_everyone_stops_at_the_gate_that_was_planted():
    answer = run(FIELD)

    assert {row["id"]: row["stopped_at"] for row in answer["applications"]} == {
        "sound": None,
        "better": None,
        "banned": "eligibility",
        "too large": "eligibility",
        "without a paper": "documents",
        "too long": "money",
        "weak": "evaluation",
        "not scored": "evaluation",
        "with bonus": None,
        "sanctioned": "places",
    }
    assert [(gate["came"], gate["passed"]) for gate in answer["gates"]] == [
        (10, 8), (8, 7), (7, 6), (6, 4), (4, 3),
    ]  # fmt: skip


def test_bonus_is_capped_and_ranks_follow_the_score():
    answer = run(FIELD)

    ranks = {e["id"]: (e["rank"], e["score"]) for e in answer["applications"] if e["rank"]}
    assert ranks == {
        "better": (1, 100),
        "with bonus": (2, 96),  # six points of bonus, five of which count
        "sound": (3, 91),
        "sanctioned": (4, 81),
    }


def test_every_reason_is_said():
    for application in run(FIELD)["applications"]:
        assert bool(application["reasons"]) is bool(application["stopped_at"])


def test_equal_scores_are_told_apart_by_the_heaviest_criterion():
    strong_business = WEIGHTS | {"need": 10}
    strong_need = WEIGHTS | {"business": 15}

    answer = run(
        [application("need", scores=strong_need), application("business", scores=strong_business)]
    )

    assert [row["rank"] for row in answer["applications"]] == [2, 1]


def test_what_is_not_said_is_not_judged():
    assert run([{"id": "bare"}])["applications"][0]["selected"]


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (json.dumps({"applications": FIELD}), 0, "challenge"),
        ('{"applications": [{"id": 7}]}', 2, "applications[0].id"),
        ('{"applications": [{"id": "a", "plan": {"month": 1}}]}', 2, "applications[0].plan.month"),
        ('{"applications": {}}', 2, "applications"),
        ("{}", 2, "applications"),
    ],
)
def test_the_command_prints_the_field_or_the_place_of_a_fault(tmp_path, content, code, place):
    path = tmp_path / "field.json"
    path.write_text(content)

    done = CliRunner().invoke(
        main, ["programme", "simulate", "challenge", "--applications", str(path), "--places", "3"]
    )

    assert done.exit_code == code
    assert place in done.output
