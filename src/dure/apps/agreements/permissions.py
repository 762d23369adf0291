"""Who may do what with agreements."""

from datetime import date, datetime
from typing import Literal

from dure.apps.agreements import queries
from dure.apps.agreements.models import (
    Agreement,
    Change,
    Instalment,
    Obligation,
    OutsideFile,
    Party,
    Text,
)
from dure.apps.agreements.reasons import Hold, Reason
from dure.apps.agreements.stages import (
    AGREEMENT_NEXT,
    CHANGE_OPEN,
    AgreementStage,
    ChangeStage,
    InstalmentStage,
    OutsideStage,
)
from dure.apps.applications.queries import signed_for
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.apps.people.roles import Role as PlatformRole
from dure.apps.selection.kinds import Outcome
from dure.engines.funding import Role
from dure.foundation.verdict import YES, Verdict
from dure.foundation.workdays import term_ends


def may_run(user: Reader) -> Verdict:
    """Draw agreements up, open them for signing, pay."""
    return YES if queries.is_office(user) else Verdict(Reason.NOT_AN_OFFICER)


def may_edit(user: Reader, agreement: Agreement) -> Verdict:
    """Change a draft."""
    return _may_move(user, agreement, agreement.stage == AgreementStage.DRAFT)


def may_open(user: Reader, agreement: Agreement, on: date) -> Verdict:
    """Open a draft for signing; of a selection only once its decision is final and the plan revised."""
    if not (verdict := may_edit(user, agreement)):
        return verdict
    decision = queries.decision_of(agreement)
    if decision is not None and decision.outcome != Outcome.SELECTED:
        return Verdict(Reason.NOT_SELECTED)
    if decision is not None and not queries.is_final(decision, on):
        return Verdict(Reason.DECISION_PROVISIONAL)
    is_open = agreement.replan_until is not None and agreement.replanned_at is None
    if is_open and on <= term_ends(agreement.replan_until):
        return Verdict(Reason.PLAN_TO_REVISE)
    return YES


def may_replan(user: Reader, agreement: Agreement, on: date) -> Verdict:
    """Revise the plan of a draft that came of a selection: the lead in its term, the office always."""
    lead = agreement.parties.filter(role=Role.LEAD).first()
    is_lead = lead is not None and lead.organisation_id in roles_of(user).organisations
    if not is_lead and not queries.is_office(user):
        return Verdict(Reason.NOT_A_PARTY)
    if agreement.stage != AgreementStage.DRAFT or agreement.application_id is None:
        return Verdict(Reason.STAGE_CLOSED)
    decision = queries.decision_of(agreement)
    if decision is not None and decision.outcome != Outcome.SELECTED:
        return Verdict(Reason.NOT_SELECTED)
    if queries.is_office(user):
        return YES
    is_in_time = agreement.replan_until is not None and on <= term_ends(agreement.replan_until)
    return YES if is_in_time else Verdict(Reason.TERM_OVER)


def may_annex(user: Reader, agreement: Agreement, on: date) -> Verdict:
    """Add files to a draft or remove them: the office, and a lead that revises its plan."""
    if queries.is_office(user):
        return may_edit(user, agreement)
    return may_replan(user, agreement, on)


def may_set_particulars(user: Reader, organisation: Organisation, on: date) -> Verdict:
    """Say who represents an organisation and its account: whoever signs for it."""
    if organisation.pk in signed_for(user, on):
        return YES
    is_own = organisation.pk in roles_of(user).organisations
    return Verdict(Reason.NOT_THEIR_SIGNATORY if is_own else Reason.NOT_A_PARTY)


def may_reopen(user: Reader, agreement: Agreement) -> Verdict:
    """Make a draft again of what is being signed, was refused or ran out."""
    is_so = AgreementStage.DRAFT in AGREEMENT_NEXT[AgreementStage(agreement.stage)]
    return _may_move(user, agreement, is_so)


def may_drop(user: Reader, agreement: Agreement) -> Verdict:
    """Give an agreement up that nobody is signing."""
    is_so = AgreementStage.DROPPED in AGREEMENT_NEXT[AgreementStage(agreement.stage)]
    return _may_move(user, agreement, is_so)


def may_confirm_fact(user: Reader, agreement: Agreement, fact: str) -> Verdict:
    """Keep that something was shown: the office, and whoever gives that money first."""
    is_open = agreement.stage in (AgreementStage.DRAFT, AgreementStage.IN_FORCE)
    if not queries.is_office(user) and not queries.gives_first(user, agreement, fact):
        return Verdict(Reason.NOT_AN_OFFICER)
    return YES if is_open else Verdict(Reason.STAGE_CLOSED)


def may_sign(user: Reader, party: Party, on: date) -> Verdict:
    """Sign for a party: who is named to sign for it on that day, else its managers.

    For the agency signs an officer who did not draw it up. Where the organisation named an internal
    approver, that person has approved this very text before, and another one signs.
    """
    if not (verdict := may_refuse(user, party, on)):
        return verdict
    text = queries.open_text(party.agreement)
    return _approved(user, party, text) if text else Verdict(Reason.STAGE_CLOSED)


def may_refuse(user: Reader, party: Party, on: date) -> Verdict:
    """Refuse to sign for a party: whoever signs for it, approved internally or not."""
    agreement = party.agreement
    if not (verdict := _acts_for(user, party, on)):
        return verdict
    text = queries.open_text(agreement)
    if text is None or not _is_open(text):
        return Verdict(Reason.STAGE_CLOSED)
    left = set(queries.parties_left(text).values_list("pk", flat=True))
    if party.pk not in left:
        return Verdict(Reason.SIGNED_ALREADY)
    if queries.waits_for_others(party) and len(left) > 1:
        return Verdict(Reason.AGENCY_LAST)
    return YES


def _is_open(text: Text) -> bool:
    """True while a text is signed: that of an agreement being signed, or of a change."""
    if text.closed_at is not None:
        return False
    return text.change_id is not None or text.agreement.stage == AgreementStage.SIGNING


def _approved(user: Reader, party: Party, text: Text) -> Verdict:
    if queries.approver_of(party.organisation) is None:
        return YES
    approval = queries.approval_of(text, party)
    if approval is None:
        return Verdict(Reason.APPROVAL_MISSING)
    if approval.is_refusal:
        return Verdict(Reason.APPROVAL_REFUSED)
    return Verdict(Reason.APPROVER_SIGNS) if approval.answered_by_id == user.pk else YES


def may_name_approver(user: Reader, organisation: Organisation, on: date) -> Verdict:
    """Say who approves what an organisation signs: whoever signs for it."""
    return may_set_particulars(user, organisation, on)


def may_approve(user: Reader, party: Party) -> Verdict:
    """Approve the text for a party before it is signed, or say why not: its internal approver."""
    if not queries.who_approves(party).filter(pk=user.pk).exists():
        return Verdict(Reason.NOT_THE_APPROVER)
    text = queries.open_text(party.agreement)
    if text is None or not _is_open(text):
        return Verdict(Reason.STAGE_CLOSED)
    if not queries.parties_left(text).filter(pk=party.pk).exists():
        return Verdict(Reason.SIGNED_ALREADY)
    is_free = queries.waits_for_approval(text, party)
    return YES if is_free else Verdict(Reason.APPROVED_ALREADY)


def may_hand_in(user: Reader, agreement: Agreement, on: date) -> Verdict:
    """Hand in a file that was signed outside for all: the office, and who signs for a party."""
    own = queries.own_parties(user, agreement).select_related("agreement", "organisation")
    if not queries.is_office(user) and not any(_acts_for(user, party, on) for party in own):
        return Verdict(Reason.NOT_A_PARTY)
    text = queries.open_text(agreement)
    if text is None or not _is_open(text):
        return Verdict(Reason.STAGE_CLOSED)
    is_waiting = text.outside_files.filter(stage=OutsideStage.WAITING).exists()
    return Verdict(Reason.FILE_WAITS) if is_waiting else YES


def may_accept(user: Reader, file: OutsideFile, party: Party, on: date) -> Verdict:
    """Accept a file signed outside for a party, as who signs for it; the agency last, where it signs last."""
    if not (verdict := may_decline(user, file, party, on)):
        return verdict
    is_last = queries.parties_to_accept(file).count() == 1
    if queries.waits_for_others(party) and not is_last:
        return Verdict(Reason.AGENCY_ACCEPTS_LAST)
    return _approved(user, party, file.text)


def may_decline(user: Reader, file: OutsideFile, party: Party, on: date) -> Verdict:
    """Say for a party that a file signed outside is not the agreement, and why."""
    if not (verdict := _acts_for(user, party, on)):
        return verdict
    if file.stage != OutsideStage.WAITING or not _is_open(file.text):
        return Verdict(Reason.STAGE_CLOSED)
    is_asked = queries.parties_to_accept(file).filter(pk=party.pk).exists()
    return YES if is_asked else Verdict(Reason.ACCEPTED_ALREADY)


def may_withdraw_file(user: Reader, file: OutsideFile) -> Verdict:
    """Withdraw a file signed outside that waits: who handed it in, and the office."""
    if file.handed_by_id != user.pk and not queries.is_office(user):
        return Verdict(Reason.NOT_WHO_HANDED_IN)
    return YES if file.stage == OutsideStage.WAITING else Verdict(Reason.STAGE_CLOSED)


def _acts_for(user: Reader, party: Party, on: date) -> Verdict:
    """Whether somebody can bind a party."""
    if party.role == Role.GOVERNMENT:
        if not queries.is_office(user):
            return Verdict(Reason.NOT_AN_OFFICER)
        is_own = party.agreement.created_by_id == user.pk
        return Verdict(Reason.SECOND_PERSON) if is_own else YES
    if party.person_id:
        return YES if party.person_id == user.pk else Verdict(Reason.NOT_A_PARTY)
    if party.organisation_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_A_PARTY)
    is_signatory = party.organisation_id in signed_for(user, on)
    return YES if is_signatory else Verdict(Reason.NOT_THEIR_SIGNATORY)


def may_ask_change(user: Reader, agreement: Agreement) -> Verdict:
    """Ask for a change of an agreement in force: the lead's people and the office, one at a time."""
    if not (verdict := _leads_or_runs(user, agreement)):
        return verdict
    if agreement.stage != AgreementStage.IN_FORCE:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.CHANGE_OPEN) if queries.open_change(agreement) else YES


def may_split(user: Reader, change: Change) -> Verdict:
    """Take out of a change what only has to be notified."""
    if not (verdict := _leads_or_runs(user, change.agreement)):
        return verdict
    return YES if change.stage == ChangeStage.ASKED else Verdict(Reason.STAGE_CLOSED)


def may_answer_change(user: Reader, change: Change) -> Verdict:
    """Approve or refuse a change: an officer who did not ask for it."""
    if not queries.is_office(user):
        return Verdict(Reason.NOT_AN_OFFICER)
    if change.stage != ChangeStage.ASKED:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.SECOND_PERSON_ANSWERS) if change.requested_by_id == user.pk else YES


def may_extend_answer(user: Reader, change: Change) -> Verdict:
    """Take longer to answer a change, where its rules set a term: whoever may answer it."""
    if not (verdict := may_answer_change(user, change)):
        return verdict
    return YES if change.answer_by else Verdict(Reason.NO_TERM)


def may_withdraw_change(user: Reader, change: Change) -> Verdict:
    """Take back a change that does not hold yet."""
    if not (verdict := _leads_or_runs(user, change.agreement)):
        return verdict
    return YES if change.stage in CHANGE_OPEN else Verdict(Reason.STAGE_CLOSED)


def may_meet(user: Reader, obligation: Obligation) -> Verdict:
    """Say that an obligation is met: who owes it, and the office."""
    is_own = obligation.party.organisation_id in roles_of(user).organisations
    if not is_own and not queries.is_office(user):
        return Verdict(Reason.NOT_A_PARTY)
    return Verdict(Reason.MET_ALREADY) if obligation.met_at else YES


def may_plead(user: Reader, obligation: Obligation) -> Verdict:
    """Ask to be exempted of what can be waived: who owes it."""
    if obligation.party.organisation_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_A_PARTY)
    if not queries.is_waivable(obligation):
        return Verdict(Reason.NOT_WAIVABLE)
    is_open = obligation.met_at is None and not obligation.is_pleaded
    return YES if is_open else Verdict(Reason.STAGE_CLOSED)


def may_answer_plea(user: Reader, obligation: Obligation) -> Verdict:
    """Accept the reason for an exemption or not: an officer who did not ask for it."""
    if not queries.is_office(user):
        return Verdict(Reason.NOT_AN_OFFICER)
    if not obligation.is_pleaded:
        return Verdict(Reason.STAGE_CLOSED)
    is_own = obligation.pleaded_by_id == user.pk
    return Verdict(Reason.SECOND_PERSON_ANSWERS) if is_own else YES


def _leads_or_runs(user: Reader, agreement: Agreement) -> Verdict:
    lead = agreement.parties.filter(role__in=[Role.LEAD, Role.WORKER]).first()
    is_lead = lead is not None and (
        lead.organisation_id in roles_of(user).organisations
        if lead.organisation_id
        else lead.person_id == user.pk
    )
    return YES if is_lead or queries.is_office(user) else Verdict(Reason.NOT_A_PARTY)


def may_ask_confirmation(user: Reader, instalment: Instalment) -> Verdict:
    """Say that what an instalment waits for is reached: the lead's people and the office."""
    is_own = instalment.payee.organisation_id in roles_of(user).organisations
    if not is_own and not queries.is_office(user):
        return Verdict(Reason.NOT_A_PARTY)
    is_open = instalment.agreement.stage == AgreementStage.IN_FORCE
    if not is_open or instalment.stage != InstalmentStage.PLANNED:
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_confirm(user: Reader, instalment: Instalment, at: datetime) -> Verdict:
    """Confirm that an instalment can be paid.

    The demand organisation confirms what was asked of it; after ten days without a word, and where
    there is none, the office does.
    """
    agreement, roles = instalment.agreement, roles_of(user)
    demand = [party for party in agreement.parties.all() if party.role == Role.DEMAND]
    is_demand = any(party.organisation_id in roles.organisations for party in demand)
    is_office = queries.is_office(user)
    if not is_demand and not is_office:
        return Verdict(Reason.NOT_A_PARTY)
    if agreement.stage != AgreementStage.IN_FORCE or instalment.stage != InstalmentStage.ASKED:
        return Verdict(Reason.STAGE_CLOSED)
    is_silent = (
        instalment.requested_at is not None and instalment.requested_at <= queries.silent_since(at)
    )
    if demand and not is_demand and not is_silent:
        return Verdict(Reason.DEMAND_FIRST)
    return YES


def may_pay(
    user: Reader, instalment: Instalment, on: date, hold: Hold | Literal["ask"] | None = "ask"
) -> Verdict:
    """Order an instalment from the bank, or enter that it came; `hold` where it is known already."""
    if not queries.is_office(user):
        return Verdict(Reason.NOT_AN_OFFICER)
    if instalment.stage not in (InstalmentStage.CONFIRMED, InstalmentStage.ORDERED):
        return Verdict(Reason.NOT_CONFIRMED)
    known = queries.hold_of(instalment, on) if hold == "ask" else hold
    return Verdict(Reason.HELD) if known else YES


def may_hold(user: Reader, agreement: Agreement) -> Verdict:
    """Keep public money back until a question is cleared up."""
    if not roles_of(user).holds((PlatformRole.AUDITOR,)):
        return Verdict(Reason.NOT_AN_AUDITOR)
    if queries.is_held(agreement):
        return Verdict(Reason.HELD_ALREADY)
    in_force = agreement.stage == AgreementStage.IN_FORCE
    if not in_force or not queries.has_public_money_to_come(agreement):
        return Verdict(Reason.NOTHING_TO_HOLD)
    return YES


def may_release(user: Reader, agreement: Agreement) -> Verdict:
    """Let public money go again."""
    if not roles_of(user).holds((PlatformRole.AUDITOR,)):
        return Verdict(Reason.NOT_AN_AUDITOR)
    return YES if queries.is_held(agreement) else Verdict(Reason.NOT_HELD)


def _may_move(user: Reader, agreement: Agreement, is_possible: bool) -> Verdict:
    if not queries.is_office(user):
        return Verdict(Reason.NOT_AN_OFFICER)
    return YES if is_possible else Verdict(Reason.STAGE_CLOSED)
