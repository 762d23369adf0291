"""What a change asks of the lists of its rule set: facts of the agreement before and after it."""

from collections import defaultdict
from typing import Any

from dure.apps.agreements.adapter.plan import Whole
from dure.apps.agreements.models import Agreement
from dure.apps.applications.queries import PERSONNEL
from dure.engines.funding import Kind

FIFTH = 5


def facts_of_change(before: Whole, after: Whole) -> dict[str, Any]:
    """What the lists of changes that need approval ask about, also of each budget category."""
    facts: dict[str, Any] = {
        "total_changed": _total(before) != _total(after),
        "total_up": max(_total(after) - _total(before), 0),
        "organisations_up": max(len(after.parties) - len(before.parties), 0),
        "share_changed": _shares(before) != _shares(after),
        "cash_pay_changed": _cost(before, PERSONNEL, Kind.CASH)
        != _cost(after, PERSONNEL, Kind.CASH),
        "equipment_change": _equipment(before, after),
        "equipment_outside_plan": max(_cost(after, "equipment") - _cost(before, "equipment"), 0),
        "carried_into_next_stage": 0,
        "moved_between_lines": 0,
        "term_changed": before.agreement.ends_on != after.agreement.ends_on,
        "goal_changed": before.agreement.goal != after.agreement.goal,
        "annexes_changed": {annex.pk for annex in before.annexes}
        != {annex.pk for annex in after.annexes},
        **_of_leader(before.agreement, after.agreement),
    }
    for category in {row.category for row in (*before.costs, *after.costs)}:
        was, becomes = _cost(before, category), _cost(after, category)
        more = max(becomes - was, 0)
        facts["moved_between_lines"] += more
        facts |= {
            f"{category}_changed": was != becomes,
            f"{category}_up": more,
            f"{category}_up_percent": more * 100 // was if was else 100 * bool(more),
        }
    return facts


def _of_leader(before: Agreement, after: Agreement) -> dict[str, bool]:
    """Whether another person leads the project, the first one is named, or the leader has left."""
    is_other = after.leader_id is not None and before.leader_id != after.leader_id
    had_one = before.leader_id is not None or before.leaderless_since is not None
    return {
        "leader_changed": is_other and had_one,
        "leader_named": is_other and not had_one,
        "leader_left": before.leader_id is not None and after.leader_id is None,
    }


def _equipment(before: Whole, after: Whole) -> int:
    """The equipment that is added, dropped or changed by more than a fifth, in won."""
    was, becomes = _cost(before, "equipment"), _cost(after, "equipment")
    return max(was, becomes) if abs(becomes - was) * FIFTH > was else 0


def _total(whole: Whole) -> int:
    return sum(row.amount for row in whole.contributions if row.kind != Kind.UNPAID)


def _shares(whole: Whole) -> dict[tuple[Any, ...], int]:
    sums: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in whole.contributions:
        sums[row.payer_id, row.recipient_id, row.kind, row.year] += row.amount
    return sums


def _cost(whole: Whole, category: str, kind: str = "") -> int:
    return sum(
        row.amount
        for row in whole.costs
        if row.category == category and (not kind or row.kind == kind)
    )
