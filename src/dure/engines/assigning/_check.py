"""The rules of an assignment, read from the instance alone; nothing here knows how one is made."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dure.engines.assigning._model import Instance


class Rule(StrEnum):
    """What an assignment can break."""

    UNKNOWN = "UNKNOWN"
    CONFLICT = "CONFLICT"
    TWICE = "TWICE"
    NUMBER_OF_REVIEWS = "NUMBER_OF_REVIEWS"
    NEED = "NEED"
    BELOW_MIN = "BELOW_MIN"
    ABOVE_MAX = "ABOVE_MAX"
    FIXED_NOT_KEPT = "FIXED_NOT_KEPT"


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule; `reviewer`, `application` and `kind` are empty where they play no part."""

    rule: Rule
    reviewer: str = ""
    application: str = ""
    kind: str = ""


def check(instance: Instance, reviewers_of: Mapping[str, Sequence[str]]) -> tuple[Violation, ...]:
    """Return every rule of `instance` that the assignment breaks, and where."""
    return (
        *_of_pairs(instance, reviewers_of),
        *_of_applications(instance, reviewers_of),
        *_of_reviewers(instance, reviewers_of),
    )


def _of_pairs(instance: Instance, reviewers_of: Mapping[str, Sequence[str]]) -> Iterator[Violation]:
    reviewers = {reviewer.id for reviewer in instance.reviewers}
    applications = {application.id for application in instance.applications}
    for application, assigned in reviewers_of.items():
        for reviewer, times in Counter(assigned).items():
            if reviewer not in reviewers or application not in applications:
                yield Violation(Rule.UNKNOWN, reviewer, application)
            if (reviewer, application) in instance.conflicts:
                yield Violation(Rule.CONFLICT, reviewer, application)
            if times > 1:
                yield Violation(Rule.TWICE, reviewer, application)
    for reviewer, application in sorted(instance.fixed):
        if reviewer not in reviewers_of.get(application, ()):
            yield Violation(Rule.FIXED_NOT_KEPT, reviewer, application)


def _of_applications(
    instance: Instance, reviewers_of: Mapping[str, Sequence[str]]
) -> Iterator[Violation]:
    kinds = {reviewer.id: reviewer.kinds for reviewer in instance.reviewers}
    for application in instance.applications:
        assigned = reviewers_of.get(application.id, ())
        if len(assigned) != application.reviews:
            yield Violation(Rule.NUMBER_OF_REVIEWS, application=application.id)
        for kind, wanted in application.needs.items():
            if sum(kind in kinds.get(reviewer, ()) for reviewer in assigned) < wanted:
                yield Violation(Rule.NEED, application=application.id, kind=kind)


def _of_reviewers(
    instance: Instance, reviewers_of: Mapping[str, Sequence[str]]
) -> Iterator[Violation]:
    load = Counter(reviewer for assigned in reviewers_of.values() for reviewer in assigned)
    for reviewer in instance.reviewers:
        if load[reviewer.id] < reviewer.min:
            yield Violation(Rule.BELOW_MIN, reviewer.id)
        if reviewer.max is not None and load[reviewer.id] > reviewer.max:
            yield Violation(Rule.ABOVE_MAX, reviewer.id)
