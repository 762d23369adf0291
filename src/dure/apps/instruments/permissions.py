"""Who may do what with funds, savings, vouchers and steps."""

from dure.apps.instruments.kinds import MovementKind, SchemeKind
from dure.apps.instruments.models import Movement, Scheme, Stake
from dure.apps.instruments.reasons import Reason
from dure.apps.instruments.stages import MovementStage, StakeStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.foundation.verdict import YES, Verdict


def may_run(user: Reader) -> Verdict:
    """Set schemes up, take pledges and savers in, enter what was paid, commit and draw."""
    return YES if is_office(user) else Verdict(Reason.NOT_AN_OFFICER)


def may_ask_voucher(user: Reader, scheme: Scheme, organisation: Organisation) -> Verdict:
    """Ask for a voucher for a firm: its managers, once it is verified."""
    if scheme.kind != SchemeKind.VOUCHER:
        return Verdict(Reason.WRONG_KIND)
    roles = roles_of(user)
    if organisation.pk not in roles.managed:
        return Verdict(Reason.NOT_A_MANAGER)
    is_verified = organisation.pk in roles.verified
    return YES if is_verified else Verdict(Reason.ORGANISATION_NOT_VERIFIED)


def may_enter_use(user: Reader, scheme: Scheme, institution: Organisation) -> Verdict:
    """Enter what a voucher was used for: people of an operating institution."""
    is_own = institution.pk in roles_of(user).organisations
    is_operating = is_own and scheme.institutions.filter(pk=institution.pk).exists()
    return YES if is_operating else Verdict(Reason.NOT_OPERATING)


def may_answer_use(user: Reader, use: Movement) -> Verdict:
    """Confirm that a voucher was so used, or not: the firm that holds it."""
    if use.stake.organisation_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_THE_HOLDER)
    waits = use.kind == MovementKind.SPENT and use.stage == MovementStage.ENTERED
    return YES if waits else Verdict(Reason.STAGE_CLOSED)


def may_confirm_step(user: Reader, stake: Stake, institution: Organisation | None) -> Verdict:
    """Confirm a step: people of the institution whose it is; the office where it is none's."""
    if stake.stage != StakeStage.RUNNING:
        return Verdict(Reason.STAGE_CLOSED)
    if institution is None:
        return may_run(user)
    is_own = institution.pk in roles_of(user).organisations
    return YES if is_own else Verdict(Reason.NOT_THEIR_STEP)
