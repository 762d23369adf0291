"""What was planned and spent, and the settlement that follows of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from dure.apps.projects.adapter.rules import lines_of, rules_of
from dure.apps.projects.adapter.stages import StageMoney
from dure.apps.projects.models import BudgetLine, Project, Recovery
from dure.apps.projects.queries import Spending
from dure.engines import funding, spending
from dure.engines.funding import Account
from dure.foundation.programmes import SettlementRules
from dure.foundation.workdays import term_ends


@dataclass(frozen=True, slots=True)
class LineSum:
    """A line of plan against actual; `carried` came over from the years before."""

    line: str
    is_in_kind: bool
    planned: int
    carried: int
    spent: int
    disallowed: int

    @property
    def left(self) -> int:
        """What is still to be spent; below nought where it is overspent."""
        return self.planned + self.carried - self.spent


@dataclass(frozen=True, slots=True)
class Carried:
    """What came over from the stage before, in won: of the grant, of own cash, and by line."""

    grant: int = 0
    own: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def out_of(cls, result: Mapping[str, Any]) -> "Carried":
        """As the settlement of that stage says it."""
        carried = result.get("carried", {})
        return cls(carried.get("grant", 0), carried.get("own", 0), carried.get("lines", {}))


def plan_against_actual(
    budget: Iterable[BudgetLine], spent: Iterable[Spending], year: int | None = None
) -> list[LineSum]:
    """Plan and actual by line; with `year` that year alone, with the rest of the earlier ones.

    The rest of a year stays on its line (GL 12).
    """
    planned: dict[tuple[str, bool], int] = defaultdict(int)
    carried: dict[tuple[str, bool], int] = defaultdict(int)
    actual: dict[tuple[str, bool], int] = defaultdict(int)
    disallowed: dict[tuple[str, bool], int] = defaultdict(int)
    for row in budget:
        key = row.line, row.is_in_kind
        if year is None or row.year == year:
            planned[key] += row.amount
        elif row.year < year:
            carried[key] += row.amount
    for expense in spent:
        key = expense.line, expense.is_in_kind
        if year is None or expense.year == year:
            actual[key] += expense.amount
            disallowed[key] += expense.disallowed
        elif expense.year < year:
            carried[key] -= expense.amount
    keys = dict.fromkeys([*planned, *(key for key in carried if carried[key]), *actual])
    return [
        LineSum(*key, planned[key], max(carried[key], 0), actual[key], disallowed[key])
        for key in keys
    ]


def adjustments_of(project: Project, sums: Iterable[LineSum]) -> dict[str, int]:
    """What goes back by formula: reward that ran ahead, indirect cost without direct cost."""
    cash = [line_sum for line_sum in sums if not line_sum.is_in_kind]
    lines = lines_of(project)
    direct = [
        line_sum
        for line_sum in cash
        if line_sum.line not in lines or lines[line_sum.line].is_direct
    ]
    planned = sum(line_sum.planned for line_sum in direct)
    spent = sum(line_sum.spent - line_sum.disallowed for line_sum in direct)
    adjustments = {}
    for line_sum in cash:
        paid = line_sum.spent - line_sum.disallowed
        ratio = {"planned": line_sum.planned, "direct_spent": spent, "direct_planned": planned}
        if line_sum.line == "reward":
            adjustments["reward"] = spending.reward_clawback(paid=paid, **ratio)
        elif line_sum.line in lines and not lines[line_sum.line].is_direct:
            adjustments["indirect"] = spending.indirect_cut(spent=paid, **ratio)
    return {name: won for name, won in adjustments.items() if won}


def account_of(
    money: StageMoney, sums: Iterable[LineSum], adjusted: int, in_kind: int, carried: Carried
) -> Account:
    """The account of a settlement; `in_kind` is missing in kind, `adjusted` disallowed by formula,
    `carried` came over from the stage before."""
    cash = [line_sum for line_sum in sums if not line_sum.is_in_kind]
    spent = sum(line_sum.spent for line_sum in cash)
    disallowed = sum(line_sum.disallowed for line_sum in cash) + adjusted
    return Account(
        grant=money.grant + carried.grant,
        own_cash=money.own_cash + carried.own,
        top_up=money.top_up,
        spent=spent,
        disallowed_cash=min(disallowed, spent),
        disallowed_in_kind=in_kind,
    )


def settled(project: Project, account: Account, goes_on: int = 0) -> dict[str, Any]:
    """The settlement of an account by the rules that bind the project, as plain values in won.

    `goes_on` won of the rest are carried over into the next stage and stay out of the sum.
    """
    rules: SettlementRules = rules_of(project, "settlement")
    carried = {"grant": 0, "own": 0}
    if goes_on:
        account, grant, own = funding.set_aside(account, goes_on, rules.share_decimals)
        carried = {"grant": grant, "own": own}
    values = {name: getattr(account, name) for name in Account.__dataclass_fields__}
    if rules.method == "all_to_return":
        back = funding.all_to_return(
            budget=account.grant + account.own_cash + account.top_up,
            spent=account.spent,
            disallowed=account.disallowed_cash + account.disallowed_in_kind,
        )
        answer = {"returned": 0, "to_pay": 0, "recovered": back, "grant_used": account.grant - back}
        return {**values, **answer, "steps": {}, "carried": carried}
    result = funding.settle(account, rules.share_decimals)
    steps = {
        name: str(getattr(result.steps, name)) if name == "government_share"
        else getattr(result.steps, name)
        for name in type(result.steps).__dataclass_fields__
    }  # fmt: skip
    return {
        **values,
        "returned": result.returned,
        "to_pay": result.to_pay,
        "recovered": result.recovered,
        "grant_used": result.grant_used,
        "steps": steps,
        "carried": carried,
    }


def interest_on(recovery: Recovery, on: date) -> int:
    """The interest on what of a recovery came or comes late, until a day, in won; 0 where the rules
    that bind the project have none.

    A term whose last day is a day off ends on the next working day. Interest bears no interest.
    """
    rules: SettlementRules | None = rules_of(recovery.project, "settlement")
    if rules is None or rules.interest_percent is None or recovery.interest_on_id:
        return 0
    paid = [(payment.paid_on, payment.amount) for payment in recovery.payments.all()]
    return funding.late_interest(
        recovery.amount, term_ends(recovery.due_on), paid, on, Fraction(rules.interest_percent)
    )
