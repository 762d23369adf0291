"""Who may do what with agreements."""

from datetime import datetime

from dure.apps.ndas import queries
from dure.apps.ndas.models import CounterDraft, Nda, RequestSheet, SecrecyDoubt, StaffNotice
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.roles import READERS
from dure.apps.ndas.stages import (
    NDA_NEXT,
    SHEET_NEXT,
    DraftStage,
    NdaStage,
    NdaStanding,
    NoticeStage,
    SheetStage,
)
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


def may_hand_over(
    user: Reader,
    disclosing_party: Organisation,
    receiving_party: Organisation,
    *,
    is_secret: bool,
    at: datetime,
) -> Verdict:
    """Let material of `disclosing_party` reach `receiving_party` through the platform now.

    What the giver keeps secret waits for an agreement in force; where a large firm or a public body
    receives it, for the request sheet by which it asked and the agreement made for that one
    (하도급법 제12조의3, 상생협력법 제21조의2). What is not secret, a brochure, passes.
    """
    if disclosing_party.pk not in roles_of(user).verified:
        return Verdict(Reason.NOT_A_PARTY)
    return papers_are_there(disclosing_party, receiving_party, at) if is_secret else YES


def papers_are_there(
    disclosing_party: Organisation, receiving_party: Organisation, at: datetime
) -> Verdict:
    """Whether what one keeps secret may reach the other at a moment, whoever hands it over."""
    live = queries.live_ndas(disclosing_party, receiving_party, at)
    if receiving_party.is_demand and not disclosing_party.is_demand:
        sheets = queries.agreed_sheets(disclosing_party, receiving_party)
        if not sheets.exists():
            return Verdict(Reason.SHEET_MISSING)
        live = live.filter(sheets__in=sheets.order_by())
    return YES if live.exists() else Verdict(Reason.NDA_MISSING)


def may_counter(user: Reader, nda: Nda, at: datetime) -> Verdict:
    """Propose other words for an agreement that is still to be signed; either side, in turn."""
    managed = roles_of(user).managed & {nda.disclosing_party_id, nda.receiving_party_id}
    if not managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if roles_of(user).is_officer:
        return Verdict(Reason.OFFICERS_DO_NOT_SIGN)
    if nda.standing(at) != NdaStanding.ASKED:
        return Verdict(Reason.NOT_TO_SIGN)
    open_draft = nda.drafts.filter(stage=DraftStage.OFFERED).first()
    is_their_turn = open_draft is not None and open_draft.side_id in managed
    return Verdict(Reason.DRAFT_OPEN) if is_their_turn else YES


def may_answer_draft(user: Reader, draft: CounterDraft, at: datetime) -> Verdict:
    """Accept or decline the words of the other side."""
    sides = {draft.nda.disclosing_party_id, draft.nda.receiving_party_id} - {draft.side_id}
    if not sides & roles_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if roles_of(user).is_officer:
        return Verdict(Reason.OFFICERS_DO_NOT_SIGN)
    is_open = draft.stage == DraftStage.OFFERED and draft.nda.standing(at) == NdaStanding.ASKED
    return YES if is_open else Verdict(Reason.ANSWERED_ALREADY)


def may_give_staff_notice(user: Reader, nda: Nda, at: datetime) -> Verdict:
    """A manager of the receiver says who will hold the material from now on."""
    if nda.receiving_party_id not in roles_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if roles_of(user).is_officer:
        return Verdict(Reason.OFFICERS_DO_NOT_SIGN)
    if nda.standing(at) != NdaStanding.IN_FORCE:
        return Verdict(Reason.NOT_IN_FORCE)
    is_open = nda.staff_notices.filter(stage=NoticeStage.GIVEN).exists()
    return Verdict(Reason.NOTICE_OPEN) if is_open else YES


def may_answer_staff_notice(user: Reader, notice: StaffNotice, at: datetime) -> Verdict:
    """A manager of the holder consents or declines, once, while the agreement is in force."""
    if notice.nda.disclosing_party_id not in roles_of(user).managed:
        return Verdict(Reason.NOT_A_MANAGER)
    if roles_of(user).is_officer:
        return Verdict(Reason.OFFICERS_DO_NOT_SIGN)
    if notice.stage != NoticeStage.GIVEN:
        return Verdict(Reason.ANSWERED_ALREADY)
    is_live = notice.nda.standing(at) == NdaStanding.IN_FORCE
    return YES if is_live else Verdict(Reason.NOT_IN_FORCE)


def may_watch(user: Reader) -> Verdict:
    """See every hand-over that lacks an agreement or outlived it."""
    return YES if roles_of(user).holds(READERS) else Verdict(Reason.NOT_STAFF)
