"""Who pays what in a programme: whether a plan obeys its rules, and what it comes to, to the won.

>>> government, firm = Selection(("government",)), Selection(("lead",))
>>> programme = Programme(
...     payers=(Payer("government", ("grant",)), Payer("lead", ("own_share",))),
...     limits=(
...         Share(Rule.SHARE_MAX, government, Selection(), Fraction(60, 100), "government"),
...         DurationMax(14),
...     ),
... )
>>> plan = Plan(
...     months=14,
...     money=(
...         Money("government", "grant", "cash", 211_000_000),
...         Money("lead", "own_share", "cash", 139_000_000),
...     ),
... )
>>> [(found.rule.value, found.limit, found.excess) for found in check(plan, programme)]
[('share_max', 210000000, 1000000)]
>>> split(plan)[0].years
((1, 180857143), (2, 30142857))
"""

from fractions import Fraction

from dure.engines.funding._budget import Budget, CategoryLimit
from dure.engines.funding._check import check
from dure.engines.funding._limits import (
    AmountMax,
    AmountMin,
    Confirmed,
    DurationMax,
    Limit,
    MultipleMax,
    Order,
    Scope,
    Share,
    cash_share,
)
from dure.engines.funding._model import (
    PAID,
    Cost,
    Facts,
    Instrument,
    Kind,
    Money,
    Plan,
    Role,
    Rule,
    Size,
    Violation,
)
from dure.engines.funding._pool import PoolTooSmall, draw
from dure.engines.funding._programme import Payer, Phase, Programme, Stage, Tranche
from dure.engines.funding._saving import (
    LeavingShare,
    due_by,
    leave,
    month_days,
    monthly,
    whole_months,
)
from dure.engines.funding._select import Condition, Selection
from dure.engines.funding._settle import (
    Account,
    Settlement,
    Steps,
    UnsettledAccount,
    all_to_return,
    in_kind_shortfall,
    late_interest,
    set_aside,
    settle,
)
from dure.engines.funding._split import Instalment, Part, instalments, split
from dure.engines.funding._stages import Step, next_stage

__all__ = [
    "PAID",
    "Account",
    "AmountMax",
    "AmountMin",
    "Budget",
    "CategoryLimit",
    "Condition",
    "Confirmed",
    "Cost",
    "DurationMax",
    "Facts",
    "Fraction",
    "Instalment",
    "Instrument",
    "Kind",
    "LeavingShare",
    "Limit",
    "Money",
    "MultipleMax",
    "Order",
    "Part",
    "Payer",
    "Phase",
    "Plan",
    "PoolTooSmall",
    "Programme",
    "Role",
    "Rule",
    "Scope",
    "Selection",
    "Settlement",
    "Share",
    "Size",
    "Stage",
    "Step",
    "Steps",
    "Tranche",
    "UnsettledAccount",
    "Violation",
    "all_to_return",
    "cash_share",
    "check",
    "draw",
    "due_by",
    "in_kind_shortfall",
    "instalments",
    "late_interest",
    "leave",
    "month_days",
    "monthly",
    "next_stage",
    "set_aside",
    "settle",
    "split",
    "whole_months",
]
