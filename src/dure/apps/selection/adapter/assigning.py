"""Reviewers for each application, where a programme has no panels: as engines/assigning takes them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.utils.timezone import localdate

from dure.apps.selection import queries
from dure.apps.selection.adapter.engines import instance_of
from dure.apps.selection.models import Item, Panel, Reviewer, Selection
from dure.apps.selection.stages import ItemStage
from dure.engines import assigning
from dure.foundation.programmes import Reviewing


def instance_of_each(selection: Selection, on: date, until: date) -> assigning.Instance:
    """The admitted items, each to be read by as many as the programme says, and who can read how many.

    Whoever is away before the term is over, or whose year is full, is not there.
    """
    reviewing = queries.reviewing_of(selection)
    if reviewing is None:
        raise ValueError("the programme forms panels")
    items = list(
        selection.items.filter(stage=ItemStage.ADMITTED).select_related("submission", "application")
    )
    rooms = {
        reviewer: _room(room, reviewing)
        for reviewer, room in queries.rooms(selection, on, until)
        if room > 0
    }
    return _each(items, rooms, reviewing)


def _each(
    items: Sequence[Item], rooms: dict[Reviewer, int], reviewing: Reviewing,
    fitted: Sequence[Item] | None = None,
) -> assigning.Instance:  # fmt: skip
    plain = instance_of(items, list(rooms), queries.conflicts_of(items), fitted)
    most = {str(reviewer.pk): room for reviewer, room in rooms.items()}
    return replace(
        plain,
        reviewers=tuple(replace(reviewer, max=most[reviewer.id]) for reviewer in plain.reviewers),
        applications=tuple(
            assigning.Application(application.id, reviewing.reviews, reviewing.needs)
            for application in plain.applications
        ),
    )


def _room(room: int, reviewing: Reviewing, load: int = 0) -> int:
    """How many more somebody can read whose year has such a room and who reads so many here."""
    return room if reviewing.most is None else min(room, reviewing.most - load)


def assigned(instance: assigning.Instance, objective: str) -> dict[int, list[int]]:
    """The reviewers of each item, by number, best by the programme's objective. Raises Impossible."""
    assignment = assigning.solve(instance, assigning.Objective(objective))
    if broken := assigning.check(instance, assignment.reviewers_of):
        raise AssertionError(f"the assignment breaks its rules: {broken}")
    return _numbered(assignment)


def reassigned(panel: Panel, without: Collection[int], on: date) -> dict[int, list[int]] | None:
    """Who reads what without some reviewers, with the fewest changes; None where that is impossible.

    What was handed in stays with who handed it in, and who is away meanwhile gets nothing more.
    """
    selection = panel.selection
    reviewing = queries.reviewing_of(selection)
    if reviewing is None:
        return None
    items = list(panel.items.select_related("submission", "application"))
    before = _read_now(items)
    load = Counter(reviewer for those in before.values() for reviewer in those)
    gone = {*without, *queries.seats_left(selection).values_list("reviewer", flat=True)}
    free = dict(queries.rooms(selection, on, max(on, localdate(panel.due_at))))
    rooms = {
        reviewer: load[reviewer.pk] + max(0, _room(room, reviewing, load[reviewer.pk]))
        for reviewer, room in {**dict.fromkeys(queries.seated_in(selection), 0), **free}.items()
        if reviewer.pk not in gone
    }
    there = {str(reviewer.pk) for reviewer in rooms}
    barred = set(queries.conflicts_of(items).values_list("reviewer", "application"))
    short = [
        item for item in items
        if sum(
            str(reviewer_id) in there and (reviewer_id, item.application_id) not in barred
            for reviewer_id in before.get(item.pk, ())
        ) < reviewing.reviews
    ]  # fmt: skip
    instance = _each(items, rooms, reviewing, short)
    done = queries.final_sheets(items).values_list("member__reviewer", "item")
    kept = frozenset((str(reviewer), str(item)) for reviewer, item in done)
    instance = replace(
        instance, fixed=frozenset(pair for pair in kept if pair[0] in there) - instance.conflicts
    )
    try:
        assignment = assigning.adjust(
            instance,
            {str(pk): [str(reviewer_id) for reviewer_id in those] for pk, those in before.items()},
        )
    except assigning.Impossible:
        return None
    return _numbered(assignment)


def _read_now(items: Iterable[Item]) -> dict[int, list[int]]:
    before: dict[int, list[int]] = {}
    for item, reviewer in queries.assignments_of(items).values_list("item", "member__reviewer"):
        before.setdefault(item, []).append(reviewer)
    return before


def _numbered(assignment: assigning.Assignment) -> dict[int, list[int]]:
    return {
        int(item): [int(reviewer) for reviewer in those]
        for item, those in assignment.reviewers_of.items()
    }
