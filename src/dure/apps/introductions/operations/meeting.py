"""Times for a meeting: proposed by one side, answered by the other, and what came of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from dure.apps.introductions import permissions
from dure.apps.introductions.models import Introduction, MeetingProposal
from dure.apps.introductions.operations.talking import locked, note_word
from dure.apps.introductions.operations.telling import spoken, tell_others
from dure.apps.introductions.queries import open_proposals, side_of
from dure.apps.introductions.reasons import Reason
from dure.apps.introductions.stages import IntroductionStage, ProposalStage
from dure.apps.people.models import User
from dure.foundation.verdict import Refused
from dure.values.text import clean

MOST_OPEN = 6
FARTHEST = timedelta(days=366)


@transaction.atomic
def propose_times(
    *,
    introduction: Introduction,
    times: Sequence[datetime],
    minutes: int,
    is_online: bool,
    place: str,
    by: User,
    at: datetime,
) -> list[MeetingProposal]:
    """Propose times for a meeting of `minutes`; the other side accepts one. Raises Refused.

    `place` is where, or the address of the online meeting. A time that is proposed already is not
    proposed twice.
    """
    introduction = locked(introduction)
    permissions.may_propose(by, introduction).require()
    _check_times(times, at)
    if introduction.stage == IntroductionStage.MEETING_AGREED:
        raise Refused(Reason.MEETING_AGREED_ALREADY)
    known = set(open_proposals(introduction).values_list("starts_at", flat=True))
    wanted = sorted(set(times) - known)
    if len(known) + len(wanted) > MOST_OPEN:
        raise Refused(Reason.TOO_MANY_TIMES)
    side = side_of(by, introduction)
    made = MeetingProposal.objects.bulk_create(
        MeetingProposal(
            introduction=introduction,
            side=side,
            starts_at=start,
            minutes=minutes,
            is_online=is_online,
            place=clean(place),
            proposed_by=by,
            proposed_at=at,
        )
        for start in wanted
    )
    if introduction.stage == IntroductionStage.INTRODUCED:
        introduction.stage = IntroductionStage.TALKING
    note_word(introduction, at)
    introduction.save()
    tell_others(introduction, side, "PROPOSED", at=at)
    return made


@transaction.atomic
def answer_proposal(
    *, proposal: MeetingProposal, stage: str, by: User, at: datetime
) -> MeetingProposal:
    """Accept, decline or cancel a proposed meeting; the other side is told. Raises Refused.

    When one is accepted, the other open times fall away.
    """
    introduction = locked(proposal.introduction)
    proposal = MeetingProposal.objects.select_for_update().get(pk=proposal.pk)
    proposal.introduction = introduction
    permissions.may_answer(by, proposal, stage, at).require()
    is_accepted = stage == ProposalStage.ACCEPTED
    if is_accepted and introduction.stage == IntroductionStage.MEETING_AGREED:
        raise Refused(Reason.MEETING_AGREED_ALREADY)
    was_agreed = proposal.stage == ProposalStage.ACCEPTED
    _settle(proposal, stage, by, at)
    note_word(introduction, at)
    if is_accepted:
        for other in open_proposals(introduction).exclude(pk=proposal.pk):
            _settle(other, ProposalStage.DECLINED, by, at)
        introduction.stage = IntroductionStage.MEETING_AGREED
        introduction.quiet_since = max(introduction.quiet_since, proposal.ends_at)
    elif was_agreed:
        introduction.stage = IntroductionStage.TALKING
        introduction.quiet_since = at
    introduction.save()
    when = spoken(proposal.starts_at)
    tell_others(introduction, side_of(by, introduction), stage, at=at, when=when)
    return proposal


@transaction.atomic
def note_outcome(
    *, introduction: Introduction, has_met: bool, reason: str, by: User, at: datetime
) -> Introduction:
    """Say what a record of their meeting tells: that they met or not, and `because` it ended, why.

    It is asked of whoever writes the record, which is where the right to it is judged.
    """
    introduction = locked(introduction)
    for meeting in introduction.proposals.filter(stage=ProposalStage.ACCEPTED, starts_at__lte=at):
        _settle(meeting, ProposalStage.HELD if has_met else ProposalStage.CANCELLED, by, at)
    if reason:
        introduction.stage, introduction.end_reason = IntroductionStage.ENDED, reason
    elif has_met and introduction.stage != IntroductionStage.CONCLUDED:
        introduction.stage, introduction.end_reason = IntroductionStage.MET, ""
    elif introduction.stage == IntroductionStage.MEETING_AGREED:
        introduction.stage = IntroductionStage.TALKING
    introduction.quiet_since, introduction.reminded_at = at, None
    introduction.save()
    return introduction


def _check_times(times: Sequence[datetime], at: datetime) -> None:
    if not times:
        raise Refused(Reason.NO_TIME)
    if min(times) <= at:
        raise Refused(Reason.IN_THE_PAST)
    if max(times) > at + FARTHEST:
        raise Refused(Reason.TOO_FAR_AHEAD)


def _settle(proposal: MeetingProposal, stage: str, by: User, at: datetime) -> None:
    proposal.stage, proposal.answered_by, proposal.answered_at = stage, by, at
    proposal.revision += 1
    proposal.save()
