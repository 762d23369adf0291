"""Every published case of the agency's rules, by the rule set that ships."""

import json
from datetime import date
from fractions import Fraction

import pytest
from django.conf import settings

from dure.engines import conflicts
from dure.engines.scoring import (
    Criterion,
    Entry,
    Majority,
    Places,
    Sheet,
    check,
    grade_of,
    is_biased,
    is_carried,
    is_quorate,
    last_day,
    rank,
    rank_gap,
    rating_points,
    written,
)
from dure.foundation.programmes import rule_sets

CASES = settings.DURE_DATA / "ko_selection_rules" / "cases.jsonl" if settings.DURE_DATA else None
RULES = rule_sets().rule_set("selection", "nia", date(2024, 5, 1))


def scored(case):
    criteria = tuple(Criterion(f"c{n}", Fraction(w)) for n, w in enumerate(case["weights"]))
    entries = [
        Entry(
            name,
            tuple(
                Sheet(f"r{n}", {f"c{m}": Fraction(mark) for m, mark in enumerate(marks)})
                for n, marks in enumerate(sheets)
            ),
        )
        for name, sheets in case["sheets"].items()
    ]
    rules, places = RULES.scoring(criteria, None, None), Places(len(entries))
    ranking = rank(entries, rules, places)
    assert check(entries, rules, places, ranking) == ()
    heaviest = max(criteria, key=lambda criterion: criterion.weight).id
    tied = {}
    for line in ranking.lines:
        tied.setdefault(line.rank, []).append(line.id)
    return {
        "result": {
            line.id: {
                "totals": [written(total) for total in line.score.totals],
                "score": written(line.score.score),
                "heaviest": pytest.approx(float(line.score.marks[heaviest])),
            }
            for line in ranking.lines
        },
        "order": [line.id for line in ranking.lines],
        "still_tied": [ids for ids in tied.values() if len(ids) > 1],
    }


def voted(case):
    of_all = case["of"] == "all members"
    return is_carried(
        case["yes"], case["members"], case["present"], Majority(Fraction(2, 3), of_all)
    )


def rated(case):
    members = case.get("consortium", [[case.get("rating"), "1"]])
    points = rating_points(
        [(rating, Fraction(share)) for rating, share in members],
        Fraction(case["points"]),
        [(rating.last, rating.percent / 100) for rating in RULES.ratings],
        RULES.decimals,
    )
    return written(points)


def may_review(case):
    policy = rule_sets().rule_set("conflicts", "nia", date(2024, 5, 1)).policy()
    last = date.fromisoformat(case["last_work_for_applicant"])
    facts = [conflicts.Fact("mentoring", "reviewer", "applicant", None, last)]
    on = date.fromisoformat(case["review_day"])
    return not conflicts.find("reviewer", ["applicant"], facts, policy, on)


def in_time(case):
    notice, handed_in = map(date.fromisoformat, (case["notice"], case["handed_in"]))
    return handed_in <= last_day(notice, RULES.objection.days)


def graded(case):
    grades = [(Fraction(grade.from_score), grade.id) for grade in RULES.final_grades]
    return grade_of(Fraction(case["score"]), grades).replace("_", " ")


ANSWERS = {
    "scoring": scored,
    "vote 2/3": voted,
    "panel valid": lambda case: is_quorate(
        case["present"], case["outside"], RULES.fewest_present, outside_majority=True
    ),
    "panel size": lambda case: RULES.members(case["amount"]),
    "biased": lambda case: is_biased(case["place"], case["others"], RULES.bias_percent),
    "rating": rated,
    "rank gap": lambda case: [
        str(gap)
        for gap in rank_gap(
            [Fraction(str(raw)) for raw in case["raw"]],
            Fraction(case["allotment"]),
            Fraction(case["gap"]),
        )
    ],
    "objection in time": in_time,
    "may review": may_review,
    "grade": graded,
}


@pytest.mark.skipif(CASES is None, reason="needs DURE_DATA")
def test_every_case_of_the_agency_has_its_answer():
    wrong = [
        case["id"]
        for case in map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
        if ANSWERS[case["kind"]](case) != case["expect"]
    ]

    assert wrong == []


def test_the_rule_set_counts_as_its_text_says():
    assert RULES.members(299_999_999) == 7
    assert RULES.members(300_000_000) == 8
    assert is_carried(5, 7, 7, RULES.objection.vote.majority())
    assert not is_carried(5, 8, 8, RULES.objection.vote.majority())
    assert is_biased(7, [4, 4, 4], RULES.bias_percent)
    assert not is_biased(6, [4, 4, 4], RULES.bias_percent)
    assert not is_quorate(8, 4, RULES.fewest_present, outside_majority=RULES.outside_majority)
    assert rank_gap([Fraction(90), Fraction(90), Fraction(89)], Fraction(80), Fraction(3)) == (
        80,
        80,
        77,
    )
    assert rated({"rating": "BB+", "points": 10}) == "9.5000"
    assert graded({"score": "79.9999"}) == "fair"
    assert in_time({"notice": "2024-02-20", "handed_in": "2024-03-01"})
    assert not may_review({"review_day": "2024-05-10", "last_work_for_applicant": "2023-01-01"})
    assert may_review({"review_day": "2024-05-10", "last_work_for_applicant": "2022-12-31"})
