"""Who is told what of a group."""

from collections.abc import Iterable
from datetime import datetime

from dure.apps.groups.models import Group
from dure.apps.groups.notices import group_news
from dure.apps.notices.operations import tell
from dure.apps.people.models import User


def tell_people(
    people: Iterable[User], event: str, *, by: User | None, url: str, at: datetime,
    group: Group | str = "", **facts: str,
) -> None:  # fmt: skip
    """Tell some people of an event, each once, but not whoever did it."""
    known = {person.pk: person for person in people}
    known.pop(by.pk if by else 0, None)
    tell(
        recipients=list(known.values()),
        kind=group_news,
        facts={"event": event, "group": str(group), **facts},
        url=url,
        at=at,
    )
