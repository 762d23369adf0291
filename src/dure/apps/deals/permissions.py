"""Who may do what with deals."""

from dure.apps.deals.kinds import step_of
from dure.apps.deals.models import Deal, Payment, Proposal
from dure.apps.deals.reasons import Reason
from dure.apps.deals.roles import BROKERS, READERS
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_see_deals(user: Reader) -> Verdict:
    """See deals at all: people of organisations, and those whose role reads them."""
    roles = roles_of(user)
    return YES if roles.organisations or roles.holds(READERS) else Verdict(Reason.NOT_A_SIDE)


def may_file(user: Reader, finder: Organisation) -> Verdict:
    """File a request for technology for an organisation that found the need."""
    is_own = finder.pk in roles_of(user).verified
    return YES if is_own else Verdict(Reason.ORGANISATION_NOT_VERIFIED)


def may_broker(user: Reader) -> Verdict:
    """Judge requests, propose technologies, keep the list of entrusted ones."""
    return YES if roles_of(user).holds(BROKERS) else Verdict(Reason.NOT_A_BROKER)


def may_judge(user: Reader, deal: Deal) -> Verdict:
    """Say whether a request is fit for a deal."""
    if not may_broker(user):
        return Verdict(Reason.NOT_A_BROKER)
    return YES if deal.stage == "FILED" else Verdict(Reason.STAGE_CLOSED)


def may_propose(user: Reader, deal: Deal) -> Verdict:
    """Propose a technology for a request that was judged fit."""
    if not may_broker(user):
        return Verdict(Reason.NOT_A_BROKER)
    return YES if deal.stage == "JUDGED" else Verdict(Reason.STAGE_CLOSED)


def may_take(user: Reader, proposal: Proposal) -> Verdict:
    """Say for who asks that this technology is talked about."""
    if proposal.deal.asking_id not in roles_of(user).verified:
        return Verdict(Reason.NOT_A_SIDE)
    return YES if proposal.deal.stage == "JUDGED" else Verdict(Reason.STAGE_CLOSED)


def may_read_terms(user: Reader, deal: Deal) -> Verdict:
    """Read terms, amounts and the contract: the two sides and the office, not who only found the need."""
    return YES if may_read_figures(user) or is_side(user, deal) else Verdict(Reason.NOT_A_SIDE)


def may_move(user: Reader, deal: Deal, stage: str) -> Verdict:
    """Take a step that people take by hand, as the file says who."""
    if stage not in deal.step.next:
        return Verdict(Reason.STAGE_CLOSED)
    mover = step_of(stage).mover
    is_broker, is_party = bool(may_broker(user)), is_side(user, deal)
    if mover == "act":
        return Verdict(Reason.STAGE_CLOSED)
    if mover == "broker":
        return YES if is_broker else Verdict(Reason.NOT_A_BROKER)
    return YES if is_party or (mover == "all" and is_broker) else Verdict(Reason.NOT_A_SIDE)


def may_set_terms(user: Reader, deal: Deal) -> Verdict:
    """Write the terms that both sides will sign: either side or the broker, until one has signed."""
    if not (is_side(user, deal) or may_broker(user)):
        return Verdict(Reason.NOT_A_SIDE)
    if "TERMS" not in deal.step.next or deal.signatures.exists():
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_sign(user: Reader, deal: Deal) -> Verdict:
    """Sign the terms for a side, once."""
    roles = roles_of(user)
    sides = {deal.asking_id, deal.supply_id} & roles.managed
    if not sides:
        return Verdict(Reason.NOT_A_MANAGER)
    if roles.is_officer:
        return Verdict(Reason.OFFICERS_DO_NOT_SIGN)
    if deal.stage != "TERMS":
        return Verdict(Reason.STAGE_CLOSED)
    has_signed = set(deal.signatures.values_list("side", flat=True))
    return YES if sides - has_signed else Verdict(Reason.SIGNED_ALREADY)


def may_enter_payment(user: Reader, payment: Payment) -> Verdict:
    """Enter that a payment came in: who receives it, or the broker."""
    deal = payment.deal
    if deal.supply_id not in roles_of(user).organisations and not may_broker(user):
        return Verdict(Reason.NOT_A_SIDE)
    if deal.stage != "CONTRACTED":
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.PAID_ALREADY) if payment.paid_on else YES


def may_read_figures(user: Reader) -> Verdict:
    """Read what was found, judged, matched and closed by whom."""
    return YES if roles_of(user).holds(READERS) else Verdict(Reason.NOT_A_BROKER)


def is_side(user: Reader, deal: Deal) -> bool:
    """Whether somebody belongs to who asks or who offers."""
    return bool({deal.asking_id, deal.supply_id} & roles_of(user).verified)
