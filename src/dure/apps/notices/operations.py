"""Telling people things, and what becomes of what they were told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature
from django.db import transaction

from dure.apps.notices import permissions
from dure.apps.notices.models import Notice, NoticeKind
from dure.apps.notices.reasons import Reason
from dure.apps.people.models import User
from dure.apps.people.operations import edit_account
from dure.foundation.verdict import Refused


def tell(
    *, recipients: Iterable[User], kind: NoticeKind, facts: dict[str, Any], url: str, at: datetime
) -> None:
    """Leave a notice with each of `recipients`; `facts` are words, for the sentence of its kind."""
    Notice.objects.bulk_create(
        Notice(recipient=user, kind=kind, facts=facts, url=url, made_at=at) for user in recipients
    )


def mark_read(*, by: User, at: datetime, notice: Notice | None = None) -> None:
    """Mark what was told to `by` as read: one notice, or everything."""
    unread = Notice.objects.filter(recipient=by, read_at__isnull=True)
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    unread.update(read_at=at)


@transaction.atomic
def take_for_digest(*, user: User, at: datetime) -> list[Notice]:
    """The notices for the daily e-mail of `user`, marked as mailed; none is ever taken twice.

    They are locked until the surrounding transaction ends, so send the e-mail inside it.
    """
    waiting = Notice.objects.select_for_update(skip_locked=True).filter(
        recipient=user, read_at__isnull=True, mailed_at__isnull=True
    )
    taken = list(waiting.order_by("made_at", "pk"))
    Notice.objects.filter(pk__in=[notice.pk for notice in taken]).update(mailed_at=at)
    return taken


def unsubscribe(*, token: str) -> User:
    """Stop the daily e-mail of the person whose link this is. Raises Refused."""
    try:
        user = User.objects.get(pk=permissions.reader_of(token), is_active=True)
    except (BadSignature, User.DoesNotExist):
        raise Refused(Reason.LINK_BROKEN) from None
    return edit_account(user=user, values={"wants_digest": False})
