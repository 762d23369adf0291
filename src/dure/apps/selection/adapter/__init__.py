"""Rows of a selection as values of the engines, and rows of spreadsheets."""

from dure.apps.selection.adapter.assigning import assigned, instance_of_each, reassigned
from dure.apps.selection.adapter.circles import Circles, circles_of, name_of
from dure.apps.selection.adapter.engines import (
    Loss,
    changes_of,
    entries_of,
    instance_of,
    judged_again_of,
    losses_of,
    newcomer_for,
    order_of_day,
    places_of,
    ranking_of,
    rules_of,
    shared_words,
)
from dure.apps.selection.adapter.works import WORK_COLUMNS, work_reader

__all__ = [
    "WORK_COLUMNS",
    "Circles",
    "Loss",
    "assigned",
    "changes_of",
    "circles_of",
    "entries_of",
    "instance_of",
    "instance_of_each",
    "judged_again_of",
    "losses_of",
    "name_of",
    "newcomer_for",
    "order_of_day",
    "places_of",
    "ranking_of",
    "reassigned",
    "rules_of",
    "shared_words",
    "work_reader",
]
