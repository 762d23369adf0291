"""Handing files in: checked for readability, encrypted, and their key split among the officers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from dure.apps.deposits import kinds, permissions, queries
from dure.apps.deposits.kinds import rules
from dure.apps.deposits.models import Deposit, DepositFile, DepositUser, Share
from dure.apps.deposits.operations.recording import note
from dure.apps.deposits.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.apps.projects.models import Project
from dure.foundation import escrow
from dure.foundation.files import clean_name, is_what_it_says
from dure.foundation.scanning import Scan, scan
from dure.foundation.verdict import Refused

MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class UsedBy:
    """An organisation that is to receive the files, and when, in the words of the contract."""

    organisation: Organisation
    condition: str = ""


@dataclass(frozen=True, slots=True)
class _Content:
    name: str
    content: bytes
    scan: Scan


@transaction.atomic
def deposit(
    *,
    depositor: Organisation,
    contract: str,
    item: str,
    title: str,
    made_on: date,
    outline: str = "",
    is_secret: bool = True,
    project: Project | None = None,
    users: Sequence[UsedBy] = (),
    files: Sequence[File],
    by: User,
    at: datetime,
) -> Deposit:
    """Hand files in for deposit. Nothing readable of them reaches a disk. Raises Refused.

    `is_secret` says that the depositor keeps the content secret: a user then receives it only under the
    papers that the law asks for.
    """
    permissions.may_deposit(by, depositor).require()
    _right_users(contract, depositor, users)
    contents = _checked(files)
    own, officers = queries.key_of(depositor), queries.keys_of_officers()[: queries.OFFICERS]
    if own is None:
        raise Refused(Reason.NO_KEY)
    key = escrow.new_key()
    made = Deposit.objects.create(
        depositor=depositor,
        contract=contract,
        item=item,
        title=title,
        made_on=made_on,
        outline=outline,
        is_secret=is_secret,
        project=project,
        recipient=key.recipient,
        created_by=by,
        created_at=at,
    )
    DepositUser.objects.bulk_create(
        DepositUser(deposit=made, organisation=one.organisation, condition=one.condition)
        for one in users
    )
    shares = escrow.split(key.secret.encode(), len(officers))
    Share.objects.bulk_create(
        Share(
            deposit=made,
            officer_id=officer.officer_id,
            content=escrow.encrypt(share, [officer.recipient]),
        )
        for officer, share in zip(officers, shares, strict=True)
    )
    for one in contents:
        _kept(made, one, [own.recipient, key.recipient])
    note(made, kinds.APPLIED, by=by, at=at)
    return made


def path_of(stored_as: UUID) -> Path:
    """Where the encrypted content of a file stands."""
    return Path(settings.MEDIA_ROOT) / "deposits" / f"{stored_as.hex}.age"


def put(content: bytes, recipients: Sequence[str]) -> UUID:
    """Encrypt content for recipients and keep it; under which name."""
    stored_as = uuid4()
    path = path_of(stored_as)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(escrow.encrypt(content, recipients))
    return stored_as


def _right_users(contract: str, depositor: Organisation, users: Sequence[UsedBy]) -> None:
    kind = rules().contracts[contract]
    if not kind.least_users <= len({one.organisation.pk for one in users}) <= kind.most_users:
        raise Refused(Reason.USERS_WRONG)
    if any(one.organisation.pk == depositor.pk for one in users):
        raise Refused(Reason.USER_IS_DEPOSITOR)


def _checked(files: Sequence[File]) -> list[_Content]:
    """The files that may be deposited. Raises Refused, naming the one that may not."""
    if not files:
        raise Refused(Reason.FILES_MISSING)
    if len(files) > MOST_FILES:
        raise Refused(Reason.TOO_MANY_FILES)
    return [_readable(file) for file in files]


def _readable(file: File) -> _Content:
    name = clean_name(file.name or "")
    if file.size > settings.DURE_UPLOAD_LIMIT:
        raise Refused(Reason.FILE_TOO_LARGE, name=name)
    content = file.read()
    if not content:
        raise Refused(Reason.FILE_EMPTY, name=name)
    if not is_what_it_says(name, BytesIO(content)):
        raise Refused(Reason.FILE_UNREADABLE, name=name)
    result = scan(BytesIO(content))
    if result is Scan.INFECTED:
        raise Refused(Reason.FILE_INFECTED, name=name)
    return _Content(name, content, result)


def _kept(made: Deposit, one: _Content, recipients: Sequence[str]) -> DepositFile:
    return DepositFile.objects.create(
        deposit=made,
        name=one.name,
        size=len(one.content),
        sha256=hashlib.sha256(one.content).hexdigest(),
        stored_as=put(one.content, recipients),
        scan=one.scan.value,
    )
