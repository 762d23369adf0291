"""Conflicts of interest: computed from facts, declared by either side, noted by the office."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from dure.apps.applications.models import Application
from dure.apps.applications.queries import members_of
from dure.apps.calls.queries import officers
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.apps.selection import adapter, permissions, queries
from dure.apps.selection.kinds import Source
from dure.apps.selection.models import Conflict, Item, Reviewer, Selection
from dure.apps.selection.notices import conflict_reopened
from dure.apps.selection.operations.locking import locked
from dure.apps.selection.operations.reopening import reopened
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ReviewerStage
from dure.engines import conflicts
from dure.foundation import ties
from dure.foundation.verdict import Refused


@transaction.atomic
def find_conflicts(*, selection: Selection, by: User, at: datetime) -> int:
    """Compute all conflicts of a selection anew; return how many are new. Raises Refused.

    One whose facts are gone ends. What was declared of an application or noted stays as it is.
    """
    permissions.may_run(by).require()
    return found_anew(selection, by, at)


@transaction.atomic
def found_anew(selection: Selection, by: User, at: datetime) -> int:
    """Compute them whoever asks: because something was declared."""
    locked(selection)
    reviewers = list(Reviewer.objects.filter(stage=ReviewerStage.ACTIVE).select_related("user"))
    new = 0
    items = list(selection.items.select_related("application__challenge"))
    parties = {item.pk: _parties(item) for item in items}
    bodies = {party for those in parties.values() for party in those}
    policy, on = queries.policy_of(selection), localtime(at).date()
    leaders = _numbers(bodies, "person")
    people = [*(each.user for each in reviewers), *User.objects.filter(pk__in=leaders)]
    facts = (
        *ties.ties_of(
            [*(each.user_id for each in reviewers), *leaders], _numbers(bodies, "organisation")
        ),
        *adapter.declared_facts(queries.standing_interests(), people, policy),
    )
    known = {
        (conflict.reviewer_id, conflict.application_id, conflict.kind, conflict.party): conflict
        for conflict in queries.conflicts_of(items).filter(source=Source.COMPUTED)
    }
    for item in items:
        for reviewer in reviewers:
            me = ties.person(reviewer.user_id)
            for found in conflicts.find(me, parties[item.pk], facts, policy, on):
                label = _name_of(found.party)
                if known.pop((reviewer.pk, item.application_id, found.kind, label), None) is None:
                    new += _keep(
                        reviewer, item, Source.COMPUTED, at,
                        kind=found.kind, party=label, since=found.since, until=found.until,
                    )  # fmt: skip
    for gone in known.values():
        gone.ended_at, gone.ended_by = at, by
        gone.save()
    return new


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
    if is_new and item.panel_id is not None and (touched := reopened(reviewer, item, at)):
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


def _parties(item: Item) -> list[str]:
    """Everybody whom an application stands for: its organisations, its people, the challenge's owner."""
    application: Application = item.application
    found = [ties.organisation(member.organisation_id) for member in members_of(application)]
    found += [ties.person(application.leader_id), ties.person(application.created_by_id)]
    if application.challenge is not None:
        found.append(ties.organisation(application.challenge.organisation_id))
    return list(dict.fromkeys(found))


def _numbers(parties: Iterable[str], kind: str) -> list[int]:
    split = (party.partition(":") for party in parties)
    return sorted(int(number) for name, _colon, number in split if name == kind)


def _name_of(party: str) -> str:
    """Return what a party is called; a group by its number alone, as its firms are named."""
    kind, _colon, number = party.partition(":")
    if kind == "organisation":
        return str(Organisation.objects.get(pk=number))
    return str(User.objects.get(pk=number)) if kind == "person" else party
