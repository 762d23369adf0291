"""Rounds of verification: every candidate is kept, held back or dropped, with a reason."""

from datetime import date, datetime

from django.db import transaction

from dure.apps.challenges import permissions, queries
from dure.apps.challenges.models import Candidate, Decision, Discovery, Judgement, Round
from dure.apps.challenges.operations.discovering import locked
from dure.apps.challenges.operations.telling import tell_owners
from dure.apps.challenges.reasons import Reason
from dure.apps.challenges.stages import CandidateStage, DiscoveryStage, RoundStage
from dure.apps.people.models import User
from dure.foundation.verdict import Refused

ENDS = {Decision.HOLD: CandidateStage.HELD, Decision.DROP: CandidateStage.DROPPED}


@transaction.atomic
def open_round(*, discovery: Discovery, held_on: date, by: User) -> Round:
    """Open the next round; what was held back comes up again. Raises Refused."""
    permissions.may_run(by).require()
    discovery = locked(discovery)
    if discovery.stage != DiscoveryStage.VERIFYING:
        raise Refused(Reason.STAGE_CLOSED)
    if queries.open_round(discovery):
        raise Refused(Reason.ROUND_OPEN)
    discovery.candidates.filter(stage=CandidateStage.HELD).update(
        stage=CandidateStage.IN_REVIEW, reason=""
    )
    number = discovery.rounds.count() + 1
    return Round.objects.create(discovery=discovery, number=number, held_on=held_on, opened_by=by)


@transaction.atomic
def judge(*, candidate: Candidate, decision: str, reason: str, by: User, at: datetime) -> Judgement:
    """Record what the committee decided in the open round; until it closes it can be changed.

    Holding back and dropping need a reason. Raises Refused.
    """
    discovery = locked(candidate.discovery)
    candidate = Candidate.objects.select_related("discovery", "centre").get(pk=candidate.pk)
    permissions.may_judge(by, candidate).require()
    decision, reason = Decision(decision), reason.strip()
    if decision != Decision.KEEP and not reason:
        raise Refused(Reason.REASON_MISSING)
    judgement, _is_new = Judgement.objects.update_or_create(
        round=queries.open_round(discovery),
        candidate=candidate,
        defaults={
            "version": candidate.text,
            "decision": decision,
            "reason": reason,
            "by": by,
            "created_at": at,
        },
    )
    return judgement


@transaction.atomic
def close_round(*, discovery: Discovery, by: User, at: datetime) -> Round:
    """End the open round: what is dropped or held back leaves, with its reason. Raises Refused."""
    permissions.may_run(by).require()
    discovery = locked(discovery)
    current = queries.open_round(discovery)
    if current is None:
        raise Refused(Reason.NO_ROUND)
    if queries.unjudged(current).exists():
        raise Refused(Reason.NOT_ALL_JUDGED)
    for judgement in current.judgements.select_related("candidate"):
        candidate = judgement.candidate
        ended = ENDS.get(Decision(judgement.decision))
        if ended and candidate.stage == CandidateStage.IN_REVIEW:
            candidate.stage, candidate.reason = ended, judgement.reason
            candidate.save()
            tell_owners([candidate], ended, at)
    current.stage = RoundStage.CLOSED
    current.save()
    return current
