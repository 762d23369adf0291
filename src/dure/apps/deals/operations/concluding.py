"""Terms, both signatures, the contract as a signed paper, payments, and the outcome that it becomes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate

from dure.apps.deals import kinds, permissions
from dure.apps.deals.kinds import kind_of
from dure.apps.deals.models import Deal, Payment, Signature
from dure.apps.deals.operations.holding import locked, record_step, tell_of
from dure.apps.deals.reasons import Reason
from dure.apps.outcomes.operations import report
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.apps.records.operations import FileHash
from dure.foundation import signing
from dure.foundation.paper import pdf
from dure.foundation.verdict import Refused

LANGUAGE = "ko"  # the paper that is signed


@dataclass(frozen=True, slots=True)
class NewPayment:
    """A part of the amount, in whole won, and when it is due."""

    due_on: date
    amount: int


@transaction.atomic
def set_terms(
    *,
    deal: Deal,
    kind: str,
    terms: str,
    amount: int,
    payments: Sequence[NewPayment],
    valuation: int | None = None,
    fee: int = 0,
    fee_support: int = 0,
    by: User,
    at: datetime,
) -> Deal:
    """Write the terms that both sides sign next; the payments add up to the amount. Raises Refused."""
    deal = locked(deal)
    permissions.may_set_terms(by, deal).require()
    if kind_of(kind) is None:
        raise Refused(Reason.UNKNOWN_KIND)
    if not terms.strip():
        raise Refused(Reason.TEXT_MISSING)
    if sum(payment.amount for payment in payments) != amount:
        raise Refused(Reason.PLAN_DIFFERS)
    if fee_support > fee:
        raise Refused(Reason.SUPPORT_TOO_HIGH)
    deal.kind, deal.terms, deal.amount = kind, terms.strip(), amount
    deal.valuation, deal.fee, deal.fee_support = valuation, fee, fee_support
    deal.stage = "TERMS"
    deal.save()
    deal.payments.all().delete()
    Payment.objects.bulk_create(
        Payment(deal=deal, number=number, due_on=payment.due_on, amount=payment.amount)
        for number, payment in enumerate(payments, 1)
    )
    record_step(deal, kinds.MOVED, by=by, at=at, amount=str(amount))
    tell_of(deal, [deal.asking, deal.supply], "TERMS", at=at)
    return deal


@transaction.atomic
def sign(*, deal: Deal, by: User, at: datetime) -> Deal:
    """Sign for one's side; with the second signature the contract is made and becomes an outcome. Raises Refused."""
    deal = locked(deal)
    permissions.may_sign(by, deal).require()
    signed = set(deal.signatures.values_list("side", flat=True))
    side = next(
        side
        for side in (deal.asking, deal.supply)
        if side.pk in roles_of(by).managed and side.pk not in signed
    )
    Signature.objects.create(deal=deal, side=side, signed_by=by, signed_at=at)
    files = []
    if signed | {side.pk} == {deal.asking_id, deal.supply_id}:
        files = [_conclude(deal, by, at)]
    record_step(deal, kinds.SIGNED, by=by, at=at, files=files, signed_for=f"organisation:{side.pk}")
    tell_of(deal, [deal.asking, deal.supply], "MOVED", at=at)
    return deal


@transaction.atomic
def enter_payment(*, payment: Payment, paid_on: date, by: User, at: datetime) -> Payment:
    """Enter that a payment came in; with the last one the deal is completed. Raises Refused."""
    deal = locked(payment.deal)
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
    payment.deal = deal
    permissions.may_enter_payment(by, payment).require()
    if paid_on > localdate(at):
        raise Refused(Reason.DAY_TO_COME)
    payment.paid_on = paid_on
    payment.save(update_fields=["paid_on"])
    if not deal.payments.filter(paid_on=None).exists():
        deal.stage = "COMPLETED"
        deal.save(update_fields=["stage"])
    record_step(deal, kinds.PAID, by=by, at=at, payment=payment.number, amount=str(payment.amount))
    tell_of(deal, [deal.asking, deal.supply], "MOVED", at=at)
    return payment


def _conclude(deal: Deal, by: User, at: datetime) -> FileHash:
    """Make the contract, sign it for both sides (PAdES), report the outcome."""
    deal.stage, deal.contracted_on = "CONTRACTED", localdate(at)
    content = _paper(deal)
    for field, side in (("asking", deal.asking), ("supply", deal.supply)):
        content = signing.sign(
            content,
            code=f"organisation-{side.pk}",
            name=side.official_name(LANGUAGE),
            field=field,
            reason="기술거래 계약",
        )
    name = f"{deal.document_number}.pdf"
    deal.file_sha256 = hashlib.sha256(content).hexdigest()
    deal.file.save(name, ContentFile(content), save=False)
    signer = roles_of(by).managed
    side = deal.supply if deal.supply_id in signer else deal.asking
    deal.outcome = report(
        values={
            "kind": deal.kind_of.outcome,
            "title": deal.title,
            "organisation": deal.supply,
            "counterpart": deal.asking,
            "number": deal.document_number,
            "on": deal.contracted_on,
            "amount": Decimal(deal.amount),
            "currency": "KRW",
        },
        reported_for=side,
        anchor=("technology", deal.technology),
        by=by,
        at=at,
    )
    deal.save()
    return FileHash(name, deal.file_sha256)


def _paper(deal: Deal) -> bytes:
    context = {
        "deal": deal,
        "payments": list(deal.payments.all()),
        "signatures": list(deal.signatures.select_related("side", "signed_by")),
        "language": LANGUAGE,
    }
    with translation.override(LANGUAGE):
        return pdf(render_to_string("deals/contract_paper.html", context))
