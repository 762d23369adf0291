"""Public money that a person keeps back until something is cleared up, and lets go again."""

from datetime import datetime

from django.db import transaction

from dure.apps.agreements import permissions
from dure.apps.agreements.models import Agreement, PaymentHold
from dure.apps.agreements.notices import payments_held
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.telling import people_in, tell_of
from dure.apps.people.models import User


@transaction.atomic
def hold_payments(*, agreement: Agreement, reason: str, by: User, at: datetime) -> PaymentHold:
    """Keep the public instalments of an agreement back. `reason` is for auditors and the office;
    the parties hear only that a question is to be cleared up. Raises Refused."""
    agreement = locked(agreement)
    permissions.may_hold(by, agreement).require()
    held = PaymentHold.objects.create(agreement=agreement, reason=reason, held_by=by, held_at=at)
    tell_of(agreement, payments_held, people_in(agreement) - {by}, at=at, stage="HELD")
    return held


@transaction.atomic
def release_payments(*, agreement: Agreement, by: User, at: datetime) -> PaymentHold:
    """Let the public instalments of an agreement go again. Raises Refused."""
    agreement = locked(agreement)
    permissions.may_release(by, agreement).require()
    held = agreement.holds.get(released_at=None)
    held.released_by, held.released_at = by, at
    held.save(update_fields=["released_by", "released_at"])
    tell_of(agreement, payments_held, people_in(agreement) - {by}, at=at, stage="RELEASED")
    return held
