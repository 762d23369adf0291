"""Firms as documents of the matching engine, and what ties two of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from dure.apps.mentoring import queries
from dure.apps.mentoring.kinds import Tie, rules
from dure.apps.mentoring.models import Case, Profile
from dure.apps.people.models import Organisation
from dure.engines import conflicts, matching
from dure.foundation import proposing
from dure.foundation.ties import organisation, ties_of

MOST_PROPOSED = 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """A senior firm that the engine proposes, why, and what ties it to the junior one."""

    profile: Profile
    fit: proposing.Fit
    ties: tuple[Tie, ...]


def proposals_for(case: Case, profiles: Iterable[Profile], on: date) -> list[Proposal]:
    """The best of the profiles for a firm, without those that a tie bars from it."""
    wanted = queries.own_profile(case.organisation)
    if wanted is None:
        return []
    known = {str(profile.pk): profile for profile in profiles}
    tied = ties_with(case.organisation, [profile.organisation for profile in known.values()], on)
    documents = {
        code: document_of(profile)
        for code, profile in known.items()
        if not any(tie.bars for tie in tied.get(profile.organisation_id, ()))
    }
    fits = proposing.fits_for(_wish_of(wanted), documents, MOST_PROPOSED)
    return [
        Proposal(known[fit.id], fit, tied.get(known[fit.id].organisation_id, ())) for fit in fits
    ]


def ties_with(
    firm: Organisation, others: Sequence[Organisation], on: date
) -> dict[int, tuple[Tie, ...]]:
    """What ties a firm to each of some others on a day, by their keys; who is not tied is not there."""
    keys = {firm.pk, *(other.pk for other in others)}
    facts = [*ties_of([], keys), *_rivals(keys), *_disputes(firm)]
    policy, known = rules().policy, {tie.kind: tie for tie in rules().ties}
    tied = {}
    for other in others:
        pair = conflicts.find(organisation(firm.pk), [organisation(other.pk)], facts, policy, on)
        if kinds := {conflict.kind for conflict in pair}:
            tied[other.pk] = tuple(tie for kind, tie in known.items() if kind in kinds)
    return tied


def document_of(profile: Profile) -> matching.Document:
    """What the engine reads of a senior firm."""
    firm = profile.organisation
    return matching.Document(
        str(profile.pk), firm.name, profile.teaches, matching.Kind.PROFILE,
        region=firm.region, organisation=str(firm.pk),
    )  # fmt: skip


def _wish_of(profile: Profile) -> matching.Document:
    firm = profile.organisation
    return matching.Document(
        f"wish-{profile.pk}", "", profile.wants, matching.Kind.NEED,
        region=firm.region, organisation=str(firm.pk),
    )  # fmt: skip


def _rivals(keys: Iterable[int]) -> Iterable[conflicts.Fact]:
    for rival in queries.rivals_of(list(keys)):
        yield conflicts.Fact(
            "rivalry", organisation(rival.organisation_id), organisation(rival.rival_id),
            rival.named_on,
        )  # fmt: skip


def _disputes(firm: Organisation) -> Iterable[conflicts.Fact]:
    for asker, other, began_at, ended_at in queries.disputes_of(firm):
        yield conflicts.Fact(
            "dispute", organisation(asker), organisation(other), localdate(began_at),
            localdate(ended_at) if ended_at else None,
        )  # fmt: skip
