"""Who may do what with roadmaps."""

from dure.apps.people.queries import Reader, roles_of
from dure.apps.roadmaps.models import Proposal
from dure.apps.roadmaps.queries import DECIDERS, JUDGES
from dure.apps.roadmaps.reasons import Reason
from dure.apps.roadmaps.stages import PROPOSAL_NEXT, ProposalStage
from dure.foundation.verdict import YES, Verdict


def may_propose(user: Reader) -> Verdict:
    """Anybody who is signed in."""
    return YES if user.is_authenticated else Verdict(Reason.NOT_SIGNED_IN)


def may_judge(user: Reader) -> Verdict:
    """Read open proposals and give an opinion: reviewers and the programme office."""
    return YES if roles_of(user).holds(JUDGES) else Verdict(Reason.NOT_AN_EXPERT)


def may_give_opinion(user: Reader, proposal: Proposal) -> Verdict:
    """An expert on somebody else's open proposal."""
    if not (verdict := may_judge(user)):
        return verdict
    if proposal.proposed_by_id == user.pk:
        return Verdict(Reason.OWN_PROPOSAL)
    if proposal.stage != ProposalStage.PROPOSED:
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_decide(user: Reader) -> Verdict:
    """Decide on proposals at all: the programme office."""
    return YES if roles_of(user).holds(DECIDERS) else Verdict(Reason.NOT_AN_OFFICER)


def may_move(user: Reader, proposal: Proposal, stage: str) -> Verdict:
    """The office takes up or not what others proposed; who proposed it takes it back."""
    if stage == ProposalStage.WITHDRAWN:
        if proposal.proposed_by_id != user.pk:
            return Verdict(Reason.NOT_YOURS)
    else:
        if not (verdict := may_decide(user)):
            return verdict
        if proposal.proposed_by_id == user.pk:
            return Verdict(Reason.OWN_PROPOSAL)
    if stage not in PROPOSAL_NEXT[ProposalStage(proposal.stage)]:
        return Verdict(Reason.STAGE_CLOSED)
    return YES
