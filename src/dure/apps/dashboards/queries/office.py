"""What waits for a decision of the programme office."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import entries_under_review, resemblances_to_decide
from dure.apps.jobs.queries import failed_jobs
from dure.apps.matches.queries import mutual_interest_visible_to
from dure.apps.people.models import User
from dure.apps.people.queries import joins_to_answer, organisations_to_verify

FAILURES_SHOWN = timedelta(days=7)


class WaitingKind(TextChoices):
    """What can wait for an officer."""

    NEED = "NEED", _("Need to publish")
    TECHNOLOGY = "TECHNOLOGY", _("Technology to publish")
    ORGANISATION = "ORGANISATION", _("Organisation to verify")
    JOIN = "JOIN", _("Request to join")
    PAIR = "PAIR", _("Pair to introduce")
    RESEMBLANCE = "RESEMBLANCE", _("Near-duplicates to decide")
    JOB = "JOB", _("Failed job")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what it is, since when, and the record itself."""

    kind: WaitingKind
    since: datetime
    thing: Any


def queues_of(user: User, now: datetime) -> dict[WaitingKind, QuerySet[Any]]:
    """The queues of an officer, each the oldest first."""
    return {
        WaitingKind.NEED: entries_under_review(user, Need)
        .exclude(handed_in_by=user)
        .defer("search"),
        WaitingKind.TECHNOLOGY: entries_under_review(user, Technology)
        .exclude(handed_in_by=user)
        .defer("search"),
        WaitingKind.ORGANISATION: organisations_to_verify(user),
        WaitingKind.JOIN: joins_to_answer(user),
        WaitingKind.PAIR: mutual_interest_visible_to(user).defer(
            "need__search", "technology__search"
        ),
        WaitingKind.RESEMBLANCE: resemblances_to_decide(user).defer(
            "first__search", "second__search"
        ),
        WaitingKind.JOB: failed_jobs(user, now - FAILURES_SHOWN).order_by("ended_at"),
    }


def waiting_for(user: User, now: datetime, *, limit: int) -> list[Waiting]:
    """The oldest `limit` things that wait for an officer, of all kinds together."""
    found = [
        Waiting(kind, _since(kind, thing) or now, thing)
        for kind, queue in queues_of(user, now).items()
        for thing in queue[:limit]
    ]
    return heapq.nsmallest(limit, found, key=lambda waiting: waiting.since)


def waiting_counts(user: User, now: datetime) -> dict[WaitingKind, int]:
    """How much waits in each queue."""
    return {kind: queue.count() for kind, queue in queues_of(user, now).items()}


def everything_waiting(user: User, now: datetime) -> Iterator[Waiting]:
    """All that waits for an officer, queue after queue."""
    for kind, queue in queues_of(user, now).items():
        for thing in queue.iterator(chunk_size=1000):
            yield Waiting(kind, _since(kind, thing) or now, thing)


def _since(kind: WaitingKind, thing: Any) -> datetime | None:
    match kind:
        case WaitingKind.NEED | WaitingKind.TECHNOLOGY:
            return thing.handed_in_at
        case WaitingKind.ORGANISATION:
            return thing.waiting_since
        case WaitingKind.JOIN:
            return thing.asked_at
        case WaitingKind.PAIR:
            return thing.answered_at
        case WaitingKind.RESEMBLANCE:
            return max(thing.first.created_at, thing.second.created_at)
    return thing.ended_at
