"""Who may do what with deposits. The keeper's staff never act on deposits of their own organisations."""

from datetime import date, datetime, timedelta

from dure.apps.deposits import queries
from dure.apps.deposits.kinds import Ground, rules
from dure.apps.deposits.models import Deposit, Release, ReleasedFile, Term
from dure.apps.deposits.reasons import Reason
from dure.apps.deposits.stages import (
    DEPOSIT_NEXT,
    OPEN,
    OPEN_RELEASES,
    DepositStage,
    ReleaseStage,
)
from dure.apps.ndas.permissions import papers_are_there
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.foundation.verdict import YES, Verdict


def may_keep_key(user: Reader, organisation: Organisation) -> Verdict:
    """Set the passphrase of an organisation: its managers."""
    return _manages(user, organisation.pk)


def may_keep_officer_key(user: Reader) -> Verdict:
    """Set one's own passphrase as a release officer."""
    return YES if queries.is_release_officer(user) else Verdict(Reason.NOT_RELEASE_OFFICER)


def may_deposit(user: Reader, organisation: Organisation) -> Verdict:
    """Deposit for an organisation."""
    if not (verdict := _manages(user, organisation.pk)):
        return verdict
    if queries.key_of(organisation) is None:
        return Verdict(Reason.NO_KEY)
    return YES if queries.can_take_deposits() else Verdict(Reason.OFFICERS_MISSING)


def may_send_files(user: Reader) -> Verdict:
    """Send large files for a deposit, before its form: managers of some organisation."""
    return YES if queries.manages_any(user) else Verdict(Reason.ONLY_MANAGERS)


def may_accept(user: Reader, deposit: Deposit) -> Verdict:
    """Take files into keeping, or return them."""
    if not (verdict := _keeps(user, deposit)):
        return verdict
    return YES if deposit.stage == DepositStage.APPLIED else Verdict(Reason.STAGE_CLOSED)


def may_enter_payment(user: Reader, term: Term) -> Verdict:
    """Enter that a fee was paid."""
    if not (verdict := _keeps(user, term.deposit)):
        return verdict
    return YES if term.is_due() else Verdict(Reason.PAID_ALREADY)


def may_renew(user: Reader, deposit: Deposit, on: date) -> Verdict:
    """Keep it for another year: from 60 days before the end until the grace is over."""
    if not (verdict := _manages(user, deposit.depositor_id)):
        return verdict
    if deposit.stage not in (DepositStage.KEPT, DepositStage.LAPSED) or deposit.ends_on is None:
        return Verdict(Reason.STAGE_CLOSED)
    is_near = deposit.ends_on - timedelta(days=rules().notices[0]) <= on
    return YES if is_near else Verdict(Reason.NOT_DUE)


def may_withdraw(user: Reader, deposit: Deposit) -> Verdict:
    """End a deposit and have its files destroyed; not while a release is open."""
    if not (verdict := _manages(user, deposit.depositor_id)):
        return verdict
    is_so = DepositStage.WITHDRAWN in DEPOSIT_NEXT[DepositStage(deposit.stage)]
    if not is_so or queries.open_release(deposit) is not None:
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_open(user: Reader, deposit: Deposit) -> Verdict:
    """Open files with the passphrase of the depositor."""
    if not (verdict := _manages(user, deposit.depositor_id)):
        return verdict
    return YES if deposit.stage in OPEN else Verdict(Reason.STAGE_CLOSED)


def may_ask_release(
    user: Reader, deposit: Deposit, organisation: Organisation, ground: Ground
) -> Verdict:
    """Ask that the files are handed to an organisation: a user, or the depositor that lost its key."""
    if not (verdict := _manages(user, organisation.pk)):
        return verdict
    is_user = deposit.users.filter(organisation=organisation).exists()
    is_depositor = deposit.depositor_id == organisation.pk
    if not (is_user if ground.by == "users" else is_depositor):
        return Verdict(Reason.NOT_A_PARTY)
    if deposit.stage not in (DepositStage.KEPT, DepositStage.LAPSED):
        return Verdict(Reason.STAGE_CLOSED)
    if queries.open_release(deposit) is not None:
        return Verdict(Reason.ALREADY_ASKED)
    return YES if queries.key_of(organisation) else Verdict(Reason.NO_KEY)


def may_ask_any_release(user: Reader, deposit: Deposit) -> Verdict:
    """Ask for a release of this deposit on some ground."""
    managed = roles_of(user).managed
    parties = {deposit.depositor_id, *deposit.users.values_list("organisation_id", flat=True)}
    if not managed & parties:
        return Verdict(Reason.NOT_A_PARTY)
    if deposit.stage not in (DepositStage.KEPT, DepositStage.LAPSED):
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.ALREADY_ASKED) if queries.open_release(deposit) else YES


def may_grant(user: Reader, release: Release, on: date) -> Verdict:
    """Grant a release, first or second: a release officer who keeps a share and is of no party."""
    if not (verdict := _may_decide(user, release)):
        return verdict
    if release.stage == ReleaseStage.WAITING:
        if release.granted_by_id == user.pk:
            return Verdict(Reason.SECOND_OFFICER)
        if release.is_open_to_objection(on):
            return Verdict(Reason.STILL_WAITING)
    return YES


def may_hand_out(release: Release, at: datetime) -> Verdict:
    """Let the files reach who asked: what the depositor keeps secret waits for the papers of the law.

    The depositor itself, and what is not secret, wait for none (`ndas.permissions.may_hand_over`).
    """
    deposit = release.deposit
    if not deposit.is_secret or release.organisation_id == deposit.depositor_id:
        return YES
    return papers_are_there(deposit.depositor, release.organisation, at)


def may_refuse(user: Reader, release: Release) -> Verdict:
    """Refuse a release, with reason."""
    return _may_decide(user, release)


def may_object(user: Reader, release: Release, on: date) -> Verdict:
    """Object to a release to somebody else, within the term."""
    if not (verdict := _manages(user, release.deposit.depositor_id)):
        return verdict
    is_own = release.organisation_id == release.deposit.depositor_id
    if is_own or not release.is_open_to_objection(on) or release.objection:
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_take_back(user: Reader, release: Release) -> Verdict:
    """Take a request back."""
    if not (verdict := _manages(user, release.organisation_id)):
        return verdict
    return YES if release.stage in OPEN_RELEASES else Verdict(Reason.STAGE_CLOSED)


def may_open_released(user: Reader, released: ReleasedFile) -> Verdict:
    """Open what was released to one's own organisation."""
    return _manages(user, released.release.organisation_id)


def _may_decide(user: Reader, release: Release) -> Verdict:
    if not (verdict := may_keep_officer_key(user)):
        return verdict
    own = roles_of(user).organisations
    if own & {release.organisation_id, release.deposit.depositor_id}:
        return Verdict(Reason.OWN_CASE)
    if release.stage not in OPEN_RELEASES:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if queries.share_of(user, release.deposit) else Verdict(Reason.NO_SHARE)


def _manages(user: Reader, organisation_id: int) -> Verdict:
    roles = roles_of(user)
    if organisation_id not in roles.organisations:
        return Verdict(Reason.NOT_DEPOSITOR)
    return YES if organisation_id in roles.managed else Verdict(Reason.ONLY_MANAGERS)


def _keeps(user: Reader, deposit: Deposit) -> Verdict:
    if not is_office(user):
        return Verdict(Reason.NOT_KEEPER)
    is_own = deposit.depositor_id in roles_of(user).organisations
    return Verdict(Reason.OWN_CASE) if is_own else YES
