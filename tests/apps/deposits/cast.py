"""What other tests need of deposits: release officers with keys, and files in deposit."""

from datetime import date
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from dure.apps.deposits import operations
from dure.apps.deposits.models import Deposit, DepositKey
from dure.apps.deposits.operations import UsedBy
from dure.apps.deposits.roles import Role
from dure.apps.people.models import Appointment
from dure.foundation import escrow
from tests.conftest import NOON

PASSPHRASE = "correct horse battery"
PDF = b"%PDF-1.7\n secret recipe 7731\n%%EOF\n"
OFFICERS = ("officer", "officer2", "coordinator")


@cache
def _protected(name: str) -> tuple[str, bytes]:
    """A key under the passphrase of the tests; making one takes a second, so once a process."""
    key = escrow.new_key()
    return key.recipient, escrow.protect(key.secret, PASSPHRASE)


def deposit_keys(cast) -> None:
    """Three release officers, and the organisations of the supplier and the manager, with keys."""
    for role in OFFICERS:
        Appointment.objects.get_or_create(user=cast[role], role=Role.RELEASE_OFFICER)
        cast[role].__dict__.pop("_roles", None)
        _key(cast, role, officer=cast[role])
    _key(cast, "supplier firm", organisation=cast.supplier)
    _key(cast, "buyer firm", organisation=cast.buyer)


def _key(cast, name, **owner):
    if not DepositKey.objects.filter(**owner).exists():
        recipient, protected = _protected(name)
        DepositKey.objects.create(
            **owner,
            recipient=recipient,
            protected=protected,
            created_by=cast["officer"],
            created_at=NOON,
        )


def deposited(cast, *, content=PDF, users=(), contract="", at=NOON, **more) -> Deposit:
    """Files of the supplier handed in, not accepted yet."""
    deposit_keys(cast)
    used_by = [UsedBy(organisation, "공급이 끊길 때") for organisation in users]
    return operations.deposit(
        depositor=cast.supplier,
        contract=contract or ("THREE_PARTY" if users else "TWO_PARTY"),
        item="TECHNICAL",
        title=more.pop("title", "촉매 배합비"),
        made_on=date(2026, 10, 1),
        users=used_by,
        files=[SimpleUploadedFile("배합비.pdf", content)],
        by=cast["supplier"],
        at=at,
        **more,
    )


def kept_deposit(cast, *, at=NOON, **more) -> Deposit:
    """A deposit in keeping since `at`."""
    made = deposited(cast, at=at, **more)
    return operations.accept(deposit=made, by=cast["administrator"], at=at)
