"""Who may do what with agreements."""

from datetime import datetime

from dure.apps.ndas.models import Nda
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.roles import READERS
from dure.apps.ndas.stages import NDA_NEXT, NdaStage, NdaStanding
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_read_ndas(user: Reader) -> Verdict:
    """Read agreements at all: those of one's own organisations, or by role all of them."""
    roles = roles_of(user)
    has_some = roles.organisations or roles.holds(READERS)
    return YES if has_some else Verdict(Reason.NOT_A_PARTY)


def may_ask(user: Reader, disclosing_party: Organisation, receiving_party: Organisation) -> Verdict:
    """Sign for `receiving_party` that its people will keep secret what `disclosing_party` shows them."""
    if disclosing_party.pk == receiving_party.pk:
        return Verdict(Reason.OWN_ORGANISATION)
    if receiving_party.pk not in roles_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if roles_of(user).is_officer:
        return Verdict(Reason.OFFICERS_DO_NOT_SIGN)
    return YES if receiving_party.verified_at else Verdict(Reason.NOT_VERIFIED)


def may_move(user: Reader, nda: Nda, stage: str, at: datetime) -> Verdict:
    """The disclosing party signs or refuses, the other takes back, either side ends it early."""
    roles = roles_of(user)
    sides = {
        NdaStage.WITHDRAWN: {nda.receiving_party_id},
        NdaStage.ENDED: {nda.disclosing_party_id, nda.receiving_party_id},
    }
    parties = sides.get(NdaStage(stage), {nda.disclosing_party_id})
    if not parties & roles.organisations:
        return Verdict(Reason.NOT_A_PARTY)
    if not parties & roles.managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if stage not in NDA_NEXT[NdaStage(nda.stage)]:
        return Verdict(Reason.STAGE_CLOSED)
    if stage == NdaStage.SIGNED and roles.is_officer:
        return Verdict(Reason.OFFICERS_DO_NOT_SIGN)
    if stage == NdaStage.SIGNED and nda.requested_by_id == user.pk:
        return Verdict(Reason.SECOND_PERSON)
    is_too_late = nda.roles(at) in (NdaStanding.LAPSED, NdaStanding.RUN_OUT)
    if stage in (NdaStage.SIGNED, NdaStage.ENDED) and is_too_late:
        return Verdict(Reason.HAS_RUN_OUT)
    return YES


def may_confirm_return(user: Reader, nda: Nda, at: datetime) -> Verdict:
    """A manager of the receiver says, once, what became of the material."""
    roles = roles_of(user)
    if nda.receiving_party_id not in roles.organisations:
        return Verdict(Reason.NOT_A_PARTY)
    if nda.receiving_party_id not in roles.managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if nda.return_confirmed_at:
        return Verdict(Reason.CONFIRMED_ALREADY)
    return YES if nda.is_over(at) else Verdict(Reason.NOT_OVER)
