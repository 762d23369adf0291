"""Budgets (예산): what a programme has for a year, and how far it is spoken for."""

from datetime import date, datetime

from django.db import transaction

from dure.apps.ledger import kinds, permissions
from dure.apps.ledger.adapter import AccountName, Posting
from dure.apps.ledger.kinds import AccountKind
from dure.apps.ledger.models import Appropriation
from dure.apps.ledger.operations.posting import NewEntry, post
from dure.apps.ledger.reasons import Reason
from dure.apps.people.models import User
from dure.apps.programmes.models import Programme
from dure.foundation.verdict import Refused


@transaction.atomic
def appropriate(
    *,
    programme: Programme,
    year: int,
    amount: int,
    reason: str,
    key: str,
    day: date,
    by: User,
    at: datetime,
) -> Appropriation:
    """Give a programme money for a year, in won, or take some back that is free. Raises Refused.

    `key` is the form's own, so that one sent twice counts once.
    """
    permissions.may_appropriate(by).require()
    if not 1990 <= year <= 2200:
        raise Refused(Reason.YEAR_OUT_OF_RANGE)
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    appropriation, _ = Appropriation.objects.get_or_create(
        programme=programme, year=year, defaults={"created_by": by, "created_at": at}
    )
    entry = NewEntry(
        key=f"{appropriation.subject}/{key}",
        day=day,
        kind=kinds.APPROPRIATION,
        cause=appropriation.subject,
        lines=budget_postings(appropriation, kinds.APPROPRIATED, kinds.FREE, amount),
        note=reason,
    )
    post([entry], by=by, at=at)
    return appropriation


def budget_postings(
    appropriation: Appropriation, source: AccountKind, target: AccountKind, amount: int
) -> tuple[Posting, ...]:
    """The lines that move money of a budget on: from FREE to RESERVED, COMMITTED and PAID, or back.

    An app puts them into the entry of what it does; what is not there is refused when it is posted.
    """
    return (
        Posting(AccountName(target.code, appropriation.subject), amount),
        Posting(AccountName(source.code, appropriation.subject), -amount),
    )
