"""Small instances of every kind, and their best assignments by plain enumeration."""

from itertools import combinations, product

from hypothesis import settings
from hypothesis import strategies as st

from dure.engines.assigning import Application, Instance, Reviewer, check

relaxed = settings(max_examples=60, deadline=None)


@st.composite
def instances(draw, *, all_zero=False):
    """Two to four reviewers, one to three applications; limits, needs, conflicts, fixed pairs."""
    reviewers = []
    for number in range(draw(st.integers(2, 4))):
        low = draw(st.sampled_from([0, 0, 0, 1]))
        high = draw(st.sampled_from([None, 1, 2, 3]))
        kinds = draw(st.frozensets(st.sampled_from(["law", "outside"]), max_size=2))
        reviewers.append(Reviewer(f"R{number}", low, high, kinds))
    applications = []
    for number in range(draw(st.integers(1, 3))):
        needs = draw(
            st.dictionaries(st.sampled_from(["law", "outside"]), st.integers(0, 1), max_size=2)
        )
        applications.append(Application(f"A{number}", draw(st.integers(0, 3)), needs))
    pairs = [(reviewer.id, other.id) for reviewer in reviewers for other in applications]
    fit = draw(st.dictionaries(st.sampled_from(pairs), st.integers(-3, 9)))
    few = st.frozensets(st.sampled_from(pairs), max_size=2)
    return Instance(
        tuple(reviewers),
        tuple(applications),
        dict.fromkeys(fit, 0) if all_zero else fit,
        draw(few),
        draw(st.one_of(st.just(frozenset()), few)),
    )


def every_assignment(instance):
    """Every assignment of `instance` that keeps its rules."""
    ids = [reviewer.id for reviewer in instance.reviewers]
    choices = [combinations(ids, application.reviews) for application in instance.applications]
    for chosen in product(*choices):
        assignment = {
            application.id: those
            for application, those in zip(instance.applications, chosen, strict=True)
        }
        if not check(instance, assignment):
            yield assignment


def sums(instance, reviewers_of):
    """The fit of every application that is read, the worst first."""
    return sorted(
        sum(
            instance.fit.get((reviewer, application.id), 0)
            for reviewer in reviewers_of[application.id]
        )
        for application in instance.applications
        if application.reviews
    )
