"""Panels that each read a whole batch: who sits where, and which panel reads what.

A member in conflict with one application leaves it, so what counts is how many read it. Members and
applications are placed in turn, each time the best for the other (as k-means does), until nothing
gets better; each half is a flow and so best by itself, the whole need not be.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dure.engines.assigning._model import Application, Impossible, Instance, Pair, Reviewer
from dure.engines.assigning._solve import solve

_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class PanelRules:
    """`panels` of `members` each; `least` of them must be able to read each application.

    `needs` are kinds that every panel must have; `same` are applications to be kept together, by
    the name of their group (those of one challenge).
    """

    panels: int
    members: int
    least: int
    needs: Mapping[str, int] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Panel:
    """The members and applications of one panel, by id."""

    members: tuple[str, ...]
    applications: tuple[str, ...]


def form_panels(instance: Instance, rules: PanelRules) -> tuple[Panel, ...]:
    """Return panels for the applications of `instance`, whose numbers of reviews play no part.

    Nobody sits in two panels. Raises Impossible when nothing was found that keeps the rules.
    """
    groups = _groups(instance, rules)
    batches = _first_batches(groups, rules.panels)
    best: tuple[Panel, ...] = ()
    for _ in range(_ROUNDS):
        members = _members(instance, rules, batches)
        batches = _batches(instance, rules, groups, members)
        panels = tuple(
            Panel(tuple(sorted(those)), tuple(batch))
            for those, batch in zip(members, batches, strict=True)
        )
        if best and _value(instance, panels) <= _value(instance, best):
            break
        best = panels
    return best


def check_panels(instance: Instance, rules: PanelRules, panels: Sequence[Panel]) -> tuple[str, ...]:
    """Return what the panels break, in words; written from the rules alone."""
    return (*_of_seats(instance, rules, panels), *_of_batches(instance, rules, panels))


def _of_seats(instance: Instance, rules: PanelRules, panels: Sequence[Panel]) -> Iterator[str]:
    kinds = {reviewer.id: reviewer.kinds for reviewer in instance.reviewers}
    seats = Counter(member for panel in panels for member in panel.members)
    yield from (f"{member} sits in {times} panels" for member, times in seats.items() if times > 1)
    if len(panels) != rules.panels:
        yield f"there are {len(panels)} panels"
    for number, panel in enumerate(panels):
        if len(panel.members) != rules.members:
            yield f"panel {number} has {len(panel.members)} members"
        for kind, wanted in rules.needs.items():
            if sum(kind in kinds[member] for member in panel.members) < wanted:
                yield f"panel {number} lacks {kind}"


def _of_batches(instance: Instance, rules: PanelRules, panels: Sequence[Panel]) -> Iterator[str]:
    homes: dict[str, list[int]] = {application.id: [] for application in instance.applications}
    for number, panel in enumerate(panels):
        for application in panel.applications:
            homes[application].append(number)
            if len(_able(instance, panel.members, application)) < rules.least:
                yield f"{application} is read by too few of panel {number}"
    for application, numbers in homes.items():
        if len(numbers) != 1:
            yield f"{application} is read by {len(numbers)} panels"
    for name in sorted(set(rules.same.values())):
        together = {
            number
            for application, numbers in homes.items()
            if rules.same.get(application) == name
            for number in numbers
        }
        if len(together) > 1:
            yield f"{name} is split over {len(together)} panels"


def _able(instance: Instance, members: Sequence[str], application: str) -> list[str]:
    return [member for member in members if (member, application) not in instance.conflicts]


def _groups(instance: Instance, rules: PanelRules) -> list[tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for application in instance.applications:
        groups.setdefault(rules.same.get(application.id, f"\0{application.id}"), []).append(
            application.id
        )
    return [tuple(group) for group in groups.values()]


def _first_batches(groups: Sequence[tuple[str, ...]], panels: int) -> list[list[str]]:
    """Share the groups out, the largest first, each to the panel with the least to read."""
    batches: list[list[str]] = [[] for _ in range(panels)]
    for group in sorted(groups, key=lambda applications: (-len(applications), applications)):
        min(batches, key=len).extend(group)
    return batches


def _members(
    instance: Instance, rules: PanelRules, batches: Sequence[Sequence[str]]
) -> list[tuple[str, ...]]:
    """Return the best members for every batch; a conflict costs more than any fit brings."""
    highest = max(map(abs, instance.fit.values()), default=0) + 1
    fit: dict[Pair, int] = {}
    for reviewer in instance.reviewers:
        for number, batch in enumerate(batches):
            fit[reviewer.id, str(number)] = sum(
                -highest * (len(instance.applications) + 1)
                if (reviewer.id, application) in instance.conflicts
                else instance.fit.get((reviewer.id, application), 0)
                for application in batch
            )
    seats = Instance(
        tuple(Reviewer(reviewer.id, 0, 1, reviewer.kinds) for reviewer in instance.reviewers),
        tuple(
            Application(str(number), rules.members, rules.needs) for number in range(len(batches))
        ),
        fit,
    )
    assignment = solve(seats)
    return [assignment.reviewers_of[str(number)] for number in range(len(batches))]


def _batches(
    instance: Instance,
    rules: PanelRules,
    groups: Sequence[tuple[str, ...]],
    members: Sequence[Sequence[str]],
) -> list[list[str]]:
    """Return the best batch for every panel, where enough can read it; about equal in number."""
    panels = range(len(members))
    fit: dict[Pair, int] = {}
    conflicts: set[Pair] = set()
    for number, group in enumerate(groups):
        for panel in panels:
            able = [_able(instance, members[panel], application) for application in group]
            if min(map(len, able)) < rules.least:
                conflicts.add((str(panel), str(number)))
            fit[str(panel), str(number)] = sum(
                instance.fit.get((reviewer, application), 0)
                for application, those in zip(group, able, strict=True)
                for reviewer in those
            )
    most = -(-len(groups) // len(members))
    for extra in (0, 1, len(groups)):
        try:
            assignment = solve(
                Instance(
                    tuple(Reviewer(str(panel), 0, most + extra) for panel in panels),
                    tuple(Application(str(number), 1) for number in range(len(groups))),
                    fit,
                    frozenset(conflicts),
                )
            )
        except Impossible:
            continue
        batches: list[list[str]] = [[] for _ in panels]
        for number, group in enumerate(groups):
            batches[int(assignment.reviewers_of[str(number)][0])].extend(group)
        return batches
    raise Impossible


def _value(instance: Instance, panels: Sequence[Panel]) -> int:
    return sum(
        instance.fit.get((member, application), 0)
        for panel in panels
        for application in panel.applications
        for member in _able(instance, panel.members, application)
    )
