"""Telling those who follow a call, and what everything that is announced has in common."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from dure.apps.calls import queries
from dure.apps.calls.models import Call
from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.people.models import User


def locked(call: Call) -> Call:
    """The call, kept from others until the end of the transaction."""
    calls = Call.objects.select_related("version__programme", "contact")
    return calls.select_for_update(of=("self",)).get(pk=call.pk)


def keep(call: Call, at: datetime, *fields: str) -> None:
    """Save what changed in the eyes of everybody; calendars see that it is newer."""
    call.revision, call.changed_at = call.revision + 1, at
    call.save(update_fields=[*fields, "revision", "changed_at"])


def tell_of(
    call: Call, kind: NoticeKind, people: Iterable[User], at: datetime, **facts: Any
) -> None:
    """Leave a notice of a call with some people."""
    tell(
        recipients=people,
        kind=kind,
        facts={"title": call.title, **facts},
        url=reverse("calls:call", args=[call.pk]),
        at=at,
    )


def tell_followers(call: Call, kind: NoticeKind, at: datetime, **facts: Any) -> None:
    """Tell everybody who follows a call."""
    tell_of(call, kind, queries.followers_of(call), at, **facts)


def moment(at: datetime | None) -> str:
    """A time in Seoul as notices say it."""
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""
