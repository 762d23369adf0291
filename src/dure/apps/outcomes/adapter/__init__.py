"""The way back to the need, reports as the engine compares them, and rows of a spreadsheet."""

from dure.apps.outcomes.adapter.sheet import COLUMNS, row_reader
from dure.apps.outcomes.adapter.tracing import anchor_of, anchors_for, traced
from dure.apps.outcomes.adapter.twins import alike_among

__all__ = ["COLUMNS", "alike_among", "anchor_of", "anchors_for", "row_reader", "traced"]
