"""Keys for deposits, each under a passphrase that the platform forgets at once."""

from datetime import datetime

from django.db import transaction

from dure.apps.deposits import permissions, queries
from dure.apps.deposits.models import DepositKey, Share
from dure.apps.deposits.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.foundation import escrow
from dure.foundation.advisory_lock import in_turn
from dure.foundation.verdict import Refused

SHORTEST = 12


@transaction.atomic
def set_key(*, organisation: Organisation, passphrase: str, by: User, at: datetime) -> DepositKey:
    """Make the key of an organisation. Raises Refused."""
    permissions.may_keep_key(by, organisation).require()
    in_turn("deposit key of organisation", organisation.pk)
    if queries.key_of(organisation):
        raise Refused(Reason.KEY_THERE)
    return _made(DepositKey(organisation=organisation, created_by=by, created_at=at), passphrase)


@transaction.atomic
def set_officer_key(*, passphrase: str, by: User, at: datetime) -> DepositKey:
    """Make one's own key as a release officer. Raises Refused."""
    permissions.may_keep_officer_key(by).require()
    in_turn("deposit key of officer", by.pk)
    if queries.key_of_officer(by):
        raise Refused(Reason.KEY_THERE)
    return _made(DepositKey(officer=by, created_by=by, created_at=at), passphrase)


@transaction.atomic
def change_passphrase(*, key: DepositKey, old: str, new: str, by: User, at: datetime) -> DepositKey:
    """Put a key under another passphrase; what it opens stays. Raises Refused."""
    key = DepositKey.objects.select_for_update().get(pk=key.pk)
    if key.organisation is not None:
        permissions.may_keep_key(by, key.organisation).require()
    elif key.officer_id != by.pk:
        raise Refused(Reason.NOT_RELEASE_OFFICER)
    _long_enough(new)
    key.protected = escrow.protect(opened(key, old), new)
    key.changed_at = at
    key.save(update_fields=["protected", "changed_at"])
    return key


@transaction.atomic
def hand_over(*, to: User, passphrase: str, by: User, at: datetime) -> int:
    """Give all one's shares to another release officer who keeps none; how many. Raises Refused.

    The shares that the successor has already of a deposit stay; those are not handed over.
    """
    permissions.may_keep_officer_key(to).require()
    mine, theirs = queries.key_of_officer(by), queries.key_of_officer(to)
    if mine is None or theirs is None:
        raise Refused(Reason.NO_KEY)
    secret = opened(mine, passphrase)
    has_own = Share.objects.filter(officer=to).values("deposit")
    shares = list(queries.shares_kept_by(by).exclude(deposit__in=has_own).select_for_update())
    for share in shares:
        plain = escrow.decrypt(bytes(share.content), secret)
        share.content = escrow.encrypt(plain, [theirs.recipient])
        share.officer = to
    Share.objects.bulk_update(shares, ["content", "officer"], batch_size=500)
    return len(shares)


def opened(key: DepositKey, passphrase: str) -> str:
    """The secret half of a key. Raises Refused."""
    try:
        return escrow.unprotect(bytes(key.protected), passphrase)
    except escrow.WrongPassphrase as error:
        raise Refused(Reason.PASSPHRASE_WRONG) from error


def _made(key: DepositKey, passphrase: str) -> DepositKey:
    _long_enough(passphrase)
    pair = escrow.new_key()
    key.recipient, key.protected = pair.recipient, escrow.protect(pair.secret, passphrase)
    key.save()
    return key


def _long_enough(passphrase: str) -> None:
    if len(passphrase) < SHORTEST:
        raise Refused(Reason.PASSPHRASE_SHORT)
