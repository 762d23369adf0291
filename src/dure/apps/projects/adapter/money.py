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
        said = result.get("carried", {})
        return cls(said.get("grant", 0), said.get("own", 0), said.get("lines", {}))


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
    for each in spent:
        key = each.line, each.is_in_kind
        if year is None or each.year == year:
            actual[key] += each.amount
            disallowed[key] += each.disallowed
        elif each.year < year:
            carried[key] -= each.amount
    keys = dict.fromkeys([*planned, *(key for key in carried if carried[key]), *actual])
    return [
        LineSum(*key, planned[key], max(carried[key], 0), actual[key], disallowed[key])
        for key in keys
    ]


def adjustments_of(project: Project, sums: Iterable[LineSum]) -> dict[str, int]:
    """What goes back by formula: reward that ran ahead, indirect cost without direct cost."""
    cash = [each for each in sums if not each.is_in_kind]
    lines = lines_of(project)
    direct = [each for each in cash if each.line not in lines or lines[each.line].is_direct]
    planned = sum(each.planned for each in direct)
    spent = sum(each.spent - each.disallowed for each in direct)
    found = {}
    for each in cash:
        paid = each.spent - each.disallowed
        ratio = {"planned": each.planned, "direct_spent": spent, "direct_planned": planned}
        if each.line == "reward":
            found["reward"] = spending.reward_clawback(paid=paid, **ratio)
        elif each.line in lines and not lines[each.line].is_direct:
            found["indirect"] = spending.indirect_cut(spent=paid, **ratio)
    return {name: won for name, won in found.items() if won}


def account_of(
    money: StageMoney, sums: Iterable[LineSum], adjusted: int, in_kind: int, carried: Carried
) -> Account:
    """The account of a settlement; `in_kind` is missing in kind, `adjusted` disallowed by formula,
    `carried` came over from the stage before."""
    cash = [each for each in sums if not each.is_in_kind]
    spent = sum(each.spent for each in cash)
    disallowed = sum(each.disallowed for each in cash) + adjusted
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
