"""The sample of a settlement: how much of it is looked at, which rows, and why."""

from typing import Any

from django.db.models import Count, Sum

from dure.apps.projects import adapter, queries
from dure.apps.projects.models import Settlement


def sample_of(settlement: Settlement) -> dict[str, Any] | None:
    """The rows of the sample, the largest first, and what part of the whole they are; None without."""
    if not settlement.is_sampled:
        return None
    rows = list(settlement.sample.select_related("expense").order_by("-expense__amount", "pk"))
    expenses = queries.settled_in(settlement, settlement.project.expenses.all())
    whole = expenses.aggregate(rows=Count("pk"), won=Sum("amount"))
    return {
        "rows": rows,
        "won": sum(row.expense.amount for row in rows),
        "all_rows": whole["rows"],
        "all_won": whole["won"] or 0,
        "seed": settlement.seed,
        "rule": adapter.rules_of(settlement.project, "settlement").sampling,
    }
