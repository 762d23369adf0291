"""What ties a reviewer to an application, from dated facts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dure.engines.conflicts._model import Circle, Conflict, Fact, Policy

SELF = "self"


@dataclass(frozen=True, slots=True)
class Ties:
    """The facts that count by a policy on a day, by party: made once where many are asked about."""

    policy: Policy
    by_party: Mapping[str, list[Fact]]
    circles: dict[str, dict[str, Fact | None]]


def ties_of(facts: Iterable[Fact], policy: Policy, on: date) -> Ties:
    """Return the facts that count on a day, ready to be asked about many reviewers."""
    by_party: dict[str, list[Fact]] = {}
    for fact in facts:
        if _counts(fact, policy, on):
            by_party.setdefault(fact.party, []).append(fact)
            by_party.setdefault(fact.other, []).append(fact)
    return Ties(policy, by_party, {})


def find(
    reviewer: str,
    applicants: Iterable[str],
    facts: Iterable[Fact],
    policy: Policy,
    on: date,
) -> tuple[Conflict, ...]:
    """Return every conflict of `reviewer` with those of an application, with the facts behind it.

    Both sides stand in a circle: themselves, the organisations they belong or belonged to, and
    the groups of these. Circles that share a party conflict, and so do circles that a fact of the
    policy ties together; what is `kin` of a person is so of the person alone.
    """
    return find_in(ties_of(facts, policy, on), reviewer, applicants)


def find_in(ties: Ties, reviewer: str, applicants: Iterable[str]) -> tuple[Conflict, ...]:
    """Return what `find` does, of facts that were made ready."""
    policy = ties.policy
    mine = _circle(reviewer, ties)
    conflicts: list[Conflict] = []
    for applicant in applicants:
        if applicant not in ties.by_party and applicant not in mine:
            continue
        theirs = _circle(applicant, ties)
        conflicts += _shared(reviewer, mine, theirs, policy)
        conflicts += _tied(mine, theirs, ties.by_party, policy)
    return tuple(sorted(set(conflicts), key=_order))


def _order(conflict: Conflict) -> tuple[str, str, date, date]:
    return (
        conflict.kind,
        conflict.party,
        conflict.since or date.min,
        conflict.until or date.max,
    )


def _counts(fact: Fact, policy: Policy, on: date) -> bool:
    rule = policy.rules.get(fact.kind)
    if rule is None or {fact.party, fact.other} & policy.exempt:
        return False
    if fact.start is not None and fact.start > on:
        return False
    since = rule.since(on)
    return since is None or fact.end is None or fact.end >= since


def _circle(party: str, ties: Ties) -> Mapping[str, Fact | None]:
    """Return everything `party` stands for, with the fact that says so."""
    if party in ties.circles:
        return ties.circles[party]
    circle: dict[str, Fact | None] = {party: None}
    waiting = [party]
    while waiting:
        reached = waiting.pop()
        for fact in ties.by_party.get(reached, ()):
            # Belonging leads from a person to a body and on to its group, never back.
            belongs = ties.policy.rules[fact.kind].circle is Circle.BELONGS
            if belongs and fact.party == reached and fact.other not in circle:
                circle[fact.other] = fact
                waiting.append(fact.other)
    ties.circles[party] = circle
    return circle


def _shared(
    reviewer: str,
    mine: Mapping[str, Fact | None],
    theirs: Mapping[str, Fact | None],
    policy: Policy,
) -> Iterator[Conflict]:
    for party in sorted(mine.keys() & theirs.keys()):
        if party in policy.exempt:
            continue
        fact = mine[party] or theirs[party]
        kind = fact.kind if fact else SELF
        if party == reviewer:
            kind = SELF
        yield Conflict(kind, party, fact.start if fact else None, fact.end if fact else None)


def _tied(
    mine: Mapping[str, Fact | None],
    theirs: Mapping[str, Fact | None],
    by_party: Mapping[str, list[Fact]],
    policy: Policy,
) -> Iterator[Conflict]:
    persons = {next(iter(mine)), next(iter(theirs))}
    for party in mine:
        for fact in by_party.get(party, ()):
            circle = policy.rules[fact.kind].circle
            if circle is Circle.BELONGS:
                continue
            other = fact.other if fact.party == party else fact.party
            if other not in theirs:
                continue
            if circle is Circle.PERSON and not {party, other} <= persons:
                continue
            yield Conflict(fact.kind, fact.other, fact.start, fact.end)
