"""Limits of budget categories, each taken of its own base, by the rules of the day."""

from datetime import date

import pytest

from tests.foundation.programmes.plans import MILLION, judged, plan, row

M = MILLION
BEFORE, SINCE = date(2026, 6, 10), date(2026, 6, 11)


def cost(category, won, kind="cash", **more):
    return {"category": category, "kind": kind, "amount": won, **more}


def over(*costs, on=SINCE, months=12, **facts):
    written = plan(months, row("government", M), categories=list(costs), facts=facts)
    violations = judged("tech-innovation", written, on).violations
    return [
        (violation.rule.value, violation.category, violation.limit, violation.actual)
        for violation in violations
    ]


def capped(category, limit, actual):
    return [("category_max", category, limit, actual)]


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        # the reward: 20 % of pay in cash, in kind and unpaid, of students too, not of support staff
        ([cost("personnel", 100 * M), cost("reward", 20 * M)], []),
        ([cost("personnel", 100 * M), cost("reward", 20 * M + 1)], capped("reward", 20 * M, 20 * M + 1)),
        ([cost("personnel", 60 * M), cost("personnel", 20 * M, "in_kind"), cost("personnel", 10 * M, "unpaid"), cost("students", 10 * M), cost("reward", 20 * M)], []),
        ([cost("support_staff", 100 * M), cost("reward", 1)], capped("reward", 0, 1)),
        # contracted: 40 % of direct cost, without itself, the foreign part and the burden
        ([cost("personnel", 50 * M), cost("materials", 50 * M, "in_kind"), cost("contracted", 40 * M)], []),
        ([cost("personnel", 100 * M), cost("international", 900 * M), cost("indirect", M), cost("contracted", 41 * M)], capped("contracted", 40 * M, 41 * M)),
        # outside technology: 40 % of all direct cost, itself too
        ([cost("materials", 60 * M), cost("external_technology", 40 * M)], []),
        ([cost("materials", 60 * M), cost("external_technology", 41 * M)], capped("external_technology", 40_400_000, 41 * M)),
        # indirect: 10 % of direct cost without what is in kind
        ([cost("personnel", 100 * M), cost("indirect", 10 * M)], []),
        ([cost("personnel", 100 * M, "in_kind"), cost("indirect", 1)], capped("indirect", 0, 1)),
        # innovation: 10 % of materials and activity
        ([cost("materials", 50 * M), cost("activity", 50 * M), cost("innovation", 10 * M)], []),
        ([cost("materials", 100 * M), cost("innovation", 11 * M)], capped("innovation", 10 * M, 11 * M)),
        # security allowance: 3 % of pay
        ([cost("personnel", 100 * M), cost("security", 3 * M + 1)], capped("security", 3 * M, 3 * M + 1)),
    ],
)  # fmt: skip
def test_a_category_costs_at_most_its_limit(costs, expected):
    assert over(*costs) == expected


def test_the_yearly_average_of_innovation_is_capped_too():
    costs = [cost("materials", 2_000 * M), cost("innovation", 101 * M)]

    assert over(*costs, months=24) == capped("innovation", 100 * M, 101 * M)


def test_limits_hold_for_each_organisation_by_itself():
    costs = [
        cost("personnel", 100 * M, organisation="a"),
        cost("reward", 5 * M, organisation="a"),
        cost("reward", 1, organisation="b"),
    ]

    assert over(*costs) == capped("reward", 0, 1)


def test_limits_are_those_of_the_whole_project_whatever_the_year():
    costs = [cost("personnel", 100 * M, year=1), cost("reward", 20 * M, year=2)]

    assert over(*costs) == []


@pytest.mark.parametrize(("size", "limit"), [("small", 10), ("university", 5), ("nonprofit", 17)])
def test_the_indirect_rate_depends_on_who_it_is(size, limit):
    costs = [cost("personnel", 100 * M), cost("indirect", 20 * M)]

    assert over(*costs, size=size) == capped("indirect", limit * M, 20 * M)


def test_a_project_keeps_the_rules_of_its_day():
    costs = [cost("materials", 100 * M), cost("innovation", M)]

    assert over(*costs, on=SINCE) == []
    assert over(*costs, on=BEFORE) == [("unknown", "innovation", None, None)]
