"""The rules of use that come with dure: published cases, sentences, and what a file may not say."""

import json
from datetime import date, datetime, time
from fractions import Fraction

import pytest
from django.conf import settings

from dure.engines import spending
from dure.engines.spending import MonthLimit, Spent, over_months
from dure.foundation import programmes
from dure.foundation.programmes import UnusableFile
from dure.foundation.programmes._read import parse_rule_set

DATA = settings.DURE_DATA
FUND = programmes.rule_sets().rule_set("spending", "fund", date(2025, 1, 1))
RND = programmes.rule_sets().rule_set("spending", "rnd", date(2026, 1, 1))
RULES = programmes.folder() / "rules"
# How the published cases name what our rules name in one way everywhere.
MEANS = {
    "project card": "project_card",
    "own corporate card": "own_card",
    "personal card": "personal_card",
    "bank transfer": "transfer",
}
PURPOSES = {"overtime meal": "overtime_meal"}
SAME = {
    "channel-own-card": "channel",
    "over-basis": "unapproved",
    "related-party-officer": "related-party",
    "equipment-30m": "equipment-30M",
}


def _cases(kind: str):
    if DATA is None:
        return []
    lines = (DATA / "ko_rules" / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    return [pytest.param(case, id=case["id"]) for case in read if case["kind"] == kind]


def _facts(sourced: dict) -> dict:
    facts = dict(sourced)
    if "time" in facts:
        facts["time"] = time.fromisoformat(facts["time"])
    if "paid_by" in facts:
        facts["paid_by"] = MEANS.get(facts["paid_by"], facts["paid_by"])
    if "item" in facts:
        facts["purpose"] = PURPOSES.get(facts["item"], facts["item"])
    if "shares" in facts:
        facts["shares"] = tuple(facts["shares"])
    if "same_transaction_parts" in facts:
        facts["parts"] = len(facts.pop("same_transaction_parts"))
    if "payee_is" in facts:
        facts["payee"] = facts.pop("payee_is").replace(" ", "_")
    if "payee_share_held" in facts:
        facts["payee_share_held"] = Fraction(str(facts["payee_share_held"]))
    facts["owed_and_delivered_inside"] = bool(
        facts.pop("obligation_inside", False) and facts.pop("delivered_inside", False)
    )
    return facts


@pytest.mark.parametrize("case", _cases("expense"))
def test_published_expenses(case):
    findings = spending.judge(_facts(case["facts"]), programmes.spending_of(FUND))

    assert spending.disallowed_of(findings) == case["disallowed"]
    rule = findings[0].rule if findings else None
    assert SAME.get(rule, rule) == case["rule"]


def _change(sourced: dict) -> dict:
    facts = dict(sourced)
    facts["total_changed"] = "total" in sourced and sourced["total"][0] != sourced["total"][1]
    facts["moved_between_lines"] = sum(move[-1] for move in sourced.get("moves", ()))
    facts["moved_inside_labour_or_travel"] = sum(move[-1] for move in sourced.get("sub_moves", ()))
    if "operating" in sourced:
        before, after = sourced["operating"]
        facts["operating_up_percent"] = Fraction(100 * (after - before), before)
    if not sourced.get("in_plan", True):
        facts["equipment_outside_plan"] = sourced["equipment"]
    return facts


@pytest.mark.parametrize("case", _cases("change"))
def test_published_changes(case):
    decision = spending.classify_change(
        _change(case["facts"]),
        programmes.approvals_of(FUND),
        days_left=case["facts"].get("end_date_minus_days"),
        notice_days=FUND.notice_days,
    )

    assert decision.handling.replace("_", " ") == case["decision"]
    assert [SAME.get(rule, rule) for rule in decision.rules or ("other",)] == [case["rule"]]


@pytest.mark.parametrize("case", _cases("settlement"))
def test_published_settlements(case):
    rules = programmes.rule_sets().rule_set("settlement", "fund", date(2025, 1, 1))

    settled = programmes.settled(json.dumps(case["facts"]).encode(), rules)

    assert settled["to_return"] == case["to_return"]


@pytest.mark.skipif(DATA is None, reason="needs DURE_DATA")
def test_every_published_rule_of_disallowance_is_in_the_file():
    lines = (DATA / "ko_rules" / "disallowed_costs.jsonl").read_text(encoding="utf-8").splitlines()
    published = {json.loads(line)["rule"] for line in lines}

    assert published == {SAME.get(rule.id, rule.id) for rule in FUND.rules}


@pytest.mark.skipif(DATA is None, reason="needs DURE_DATA")
def test_published_limits_of_a_month():
    folder = DATA / "budget_limit_cases"
    limits = [
        MonthLimit(
            str(limit["line"]),
            limit["limit_cents"],
            _month(limit["from_month"]),
            _month(limit["to_month"]) if limit["to_month"] else None,
        )
        for limit in json.loads((folder / "limits.json").read_text())
    ]
    read = [json.loads(line) for line in (folder / "cases.jsonl").read_text().splitlines()]
    spent = [
        Spent(
            str(expense["applicant"]),
            str(expense["line"]),
            date(expense["year"], expense["month"], 1),
            round(Fraction(str(expense["net_value"])) * 100),
        )
        for expense in read
    ]

    assert [beyond > 0 for beyond in over_months(spent, limits)] == [
        row["over_limit"] for row in read
    ]


def _month(text: str) -> date:
    return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 -- a month, no time


@pytest.mark.parametrize(
    ("facts", "rule", "won"),
    [
        ({"amount": 200_000, "purpose": "meeting", "attendees": 3, "outsiders": 1}, "meeting-per-head", 50_000),
        ({"amount": 30_000, "purpose": "meeting", "attendees": 3, "outsiders": 0}, "internal-meeting", 30_000),
        ({"amount": 35_000, "purpose": "overtime_meal", "attendees": 3}, "overtime-per-head", 5_000),
        ({"amount": 100_000, "in_kind": False, "purpose": "materials", "evidence": True, "evidence_kinds": "receipt"}, "proper-evidence", 100_000),
        ({"amount": 9_000_000, "purpose": "equipment", "in_kind": False, "months_before_end": 1}, "equipment-late", 9_000_000),
        ({"amount": 9_000_000, "purpose": "equipment", "in_kind": True, "price": 40_000_000}, "own-equipment", 1_000_000),
        ({"amount": 5_000_000, "payee": "consortium", "in_kind": False}, "consortium-deal", 5_000_000),
        ({"amount": 5_000_000, "payee": "consortium", "in_kind": False, "consent": True}, None, 0),
        ({"amount": 5_000_000, "kin": True}, "kin", 0),
        ({"amount": 99_999, "in_kind": False, "purpose": "materials", "evidence": True, "evidence_kinds": "receipt"}, None, 0),
    ],
)  # fmt: skip
def test_the_ministry_guideline(facts, rule, won):
    findings = spending.judge(facts, programmes.spending_of(RND))

    assert (findings[0].rule if findings else None, spending.disallowed_of(findings)) == (rule, won)


def test_a_finding_says_rule_amount_cure_and_source_in_both_languages():
    finding = spending.judge({"amount": 5000, "evidence": False}, programmes.spending_of(RND))[0]

    assert programmes.finding_sentence(finding, RND, "en") == (
        "No evidence: 5,000 won will be disallowed unless you add the evidence."
        " (Source: GL 12, STD §72)"
    )
    korean = programmes.finding_sentence(finding, RND, "ko")
    assert (
        korean
        == "증빙 없음: 증빙을 붙이지 않으면 5,000원이 인정되지 않아요. (근거: GL 12, STD §72)"
    )


@pytest.mark.parametrize("rules", [FUND, RND], ids=["fund", "rnd"])
def test_every_question_can_change_what_a_rule_says(rules):
    used = {
        fact
        for rule in rules.rules
        for fact in (
            *(condition.fact for condition in (*rule.when, *rule.unless)),
            rule.disallowed.fact,
            rule.disallowed.allowed,
        )
    }

    assert {question.id for question in rules.questions} <= used


def test_the_purposes_of_the_ministry_stand_on_lines_of_its_budget():
    budget = programmes.rule_sets().rule_set("budget", "rnd", date(2026, 1, 1))

    assert {purpose.line for purpose in RND.purposes} <= {
        category.id for category in budget.categories
    }


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('fact = "vat_refundable"', 'fact = "vat_refund"', "no_expense_fact"),
        ('purposes = ["contracted"]', 'purposes = ["contract"]', "no_purpose"),
        ('{ fact = "kin", is = true }', '{ fact = "kin" }', "one_condition"),
        ('part = "fact", fact = "vat"', 'part = "fact"', "part_needs"),
    ],
)
def test_mistakes_of_a_file_are_named(old, new, code):
    text = (RULES / "spending-2025-12-23.toml").read_text(encoding="utf-8")
    assert old in text

    with pytest.raises(UnusableFile) as refusal:
        parse_rule_set(text.replace(old, new, 1).encode())

    assert code in {mistake.code for mistake in refusal.value.mistakes}
    assert all(
        mistake.message("ko") and mistake.message("en") for mistake in refusal.value.mistakes
    )


@pytest.mark.parametrize(
    ("score", "sincere", "reliefs", "verdict"),
    [
        (80, False, [], "excellent"),
        (79, True, [], "good"),
        (60, False, [], "good"),
        (59, True, [], "insufficient"),
        (59, False, [], "very_poor"),
        (0, False, ["opened"], "insufficient"),
        (85, True, ["daring"], "excellent"),
    ],
)
def test_the_matrix_of_verdicts(score, sincere, reliefs, verdict):
    rules = programmes.rule_sets().rule_set("verdict", "rnd", date(2026, 1, 1))

    assert rules.verdict(score, sincere=sincere, reliefs=reliefs).id == verdict


def test_a_royalty_is_a_share_of_the_income_up_to_its_cap():
    rules = programmes.rule_sets().rule_set("royalty", "rnd", date(2025, 6, 1))

    first = rules.due(income=100_000_000, grant=50_000_000, paid=0, size="small")
    second = rules.due(income=900_000_000, grant=50_000_000, paid=first, size="small")

    assert (first, second) == (2_500_000, 2_500_000)
