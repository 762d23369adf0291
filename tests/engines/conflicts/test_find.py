import json
from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.conflicts import Circle, Fact, Policy, Rule, bodies_of, find
from dure.foundation.programmes import rule_sets

DATA = settings.DURE_DATA / "coi_cases" if settings.DURE_DATA else None
POLICY = rule_sets().rule_set("conflicts", "rnd", date(2026, 1, 1)).policy()
ON = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("fact", "is_conflict"),
    [
        (Fact("employment", "kim", "gaon", date(2015, 1, 1), date(2023, 5, 1)), True),
        (Fact("employment", "kim", "gaon", date(2015, 1, 1), date(2023, 4, 30)), False),
        (Fact("employment", "kim", "gaon", date(2026, 6, 1)), False),
        (Fact("trade", "kim-lab", "gaon", None, date(2024, 5, 1)), True),
        (Fact("trade", "kim-lab", "gaon", None, date(2024, 4, 30)), False),
        (Fact("shareholding", "kim", "gaon", date(2020, 1, 1), None), True),
        (Fact("shareholding", "kim", "gaon", date(2020, 1, 1), date(2026, 4, 30)), False),
        (Fact("co_authorship", "kim", "lee", date(2024, 1, 1), date(2024, 1, 1)), True),
        (Fact("co_authorship", "kim-lab", "lee", None, None), False),
        (Fact("kinship", "lee", "kim", None, None), True),
        (Fact("group", "gaon", "kim-lab", None, None), True),
        (Fact("unheard_of", "kim", "gaon", None, None), False),
    ],
)
def test_a_fact_is_a_conflict_within_its_years(fact, is_conflict):
    facts = [Fact("employment", "kim", "kim-lab"), Fact("employment", "lee", "gaon"), fact]

    conflicts_found = find("kim", ["gaon", "lee"], facts, POLICY, ON)

    assert bool(conflicts_found) is is_conflict
    assert {conflict.kind for conflict in conflicts_found} <= {fact.kind, "employment"}


def test_the_demand_organisation_draws_its_own_people_in():
    facts = [
        Fact("demand", "application", "big-buyer"),
        Fact("group", "big-subsidiary", "big-buyer"),
        Fact("employment", "kim", "big-subsidiary"),
    ]

    assert find("kim", ["application"], facts, POLICY, ON)[0].party == "big-buyer"


@given(st.permutations(["a", "b", "c", "d"]), st.integers(0, 6))
def test_nobody_is_tied_by_what_ended_before_the_term(order, years):
    policy = Policy({"trade": Rule(Circle.TIE, years)})
    fact = Fact("trade", order[0], order[1], None, date(2026 - years, 4, 30))

    assert find(order[0], [order[1]], [fact], policy, ON) == ()
    assert find(order[0], [order[0]], [fact], policy, ON)[0].kind == "self"


# Public cases: organisations by mail and posts, declared relations.

PROVIDERS = {"126.com", "345.com", "gmail.com", "qq.com", "mail.com"}


def policy_of(case):
    name, years = case["policy"].split()[0], case["within_years"]
    rules = {
        "post": Rule(Circle.BELONGS, years),
        "mail": Rule(Circle.BELONGS, years),
        "Coworker": Rule(Circle.PERSON, years),
        "Coauthor": Rule(Circle.PERSON, years),
        "Advisor": Rule(Circle.PERSON),
    }
    if name != "NeurIPS":
        rules["internship"] = Rule(Circle.BELONGS, years)
    exempt = {*PROVIDERS, "independent-researcher.org"}
    if "without" in case["policy"]:
        exempt.add(case["policy"].rsplit(maxsplit=1)[-1])
    return Policy(rules, frozenset(exempt))


def facts_of(person):
    for domain in person["mail"]:
        for body in bodies_of(domain):
            yield Fact("mail", person["id"], body)
    for post in person.get("work", []):
        kind = "internship" if post.get("position") == "Intern" else "post"
        start = date(post["start"], 1, 1) if post.get("start") else None
        yield Fact(kind, person["id"], post["org"], start)
    for relation in person.get("relations", []):
        end = date(relation["end"], 12, 31) if relation["end"] else None
        yield Fact(
            relation["kind"], person["id"], relation["to"], date(relation["start"], 1, 1), end
        )


@pytest.mark.skipif(DATA is None, reason="needs DURE_DATA")
def test_public_cases_are_told_as_published():
    people = [json.loads(line) for line in (DATA / "people.jsonl").read_text().splitlines()]
    facts = [fact for person in people for fact in facts_of(person)]
    ids = {person["id"] for person in people}
    wrong = {}
    for case in map(json.loads, (DATA / "cases.jsonl").read_text().splitlines()):
        conflicts_found = find(
            case["reviewer"], case["authors"], facts, policy_of(case), date(2025, 1, 1)
        )
        parties = sorted(
            {
                f"person {conflict.party}" if conflict.party in ids else conflict.party
                for conflict in conflicts_found
            }
        )
        if parties != sorted(case["expect"]):
            wrong[case["id"]] = parties

    assert wrong == {}


@pytest.mark.skipif(DATA is None, reason="needs DURE_DATA")
def test_public_domains_belong_to_their_bodies():
    rows = [line.split("\t") for line in (DATA / "domains.tsv").read_text().splitlines()[1:]]

    assert [",".join(bodies_of(domain.strip())) for domain, *_ in rows] == [
        expected for _, expected, *_ in rows
    ]
