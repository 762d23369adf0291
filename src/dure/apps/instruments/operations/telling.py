"""Telling the people of a stake."""

from datetime import datetime
from typing import Any

from dure.apps.instruments.models import Stake
from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import people_of


def tell_of(
    stake: Stake, kind: NoticeKind, *, at: datetime, except_for: User | None = None, **facts: Any
) -> None:
    """Tell the people of the organisation, and the saver, with the way to the stake."""
    people = set(people_of(stake.organisation)) | ({stake.person} if stake.person else set())
    tell(
        recipients=people - {except_for},
        kind=kind,
        facts={"scheme": stake.scheme.name, **facts},
        url=stake.get_absolute_url(),
        at=at,
    )
