from dataclasses import replace

from hypothesis import given

from dure.engines.assigning import Application, Impossible, Instance, Kind, Reviewer, explain, solve
from tests.engines.assigning.instances import every_assignment, instances, relaxed


def without(instance, limit):
    """`instance` without one of its limits, as far as plain values can say that."""
    match limit.kind:
        case Kind.MIN | Kind.MAX:
            change = {"min": 0} if limit.kind is Kind.MIN else {"max": None}
            return replace(
                instance,
                reviewers=tuple(
                    replace(reviewer, **change) if reviewer.id == limit.reviewer else reviewer
                    for reviewer in instance.reviewers
                ),
            )
        case Kind.NEED:
            return replace(
                instance,
                applications=tuple(
                    replace(application, needs={**application.needs, limit.of: 0})
                    if application.id == limit.application
                    else application
                    for application in instance.applications
                ),
            )
        case Kind.CONFLICT:
            pair = limit.reviewer, limit.application
            return replace(instance, conflicts=instance.conflicts - {pair})
        case Kind.FIXED:
            pair = limit.reviewer, limit.application
            return replace(instance, fixed=instance.fixed - {pair})
    return None


def only(instance, limits):
    """`instance` with no other limits than these; reviews stay."""
    for kind, those in (
        (Kind.CONFLICT, "conflicts"),
        (Kind.FIXED, "fixed"),
    ):
        kept = frozenset(
            (limit.reviewer, limit.application) for limit in limits if limit.kind is kind
        )
        instance = replace(instance, **{those: kept})
    low = {limit.reviewer for limit in limits if limit.kind is Kind.MIN}
    high = {limit.reviewer for limit in limits if limit.kind is Kind.MAX}
    needs = {(limit.application, limit.of) for limit in limits if limit.kind is Kind.NEED}
    return replace(
        instance,
        reviewers=tuple(
            replace(
                reviewer,
                min=reviewer.min * (reviewer.id in low),
                max=reviewer.max if reviewer.id in high else None,
            )
            for reviewer in instance.reviewers
        ),
        applications=tuple(
            replace(
                application,
                needs={k: n for k, n in application.needs.items() if (application.id, k) in needs},
            )
            for application in instance.applications
        ),
    )


@relaxed
@given(instances())
def test_there_is_a_clash_exactly_when_there_is_no_assignment(instance):
    clash = explain(instance)

    assert (clash is None) == any(True for _ in every_assignment(instance))


@relaxed
@given(instances())
def test_the_limits_named_clash_by_themselves(instance):
    clash = explain(instance)

    if clash:
        assert not any(True for _ in every_assignment(only(instance, clash.limits)))


def test_the_smallest_clash_is_named_in_words():
    instance = Instance(
        (Reviewer("Kim", 0, 1), Reviewer("Lee", 0, 9, frozenset({"law"})), Reviewer("Park")),
        (Application("A1", 2, {"law": 1}), Application("A2", 1)),
        conflicts=frozenset({("Lee", "A1")}),
    )

    clash = explain(instance)

    assert clash.is_smallest
    assert clash.sentences() == (
        "A1 needs 1 of the kind law",
        "Lee is in conflict with A1",
        "there are 3 reviewers in all",
    )


def test_a_clash_of_very_many_is_said_by_its_sums():
    reviewers = tuple(Reviewer(f"R{n}", 0, 2) for n in range(200))
    applications = tuple(Application(f"A{n}", 3) for n in range(200))

    clash = explain(Instance(reviewers, applications))

    assert clash.sentences() == (
        "200 applications need 600 reviews",
        "200 reviewers read at most 400 together",
        "there are 200 reviewers in all",
    )


def test_a_few_applications_that_clash_are_found_among_many():
    reviewers = tuple(Reviewer(f"R{n}", 0, 9) for n in range(200))
    applications = tuple(Application(f"A{n}", 3) for n in range(200))
    conflicts = frozenset((f"R{n}", "A77") for n in range(198))
    instance = Instance(reviewers, applications, conflicts=conflicts)

    clash = explain(instance)

    assert {limit.application for limit in clash.limits} == {"A77"}
    try:
        solve(instance)
    except Impossible:
        return
    raise AssertionError
