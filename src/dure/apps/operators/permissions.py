"""Who may do what with operators."""

from datetime import datetime

from dure.apps.operators import queries
from dure.apps.operators.models import OperatorApplication, OperatorCall, Ranking
from dure.apps.operators.reasons import Reason
from dure.apps.operators.stages import APPLICATION_NEXT, ApplicationStage, CallStage, RankingStage
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_run(user: Reader) -> Verdict:
    """Call for operators, appoint and rank them."""
    return YES if queries.is_office(user) else Verdict(Reason.NOT_AN_OFFICER)


def may_apply(user: Reader, call: OperatorCall, at: datetime) -> Verdict:
    """A manager of a verified organisation, until the deadline."""
    roles = roles_of(user)
    if not roles.managed & roles.verified:
        return Verdict(Reason.NOT_A_MANAGER)
    if call.stage != CallStage.OPEN:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if at <= call.closes_at else Verdict(Reason.TOO_LATE)


def may_move(user: Reader, application: OperatorApplication, stage: str, at: datetime) -> Verdict:
    """The office decides after the deadline; who applied takes it back before."""
    if stage == ApplicationStage.WITHDRAWN:
        if application.organisation_id not in roles_of(user).managed:
            return Verdict(Reason.NOT_A_MANAGER)
    elif not (verdict := may_run(user)):
        return verdict
    elif at <= application.call.closes_at:
        return Verdict(Reason.NOT_OVER_YET)
    if stage not in APPLICATION_NEXT[ApplicationStage(application.stage)]:
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_release(user: Reader, ranking: Ranking) -> Verdict:
    """A second officer puts a ranking into force."""
    if not (verdict := may_run(user)):
        return verdict
    if ranking.stage != RankingStage.DRAFT:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.SECOND_PERSON) if ranking.prepared_by_id == user.pk else YES
