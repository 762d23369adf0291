"""Who may do what in an introduction."""

from datetime import datetime, timedelta

from django.conf import settings

from dure.apps.catalog.models import Need
from dure.apps.catalog.stages import NEED_OPEN
from dure.apps.introductions.models import Introduction, MeetingProposal
from dure.apps.introductions.queries import side_of
from dure.apps.introductions.reasons import Reason
from dure.apps.introductions.roles import READERS
from dure.apps.introductions.stages import (
    ALIVE,
    INTRODUCTION_NEXT,
    PROPOSAL_NEXT,
    WAITING,
    IntroductionStage,
    ProposalStage,
)
from dure.apps.matches.models import Side
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict

# What people decide themselves; the rest of a life follows from what they do.
DECIDED = (IntroductionStage.CONCLUDED, IntroductionStage.ENDED, IntroductionStage.TALKING)


def may_read_introductions(user: Reader) -> Verdict:
    """Read introductions at all: those of one's own organisations, or by role all of them."""
    roles = roles_of(user)
    has_some = roles.organisations or roles.holds(READERS)
    return YES if has_some else Verdict(Reason.NOT_A_PARTY)


def may_read_all(user: Reader) -> Verdict:
    """Read the introductions of all organisations."""
    return YES if roles_of(user).holds(READERS) else Verdict(Reason.NOT_AN_OFFICER)


def may_write(user: Reader, introduction: Introduction) -> Verdict:
    """Write to the other side; the office writes to both."""
    if side_of(user, introduction) is None:
        return Verdict(Reason.NOT_A_PARTY)
    return YES if introduction.stage in ALIVE else Verdict(Reason.STAGE_CLOSED)


def may_propose(user: Reader, introduction: Introduction) -> Verdict:
    """Propose times for a meeting."""
    if side_of(user, introduction) not in (Side.DEMAND, Side.SUPPLY):
        return Verdict(Reason.NOT_A_PARTY)
    return YES if introduction.stage in ALIVE else Verdict(Reason.STAGE_CLOSED)


def may_answer(user: Reader, proposal: MeetingProposal, stage: str, at: datetime) -> Verdict:
    """Accept or decline what the other side proposed; take back or cancel on either side."""
    side = side_of(user, proposal.introduction)
    if side not in (Side.DEMAND, Side.SUPPLY):
        return Verdict(Reason.NOT_A_PARTY)
    possible = PROPOSAL_NEXT[ProposalStage(proposal.stage)] - {ProposalStage.HELD}
    if stage not in possible or proposal.introduction.stage not in ALIVE:
        return Verdict(Reason.STAGE_CLOSED)
    if stage != ProposalStage.CANCELLED and side == proposal.side:
        return Verdict(Reason.NOT_THE_OTHER_SIDE)
    is_withdrawn_by_other = stage == ProposalStage.CANCELLED and side != proposal.side
    if is_withdrawn_by_other and proposal.stage == ProposalStage.OFFERED:
        return Verdict(Reason.STAGE_CLOSED)
    if stage == ProposalStage.ACCEPTED and proposal.starts_at <= at:
        return Verdict(Reason.IN_THE_PAST)
    return YES


def may_offer(user: Reader, need: Need, organisation: Organisation) -> Verdict:
    """Say of a need that one's own organisation can do it."""
    if organisation.pk not in roles_of(user).organisations:
        return Verdict(Reason.NOT_A_PARTY)
    if organisation.pk == need.organisation_id:
        return Verdict(Reason.OWN_NEED)
    return YES if need.stage in NEED_OPEN else Verdict(Reason.NEED_CLOSED)


def may_move(user: Reader, introduction: Introduction, stage: str) -> Verdict:
    """Say that the two cooperate, that it ended, or that it goes on after all."""
    if side_of(user, introduction) is None:
        return Verdict(Reason.NOT_A_PARTY)
    is_there = stage in INTRODUCTION_NEXT[IntroductionStage(introduction.stage)]
    is_reopening = introduction.stage == IntroductionStage.ENDED
    if not is_there or stage not in DECIDED:
        return Verdict(Reason.STAGE_CLOSED)
    if stage == IntroductionStage.TALKING and not is_reopening:
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_remind(user: Reader, introduction: Introduction, at: datetime) -> Verdict:
    """Ask both sides for a word, when they have been silent."""
    if not roles_of(user).is_officer:
        return Verdict(Reason.NOT_AN_OFFICER)
    if introduction.stage not in WAITING:
        return Verdict(Reason.STAGE_CLOSED)
    before = at - timedelta(days=settings.DURE_SILENT_DAYS)
    last = max(introduction.quiet_since, introduction.reminded_at or introduction.quiet_since)
    return YES if last <= before else Verdict(Reason.NOT_SILENT)
