"""What firms answer years after a project becomes outcomes, once."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.outcomes import queries
from dure.apps.outcomes.kinds import WON, Source
from dure.apps.outcomes.models import Outcome
from dure.apps.outcomes.operations.reporting import enter
from dure.apps.people.models import Organisation
from dure.apps.projects.kinds import MemberRole, PromiseKept, Success
from dure.apps.projects.models import FollowUp
from dure.foundation.advisory_lock import advisory_lock

LOCK = 4_710_031  # any number, the same in every process
LICENCE, INVESTMENT = Success.LICENCE, Success.INVESTMENT


def take_follow_ups(*, at: datetime) -> int:
    """Take in every answer of which nothing was taken in yet; returns how many outcomes came."""
    with advisory_lock(LOCK, is_patient=True), transaction.atomic():
        return sum(
            _take(reported_follow_up, at) for reported_follow_up in queries.reported_follow_ups()
        )


def _take(follow_up: FollowUp, at: datetime) -> int:
    members = {
        member.role: member for member in follow_up.project.members.select_related("organisation")
    }
    lead = members.get(MemberRole.LEAD)
    if lead is None:
        return 0
    demand = members.get(MemberRole.DEMAND)
    made = list(_said(follow_up, lead.organisation, demand.organisation if demand else None))
    for outcome in made:
        enter(outcome, by=None, at=at, anchor=("project", follow_up.project))
    return len(made)


def _said(follow_up: FollowUp, firm: Organisation, buyer: Organisation | None) -> Iterator[Outcome]:
    """What an answer says, kind by kind; a nought says nothing."""
    if follow_up.sales:
        yield _outcome(follow_up, firm, "sales", amount=Decimal(follow_up.sales), currency=WON)
    if follow_up.jobs:
        yield _outcome(follow_up, firm, "jobs", count=follow_up.jobs)
    if buyer and follow_up.promise in (PromiseKept.KEPT, PromiseKept.IN_PART):
        yield _outcome(follow_up, firm, "purchase", counterpart=buyer)
    for success, kind in ((LICENCE, "licence"), (INVESTMENT, "investment")):
        if success in follow_up.successes:
            yield _outcome(follow_up, firm, kind)


def _outcome(follow_up: FollowUp, firm: Organisation, kind: str, **values: object) -> Outcome:
    return Outcome(
        kind=kind,
        title=follow_up.project.title[:200],
        organisation=firm,
        on=localdate(follow_up.answered_at),
        note=follow_up.text,
        source=Source.FOLLOW_UP,
        follow_up=follow_up,
        reported_for=firm,
        reported_as=follow_up.answered_as,
        reported_at=follow_up.answered_at,
        **values,
    )
