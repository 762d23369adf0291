"""What boards count of measures with many facts, ahead of whoever opens them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.indicators import adapter, queries
from dure.apps.indicators.kinds import boards
from dure.apps.indicators.models import BoardCount
from dure.engines.measuring import Fact, Selection, known_on
from dure.foundation.measures import MEASURES, Measure

MANY = 20_000
"""From how many facts on a measure is counted ahead; fewer are counted while the page is made."""


def count_boards(*, at: datetime, many: int = MANY) -> int:
    """Count every measure of the boards that has many facts; returns how many measures those are."""
    scopes: dict[str, set[str]] = defaultdict(set)
    for board in boards():
        for chart in board.charts:
            if chart.measure and board.scope != "published":
                scopes[chart.measure].add(board.scope)
    return sum(_count(MEASURES[code], "own" in scopes[code], at, many) for code in sorted(scopes))


def _count(kind: Measure, has_owners: bool, at: datetime, many: int) -> bool:
    known = known_on(kind.facts(), localdate(at))
    facts = known.selected(Selection(kind.code), adapter.EVER, cumulative=True)
    counts = []
    if len(facts) >= many:
        by_owner: dict[int | None, Sequence[Fact]] = {None: facts}
        if has_owners:
            by_owner |= _by_owner(kind, facts)
        counts = [
            BoardCount(
                measure=kind.code,
                organisation_id=owner,
                groups=adapter.packed(kind, adapter.groups_of(kind, own, localdate(at))),
                counted_at=at,
            )
            for owner, own in by_owner.items()
        ]
    with transaction.atomic():
        BoardCount.objects.filter(measure=kind.code).delete()
        BoardCount.objects.bulk_create(counts, batch_size=500)
    return bool(counts)


def _by_owner(kind: Measure, facts: Sequence[Fact]) -> dict[int, list[Fact]]:
    owners = queries.organisations_by_record(kind.code)
    by_owner: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        for owner in owners.get(fact.id, ()):
            by_owner[owner].append(fact)
    return by_owner
