"""Rows of a selection as values of the engines, and rows of spreadsheets."""

from dure.apps.selection.adapter.assigning import assigned, instance_of_each, reassigned
from dure.apps.selection.adapter.engines import (
    changes_of,
    entries_of,
    instance_of,
    judged_again_of,
    newcomer_for,
    order_of_day,
    places_of,
    ranking_of,
    rules_of,
    shared_words,
)
from dure.apps.selection.adapter.interests import (
    accounts,
    declared_facts,
    shared_works,
    taking_part,
)
from dure.apps.selection.adapter.works import WORK_COLUMNS, work_reader

__all__ = [
    "WORK_COLUMNS",
    "accounts",
    "assigned",
    "changes_of",
    "declared_facts",
    "entries_of",
    "instance_of",
    "instance_of_each",
    "judged_again_of",
    "newcomer_for",
    "order_of_day",
    "places_of",
    "ranking_of",
    "reassigned",
    "rules_of",
    "shared_words",
    "shared_works",
    "taking_part",
    "work_reader",
]
