"""Plans of money in the programmes that dure comes with: what passes, and what is broken by how much."""

import pytest

from dure.foundation import programmes
from tests.foundation.programmes.plans import MILLION, broken, judged, plan, row

M = MILLION


def challenge(government, demand, lead, months=14, **more):
    return plan(
        months, row("government", government), row("demand", demand), row("lead", lead), **more
    )


def tips(grant, equity, confirmed=("private_investment",), months=36, **more):
    return plan(
        months,
        row("operator", equity, **more),
        row("government", grant),
        facts={"confirmed": list(confirmed)},
    )


def guaranteed(guarantee, grant, *more, confirmed=("special_guarantee",)):
    money = [row("guarantor", guarantee), row("government", grant), *more]
    return plan(24, *money, facts={"confirmed": list(confirmed)})


def savings(worker, firm, government, months=36, payer="lead"):
    return plan(
        months,
        row("worker", worker),
        row(payer, firm, "savings"),
        row("government", government, "savings"),
    )


def voucher(won, trl):
    return plan(12, row("government", won, "voucher"), facts={"trl": trl})


def structural(phase, won, months):
    return plan(months, row("government", won, phase=phase))


CASES = [
    ("challenge", challenge(210 * M, 105 * M, 35 * M), []),
    (
        "challenge",
        challenge(211 * M, 104 * M, 35 * M),
        [("share_max", "government"), ("share_min", "demand")],
    ),
    ("challenge", challenge(210 * M, 105 * M, 35 * M, 15), [("duration_max", None)]),
    ("challenge", challenge(216 * M, 108 * M, 36 * M), [("total_max", None)]),
    ("challenge", challenge(0, 0, 0), []),
    (
        "challenge",
        challenge(210 * M + 1, 105 * M, 35 * M - 1),
        [("share_max", "government"), ("share_min", "lead")],
    ),
    ("co-investment", plan(36, row("government", 1200 * M, "fund"), row("investor", 1200 * M)), []),
    (
        "co-investment",
        plan(36, row("government", 1200 * M), row("investor", 1200 * M), row("lead", M)),
        [],
    ),
    (
        "co-investment",
        plan(36, row("government", 1200 * M + 1), row("investor", 1200 * M)),
        [("total_max", None)],
    ),
    (
        "co-investment",
        plan(37, row("government", 1200 * M), row("investor", 1200 * M)),
        [("duration_max", None)],
    ),
    (
        "purchase-linked",
        plan(24, row("government", 1), facts={"confirmed": ["purchase_consent"]}),
        [],
    ),
    (
        "purchase-linked",
        plan(24, row("government", 1), facts={"confirmed": ["purchase_exemption"]}),
        [],
    ),
    ("purchase-linked", plan(24, row("government", 1)), [("missing", "demand")]),
    ("service-rnd", plan(24, row("government", 1)), [("missing", "demand")]),
    ("service-rnd", plan(24, row("government", 2), row("investor", 1)), []),
    (
        "service-rnd",
        plan(40, row("government", 2), row("investor", 2400 * M)),
        [("total_max", None), ("duration_max", None)],
    ),
    (
        "win-win-model",
        plan(
            24,
            row("government", 2000 * M),
            facts={"confirmed": ["council_recommendation", "committee_approval"]},
        ),
        [],
    ),
    (
        "win-win-model",
        plan(24, row("government", 2000 * M + 1), facts={"confirmed": ["council_recommendation"]}),
        [("amount_max", "government"), ("missing", "government")],
    ),
    ("innovation-procurement", plan(24, row("government", 1000 * M), row("lead", 300 * M)), []),
    (
        "innovation-procurement",
        plan(24, row("government", 1000 * M + 1)),
        [("amount_max", "government")],
    ),
    ("scale-up-tips", tips(1200 * M, 1000 * M), []),
    ("scale-up-tips", tips(1200 * M, 1000 * M, ()), [("order", "government")]),
    ("scale-up-tips", tips(1200 * M, 1000 * M - 1), [("amount_min", "operator")]),
    ("scale-up-tips", tips(1200 * M + 1, 1000 * M), [("amount_max", "government")]),
    ("scale-up-tips", tips(1200 * M, 1000 * M, months=37), [("duration_max", None)]),
    ("scale-up-tips", tips(0, 1000 * M, ()), []),
    ("deep-tech-tips", tips(1500 * M, 1000 * M), []),
    ("deep-tech-tips", tips(1500 * M + 1, 1000 * M), [("amount_max", "government")]),
    ("high-risk", tips(3000 * M, 2000 * M), []),
    ("high-risk", tips(3000 * M, 2000 * M, ()), [("order", "government")]),
    ("guarantee-linked", guaranteed(200 * M, 1600 * M), []),
    (
        "guarantee-linked",
        guaranteed(200 * M, 1601 * M),
        [("amount_max", "government"), ("multiple_max", "government")],
    ),
    ("guarantee-linked", guaranteed(100 * M, 800 * M), []),
    ("guarantee-linked", guaranteed(100 * M, 800 * M + 1), [("multiple_max", "government")]),
    ("guarantee-linked", guaranteed(200 * M + 1, 1600 * M), [("amount_max", "guarantor")]),
    ("guarantee-linked", guaranteed(200 * M, 1600 * M, confirmed=()), [("order", "government")]),
    ("guarantee-linked", guaranteed(200 * M, 1600 * M, row("guarantor", 10_000 * M)), []),
    (
        "guarantee-linked",
        guaranteed(200 * M, 1600 * M, row("guarantor", 10_000 * M + 1)),
        [("amount_max", "guarantor")],
    ),
    ("structural-innovation", structural("explore", 30 * M, 3), []),
    (
        "structural-innovation",
        structural("explore", 30 * M + 1, 4),
        [("duration_max", None), ("amount_max", "government")],
    ),
    ("structural-innovation", structural("advance", 500 * M, 24), []),
    (
        "structural-innovation",
        structural("advance", 500 * M + 1, 24),
        [("amount_max", "government")],
    ),
    ("structural-innovation", structural("rebuild", 300 * M, 24), []),
    (
        "structural-innovation",
        structural("rebuild", 301 * M, 25),
        [("duration_max", None), ("amount_max", "government")],
    ),
    ("structural-innovation", structural("elsewhere", 1, 3), [("unknown", "government")]),
    ("structural-innovation", structural(None, 1, 3), [("missing", "government")]),
    (
        "structural-innovation",
        plan(
            51,
            *(
                row("government", won * M, phase=phase)
                for phase, won in (("explore", 30), ("advance", 500), ("rebuild", 300))
            ),
        ),
        [],
    ),
    (
        "structural-innovation",
        plan(
            27,
            row("government", 30 * M, phase="explore", year=2),
            row("government", 500 * M, phase="advance", year=1),
        ),
        [("order", "government")],
    ),
    ("equipment-voucher", voucher(25 * M, 1), []),
    ("equipment-voucher", voucher(25 * M, 6), []),
    ("equipment-voucher", voucher(25 * M + 1, 6), [("amount_max", "government")]),
    ("equipment-voucher", voucher(25 * M, 7), [("amount_max", "government")]),
    ("equipment-voucher", voucher(10 * M, 9), []),
    ("equipment-voucher", voucher(10 * M, None), [("missing", None)]),
    ("tech-bridge", plan(24, row("government", 1)), [("missing", "lead")]),
    ("tech-bridge", plan(24, row("government", 1), facts={"confirmed": ["transfer_contract"]}), []),
    ("young-worker-savings", savings(6 * M, 6 * M, 6 * M), []),
    ("young-worker-savings", savings(6 * M, 6 * M, 6 * M, payer="demand"), []),
    ("young-worker-savings", savings(6 * M, 6 * M, 6 * M - 1), [("amount_min", "government")]),
    ("young-worker-savings", savings(6 * M, 6 * M + 1, 6 * M), [("amount_max", "lead")]),
    (
        "young-worker-savings",
        savings(5 * M, 5 * M, 5 * M),
        [("amount_min", "worker"), ("amount_min", "lead"), ("amount_min", "government")],
    ),
    ("young-worker-savings", savings(6 * M, 6 * M, 6 * M, 37), [("duration_max", None)]),
    (
        "carbon-transition",
        plan(
            12,
            row("government", 300 * M, organisation="a"),
            row("government", 300 * M, organisation="b"),
        ),
        [],
    ),
    (
        "carbon-transition",
        plan(
            12,
            row("government", 300 * M + 1, organisation="a"),
            row("government", 1, organisation="b"),
        ),
        [("amount_max", "government")],
    ),
    (
        "smart-factory-loan",
        plan(
            24,
            row("institution", 10_000 * M, "loan", year=1),
            row("institution", 10_000 * M, "loan", year=2),
        ),
        [],
    ),
    (
        "smart-factory-loan",
        plan(24, row("institution", 10_000 * M, "loan", year=1), row("institution", 1, "loan")),
        [("amount_max", "government")],
    ),
    (
        "smart-factory-win-win",
        plan(12, row("government", 50 * M), row("lead", 50 * M)),
        [("amount_min", "demand")],
    ),
    ("technician-school", plan(12, row("government", 50 * M)), []),
    ("technician-school", plan(12, row("government", 15 * M - 1)), [("amount_min", "government")]),
    (
        "bio-lab-hub",
        plan(
            108,
            row("government", 109_500 * M),
            row("institution", 155_000 * M),
            row("investor", 8_100 * M),
        ),
        [],
    ),
    (
        "bio-lab-hub",
        plan(108, row("government", M), row("investor", 8_100 * M), row("lead", 1)),
        [("amount_max", "investor")],
    ),
    (
        "virtual-manufacturing",
        plan(36, row("government", 416_000 * M), row("investor", 138_500 * M)),
        [],
    ),
    (
        "virtual-manufacturing",
        plan(36, row("government", 416_000 * M + 1), row("investor", 138_500 * M)),
        [("total_max", None), ("amount_max", "government")],
    ),
    (
        "virtual-manufacturing",
        plan(36, row("government", 415_000 * M), row("lead", 138_500 * M + 1)),
        [("amount_max", "investor")],
    ),
    ("nuclear-special", plan(60, row("government", 675_000 * M)), []),
    (
        "nuclear-special",
        plan(61, row("government", 675_000 * M + 1)),
        [("total_max", None), ("duration_max", None)],
    ),
    (
        "bio-lab-hub",
        plan(109, row("government", 109_501 * M)),
        [("amount_max", "government"), ("duration_max", None)],
    ),
    ("challenge", challenge(210 * M, 105 * M, 35 * M, facts={"trl": 5, "colour": "red"}), []),
    (
        "challenge",
        plan(14, row("government", 210 * M), row("demand", 105 * M), row("leader", 35 * M)),
        [("unknown", "leader"), ("share_min", "lead")],
    ),
    (
        "challenge",
        challenge(
            210 * M, 105 * M, 35 * M, categories=[{"category": "golf", "kind": "cash", "amount": 1}]
        ),
        [("unknown", None)],
    ),
]


@pytest.mark.parametrize(("programme", "written", "expected"), CASES)
def test_a_plan_breaks_these_rules(programme, written, expected):
    assert broken(programme, written) == expected


def test_a_violation_says_limit_actual_and_excess():
    judgement = judged("challenge", challenge(211 * M, 104 * M, 35 * M))

    figures = [
        (v["limit"], v["actual"], v["excess"]) for v in judgement.as_json("en")["violations"]
    ]
    assert figures == [(210 * M, 211 * M, M), (105 * M, 104 * M, M)]


@pytest.mark.parametrize("total", range(349_999_990, 350_000_001))
def test_shares_are_right_to_the_won(total):
    government = total * 60 // 100
    demand = -(-total * 30 // 100)

    fits = challenge(government, demand, total - government - demand)
    one_more = challenge(government + 1, demand, total - government - 1 - demand)

    assert ("share_max", "government") not in broken("challenge", fits)
    assert ("share_min", "demand") not in broken("challenge", fits)
    assert ("share_max", "government") in broken("challenge", one_more)


def test_unpaid_pay_is_no_money():
    written = challenge(210 * M, 105 * M, 35 * M)
    written["money"].append(row("lead", 50 * M, kind="unpaid"))

    assert broken("challenge", written) == []


def test_in_kind_counts_as_a_share_and_general_law_warns_of_lacking_cash():
    written = challenge(210 * M, 105 * M, 35 * M)
    for contribution in written["money"][1:]:
        contribution["kind"] = "in_kind"

    judgement = judged("challenge", written)

    assert judgement.passes
    [warning] = judgement.warnings
    assert (warning.rule, warning.limit, warning.actual) == ("cash_share_min", 14 * M, 0)


def test_general_law_warns_of_too_much_public_money():
    written = plan(
        24,
        row("government", 80 * M),
        row("lead", 20 * M),
        facts={"confirmed": ["purchase_contract"], "size": "small"},
    )

    judgement = judged("purchase-linked", written)

    assert judgement.passes
    assert [(w.rule, w.limit, w.actual) for w in judgement.warnings] == [
        ("share_max", 75 * M, 80 * M)
    ]


@pytest.mark.parametrize("year", [1, 2])
def test_private_money_comes_before_public_money(year):
    written = tips(1200 * M, 1000 * M)
    written["money"][0]["year"] = year
    written["money"][1]["year"] = 1

    assert broken("scale-up-tips", written) == ([] if year == 1 else [("order", "government")])


HALF_FILLED = [
    ({}, {"months", "money"}),
    ({"months": 14, "money": []}, {"money"}),
    (challenge(210 * M, 105 * M, 35 * M, None), {"months"}),
    (challenge(210 * M, None, 35 * M), {"money[1].amount"}),
    (plan(14, {"role": "government"}), {"money[0].instrument", "money[0].kind", "money[0].amount"}),
    (plan(14, {}), {f"money[0].{name}" for name in ("role", "instrument", "kind", "amount")}),
    (
        challenge(210 * M, 105 * M, 35 * M, categories=[{"category": "personnel"}]),
        {"categories[0].kind", "categories[0].amount"},
    ),
]


@pytest.mark.parametrize(("written", "fields"), HALF_FILLED)
def test_a_half_filled_plan_says_what_is_missing_and_nothing_else(written, fields):
    violations = judged("challenge", written).violations

    assert {violation.field for violation in violations} == fields
    assert {violation.rule.value for violation in violations} == {"missing"}


def test_the_split_adds_up_to_the_won_by_payer_and_by_year():
    split = judged("challenge", challenge(210 * M, 105 * M, 35 * M)).as_json("en")["split"]

    assert [(part["role"], part["amount"], part["percent"]) for part in split] == [
        ("government", 210 * M, 60.0),
        ("demand", 105 * M, 30.0),
        ("lead", 35 * M, 10.0),
    ]
    assert split[0]["years"] == [{"year": 1, "amount": 180 * M}, {"year": 2, "amount": 30 * M}]


def limits():
    """Every limit in won or months of every programme that dure comes with."""
    for programme_id, path in sorted(programmes.shipped().items()):
        for rule in programmes.read(path.read_bytes()).money.rules:
            if rule.rule in {"total_max", "amount_max", "amount_min", "duration_max"}:
                yield pytest.param(programme_id, rule, id=f"{programme_id} {rule.rule}")


def touching(programme_id, rule, step):
    """A plan that comes to a limit and `step` beyond it: won, or months."""
    asked = rule.when.paid_by if rule.when and rule.when.paid_by else []
    roles = getattr(rule, "roles", None) or [getattr(rule, "role", None)]
    wanted = [role for role in (*asked, *roles) if role]
    payers = programmes.read(programmes.shipped()[programme_id].read_bytes()).money.payers
    payer = next((payer for payer in payers if payer.role in wanted[:1]), payers[0])
    instrument = (getattr(rule, "instruments", None) or payer.instruments)[0]
    facts = {"trl": rule.when.trl[1]} if rule.when and rule.when.trl else {}
    if rule.rule == "duration_max":
        return plan(rule.months + step, row(payer.role, 1, instrument), facts=facts)
    money = row(payer.role, rule.won + step, instrument, phase=rule.phase, year=1)
    return plan(1, money, facts=facts)


@pytest.mark.parametrize(("programme_id", "rule"), limits())
def test_every_limit_holds_to_the_won_and_the_month(programme_id, rule):
    broken_rule = (rule.rule, getattr(rule, "role", None))
    beyond = -1 if rule.rule == "amount_min" else 1

    assert broken_rule not in broken(programme_id, touching(programme_id, rule, 0))
    assert broken_rule in broken(programme_id, touching(programme_id, rule, beyond))
