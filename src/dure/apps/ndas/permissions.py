"""Who may do what with agreements."""

from datetime import datetime

from dure.apps.ndas.models import Nda
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.roles import READERS
from dure.apps.ndas.stages import NDA_NEXT, NdaStage, NdaStanding
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, standing_of
from dure.foundation.verdict import YES, Verdict


def may_read_ndas(user: Reader) -> Verdict:
    """Read agreements at all: those of one's own organisations, or by role all of them."""
    standing = standing_of(user)
    has_some = standing.organisations or standing.holds(READERS)
    return YES if has_some else Verdict(Reason.NOT_A_PARTY)


def may_ask(user: Reader, giver: Organisation, taker: Organisation) -> Verdict:
    """Sign for `taker` that its people will keep secret what `giver` shows them."""
    if giver.pk == taker.pk:
        return Verdict(Reason.OWN_ORGANISATION)
    if taker.pk not in standing_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if standing_of(user).is_officer:
        return Verdict(Reason.OFFICERS_DO_NOT_SIGN)
    return YES if taker.verified_at else Verdict(Reason.NOT_VERIFIED)


def may_move(user: Reader, nda: Nda, stage: str, at: datetime) -> Verdict:
    """The giver signs or refuses, the taker takes back, either side ends it early."""
    standing = standing_of(user)
    sides = {NdaStage.WITHDRAWN: {nda.taker_id}, NdaStage.ENDED: {nda.giver_id, nda.taker_id}}
    parties = sides.get(NdaStage(stage), {nda.giver_id})
    if not parties & standing.organisations:
        return Verdict(Reason.NOT_A_PARTY)
    if not parties & standing.managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if stage not in NDA_NEXT[NdaStage(nda.stage)]:
        return Verdict(Reason.STAGE_CLOSED)
    if stage == NdaStage.SIGNED and standing.is_officer:
        return Verdict(Reason.OFFICERS_DO_NOT_SIGN)
    if stage == NdaStage.SIGNED and nda.asked_by_id == user.pk:
        return Verdict(Reason.SECOND_PERSON)
    is_too_late = nda.standing(at) in (NdaStanding.LAPSED, NdaStanding.RUN_OUT)
    if stage in (NdaStage.SIGNED, NdaStage.ENDED) and is_too_late:
        return Verdict(Reason.HAS_RUN_OUT)
    return YES


def may_confirm_return(user: Reader, nda: Nda, at: datetime) -> Verdict:
    """A manager of the receiver says, once, what became of the material."""
    standing = standing_of(user)
    if nda.taker_id not in standing.organisations:
        return Verdict(Reason.NOT_A_PARTY)
    if nda.taker_id not in standing.managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if nda.return_confirmed_at:
        return Verdict(Reason.CONFIRMED_ALREADY)
    return YES if nda.is_over(at) else Verdict(Reason.NOT_OVER)
