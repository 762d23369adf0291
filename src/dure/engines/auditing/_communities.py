"""Projects that hang together: their findings name the same account, person, proof or row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dure.engines.auditing._model import Finding

LINKING = ("account", "person", "evidence")
"""What of a finding's facts ties two projects; names of vendors alone do not."""
MOST_SHARED = 20
"""What more projects share is common and ties nobody."""


@dataclass(frozen=True, slots=True)
class Community:
    """Projects tied to one another, and by what: fact and value, or `row` and its number."""

    projects: tuple[str, ...]
    ties: tuple[tuple[str, str], ...]


def communities(findings: Iterable[Finding]) -> tuple[Community, ...]:
    """The groups of two or more projects whose findings share something, the largest first."""
    sharing = {
        tie: projects
        for tie, projects in _sharing(findings).items()
        if 1 < len(projects) <= MOST_SHARED
    }
    head: dict[str, str] = {}
    for projects in sharing.values():
        first, *others = sorted(projects)
        for other in others:
            _join(head, first, other)
    groups: dict[str, set[str]] = defaultdict(set)
    ties: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for tie, projects in sharing.items():
        group = _head(head, min(projects))
        groups[group] |= projects
        ties[group].add(tie)
    made = [Community(tuple(sorted(groups[g])), tuple(sorted(ties[g]))) for g in groups]
    return tuple(sorted(made, key=lambda group: (-len(group.projects), group.projects)))


def _sharing(findings: Iterable[Finding]) -> Mapping[tuple[str, str], set[str]]:
    sharing: dict[tuple[str, str], set[str]] = defaultdict(set)
    for finding in findings:
        for name in LINKING:
            if finding.facts.get(name):
                sharing[name, str(finding.facts[name])].add(finding.project)
        for row in finding.rows:
            sharing["row", row].add(finding.project)
    return sharing


def _head(head: dict[str, str], project: str) -> str:
    while head.get(project, project) != project:
        project = head[project]
    return project


def _join(head: dict[str, str], one_project: str, other: str) -> None:
    low, high = sorted((_head(head, one_project), _head(head, other)))
    head[high] = low
