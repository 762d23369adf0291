"""Conflicts of interest: computed from facts, declared by either side, noted by the office."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

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
    new = 0
    items = list(selection.items.select_related("application__challenge", "submission"))
    named = {item.pk: adapter.taking_part(item) for item in items}
    parties = {
        item.pk: [*_parties(item), *dict.fromkeys(each.party for each in named[item.pk])]
        for item in items
    }
    bodies = {party for those in parties.values() for party in those}
    policy, days = queries.policy_of(selection), queries.days_that_count(selection, localdate(at))
    leaders = _numbers(bodies, "person")
    accounts = {each.user_id: each.user for each in reviewers}
    accounts |= {each.pk: each for each in User.objects.filter(pk__in=leaders)}
    known_people = [
        *adapter.accounts(accounts.values()), *(each for those in named.values() for each in those)
    ]  # fmt: skip
    facts = (
        *ties.ties_of(
            [*(each.user_id for each in reviewers), *leaders], _numbers(bodies, "organisation")
        ),
        *adapter.declared_facts(queries.standing_interests(), known_people, policy),
        *adapter.shared_works(queries.works_with_others(reviewers), known_people),
    )
    known = {
        (conflict.reviewer_id, conflict.application_id, conflict.kind, conflict.party): conflict
        for conflict in queries.conflicts_of(items).filter(source=Source.COMPUTED)
    }
    for item in items:
        for reviewer in reviewers:
            me = ties.person(reviewer.user_id)
            for found in _found(me, parties[item.pk], facts, policy, days):
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


def _found(
    me: str, parties: list[str], facts: tuple[conflicts.Fact, ...], policy: conflicts.Policy,
    days: Iterable[date],
) -> list[conflicts.Conflict]:  # fmt: skip
    found = (each for on in days for each in conflicts.find(me, parties, facts, policy, on))
    return list(dict.fromkeys(found))


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


def _parties(item: Item) -> list[str]:
    """Everybody with an account whom an application stands for, and the challenge's owner."""
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
    if kind == "named":
        return number.partition(":")[2]
    return str(User.objects.get(pk=number)) if kind == "person" else party
