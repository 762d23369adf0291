"""Reads what is to be settled from JSON, and settles it by a set of rules."""

from typing import Any

from dure.engines import funding
from dure.foundation.programmes._plan import Amount, UnusablePlan, loaded
from dure.foundation.programmes._spending import SettlementRules
from dure.foundation.strict_json import StrictJson


class _ByShare(StrictJson):
    grant: Amount
    own_cash: Amount
    top_up: Amount
    spent: Amount
    disallowed_cash: Amount
    disallowed_in_kind: Amount


class _AllToReturn(StrictJson):
    budget: Amount
    spent: Amount
    disallowed: Amount
    interest: Amount = 0


def settled(content: bytes, rules: SettlementRules) -> dict[str, Any]:
    """Return the settlement of the account that `content`, JSON, says, as plain values in won.

    Raises UnusablePlan with the place of every fault.
    """
    if rules.method == "all_to_return":
        read = loaded(_AllToReturn, content)
        if read.disallowed > read.spent:
            raise UnusablePlan([f"disallowed: is more than was spent ({read.spent} won)"])
        return {
            "to_return": funding.all_to_return(**read.model_dump()),
            "steps": {"rest": read.budget - read.spent},
        }
    try:
        account = funding.Account(**loaded(_ByShare, content).model_dump())
    except funding.UnsettledAccount as error:
        raise UnusablePlan([f"{error.field}: {error.message}"]) from error
    return as_json(funding.settle(account, rules.share_decimals))


def as_json(settlement: funding.Settlement) -> dict[str, Any]:
    """Return a settlement with its steps as plain values."""
    steps = settlement.steps
    return {
        "returned": settlement.returned,
        "to_pay": settlement.to_pay,
        "recovered": settlement.recovered,
        "grant_used": settlement.grant_used,
        "steps": {
            "government_share": float(steps.government_share),
            "rest": steps.rest,
            "rest_government": steps.rest_government,
            "rest_private": steps.rest_private,
            "disallowed_government": steps.disallowed_government,
            "balance": steps.balance,
        },
    }
