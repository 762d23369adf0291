import json

import pytest
from django.conf import settings
from hypothesis import given

from dure.engines.assigning import (
    Application,
    Impossible,
    Instance,
    Objective,
    Reviewer,
    adjust,
    check,
    solve,
)
from tests.engines.assigning.instances import every_assignment, instances, relaxed, sums

CASES = settings.DURE_DATA / "assignment_cases" / "cases.jsonl" if settings.DURE_DATA else None


def solved(instance, objective=Objective.TOTAL):
    try:
        return solve(instance, objective)
    except Impossible:
        return None


@relaxed
@given(instances())
def test_the_total_is_the_best_there_is(instance):
    best = max((sum(sums(instance, other)) for other in every_assignment(instance)), default=None)

    assignment = solved(instance)

    assert (assignment and assignment.total) == best
    if assignment:
        assert check(instance, assignment.reviewers_of) == ()
        assert assignment.optimal


@relaxed
@given(instances())
def test_the_fair_one_lifts_the_worst_then_the_next(instance):
    fairest = max((sums(instance, other) for other in every_assignment(instance)), default=None)

    assignment = solved(instance, Objective.FAIR)

    if assignment is None:
        assert fairest is None
    else:
        assert check(instance, assignment.reviewers_of) == ()
        assert sums(instance, assignment.reviewers_of) == fairest
        assert assignment.optimal
        assert assignment.leximin


@relaxed
@given(instances(all_zero=True))
def test_no_conflict_is_assigned_even_when_all_fits_are_zero(instance):
    for objective in Objective:
        if assignment := solved(instance, objective):
            assert not assignment.pairs & instance.conflicts


@relaxed
@given(instances())
def test_an_assignment_is_kept_as_far_as_it_can_be(instance):
    before = {
        application.id: tuple(r.id for r in instance.reviewers[:1])
        for application in instance.applications
    }
    pairs = {(reviewer, name) for name, those in before.items() for reviewer in those}

    def kept(reviewers_of):
        return len(pairs & {(r, name) for name, those in reviewers_of.items() for r in those})

    best = max(
        (
            (kept(assignment), sum(sums(instance, assignment)))
            for assignment in every_assignment(instance)
        ),
        default=None,
    )
    try:
        adjusted = adjust(instance, before)
    except Impossible:
        assert best is None
    else:
        assert (kept(adjusted.reviewers_of), adjusted.total) == best


def test_after_a_withdrawal_only_the_gap_is_filled():
    reviewers = tuple(Reviewer(f"R{n}", 0, 2) for n in range(4))
    applications = tuple(Application(f"A{n}", 2) for n in range(3))
    instance = Instance(reviewers, applications, {("R3", "A0"): 9})
    before = solve(instance)

    left = Instance(reviewers[1:], applications[:2], instance.fit)
    after = adjust(left, before.reviewers_of)

    assert check(left, after.reviewers_of) == ()
    gone = {pair for pair in before.pairs if pair[0] != "R0" and pair[1] != "A2"}
    assert gone <= after.pairs


def test_many_pairs_without_a_fit_are_used_where_needed():
    reviewers = tuple(Reviewer(f"R{n}", 0, 3) for n in range(1500))
    applications = tuple(Application(f"A{n}", 3) for n in range(1500))
    conflicts = frozenset((f"R{n}", f"A{m}") for n in range(1400) for m in (0, 1, 2))
    instance = Instance(reviewers, applications, {("R0", "A9"): 5}, conflicts)

    assignment = solve(instance)

    assert check(instance, assignment.reviewers_of) == ()
    assert (assignment.total, assignment.optimal) == (5, True)


@pytest.mark.skipif(CASES is None, reason="needs DURE_DATA")
def test_published_cases_reach_their_optima():
    unit, wrong = 10**9, []  # finer than the fits, so that rounding them moves no sum
    for case in map(json.loads, CASES.read_text(encoding="utf-8").splitlines()):
        instance = Instance(
            tuple(
                Reviewer(reviewer["id"], reviewer["min"], reviewer["max"])
                for reviewer in case["reviewers"]
            ),
            tuple(
                Application(application["id"], application["reviews"])
                for application in case["applications"]
            ),
            {(reviewer, other): round(fit * unit) for reviewer, other, fit in case["fit"]},
            frozenset(map(tuple, case["conflicts"])),
            frozenset(map(tuple, case["fixed"])),
        )
        total, worst = solved(instance), solved(instance, Objective.FAIR)
        expected = case["expect"]
        if not expected["feasible"]:
            is_as_published = total is None and worst is None
        else:
            is_as_published = (
                abs(total.total / unit - expected["total"]) < 1e-6
                and abs(worst.worst / unit - expected["worst"]) < 1e-6
                and total.optimal
                and worst.optimal
            )
        if not is_as_published:
            wrong.append(case["id"])

    assert wrong == []


MATRICES = [
    ("csconf1", 7, 124.75, 0.75),
    ("csconf2", 8, 141.5, 1.0),
    ("csconf3", 5, 453.0, 0.75),
    ("sigir07", 6, 133.25, 1.0),
]


@pytest.mark.skipif(settings.DURE_DATA is None, reason="needs DURE_DATA")
@pytest.mark.parametrize(("name", "load", "total", "worst"), MATRICES)
def test_published_matrices_reach_their_optima(name, load, total, worst):
    instance = matrix(name, load)

    best, fair = solve(instance), solve(instance, Objective.FAIR)

    assert (best.total, best.optimal) == (total * 100, True)
    assert (fair.worst, fair.optimal) == (worst * 100, True)
    assert check(instance, best.reviewers_of) == check(instance, fair.reviewers_of) == ()


def matrix(name, load):
    """A conference's bids and conflicts; three reviews for each paper."""
    import numpy as np

    with np.load(settings.DURE_DATA / "reviewer_assignment" / f"{name}.npz") as read:
        similarity, conflict = read["similarity"], read["conflict"]
    reviewers, papers = similarity.shape
    return Instance(
        tuple(Reviewer(f"R{n}", 0, load) for n in range(reviewers)),
        tuple(Application(f"A{n}", 3) for n in range(papers)),
        {(f"R{r}", f"A{a}"): round(100 * similarity[r, a]) for r, a in np.argwhere(similarity)},
        frozenset((f"R{r}", f"A{a}") for r, a in np.argwhere(conflict)),
    )
