"""Opening files, with the passphrase of the organisation whose key they were encrypted for."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.db import transaction

from dure.apps.deposits import permissions, queries
from dure.apps.deposits.models import DepositFile, DepositKey, Opening, ReleasedFile
from dure.apps.deposits.operations.depositing import path_of
from dure.apps.deposits.operations.keys import opened
from dure.apps.deposits.reasons import Reason
from dure.apps.people.models import User
from dure.foundation import escrow
from dure.foundation.verdict import Refused


@transaction.atomic
def open_file(*, file: DepositFile, passphrase: str, by: User, at: datetime) -> Iterator[bytes]:
    """The pieces of a file as it was deposited; that `by` opened it is kept. Raises Refused."""
    permissions.may_open(by, file.deposit).require()
    depositor = file.deposit.depositor_id
    content = _read(file.stored_as, queries.key_of(depositor), passphrase)
    Opening.objects.create(file=file, organisation_id=depositor, user=by, at=at)
    return content


@transaction.atomic
def open_released(
    *, released: ReleasedFile, passphrase: str, by: User, at: datetime
) -> Iterator[bytes]:
    """The pieces of a file that was released to one's own organisation. Raises Refused."""
    permissions.may_open_released(by, released).require()
    receiver = released.release.organisation_id
    content = _read(released.stored_as, queries.key_of(receiver), passphrase)
    Opening.objects.create(file=released.file, organisation_id=receiver, user=by, at=at)
    return content


def secret_of(*, key: DepositKey, passphrase: str, by: User) -> str:
    """The secret key itself, to keep elsewhere: with it any age tool opens the files. Raises Refused."""
    if key.organisation is None:
        raise Refused(Reason.NOT_DEPOSITOR)
    permissions.may_keep_key(by, key.organisation).require()
    return opened(key, passphrase)


def pieces_of(stored_as: UUID, secret: str) -> Iterator[bytes]:
    """A stored file opened with a secret key; one that does not open is Refused before the first piece."""
    try:
        pieces = escrow.decrypted_pieces(path_of(stored_as).open("rb"), secret)
        first = next(pieces, b"")
    except (OSError, escrow.Locked) as error:
        raise Refused(Reason.FILE_GONE) from error
    return chain([first], pieces)


def _read(stored_as: UUID, key: DepositKey | None, passphrase: str) -> Iterator[bytes]:
    if key is None:
        raise Refused(Reason.NO_KEY)
    return pieces_of(stored_as, opened(key, passphrase))
