"""A meeting held until the transaction ends, and who is told of what."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dure.apps.exchange.models import ExchangeMeeting
from dure.apps.exchange.notices import exchange_moved
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of


def locked_meeting(pk: int) -> ExchangeMeeting:
    """A meeting as it is now; whoever changes what belongs to it waits for its turn."""
    return ExchangeMeeting.objects.select_for_update().get(pk=pk)


def tell_people(
    organisations: Iterable[Organisation],
    what: str,
    *,
    url: str,
    at: datetime,
    exclude: User | None = None,
    **facts: Any,
) -> None:
    """Tell the people of some organisations what happened, but whoever did it."""
    people = {person for organisation in organisations for person in people_of(organisation)}
    tell_users(people, what, url=url, at=at, exclude=exclude, **facts)


def tell_users(
    users: Iterable[User],
    what: str,
    *,
    url: str,
    at: datetime,
    exclude: User | None = None,
    **facts: Any,
) -> None:
    """Tell some people what happened, but whoever did it; each reads names in their own language."""
    for language, recipients in _by_language(user for user in users if user != exclude).items():
        words = {name: _said(value, language) for name, value in facts.items()}
        kind = exchange_moved
        tell(recipients=recipients, kind=kind, facts={"what": what, **words}, url=url, at=at)


def _by_language(users: Iterable[User]) -> dict[str, list[User]]:
    by_language: dict[str, list[User]] = {}
    for user in users:
        by_language.setdefault(user.language, []).append(user)
    return by_language


def _said(value: Any, language: str) -> str:
    return value.official_name(language) if isinstance(value, Organisation) else str(value)
