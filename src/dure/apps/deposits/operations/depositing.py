"""Handing files in: checked for readability, encrypted, and their key split among the officers."""

import hashlib
from collections.abc import Iterable, Sequence
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
from dure.apps.uploads import operations as uploads
from dure.apps.uploads.models import Upload
from dure.apps.uploads.queries import whole
from dure.foundation import escrow
from dure.foundation.files import clean_name, is_technical_file
from dure.foundation.scanning import Scan, scan
from dure.foundation.tus import Announced
from dure.foundation.verdict import Refused

MOST_FILES = 20
PURPOSE = "deposit"
"""For which page large files of deposits are sent."""


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
    files: Sequence[File] = (),
    large: Sequence[Upload] = (),
    by: User,
    at: datetime,
) -> Deposit:
    """Hand files in for deposit. Nothing readable of them reaches a disk. Raises Refused.

    `large` are files that came in pieces beforehand; here they are encrypted anew for the deposit's keys alone.
    `is_secret` says that the depositor keeps the content secret: a user then receives it only under the
    papers that the law asks for.
    """
    permissions.may_deposit(by, depositor).require()
    _right_users(contract, depositor, users)
    contents, arrived = _checked(files, large), _arrived(large, by)
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
        DepositUser(deposit=made, organisation=user.organisation, condition=user.condition)
        for user in users
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
    for content in contents:
        _kept(made, content, [own.recipient, key.recipient])
    for upload in arrived:
        _kept_large(made, upload, [own.recipient, key.recipient], by)
    note(made, kinds.APPLIED, by=by, at=at)
    return made


def begin_upload(*, announced: Announced, by: User, at: datetime) -> Upload:
    """Take note of a large file that somebody is about to send for a deposit. Raises Refused."""
    permissions.may_send_files(by).require()
    return uploads.begin(announced=announced, purpose=PURPOSE, by=by, at=at)


def path_of(stored_as: UUID) -> Path:
    """Where the encrypted content of a file stands."""
    return Path(settings.MEDIA_ROOT) / "deposits" / f"{stored_as.hex}.age"


def put(pieces: Iterable[bytes], recipients: Sequence[str]) -> UUID:
    """Encrypt the pieces of a file for recipients and keep it; under which name."""
    stored_as = uuid4()
    path = path_of(stored_as)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("wb") as target:
        escrow.encrypt_pieces(pieces, target, recipients)
    return stored_as


def _right_users(contract: str, depositor: Organisation, users: Sequence[UsedBy]) -> None:
    kind = rules().contracts[contract]
    if not kind.least_users <= len({user.organisation.pk for user in users}) <= kind.most_users:
        raise Refused(Reason.USERS_WRONG)
    if any(user.organisation.pk == depositor.pk for user in users):
        raise Refused(Reason.USER_IS_DEPOSITOR)


def _checked(files: Sequence[File], large: Sequence[Upload]) -> list[_Content]:
    """The files that may be deposited. Raises Refused, naming the one that may not."""
    if not files and not large:
        raise Refused(Reason.FILES_MISSING)
    if len(files) + len(large) > MOST_FILES:
        raise Refused(Reason.TOO_MANY_FILES)
    return [_readable(file) for file in files]


def _readable(file: File) -> _Content:
    name = clean_name(file.name or "")
    if file.size > settings.DURE_UPLOAD_LIMIT:
        raise Refused(Reason.FILE_TOO_LARGE, name=name)
    content = file.read()
    if not content:
        raise Refused(Reason.FILE_EMPTY, name=name)
    if not is_technical_file(name, BytesIO(content)):
        raise Refused(Reason.FILE_UNREADABLE, name=name)
    result = scan(BytesIO(content))
    if result is Scan.INFECTED:
        raise Refused(Reason.FILE_INFECTED, name=name)
    return _Content(name, content, result)


def _arrived(large: Sequence[Upload], by: User) -> list[Upload]:
    """The large uploads as they are now: somebody's own, whole, sent for a deposit. Raises Refused."""
    arrived = list(whole(by, PURPOSE).filter(pk__in=[upload.pk for upload in large]))
    if len(arrived) != len(large):
        raise Refused(Reason.UPLOAD_GONE)
    return arrived


def _kept_large(made: Deposit, upload: Upload, recipients: Sequence[str], by: User) -> None:
    DepositFile.objects.create(
        deposit=made,
        name=upload.name,
        size=upload.size,
        sha256=upload.sha256,
        stored_as=put(uploads.contents_of(upload), recipients),
        scan=upload.scan,
    )
    uploads.discard(upload=upload, by=by)


def _kept(made: Deposit, content: _Content, recipients: Sequence[str]) -> DepositFile:
    return DepositFile.objects.create(
        deposit=made,
        name=content.name,
        size=len(content.content),
        sha256=hashlib.sha256(content.content).hexdigest(),
        stored_as=put([content.content], recipients),
        scan=content.scan.value,
    )
