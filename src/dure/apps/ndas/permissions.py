"""Who may do what with agreements."""

from datetime import datetime

from dure.apps.ndas.models import Nda, RequestSheet, SecrecyDoubt
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.roles import READERS
from dure.apps.ndas.stages import NDA_NEXT, SHEET_NEXT, NdaStage, NdaStanding, SheetStage
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
    is_too_late = nda.standing(at) in (NdaStanding.LAPSED, NdaStanding.RUN_OUT)
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


def may_give_sheet(user: Reader, asking: Organisation, holding: Organisation) -> Verdict:
    """Ask `holding` in writing for technical data, for an organisation that `user` manages."""
    if asking.pk == holding.pk:
        return Verdict(Reason.OWN_ORGANISATION)
    if asking.pk not in roles_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    return YES if asking.verified_at and holding.verified_at else Verdict(Reason.NOT_VERIFIED)


def may_answer_sheet(user: Reader, sheet: RequestSheet, stage: str) -> Verdict:
    """The holder agrees or declines, who asked takes it back."""
    is_own = stage == SheetStage.TAKEN_BACK
    party = sheet.asking_party_id if is_own else sheet.holding_party_id
    roles = roles_of(user)
    if party not in roles.organisations:
        return Verdict(Reason.NOT_A_PARTY)
    if party not in roles.managed:
        return Verdict(Reason.NOT_A_MANAGER)
    possible = SHEET_NEXT[SheetStage(sheet.stage)]
    return YES if stage in possible else Verdict(Reason.STAGE_CLOSED)


def may_ask_for_agreement(user: Reader, sheet: RequestSheet) -> Verdict:
    """Sign the agreement that a request needs for who asked, once the holder has agreed."""
    if sheet.asking_party_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_A_PARTY)
    if sheet.asking_party_id not in roles_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if sheet.nda_id is not None:
        return Verdict(Reason.NDA_ALREADY)
    return YES if sheet.stage == SheetStage.AGREED else Verdict(Reason.NOT_AGREED)


def may_register_exchange(
    user: Reader, disclosing_party: Organisation, receiving_party: Organisation
) -> Verdict:
    """Register what went from one to the other: people of either side."""
    if disclosing_party.pk == receiving_party.pk:
        return Verdict(Reason.OWN_ORGANISATION)
    is_side = {disclosing_party.pk, receiving_party.pk} & roles_of(user).verified
    return YES if is_side else Verdict(Reason.NOT_A_PARTY)


def may_raise_doubt(user: Reader, nda: Nda, at: datetime) -> Verdict:
    """A manager of the receiver doubts that something is secret, while the agreement is in force."""
    if nda.receiving_party_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_A_PARTY)
    if nda.receiving_party_id not in roles_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    is_live = nda.standing(at) == NdaStanding.IN_FORCE
    return YES if is_live else Verdict(Reason.NOT_IN_FORCE)


def may_answer_doubt(user: Reader, doubt: SecrecyDoubt) -> Verdict:
    """A manager of the holder answers, once."""
    if doubt.nda.disclosing_party_id not in roles_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    return Verdict(Reason.ANSWERED_ALREADY) if doubt.answered_at else YES


def may_watch(user: Reader) -> Verdict:
    """See every hand-over that lacks an agreement or outlived it."""
    return YES if roles_of(user).holds(READERS) else Verdict(Reason.NOT_STAFF)
