"""Payment files for the bank (대량이체), and what it really paid, set against what was ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import permissions
from dure.apps.agreements.adapter import Transfer
from dure.apps.agreements.models import Instalment
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.paying import enter_payment
from dure.apps.agreements.operations.posting import is_public_cash
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import InstalmentStage
from dure.apps.people.models import User
from dure.foundation.verdict import Refused


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that was not taken, and why."""

    row: int
    reference: str
    reason: str


@transaction.atomic
def order(*, instalments: Sequence[Instalment], by: User, at: datetime) -> list[Instalment]:
    """Put public money into a payment file; all of it or none. Raises Refused.

    What is ordered already is put in again, so that a file that was lost can be made anew.
    """
    ordered = []
    for agreement in sorted(
        {instalment.agreement for instalment in instalments}, key=lambda touched: touched.pk
    ):
        locked(agreement)
    held = Instalment.objects.select_for_update(of=("self",)).select_related(
        "agreement__version__programme", "payer", "payee"
    )
    for instalment_held in held.filter(
        pk__in=[instalment.pk for instalment in instalments]
    ).order_by("pk"):
        if not is_public_cash(instalment_held):
            raise Refused(Reason.NOT_DUE)
        permissions.may_pay(by, instalment_held, localdate(at)).require()
        instalment_held.stage = InstalmentStage.ORDERED
        instalment_held.save(update_fields=["stage"])
        ordered.append(instalment_held)
    return ordered


def reconcile(
    *, transfers: Sequence[Transfer], by: User, at: datetime
) -> tuple[list[Instalment], list[Difference]]:
    """Enter what the bank paid; what differs from what was ordered is listed and not entered."""
    paid, differences = [], []
    known = _known(transfers)
    for transfer in transfers:
        instalment = known.get(transfer.reference)
        reason = _difference(transfer, instalment)
        if reason or instalment is None or transfer.paid_on is None:
            differences.append(Difference(transfer.row, transfer.reference, reason))
            continue
        try:
            known[transfer.reference] = enter_payment(
                instalment=instalment, paid_on=transfer.paid_on, by=by, at=at
            )
            paid.append(known[transfer.reference])
        except Refused as refusal:
            reason = str(refusal.reason.label)
            differences.append(Difference(transfer.row, transfer.reference, reason))
    return paid, differences


def reference_of(instalment: Instalment) -> str:
    """How a transfer names its instalment."""
    return f"{instalment.agreement.number}-{instalment.number}"


def _known(transfers: Sequence[Transfer]) -> dict[str, Instalment]:
    """The instalments that transfers name, by their references."""
    numbers = {transfer.reference.rpartition("-")[0] for transfer in transfers}
    instalments = Instalment.objects.filter(
        agreement__number__in=numbers,
        stage__in=[InstalmentStage.ORDERED, InstalmentStage.PAID, InstalmentStage.CANCELLED],
    ).select_related("agreement", "payee", "payer")
    return {reference_of(instalment): instalment for instalment in instalments}


def _difference(transfer: Transfer, instalment: Instalment | None) -> str:
    if instalment is None:
        return str(Reason.NOT_ORDERED.label)
    if transfer.amount is None or transfer.paid_on is None:
        return str(Reason.LINE_UNREADABLE.label)
    if instalment.stage == InstalmentStage.CANCELLED:
        return str(Reason.CANCELLED_SINCE.label)
    if instalment.stage == InstalmentStage.PAID:
        return str(Reason.PAID_ALREADY.label)
    if transfer.amount != instalment.amount:
        return str(Reason.AMOUNT_DIFFERS.label)
    if _digits(transfer.account_number) != _digits(instalment.payee.account_number):
        return str(Reason.ACCOUNT_DIFFERS.label)
    return ""


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isascii() and character.isdigit())
