"""Operators: applied, appointed for three years, ranked by two officers, reminded."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.apps.notices.models import Notice
from dure.apps.operators import adapter, operations
from dure.apps.operators.reasons import Reason
from dure.foundation.verdict import Refused
from tests.apps.operators.conftest import LATER, appoint
from tests.conftest import NOON

RULE = adapter.read(adapter.rules()["standard"], "standard.toml")
ROW = st.fixed_dictionaries({m.id: st.integers(0, 10**12) for m in RULE.measures})


def result(selected, invested=0, succeeded=0):
    return {"selected": selected, "invested": invested, "succeeded": succeeded}


@given(st.dictionaries(st.integers(1, 10**6), ROW, min_size=1, max_size=30), st.integers(0, 10**5))
def test_quotas_sum_to_the_places_and_never_rise_with_the_rank(results, places):
    lines = adapter.ranked(results, RULE, places)
    assert sum(line.quota for line in lines) == places
    assert [line.rank for line in lines] == sorted(line.rank for line in lines)
    assert all(a.quota >= b.quota for a, b in pairwise(lines))


def test_a_rank_gives_the_factor_of_its_band():
    results = {number: result(100 - number, 100 - number, 100 - number) for number in range(10)}
    lines = adapter.ranked(results, RULE, 100)
    assert [line.quota for line in lines] == [14, 14, 14, 10, 10, 10, 9, 9, 5, 5]
    assert (lines[0].points, lines[0].rank) == (100.0, 1)


def test_equal_results_share_a_rank():
    ranks = [
        line.rank for line in adapter.ranked({1: result(2), 2: result(2), 3: result(1)}, RULE, 3)
    ]
    assert ranks == [1, 1, 3]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("up_to = 1.0", "up_to = 0.9", "end at 1.0"),
        ('id = "invested"', 'id = "selected"', "same id"),
        ("weight = 40", "weight = true", "measures.0.weight"),
        ("term_years = 3", "term_years = 0", "term_years"),
        ("[[bands]]", "[[bands", "standard.toml"),
    ],
)
def test_a_broken_rule_says_where(before, after, problem):
    content = adapter.rules()["standard"].replace(before, after, 1)
    with pytest.raises(adapter.BrokenRule, match=problem):
        adapter.read(content, "standard.toml")


@pytest.mark.django_db
class TestTerms:
    def test_a_term_lasts_three_years_and_its_call_is_decided(self, cast, scene):
        term = appoint(scene, cast)[cast.supplier]
        assert (term.starts_on, term.ends_on) == (
            LATER.date(),
            LATER.date().replace(year=LATER.year + 3) - timedelta(days=1),
        )
        scene.call.refresh_from_db()
        assert scene.call.stage == "DECIDED"

    def test_a_leap_day_ends_on_the_last_of_february(self, cast, scene):
        operations.move(
            application=scene.applications["rival"], stage="APPOINTED", reason="",
            starts_on=date(2028, 2, 29), by=cast["officer"], at=LATER,
        )  # fmt: skip
        assert scene.programme.operators.get().ends_on == date(2031, 2, 28)

    def test_nobody_applies_twice_or_late(self, cast, scene):
        again = {"call": scene.call, "organisation": cast.supplier, "plan": "x"}
        with pytest.raises(Refused) as refusal:
            operations.apply(**again, by=cast["supplier"], at=NOON)
        assert refusal.value.reason == Reason.APPLIED_ALREADY
        with pytest.raises(Refused) as refusal:
            operations.apply(**again, by=cast["supplier"], at=LATER)
        assert refusal.value.reason == Reason.TOO_LATE

    def test_two_officers_rank_and_the_operators_are_told(self, cast, scene):
        terms = appoint(scene, cast)
        Notice.objects.all().delete()
        results = {terms[cast.supplier].pk: result(4), terms[cast.rival].pk: result(1)}
        ranking = operations.prepare_ranking(
            programme=scene.programme, year=LATER.year, places=10, results=results,
            by=cast["officer"], at=LATER,
        )  # fmt: skip
        release = {"ranking": ranking, "seen": ranking.prepared_at, "at": LATER}
        with pytest.raises(Refused) as refusal:
            operations.release_ranking(**release, by=cast["officer"])
        assert refusal.value.reason == Reason.SECOND_PERSON
        operations.prepare_ranking(
            programme=scene.programme, year=LATER.year, places=12, results=results,
            by=cast["officer"], at=LATER + timedelta(hours=1),
        )  # fmt: skip
        with pytest.raises(Refused) as refusal:
            operations.release_ranking(**release, by=cast["officer2"])
        assert refusal.value.reason == Reason.CHANGED_MEANWHILE
        ranking.refresh_from_db()
        operations.release_ranking(
            ranking=ranking, seen=ranking.prepared_at, by=cast["officer2"], at=LATER
        )
        assert {notice.recipient for notice in Notice.objects.all()} == {
            cast["supplier"], cast["rival"]
        }  # fmt: skip
        assert sum(line.quota for line in operations.standings(ranking)) == 12

    @pytest.mark.parametrize("bad", [None, True, -1, float("nan"), 10**13, "3"])
    def test_results_are_numbers(self, cast, scene, bad):
        terms = appoint(scene, cast)
        results = {term.pk: result(bad) for term in terms.values()}
        with pytest.raises(Refused) as refusal:
            operations.prepare_ranking(
                programme=scene.programme, year=LATER.year, places=10, results=results,
                by=cast["officer"], at=LATER,
            )  # fmt: skip
        assert refusal.value.reason == Reason.BAD_RESULTS

    def test_a_term_that_ends_is_told_once_for_each_number_of_days(self, cast, scene):
        ends = appoint(scene, cast)[cast.supplier].ends_on
        counts = []
        for left in (200, 180, 179, 90, 30, 29, 0):
            at = LATER + ((ends - LATER.date()) - timedelta(days=left))
            counts.append(operations.remind(at=at))
        assert counts == [0, 2, 0, 2, 2, 0, 0]


@pytest.mark.django_db
def test_the_pages_of_operators(as_role, cast, scene):
    page = as_role("visitor").get(f"/operators/{scene.programme.slug}/").text
    assert "Operators 2026" in page
    application = scene.applications["supplier"].pk
    assert as_role("rival").get(f"/operators/applications/{application}/").status_code == 404
    appoint(scene, cast, at=LATER)
    officer = as_role("officer")
    terms = list(scene.programme.operators.all())
    year = terms[0].starts_on.year
    address = f"/operators/{scene.programme.slug}/rank/?year={year}"
    assert officer.post(address, {"places": 5}).status_code == 422
    ratings = {f"{t.pk}-{m.id}": 5 for t in terms for m in RULE.measures}
    went = officer.post(address, ratings | {"places": 5})
    ranking = scene.programme.rankings.get()
    assert went["Location"] == f"/operators/rankings/{ranking.pk}/"
    assert as_role("visitor").get(went["Location"]).status_code == 404
    officer2 = as_role("officer2")
    officer2.post(f"{went['Location']}release/", {"seen": "x"})
    officer2.post(f"{went['Location']}release/", {"seen": ranking.prepared_at.isoformat()})
    assert as_role("visitor").get(went["Location"]).status_code == 200
