"""Telling the people of a deposit."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from dure.apps.deposits.models import Deposit, Release
from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import people_of


def tell_depositor(
    deposit: Deposit, kind: NoticeKind, *, at: datetime, until: date | None = None, reason: str = ""
) -> None:
    """Tell the people of the depositor something, with the way to the deposit."""
    tell(
        recipients=people_of(deposit.depositor),
        kind=kind,
        facts={
            "title": deposit.title,
            "number": deposit.number or "",
            "until": until.isoformat() if until else "",
            "reason": reason,
        },
        url=reverse("deposits:deposit", args=[deposit.pk]),
        at=at,
    )


def tell_of_release(
    release: Release,
    kind: NoticeKind,
    recipients: Iterable[User],
    *,
    at: datetime,
    reason: str = "",
) -> None:
    """Tell people something of a release, with the way to it."""
    tell(
        recipients=recipients,
        kind=kind,
        facts={
            "title": release.deposit.title,
            "who": release.organisation.name,
            "until": release.open_until.isoformat() if release.open_until else "",
            "reason": reason,
            "stage": release.stage,
        },
        url=reverse("deposits:release", args=[release.pk]),
        at=at,
    )
