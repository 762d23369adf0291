"""Telling people things, and what becomes of what they were told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate

from dure.apps.notices import permissions
from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.models import DailyEmail, Notice
from dure.apps.notices.reasons import Reason
from dure.apps.people.models import User
from dure.apps.people.operations import edit_account
from dure.foundation.verdict import Refused


@dataclass(frozen=True, slots=True)
class News:
    """A part of somebody's daily e-mail under one heading, which another app knows how to find.

    `lines` are texts with addresses, `count` is how many things are new; where the lines are not
    the whole of it, `url` leads there.
    """

    title: str
    lines: list[tuple[str, str]]
    count: int
    url: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """What the daily e-mail of one person tells."""

    notices: list[Notice]
    news: list[News]

    @property
    def count(self) -> int:
        """How many things are new."""
        return len(self.notices) + sum(part.count for part in self.news)


Source = Callable[[User, datetime], list[News]]
SOURCES: dict[str, Source] = {}


def news(name: str) -> Callable[[Source], Source]:
    """Register what finds a part of the daily e-mail, and marks it as told, for a person.

    It is called in the transaction that sends the e-mail and in the person's language.
    """

    def register(source: Source) -> Source:
        SOURCES[name] = source
        return source

    return register


def tell(
    *, recipients: Iterable[User], kind: NoticeKind, facts: dict[str, Any], url: str, at: datetime
) -> None:
    """Leave a notice with each of `recipients`; `facts` are words, for the sentence of its kind."""
    Notice.objects.bulk_create(
        Notice(recipient=user, kind=kind.code, facts=facts, url=url, created_at=at)
        for user in recipients
    )


def mark_read(*, by: User, at: datetime, notice: Notice | None = None) -> None:
    """Mark what was told to `by` as read: one notice, or everything."""
    unread = Notice.objects.filter(recipient=by, read_at__isnull=True)
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    unread.update(read_at=at)


def mark_mailed(*, recipient: User, kind: NoticeKind, url: str, at: datetime) -> None:
    """Leave out of the daily e-mail what an e-mail of its own has told already."""
    Notice.objects.filter(
        recipient=recipient, kind=kind.code, url=url, mailed_at__isnull=True
    ).update(mailed_at=at)


@transaction.atomic
def take_for_digest(*, user: User, at: datetime) -> Digest | None:
    """What the daily e-mail tells `user`, marked as told; nothing is ever taken twice.

    None when there is nothing new, and when today's e-mail is sent or being sent. The person's
    row is locked until the surrounding transaction ends, so send the e-mail inside it.
    """
    DailyEmail.objects.get_or_create(user=user)
    today = DailyEmail.objects.select_for_update(skip_locked=True).filter(user=user).first()
    if today is None or today.sent_on == localdate(at):
        return None
    waiting = Notice.objects.filter(recipient=user, read_at__isnull=True, mailed_at__isnull=True)
    taken = list(waiting.select_for_update().order_by("created_at", "pk"))
    with translation.override(user.language):
        digest = Digest(taken, [part for source in SOURCES.values() for part in source(user, at)])
    if not digest.count:
        return None
    Notice.objects.filter(pk__in=[notice.pk for notice in taken]).update(mailed_at=at)
    today.sent_on = localdate(at)
    today.save()
    return digest


def switch_digest(*, by: User, is_wanted: bool) -> User:
    """Turn one's own daily e-mail on or off."""
    return edit_account(user=by, values={"wants_digest": is_wanted})


def unsubscribe(*, token: str) -> User:
    """Stop the daily e-mail of the person whose link this is. Raises Refused."""
    try:
        user = User.objects.get(pk=permissions.reader_of(token), is_active=True)
    except (BadSignature, User.DoesNotExist):
        raise Refused(Reason.LINK_BROKEN) from None
    return switch_digest(by=user, is_wanted=False)
