"""What pages of selections show."""

from dure.apps.selection.presenters import fairness
from dure.apps.selection.presenters.assigning import asked_for, clash
from dure.apps.selection.presenters.conflicts import conflicts
from dure.apps.selection.presenters.interests import interests_sheet
from dure.apps.selection.presenters.invitations import (
    CALENDAR_FILE,
    invitation,
    panel_calendar,
    presentation_calendar,
)
from dure.apps.selection.presenters.late import late
from dure.apps.selection.presenters.office import (
    crumbs,
    fees,
    items,
    names_left,
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
from dure.apps.selection.presenters.results import (
    ground,
    letter,
    opinions,
    panel_names,
    voters,
)
from dure.apps.selection.presenters.reviewing import (
    agenda,
    compared,
    criteria,
    hidden_names,
    neighbours,
    row,
    supplement,
    tasks,
    title,
    work,
)
from dure.apps.selection.presenters.steps import next_step
from dure.apps.selection.presenters.table import (
    OUTCOME_TONES,
    line,
    severities,
    sheet,
    summary,
    table,
)
from dure.apps.selection.presenters.works import works_crumbs, works_sheet

__all__ = [
    "CALENDAR_FILE",
    "OUTCOME_TONES",
    "again",
    "agenda",
    "asked_for",
    "changes",
    "clash",
    "compared",
    "conflicts",
    "criteria",
    "crumbs",
    "fairness",
    "fees",
    "ground",
    "hidden_names",
    "interests_sheet",
    "invitation",
    "items",
    "late",
    "letter",
    "line",
    "names_left",
    "neighbours",
    "next_step",
    "opinions",
    "own_crumbs",
    "panel_calendar",
    "panel_name",
    "panel_names",
    "panels",
    "pool",
    "pool_sheet",
    "presentation_calendar",
    "replacement",
    "row",
    "severities",
    "sheet",
    "stages",
    "summary",
    "supplement",
    "table",
    "tasks",
    "title",
    "voters",
    "why_replaced",
    "work",
    "works_crumbs",
    "works_sheet",
]
