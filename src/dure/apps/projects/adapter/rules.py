"""The rules that bind a project: those of its programme's version on the day of the agreement."""

from typing import Any

from dure.apps.calls.queries import programme_in
from dure.apps.projects.models import Project
from dure.foundation import programmes
from dure.foundation.programmes import Programme

FOLLOW_UP_YEARS = (1, 3, 5)
"""Where a programme does not say when results are asked for."""


def programme_of(project: Project) -> Programme:
    """What the file of the project's programme says."""
    return programme_in(project.version.content)


def rules_of(project: Project, kind: str) -> Any:
    """The rule set of a kind (`spending`, `settlement`, `verdict`, `royalty`, `budget`) that binds.

    None where the programme names none.
    """
    name = getattr(programme_of(project).rules, kind)
    return programmes.rule_sets().rule_set(kind, name, project.agreed_on)


def lines_of(project: Project) -> dict[str, Any]:
    """The budget lines (비목) that the project's money can stand on, by id."""
    return programmes.budget_lines(programme_of(project), project.agreed_on)


def line_name(project: Project, line: str, language: str | None) -> str:
    """What a budget line is called; itself where no rule names it."""
    known = lines_of(project).get(line)
    return known.name.in_language(language) if known else line


def follow_up_years(project: Project) -> tuple[int, ...]:
    """How many years after the end its results are asked for."""
    closing = programme_of(project).closing
    years = closing.follow_up_years if closing else []
    return tuple(years) or FOLLOW_UP_YEARS
