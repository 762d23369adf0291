"""What waits for a person, in the queues that the apps offer them."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dure.apps.people.models import User
from dure.foundation.desk import QUEUES, Queue


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: in which queue, since when, and the record itself."""

    queue: Queue
    since: datetime
    thing: Any


def queues_of(user: User) -> list[Queue]:
    """The queues that are offered to a person, in their order."""
    return sorted((q for q in QUEUES if q.offered_to(user)), key=lambda queue: queue.place)


def waiting_for(user: User, now: datetime, *, limit: int) -> list[Waiting]:
    """The oldest `limit` things that wait for a person, of all kinds together."""
    waitings = [
        Waiting(queue, queue.since(thing) or now, thing)
        for queue in queues_of(user)
        for thing in queue.waiting(user, now)[:limit]
    ]
    return heapq.nsmallest(limit, waitings, key=lambda waiting: waiting.since)


def waiting_counts(user: User, now: datetime) -> list[tuple[Queue, int]]:
    """How much waits in each queue."""
    return [(queue, queue.waiting(user, now).count()) for queue in queues_of(user)]


def everything_waiting(user: User, now: datetime) -> Iterator[Waiting]:
    """All that waits for a person, queue after queue."""
    for queue in queues_of(user):
        for thing in queue.waiting(user, now).iterator(chunk_size=1000):
            yield Waiting(queue, queue.since(thing) or now, thing)
