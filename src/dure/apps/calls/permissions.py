"""Who may do what with calls."""

from datetime import datetime

from dure.apps.calls import queries
from dure.apps.calls.models import Call, Proposal, Question, Round
from dure.apps.calls.reasons import Reason
from dure.apps.calls.stages import CallStage, ProposalStage, State
from dure.apps.people.queries import Reader
from dure.foundation.verdict import YES, Verdict

MOST_WAITING_QUESTIONS = 5
_RUNNING = (CallStage.ANNOUNCED, CallStage.CLOSED)


def may_run(user: Reader) -> Verdict:
    """Write calls and do everything with them that needs one officer."""
    return YES if queries.is_office(user) else Verdict(Reason.NOT_AN_OFFICER)


def may_edit(user: Reader, call: Call) -> Verdict:
    """Change a draft; what is announced is fixed."""
    if not (verdict := may_run(user)):
        return verdict
    if call.stage == CallStage.DRAFT:
        return YES
    return Verdict(Reason.FROZEN if call.stage in _RUNNING else Reason.STAGE_CLOSED)


def may_announce(user: Reader, call: Call) -> Verdict:
    """Announce a draft: an officer who did not change it last."""
    if not (verdict := may_run(user)):
        return verdict
    if call.stage != CallStage.DRAFT:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.SECOND_PERSON) if call.edited_by_id == user.pk else YES


def may_discard(user: Reader, call: Call) -> Verdict:
    """Give a draft up."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if call.stage == CallStage.DRAFT else Verdict(Reason.STAGE_CLOSED)


def may_add(user: Reader, call: Call) -> Verdict:
    """Announce an addendum."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if call.stage in _RUNNING else Verdict(Reason.STAGE_CLOSED)


def may_watch(user: Reader, call: Call) -> Verdict:
    """Be told what is announced of a call."""
    if not user.is_authenticated:
        return Verdict(Reason.NOT_SIGNED_IN)
    return YES if call.stage in _RUNNING else Verdict(Reason.STAGE_CLOSED)


def may_ask(user: Reader, call: Call, at: datetime) -> Verdict:
    """Ask something, from the announcement until the call closes."""
    if not user.is_authenticated:
        return Verdict(Reason.NOT_SIGNED_IN)
    if queries.state_of(call, at) not in (State.TO_COME, State.OPEN):
        return Verdict(Reason.QUESTIONS_CLOSED)
    waiting = call.questions.filter(requested_by=user.pk, answered_at__isnull=True)
    if waiting.count() >= MOST_WAITING_QUESTIONS:
        return Verdict(Reason.TOO_MANY_QUESTIONS)
    return YES


def may_answer(user: Reader, question: Question) -> Verdict:
    """Answer a question, once, to everybody."""
    if not (verdict := may_run(user)):
        return verdict
    return Verdict(Reason.ANSWERED_ALREADY) if question.answered_at else YES


def may_extend(user: Reader, call: Call) -> Verdict:
    """Give an organisation a later deadline, before anything is opened."""
    if not (verdict := may_run(user)):
        return verdict
    if call.stage not in _RUNNING:
        return Verdict(Reason.STAGE_CLOSED)
    if call.deadline_at is None:
        return Verdict(Reason.NO_DEADLINE)
    return Verdict(Reason.OPENED_ALREADY) if call.opened_at else YES


def may_propose_extension(user: Reader, call: Call) -> Verdict:
    """Propose a later deadline for everybody."""
    if not (verdict := may_extend(user, call)):
        return verdict
    return Verdict(Reason.PROPOSED_ALREADY) if queries.pending_proposal(call) else YES


def may_propose_cancellation(user: Reader, call: Call) -> Verdict:
    """Propose to cancel an announced call."""
    if not (verdict := may_add(user, call)):
        return verdict
    return Verdict(Reason.PROPOSED_ALREADY) if queries.pending_proposal(call) else YES


def may_confirm(user: Reader, proposal: Proposal) -> Verdict:
    """Confirm what another officer proposed."""
    if not (verdict := may_run(user)):
        return verdict
    if proposal.stage != ProposalStage.PROPOSED:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.SECOND_CONFIRMS) if proposal.proposed_by_id == user.pk else YES


def may_take_back(user: Reader, proposal: Proposal) -> Verdict:
    """Take a proposal off the table: any officer, also its own."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if proposal.stage == ProposalStage.PROPOSED else Verdict(Reason.STAGE_CLOSED)


def may_close_early(user: Reader, call: Call) -> Verdict:
    """Close an announced call before its deadline, with a reason."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if call.stage == CallStage.ANNOUNCED else Verdict(Reason.STAGE_CLOSED)


def may_name_recommenders(user: Reader, call: Call) -> Verdict:
    """Say which bodies recommend, how many, and until when."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if call.stage in (CallStage.DRAFT, *_RUNNING) else Verdict(Reason.STAGE_CLOSED)


def may_hand_over(user: Reader, call: Call) -> Verdict:
    """Put another officer in charge, in every stage of a call."""
    return may_run(user)


def may_write_letters(user: Reader, call: Call) -> Verdict:
    """Write to the lists of an announced call, also after its end."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if call.announced_at else Verdict(Reason.STAGE_CLOSED)


def may_open_applications(user: Reader, call: Call, at: datetime) -> Verdict:
    """Open what was handed in: after the last deadline, and with no extension proposed.

    A rolling call is not sealed.
    """
    return is_openable(call, at) if (verdict := may_run(user)) else verdict


def is_openable(call: Call, at: datetime, within: Round | None = None) -> Verdict:
    """Whether what was handed in, in a call or in one of its rounds, can be opened, whoever does it."""
    if call.stage in (CallStage.DRAFT, CallStage.CANCELLED):
        return Verdict(Reason.STAGE_CLOSED)
    last = queries.last_deadline(call, within)
    is_sealed = call.stage != CallStage.CLOSED_EARLY and last is not None and at < last
    return Verdict(Reason.STILL_SEALED) if is_sealed or queries.pending_proposal(call) else YES
