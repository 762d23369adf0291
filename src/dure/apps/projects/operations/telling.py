"""Telling those who take part in a project."""

from collections.abc import Iterable
from datetime import datetime

from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import people_of
from dure.apps.projects import queries
from dure.apps.projects.kinds import SPENDERS, MemberRole
from dure.apps.projects.models import Project
from dure.apps.projects.notices import project_news


def firm_people(project: Project) -> Iterable[User]:
    """The people of the organisations that spend."""
    return queries.people_of_project(project, *SPENDERS)


def demand_people(project: Project) -> Iterable[User]:
    """The people of the demand organisation, or the officer where there is none."""
    return queries.people_of_project(project, MemberRole.DEMAND) or [project.officer]


def accountants(project: Project) -> Iterable[User]:
    """The people of the accounting firm."""
    return people_of(project.accountant) if project.accountant else ()


def announce(
    project: Project,
    event: str,
    to: Iterable[User],
    *,
    by: User | None,
    at: datetime,
    url: str = "",
    **facts: str,
) -> None:
    """Tell people of a project what happened; whoever did it knows."""
    recipients = {user.pk: user for user in to if by is None or user.pk != by.pk}
    tell(
        recipients=recipients.values(),
        kind=project_news,
        facts={"event": event, "project": str(project), **facts},
        url=url or project.get_absolute_url(),
        at=at,
    )
