"""Conflicts of interest: computed from facts, declared by either side, noted by the office."""

from collections.abc import Sequence
from datetime import datetime
from itertools import product

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.calls.queries import officers
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.selection import adapter, permissions, queries
from dure.apps.selection.kinds import Source
from dure.apps.selection.models import Conflict, Item, PossibleConflict, Reviewer, Selection
from dure.apps.selection.notices import conflict_reopened
from dure.apps.selection.operations.locking import locked
from dure.apps.selection.operations.reopening import reopened
from dure.apps.selection.reasons import Reason
from dure.foundation.verdict import Refused


@transaction.atomic
def find_conflicts(*, selection: Selection, by: User, at: datetime) -> int:
    """Compute all conflicts of a selection anew; return how many are new. Raises Refused.

    One whose facts are gone ends. What was declared of an application or noted stays as it is.
    """
    permissions.may_run(by).require()
    return found_anew(selection, by, at)


def look_through_all(*, at: datetime) -> int:
    """Compute the conflicts of every selection that they can still change; return how many are new.

    Each selection in a transaction of its own: facts of other apps become known at any time.
    """
    return sum(
        found_anew(selection, None, at)
        for selection in queries.selections_to_look_through(localdate(at))
    )


@transaction.atomic
def found_anew(selection: Selection, by: User | None, at: datetime) -> int:
    """Compute them whoever asks, nobody where the clock does: because something was declared.

    What was decided is looked at as of the day of the decision; as of today only while something of
    it is judged again.
    """
    selection = locked(selection)
    reviewers = list(queries.reviewers_to_look_at(selection))
    items = list(selection.items.select_related("application__challenge", "submission"))
    days = queries.days_that_count(selection, localdate(at))
    circles = adapter.circles_of(selection, items, reviewers, days)
    known = {
        (conflict.reviewer_id, conflict.application_id, conflict.kind, conflict.party): conflict
        for conflict in queries.conflicts_of(items).filter(source=Source.COMPUTED)
    }
    new = 0
    for item, reviewer in product(items, reviewers):
        for tie in circles.conflicts(item, reviewer):
            label = adapter.name_of(tie.party)
            if known.pop((reviewer.pk, item.application_id, tie.kind, label), None) is None:
                new += _keep(
                    reviewer, item, Source.COMPUTED, at,
                    kind=tie.kind, party=label, since=tie.since, until=tie.until,
                )  # fmt: skip
    for gone in known.values():
        gone.ended_at, gone.ended_by = at, by
        gone.save()
    _look_for_likenesses(circles, items, reviewers, at)
    return new


def _look_for_likenesses(
    circles: adapter.Circles, items: Sequence[Item], reviewers: Sequence[Reviewer], at: datetime
) -> None:
    """Keep whom a name alone may mean for a person to look at; open ones whose name is gone go."""
    known = {
        (
            possible_conflict.reviewer_id,
            possible_conflict.application_id,
            possible_conflict.kind,
            possible_conflict.party,
        ): possible_conflict
        for possible_conflict in PossibleConflict.objects.filter(application__item__in=items)
    }
    certain = set(
        queries.conflicts_of(items).values_list("reviewer", "application", "kind", "party")
    )
    new = {}
    for item, reviewer in product(items, reviewers):
        for tie in circles.possible(item, reviewer):
            key = (reviewer.pk, item.application_id, tie.kind, adapter.name_of(tie.party))
            if known.pop(key, None) is None and key not in certain:
                new[key] = PossibleConflict(
                    reviewer=reviewer, application=item.application, kind=tie.kind, party=key[3],
                    since=tie.since, until=tie.until, created_at=at,
                )  # fmt: skip
    PossibleConflict.objects.bulk_create(new.values(), ignore_conflicts=True)
    gone = [
        possible_conflict.pk
        for possible_conflict in known.values()
        if possible_conflict.is_confirmed is None
    ]
    PossibleConflict.objects.filter(pk__in=gone).delete()


@transaction.atomic
def answer_possible_conflict(
    *, possible: PossibleConflict, is_confirmed: bool, reason: str, by: User, at: datetime
) -> PossibleConflict:
    """Say whether a name means the person whom a reviewer worked with, and how one knows.

    Confirmed it is a conflict that the office noted, with all that follows. Raises Refused.
    """
    item = Item.objects.select_related("application").get(application=possible.application_id)
    locked(item.selection)
    possible = PossibleConflict.objects.select_for_update(of=("self",)).get(pk=possible.pk)
    permissions.may_answer_possible_conflict(by, possible).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    possible.is_confirmed, possible.reason = is_confirmed, reason.strip()
    possible.answered_by, possible.answered_at = by, at
    possible.save()
    if is_confirmed:
        _keep(
            possible.reviewer, item, Source.PINNED, at, by=by, kind=possible.kind,
            party=possible.party, since=possible.since, until=possible.until,
            reason=possible.reason,
        )  # fmt: skip
    return possible


@transaction.atomic
def declare_conflict(*, item: Item, reason: str, by: User, at: datetime) -> None:
    """Say that one is in conflict with an application that one was given. Raises Refused.

    From then on nothing of it is read; a sheet handed in no longer counts.
    """
    locked(item.selection)
    if not queries.items_read_by(by).filter(pk=item.pk).exists():
        raise Refused(Reason.NOT_ON_THE_PANEL)
    reviewer = queries.reviewer_of(by)
    if reviewer is None or not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    _keep(reviewer, item, Source.DECLARED, at, kind="declared", reason=reason.strip(), by=by)


@transaction.atomic
def pin_conflict(*, item: Item, reviewer: Reviewer, reason: str, by: User, at: datetime) -> None:
    """Note a conflict that no record knows; whoever is in it cannot undo it. Raises Refused."""
    permissions.may_run(by).require()
    locked(item.selection)
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    _keep(reviewer, item, Source.PINNED, at, kind="pinned", reason=reason.strip(), by=by)


@transaction.atomic
def lift_conflict(*, conflict: Conflict, by: User, at: datetime) -> None:
    """Take back what the office noted; facts and declarations stay. Raises Refused."""
    permissions.may_run(by).require()
    conflict = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if conflict.source != Source.PINNED or conflict.ended_at:
        raise Refused(Reason.STAGE_CLOSED)
    conflict.ended_at, conflict.ended_by = at, by
    conflict.save()


def _keep(
    reviewer: Reviewer, item: Item, source: Source, at: datetime, *, by: User | None = None,
    **values: object,
) -> int:  # fmt: skip
    """Keep a conflict, and tell the office what it re-opens; return 1 when it is new."""
    _conflict, is_new = Conflict.objects.get_or_create(
        reviewer=reviewer,
        application=item.application,
        source=source,
        kind=values.get("kind", ""),
        party=values.get("party", ""),
        ended_at=None,
        defaults={**values, "created_by": by, "created_at": at},
    )
    if is_new and (touched := reopened(reviewer, item, at)):
        tell(
            recipients=officers(),
            kind=conflict_reopened,
            facts={
                "number": item.application.number, "reviewer": str(reviewer), "touched": touched,
            },
            url=reverse("selection:selection", args=[item.selection_id]),
            at=at,
        )  # fmt: skip
    return int(is_new)
