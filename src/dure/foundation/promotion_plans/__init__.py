"""A promotion plan is a file: plan > strategy > task > indicator > target and actual by period.

The vocabulary of the file: docs/reference/promotion-plan-file.md. Nothing here needs Django.
"""

from dure.foundation.promotion_plans._agree import Discrepancy, discrepancies
from dure.foundation.promotion_plans._engine import definition_of
from dure.foundation.promotion_plans._file import (
    Indicator,
    Measured,
    Plan,
    Strategy,
    Task,
)
from dure.foundation.promotion_plans._periods import NotAPeriod, period_of, year_of
from dure.foundation.promotion_plans._read import folder, json_schema, read, shipped
from dure.foundation.promotion_plans._words import amount, name

__all__ = [
    "Discrepancy",
    "Indicator",
    "Measured",
    "NotAPeriod",
    "Plan",
    "Strategy",
    "Task",
    "amount",
    "definition_of",
    "discrepancies",
    "folder",
    "json_schema",
    "name",
    "period_of",
    "read",
    "shipped",
    "year_of",
]
