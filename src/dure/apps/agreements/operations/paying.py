"""Instalments: asked for, confirmed, paid; every confirmation of money is posted to the ledger."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import permissions
from dure.apps.agreements.events import InstalmentPaid
from dure.apps.agreements.models import Instalment
from dure.apps.agreements.notices import instalment_paid, instalment_to_confirm
from dure.apps.agreements.operations import posting
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.telling import people_in, tell_of
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import InstalmentStage
from dure.apps.people.models import User
from dure.apps.people.queries import people_of
from dure.engines.funding import Role
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused


@transaction.atomic
def ask_confirmation(*, instalment: Instalment, by: User, at: datetime) -> Instalment:
    """Say that what an instalment waits for is reached; the demand organisation is asked.

    Raises Refused.
    """
    instalment = _locked(instalment)
    permissions.may_ask_confirmation(by, instalment).require()
    instalment.stage, instalment.requested_at = InstalmentStage.ASKED, at
    instalment.save()
    agreement = instalment.agreement
    for party in agreement.parties.filter(role=Role.DEMAND).select_related("organisation"):
        tell_of(
            agreement,
            instalment_to_confirm,
            people_of(party.organisation),
            at=at,
            party=str(instalment.payee),
            what=instalment.number,
        )
    return instalment


@transaction.atomic
def confirm(*, instalment: Instalment, note: str = "", by: User, at: datetime) -> Instalment:
    """Confirm that an instalment can be paid. Raises Refused."""
    instalment = _locked(instalment)
    permissions.may_confirm(by, instalment, at).require()
    instalment.stage = InstalmentStage.CONFIRMED
    instalment.confirmed_by, instalment.confirmed_at, instalment.note = by, at, note.strip()
    instalment.save()
    return instalment


@transaction.atomic
def refuse_confirmation(
    *, instalment: Instalment, reason: str, by: User, at: datetime
) -> Instalment:
    """Say why it is not reached yet; it can be asked again. Raises Refused."""
    instalment = _locked(instalment)
    permissions.may_confirm(by, instalment, at).require()
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    instalment.stage, instalment.requested_at, instalment.note = (
        InstalmentStage.PLANNED,
        None,
        reason,
    )
    instalment.save()
    return instalment


@transaction.atomic
def enter_payment(*, instalment: Instalment, paid_on: date, by: User, at: datetime) -> Instalment:
    """Enter that an instalment came in: into the project's account, or in kind. Raises Refused."""
    instalment = _locked(instalment)
    permissions.may_pay(by, instalment, localdate(at)).require()
    if paid_on > localdate(at):
        raise Refused(Reason.NOT_DUE)
    instalment.stage, instalment.paid_on = InstalmentStage.PAID, paid_on
    instalment.save()
    posting.pay(instalment, on=paid_on, by=by, at=at)
    agreement = instalment.agreement
    tell_of(
        agreement,
        instalment_paid,
        people_in(agreement) - {by},
        at=at,
        party=str(instalment.payer),
        won=f"{instalment.amount:,}",
    )
    announce(InstalmentPaid(agreement.pk, instalment.pk, paid_on))
    return instalment


def _locked(instalment: Instalment) -> Instalment:
    """The instalment, after its agreement, kept from others until the transaction ends."""
    agreement = locked(instalment.agreement)
    held = (
        Instalment.objects.select_for_update(of=("self",))
        .select_related("payer", "payee", "appropriation", "agreement__version__programme")
        .get(pk=instalment.pk)
    )
    held.agreement = agreement
    return held
