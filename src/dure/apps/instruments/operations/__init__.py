"""Everything that changes funds, savings, vouchers and ways through institutions."""

from dure.apps.instruments.operations.collecting import ask_to_take, take_list
from dure.apps.instruments.operations.funds import commit, draw, pay_in, pledge, release
from dure.apps.instruments.operations.keeping import set_institutions, set_up
from dure.apps.instruments.operations.savings import collect, join, leave, mature
from dure.apps.instruments.operations.vouchers import (
    ask,
    confirm_use,
    enter_use,
    issue_in_line,
    lapse_due,
    refuse,
    refuse_use,
)
from dure.apps.instruments.operations.ways import begin, confirm_step, lead_to

__all__ = [
    "ask",
    "ask_to_take",
    "begin",
    "collect",
    "commit",
    "confirm_step",
    "confirm_use",
    "draw",
    "enter_use",
    "issue_in_line",
    "join",
    "lapse_due",
    "lead_to",
    "leave",
    "mature",
    "pay_in",
    "pledge",
    "refuse",
    "refuse_use",
    "release",
    "set_institutions",
    "set_up",
    "take_list",
]
