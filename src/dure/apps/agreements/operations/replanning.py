"""The plan revised (사업계획서 보완) after the panel's cuts and conditions, within its term."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import adapter, permissions, queries
from dure.apps.agreements.adapter import Whole
from dure.apps.agreements.models import Agreement, Cost
from dure.apps.agreements.notices import agreement_replanned
from dure.apps.agreements.operations.drafting import NewCost, locked
from dure.apps.agreements.operations.telling import tell_of
from dure.apps.agreements.reasons import Reason
from dure.apps.people.models import User
from dure.engines.funding import Kind, Role
from dure.foundation.verdict import Refused


@transaction.atomic
def replan(
    *,
    agreement: Agreement,
    money: Mapping[int, int],
    costs: Mapping[int, int],
    more: Sequence[NewCost] = (),
    starts_on: date | None = None,
    note: str,
    by: User,
    at: datetime,
) -> Agreement:
    """Revise the plan of a draft that came of a selection; it is held against the rules again.

    `money` and `costs` are amounts in won by the rows' ids, nought takes a row out; what is not
    named stays. `more` are costs that are new; their `party` is the id of a party. The public money
    may be less than what was granted, never more. Raises Refused.
    """
    agreement = locked(agreement)
    permissions.may_replan(by, agreement, localdate(at)).require()
    if not (note := note.strip()):
        raise Refused(Reason.REASON_MISSING)
    _require_granted(agreement, money)
    _rewrite(agreement, money, costs, more)
    if starts_on is not None:
        length = agreement.ends_on - agreement.starts_on
        agreement.starts_on, agreement.ends_on = starts_on, starts_on + length
    whole = Whole.of(agreement)
    judgement = adapter.judgement(whole, localdate(at))
    if not judgement.passes:
        raise Refused(Reason.PLAN_BREAKS_RULES, judgement=judgement)
    if whole.costs and not _is_balanced(whole):
        raise Refused(Reason.COSTS_DIFFER)
    agreement.replan_note, agreement.replanned_by, agreement.replanned_at = note, by, at
    agreement.save()
    tell_of(agreement, agreement_replanned, {agreement.created_by} - {by}, at=at, reason=note)
    return agreement


def _require_granted(agreement: Agreement, money: Mapping[int, int]) -> None:
    decision = queries.decision_of(agreement)
    public = sum(
        money.get(row.pk, row.amount)
        for row in agreement.contributions.filter(payer__role=Role.GOVERNMENT)
    )
    if decision is not None and public > decision.granted:
        raise Refused(Reason.MORE_THAN_GRANTED, granted=f"{decision.granted:,}")
    if any(won < 0 for won in money.values()):
        raise Refused(Reason.MORE_THAN_GRANTED)


def _rewrite(
    agreement: Agreement,
    money: Mapping[int, int],
    costs: Mapping[int, int],
    more: Sequence[NewCost],
) -> None:
    for rows, amounts in ((agreement.contributions.all(), money), (agreement.costs.all(), costs)):
        for row in rows:
            won = amounts.get(row.pk, row.amount)
            if won <= 0:
                row.delete()
            elif won != row.amount:
                row.amount = won
                row.save(update_fields=["amount"])
    parties = {party.pk: party for party in agreement.parties.all()}
    Cost.objects.bulk_create(
        Cost(
            agreement=agreement,
            party=parties[row.party],
            category=row.category,
            kind=row.kind,
            amount=row.amount,
            year=row.year,
        )
        for row in more
    )


def _is_balanced(whole: Whole) -> bool:
    """True when what is spent comes to what is given, in cash and in kind."""
    return all(
        sum(row.amount for row in whole.contributions if row.kind == kind)
        == sum(row.amount for row in whole.costs if row.kind == kind)
        for kind in (Kind.CASH, Kind.IN_KIND)
    )
