"""A call from its announcement to its end."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from dure.apps.calls import permissions, queries
from dure.apps.calls.events import CallEnded, DeadlineMoved
from dure.apps.calls.models import Call, CallMode, Proposal, ProposalKind, Round
from dure.apps.calls.notices import call_announced, call_ended, call_extended, call_proposed
from dure.apps.calls.operations.drafting import check_whole
from dure.apps.calls.operations.telling import keep, locked, moment, tell_followers, tell_of
from dure.apps.calls.reasons import Reason
from dure.apps.calls.stages import CALL_NEXT, CallStage, ProposalStage
from dure.apps.people.models import User
from dure.foundation.announce import announce as tell_apps
from dure.foundation.verdict import Refused


@transaction.atomic
def announce(*, call: Call, by: User, at: datetime) -> Call:
    """Announce a draft: from now on its text is fixed. Raises Refused."""
    call = locked(call)
    permissions.may_announce(by, call).require()
    check_whole(call, at)
    call.stage, call.announced_by, call.announced_at = CallStage.ANNOUNCED, by, at
    keep(call, at, "stage", "announced_by", "announced_at")
    tell_of(call, call_announced, queries.people_alerted_to(call), at)
    return call


@transaction.atomic
def close_early(*, call: Call, reason: str, by: User, at: datetime) -> Call:
    """Close a call before its deadline, say because the money is used up. Raises Refused."""
    call = locked(call)
    permissions.may_close_early(by, call).require()
    call.reason = _said(reason)
    return _ended(call, CallStage.CLOSED_EARLY, by, at)


@transaction.atomic
def close_due(*, at: datetime) -> int:
    """Close the calls whose deadline has passed; how many. Whoever runs it twice changes nothing."""
    due = list(queries.calls_to_close(at).select_for_update(skip_locked=True))
    for call in due:
        _ended(call, CallStage.CLOSED, None, at)
    return len(due)


@transaction.atomic
def propose_extension(
    *, call: Call, until: datetime, reason: str, by: User, at: datetime
) -> Proposal:
    """Propose a later deadline for everybody, say after an outage. Raises Refused.

    In a call with rounds it is that of the round which is open or closed last.
    """
    call = locked(call)
    permissions.may_propose_extension(by, call).require()
    _check_later(call, until, at)
    return _proposed(call, ProposalKind.EXTEND, until, reason, by, at)


@transaction.atomic
def propose_cancellation(*, call: Call, reason: str, by: User, at: datetime) -> Proposal:
    """Propose to cancel an announced call. Raises Refused."""
    call = locked(call)
    permissions.may_propose_cancellation(by, call).require()
    return _proposed(call, ProposalKind.CANCEL, None, reason, by, at)


@transaction.atomic
def confirm(*, proposal: Proposal, by: User, at: datetime) -> Call:
    """Do what another officer proposed. Raises Refused."""
    call = locked(proposal.call)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    permissions.may_confirm(by, proposal).require()
    if proposal.kind == ProposalKind.EXTEND:
        permissions.may_extend(by, call).require()
        _check_later(call, proposal.until, at)
        _settle(proposal, ProposalStage.CONFIRMED, by, at)
        return _extended(call, proposal, at)
    permissions.may_add(by, call).require()
    _settle(proposal, ProposalStage.CONFIRMED, by, at)
    call.reason = proposal.reason
    return _ended(call, CallStage.CANCELLED, by, at)


@transaction.atomic
def take_back(*, proposal: Proposal, by: User, at: datetime) -> Proposal:
    """Take a proposal off the table. Raises Refused."""
    locked(proposal.call)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    permissions.may_take_back(by, proposal).require()
    return _settle(proposal, ProposalStage.TAKEN_BACK, by, at)


def hold_call(call: Call) -> Call:
    """The call, kept from others until the end of the transaction: for apps that open what it got."""
    return locked(call)


@transaction.atomic
def note_opening(
    *,
    call: Call,
    by: User | None = None,
    at: datetime,
    within: Round | None = None,
    is_early: bool = False,
) -> Call:
    """Keep that the first application of a call, or of a round of it, is opened: no deadline moves
    any more.

    Nobody (`by`) is asked when the deadline job opens. Before the deadline (`is_early`) two
    officers have decided it. Raises Refused.
    """
    call = locked(call)
    if by is not None:
        permissions.may_run(by).require()
    if not is_early:
        permissions.is_openable(call, at, within).require()
    if within is not None:
        Round.objects.filter(pk=within.pk, opened_at=None).update(opened_at=at)
    is_whole = within is None or not call.rounds.filter(opened_at=None).exists()
    if is_whole and call.opened_at is None:
        call.opened_at = at
        call.save(update_fields=["opened_at"])
    return call


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    return reason.strip()


def _proposed(
    call: Call, kind: ProposalKind, until: datetime | None, reason: str, by: User, at: datetime
) -> Proposal:
    made = Proposal.objects.create(
        call=call, kind=kind, until=until, reason=_said(reason), proposed_by=by, proposed_at=at
    )
    others = queries.officers().exclude(pk=by.pk)
    tell_of(call, call_proposed, others, at, until=moment(until))
    return made


def _settle(proposal: Proposal, stage: ProposalStage, by: User, at: datetime) -> Proposal:
    proposal.stage, proposal.settled_by, proposal.settled_at = stage, by, at
    proposal.save(update_fields=["stage", "settled_by", "settled_at"])
    return proposal


def _round_to_extend(call: Call, at: datetime) -> Round | None:
    """The round that is open, else the one that closed last."""
    if call.mode != CallMode.ROUNDS:
        return None
    begun = call.rounds.filter(opens_at__lte=at).order_by("-number").first()
    return begun or call.rounds.order_by("number").first()


def _check_later(call: Call, until: datetime, at: datetime) -> None:
    current = _round_to_extend(call, at)
    if current is not None and current.opened_at:
        raise Refused(Reason.OPENED_ALREADY)
    holds = call.deadline_at if current is None else current.deadline_at
    if until <= holds or until <= at:
        raise Refused(Reason.NOT_LATER)
    after = call.rounds.filter(number__gt=current.number).first() if current else None
    if after is not None and until > after.opens_at:
        raise Refused(Reason.ROUNDS_OVERLAP)


def _extended(call: Call, proposal: Proposal, at: datetime) -> Call:
    current = _round_to_extend(call, at)
    if current is not None:
        current.deadline_at = proposal.until
        current.save(update_fields=["deadline_at"])
    before = call.deadline_at
    call.deadline_at = max(before, proposal.until)
    call.stage, call.ended_by, call.ended_at = CallStage.ANNOUNCED, None, None
    keep(call, at, "deadline_at", "stage", "ended_by", "ended_at")
    # Recommending bodies keep as much time after the deadline as they had.
    call.recommenders.update(until=F("until") + (call.deadline_at - before))
    tell_followers(call, call_extended, at, until=moment(proposal.until), reason=proposal.reason)
    tell_apps(DeadlineMoved(call.pk, None, at))
    return call


def _ended(call: Call, stage: CallStage, by: User | None, at: datetime) -> Call:
    if stage not in CALL_NEXT[CallStage(call.stage)]:
        raise Refused(Reason.STAGE_CLOSED)
    call.stage, call.ended_by, call.ended_at = stage, by, at
    keep(call, at, "stage", "ended_by", "ended_at", "reason")
    if stage != CallStage.CLOSED:
        pending = call.proposals.filter(stage=ProposalStage.PROPOSED)
        pending.update(stage=ProposalStage.TAKEN_BACK, settled_by=by, settled_at=at)
        tell_followers(call, call_ended, at, stage=stage, reason=call.reason)
    tell_apps(CallEnded(call.pk, stage, at))
    return call
