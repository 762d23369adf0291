"""What pages of selections show."""

from dure.apps.selection.presenters import fairness
from dure.apps.selection.presenters.office import (
    crumbs,
    fees,
    items,
    next_step,
    own_crumbs,
    panel_name,
    panels,
    pool,
    pool_sheet,
    replacement,
    stages,
    why_replaced,
)
from dure.apps.selection.presenters.renewing import again, changes
from dure.apps.selection.presenters.results import ground, letter, opinions, panel_names
from dure.apps.selection.presenters.reviewing import (
    agenda,
    compared,
    criteria,
    neighbours,
    row,
    tasks,
    title,
    work,
)
from dure.apps.selection.presenters.table import (
    OUTCOME_TONES,
    line,
    severities,
    sheet,
    summary,
    table,
)

__all__ = [
    "OUTCOME_TONES",
    "again",
    "agenda",
    "changes",
    "compared",
    "criteria",
    "crumbs",
    "fairness",
    "fees",
    "ground",
    "items",
    "letter",
    "line",
    "neighbours",
    "next_step",
    "opinions",
    "own_crumbs",
    "panel_name",
    "panel_names",
    "panels",
    "pool",
    "pool_sheet",
    "replacement",
    "row",
    "severities",
    "sheet",
    "stages",
    "summary",
    "table",
    "tasks",
    "title",
    "why_replaced",
    "work",
]
