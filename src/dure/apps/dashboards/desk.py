"""The sections of the start page that speak of several apps at once, and the queues of all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from dure.apps.dashboards.presenters import sections
from dure.apps.dashboards.queries.waiting import waiting_counts
from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.apps.people.queries import roles_of
from dure.apps.people.roles import Role
from dure.foundation.desk import Section, offer_section

Content = Callable[[User, datetime], dict[str, Any] | None]


def _for_role(role: Role, content: Content) -> Content:
    return lambda user, now: content(user, now) if role in roles_of(user).roles else None


def _for_people_of_organisations(content: Content) -> Content:
    return lambda user, now: content(user, now) if roles_of(user).organisations else None


def _nothing_assigned(user: User, now: datetime) -> dict[str, Any] | None:
    """What stands in the place of the queues while nothing waits in any of them."""
    return None if any(count for _queue, count in waiting_counts(user, now)) else {}


def _office(user: User, now: datetime) -> dict[str, Any] | None:
    return sections.office(user, now) if may_run_programmes(user) else None


def _offer(name: str, place: int, content: Content) -> None:
    offer_section(Section(f"dashboards.{name}", f"dashboards/_{name}.html", place, content))


_offer("administrator", 10, _for_role(Role.ADMINISTRATOR, sections.administrator))
_offer("queues", 20, sections.queues)
_offer("office", 30, _office)
_offer("centre", 50, _for_role(Role.CENTRE_OFFICER, lambda user, now: sections.centre(user)))
_offer("reviewer", 60, _for_role(Role.REVIEWER, _nothing_assigned))
_offer("coordinator", 70, _for_role(Role.COORDINATOR, _nothing_assigned))
_offer("demand", 110, _for_people_of_organisations(lambda user, now: sections.demand(user)))
_offer("firm", 120, _for_people_of_organisations(lambda user, now: sections.firm(user)))
