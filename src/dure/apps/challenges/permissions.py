"""Who may do what with discoveries and candidates."""

from datetime import datetime

from dure.apps.challenges import queries
from dure.apps.challenges.models import Candidate, Centre, Discovery
from dure.apps.challenges.reasons import Reason
from dure.apps.challenges.stages import ALIVE, CandidateStage, DiscoveryStage
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_run(user: Reader) -> Verdict:
    """Open discoveries, name centres and committees, open and close rounds, select, announce."""
    return YES if queries.is_office(user) else Verdict(Reason.NOT_AN_OFFICER)


def may_gather(user: Reader, centre: Centre, at: datetime) -> Verdict:
    """The people of a centre (and the office) bring candidates while the discovery gathers."""
    is_own = centre.organisation_id in roles_of(user).organisations
    if not (is_own or queries.is_office(user)):
        return Verdict(Reason.NOT_THE_CENTRE)
    discovery = centre.discovery
    if discovery.stage != DiscoveryStage.GATHERING or at > discovery.gathers_until:
        return Verdict(Reason.NOT_GATHERING)
    gathered = centre.candidates.exclude(stage=CandidateStage.WITHDRAWN).count()
    return Verdict(Reason.CENTRE_FULL) if centre.quota and gathered >= centre.quota else YES


def may_write(user: Reader, candidate: Candidate) -> Verdict:
    """Its centre, its owner and the office change the text until it is announced."""
    parties = {candidate.organisation_id, candidate.centre.organisation_id}
    if not (parties & roles_of(user).organisations or queries.is_office(user)):
        return Verdict(Reason.NOT_A_WRITER)
    is_open = candidate.stage in (*ALIVE, CandidateStage.SELECTED)
    if not is_open or candidate.discovery.stage in (
        DiscoveryStage.ANNOUNCED,
        DiscoveryStage.CANCELLED,
    ):
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_comment(user: Reader, candidate: Candidate) -> Verdict:
    """Whoever reads inside, while it is alive."""
    if not queries.reads_inside(user, candidate):
        return Verdict(Reason.NOT_A_WRITER)
    return YES if candidate.discovery.stage != DiscoveryStage.CANCELLED else _closed()


def may_withdraw(user: Reader, candidate: Candidate) -> Verdict:
    """A manager of the owner takes it back before it is selected."""
    if candidate.organisation_id not in roles_of(user).managed:
        return Verdict(Reason.NOT_THE_OWNER)
    return YES if candidate.stage in ALIVE else _closed()


def may_judge(user: Reader, candidate: Candidate) -> Verdict:
    """The chair and the office record what the committee decided; never on one's own."""
    if not (queries.chairs(user, candidate.discovery) or queries.is_office(user)):
        return Verdict(Reason.NOT_IN_THE_COMMITTEE)
    if candidate.organisation_id in roles_of(user).organisations:
        return Verdict(Reason.CONFLICT)
    if queries.open_round(candidate.discovery) is None:
        return Verdict(Reason.NO_ROUND)
    return YES if candidate.stage == CandidateStage.IN_REVIEW else _closed()


def may_approve(user: Reader, candidate: Candidate) -> Verdict:
    """A manager of the owner approves the text that is announced."""
    if candidate.organisation_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_THE_OWNER)
    if candidate.organisation_id not in roles_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    is_open = candidate.discovery.stage in (DiscoveryStage.VERIFYING, DiscoveryStage.DECIDED)
    return YES if candidate.stage == CandidateStage.SELECTED and is_open else _closed()


def may_announce(user: Reader, discovery: Discovery) -> Verdict:
    """A second officer announces what the first selected, once every owner approved the text."""
    if not (verdict := may_run(user)):
        return verdict
    if discovery.stage != DiscoveryStage.DECIDED:
        return _closed()
    if discovery.decided_by_id == user.pk:
        return Verdict(Reason.SECOND_PERSON)
    waits = discovery.candidates.filter(stage=CandidateStage.SELECTED, approved__isnull=True)
    return Verdict(Reason.TEXT_NOT_APPROVED) if waits.exists() else YES


def _closed() -> Verdict:
    return Verdict(Reason.STAGE_CLOSED)
