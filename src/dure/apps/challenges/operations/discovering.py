"""A discovery from its opening to the announcement of what was selected."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from dure.apps.challenges import permissions, queries
from dure.apps.challenges.models import Candidate, Centre, CommitteeMember, Discovery
from dure.apps.challenges.operations.telling import tell_owners
from dure.apps.challenges.reasons import Reason
from dure.apps.challenges.stages import DISCOVERY_NEXT, CandidateStage, DiscoveryStage
from dure.apps.people.models import Organisation, User
from dure.foundation.verdict import Refused


@transaction.atomic
def open_discovery(
    *, name: str, name_en: str, year: int, places: int, gathers_until: datetime, by: User,
    at: datetime,
) -> Discovery:  # fmt: skip
    """Begin a year's search for challenges. Raises Refused."""
    permissions.may_run(by).require()
    return Discovery.objects.create(
        name=name.strip(),
        name_en=name_en.strip(),
        year=year,
        places=places,
        gathers_until=gathers_until,
        created_by=by,
        created_at=at,
    )


@transaction.atomic
def add_centre(
    *, discovery: Discovery, organisation: Organisation, quota: int | None, by: User
) -> Centre:
    """Let a centre gather, or change how many it may bring. Raises Refused."""
    permissions.may_run(by).require()
    discovery = locked(discovery)
    if discovery.stage != DiscoveryStage.GATHERING:
        raise Refused(Reason.STAGE_CLOSED)
    centre, _is_new = Centre.objects.update_or_create(
        discovery=discovery, organisation=organisation, defaults={"quota": quota}
    )
    return centre


@transaction.atomic
def name_committee(
    *, discovery: Discovery, members: Collection[User], chair: User | None, by: User
) -> list[CommitteeMember]:
    """Say who sits in the committee; whoever is not named leaves it. Raises Refused."""
    permissions.may_run(by).require()
    discovery = locked(discovery)
    if DiscoveryStage(discovery.stage) not in (DiscoveryStage.GATHERING, DiscoveryStage.VERIFYING):
        raise Refused(Reason.STAGE_CLOSED)
    discovery.committee.all().delete()
    named = {*members, *([chair] if chair else [])}
    return CommitteeMember.objects.bulk_create(
        CommitteeMember(discovery=discovery, user=user, is_chair=user == chair)
        for user in sorted(named, key=lambda user: user.pk)
    )


@transaction.atomic
def start_verification(*, discovery: Discovery, by: User) -> Discovery:
    """End the gathering; what was gathered goes to the committee. Raises Refused."""
    permissions.may_run(by).require()
    discovery = _moved(discovery, DiscoveryStage.VERIFYING)
    discovery.candidates.filter(stage=CandidateStage.GATHERED).update(
        stage=CandidateStage.IN_REVIEW
    )
    return discovery


@transaction.atomic
def select(
    *, discovery: Discovery, candidates: Collection[Candidate], by: User, at: datetime
) -> Discovery:
    """Select what is announced among what the last round kept; the rest is dropped.

    At most as many as there are places. The owners approve the texts next. Raises Refused.
    """
    permissions.may_run(by).require()
    discovery = locked(discovery)
    if queries.open_round(discovery):
        raise Refused(Reason.ROUND_OPEN)
    chosen = {candidate.pk for candidate in candidates}
    if not chosen:
        raise Refused(Reason.NONE_SELECTED)
    if len(chosen) > discovery.places:
        raise Refused(Reason.TOO_MANY)
    if chosen - {candidate.pk for candidate in queries.kept(discovery)}:
        raise Refused(Reason.NOT_JUDGED)
    _moved(discovery, DiscoveryStage.DECIDED)
    discovery.candidates.filter(pk__in=chosen).update(stage=CandidateStage.SELECTED)
    left = discovery.candidates.filter(stage__in=[CandidateStage.IN_REVIEW, CandidateStage.HELD])
    left_out = list(left)
    left.update(stage=CandidateStage.DROPPED, reason=NOT_AMONG_THE_SELECTED)
    tell_owners(discovery.candidates.filter(pk__in=chosen), CandidateStage.SELECTED, at)
    tell_owners(left_out, CandidateStage.DROPPED, at, reason=NOT_AMONG_THE_SELECTED)
    discovery.decided_by, discovery.decided_at = by, at
    discovery.stage = DiscoveryStage.DECIDED
    discovery.save()
    return discovery


@transaction.atomic
def announce(*, discovery: Discovery, by: User, at: datetime) -> Discovery:
    """Publish the selected challenges with the texts that their owners approved. Raises Refused."""
    discovery = locked(discovery)
    permissions.may_announce(by, discovery).require()
    discovery = _moved(discovery, DiscoveryStage.ANNOUNCED)
    discovery.announced_by, discovery.announced_at = by, at
    discovery.save()
    tell_owners(discovery.candidates.filter(stage=CandidateStage.SELECTED), "ANNOUNCED", at)
    return discovery


@transaction.atomic
def call_off(*, discovery: Discovery, reason: str, by: User) -> Discovery:
    """End a discovery without a result. Raises Refused."""
    permissions.may_run(by).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    discovery = _moved(discovery, DiscoveryStage.CANCELLED)
    discovery.reason = reason.strip()
    discovery.save()
    return discovery


NOT_AMONG_THE_SELECTED = (
    "자리가 모자라 선정하지 않았습니다. / There were fewer places than candidates."
)


def locked(discovery: Discovery) -> Discovery:
    """The discovery as it is now, kept from others until the end of the transaction.

    Whatever changes a discovery or its candidates locks the discovery first.
    """
    return Discovery.objects.select_for_update().get(pk=discovery.pk)


def _moved(discovery: Discovery, stage: DiscoveryStage) -> Discovery:
    discovery = locked(discovery)
    if stage not in DISCOVERY_NEXT[DiscoveryStage(discovery.stage)]:
        raise Refused(Reason.STAGE_CLOSED)
    discovery.stage = stage
    discovery.save()
    return discovery
