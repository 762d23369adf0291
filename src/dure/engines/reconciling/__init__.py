"""Which of many reports tell of one and the same deal.

>>> from datetime import date
>>> from decimal import Decimal
>>> ours = Report("a", "contract", frozenset({"1", "2"}), date(2026, 3, 2), Decimal(500), "KRW")
>>> theirs = Report("b", "contract", frozenset({"2", "1"}), date(2026, 3, 6), Decimal(490), "KRW")
>>> [(twin.id, [sign.value for sign in twin.signs]) for twin in twins_of(ours, [theirs])]
[('b', ['near_day', 'near_amount'])]
"""

from dure.engines.reconciling._find import DAYS, PERCENT, Report, Sign, Twin, twins_of

__all__ = ["DAYS", "PERCENT", "Report", "Sign", "Twin", "twins_of"]
