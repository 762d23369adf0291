"""Who may do what in councils. Other roles of the platform open nothing here."""

from datetime import date

from django.utils.timezone import localdate

from dure.apps.councils import queries
from dure.apps.councils.models import Elector, Meeting, Opinion, Seat, Vote, WinWinModel
from dure.apps.councils.reasons import Reason
from dure.apps.councils.stages import (
    CHANGEABLE,
    MODEL_NEXT,
    MeetingStage,
    ModelStage,
    VoteStage,
)
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict

FIRMS_MOVES = (ModelStage.PROPOSED, ModelStage.WITHDRAWN)


def may_run(user: Reader) -> Verdict:
    """Do what a council's secretary does."""
    return YES if queries.is_secretary(user) else Verdict(Reason.NOT_THE_SECRETARY)


def may_look(user: Reader, council: str) -> Verdict:
    """See who sits in a council, its meetings and votes."""
    if queries.is_secretary(user) or queries.seats_of(user).filter(council=council).exists():
        return YES
    return Verdict(Reason.NOT_A_MEMBER)


def may_sit(user: Reader) -> Verdict:
    """Take part in some council: who holds a seat today."""
    return YES if queries.seats_of(user).exists() else Verdict(Reason.NOT_A_MEMBER)


def may_give_opinions(user: Reader) -> Verdict:
    """Have an opinion to give."""
    asked = queries.opinions_waiting_for(user).exists()
    return YES if asked else Verdict(Reason.NOT_ASKED)


def may_propose(user: Reader) -> Verdict:
    """Write a model: people of a verified organisation, and the secretary for others."""
    is_of_firm = bool(roles_of(user).verified)
    return YES if is_of_firm or queries.is_secretary(user) else Verdict(Reason.NOT_OF_THE_MODEL)


def may_read(user: Reader, model: WinWinModel) -> Verdict:
    """Read what a model says: its firms and the secretary; others who know of it once they have
    promised to keep it secret."""
    if queries.is_secretary(user) or queries.is_of_firms(user, model):
        return YES
    if not queries.models_visible_to(user).filter(pk=model.pk).exists():
        return Verdict(Reason.NOT_OF_THE_MODEL)
    if model.is_secret and not queries.has_undertaken(user, model):
        return Verdict(Reason.UNDERTAKE_FIRST)
    return YES


def may_write(user: Reader, model: WinWinModel) -> Verdict:
    """Write a version of a model: its firms, and the secretary."""
    if not (queries.is_secretary(user) or queries.is_of_firms(user, model)):
        return Verdict(Reason.NOT_OF_THE_MODEL)
    return YES if model.stage in CHANGEABLE else Verdict(Reason.STAGE_CLOSED)


def may_move(user: Reader, model: WinWinModel, stage: str) -> Verdict:
    """Bring a model to a stage: its firms propose it and take it back, the rest is the secretary's."""
    is_firms = stage in FIRMS_MOVES and queries.is_of_firms(user, model)
    if not (is_firms or queries.is_secretary(user)):
        return Verdict(Reason.NOT_OF_THE_MODEL)
    return YES if stage in MODEL_NEXT[ModelStage(model.stage)] else Verdict(Reason.STAGE_CLOSED)


def may_open_up(user: Reader, model: WinWinModel) -> Verdict:
    """End the secrecy of a model: managers of its firms alone."""
    managed = roles_of(user).managed
    if managed.isdisjoint({model.large_firm_id, model.small_firm_id}):
        return Verdict(Reason.NOT_OF_THE_MODEL)
    return YES if model.is_secret else Verdict(Reason.STAGE_CLOSED)


def may_comment(user: Reader, model: WinWinModel) -> Verdict:
    """Say something of a model that is proposed or deliberated on."""
    verdict = may_read(user, model)
    is_open = model.stage in (ModelStage.PROPOSED, ModelStage.DELIBERATED, ModelStage.RETURNED)
    return verdict if not verdict or is_open else Verdict(Reason.STAGE_CLOSED)


def may_answer(user: Reader, opinion: Opinion) -> Verdict:
    """Give an opinion: the person who was asked, once."""
    if opinion.asked_id != user.pk:
        return Verdict(Reason.NOT_ASKED)
    return Verdict(Reason.STAGE_CLOSED) if opinion.answered_at else may_read(user, opinion.model)


def may_attend(user: Reader, meeting: Meeting, seat: Seat) -> Verdict:
    """Come to a running meeting or leave it: oneself, or the secretary for others."""
    if meeting.stage != MeetingStage.OPEN:
        return Verdict(Reason.STAGE_CLOSED)
    is_own = seat.user_id == user.pk and seat.holds_on(localdate(meeting.starts_at))
    return YES if is_own or queries.is_secretary(user) else Verdict(Reason.NOT_A_MEMBER)


def may_declare(user: Reader, meeting: Meeting, seat: Seat) -> Verdict:
    """Declare an interest, or give a proxy, before or in a meeting."""
    if meeting.stage not in (MeetingStage.CALLED, MeetingStage.OPEN):
        return Verdict(Reason.STAGE_CLOSED)
    is_own = seat.user_id == user.pk
    return YES if is_own or queries.is_secretary(user) else Verdict(Reason.NOT_A_MEMBER)


def may_confirm(user: Reader, meeting: Meeting) -> Verdict:
    """Answer the minutes: who was there, once for each wording."""
    if meeting.stage != MeetingStage.CLOSED or not meeting.minutes_digest:
        return Verdict(Reason.STAGE_CLOSED)
    own = meeting.attendances.filter(seat__user=user.pk)
    if not own.exists():
        return Verdict(Reason.NOT_AT_THE_MEETING)
    confirmations = meeting.confirmations.filter(seat__user=user.pk, digest=meeting.minutes_digest)
    return Verdict(Reason.CONFIRMED_ALREADY) if confirmations.exists() else YES


def may_cast(user: Reader, elector: Elector, vote: Vote, today: date) -> Verdict:
    """Cast a vote: who holds it, still has a seat and is still there; once, while it is open."""
    if vote.stage != VoteStage.OPEN:
        return Verdict(Reason.VOTE_CLOSED)
    if elector.voter.user_id != user.pk or not elector.voter.holds_on(today):
        return Verdict(Reason.NOT_ENTITLED)
    if elector.has_voted:
        return Verdict(Reason.VOTED_ALREADY)
    if vote.item is None:
        return YES
    here = vote.item.meeting.attendances.filter(seat=elector.voter, left_at=None)
    return YES if here.exists() else Verdict(Reason.NOT_PRESENT)
