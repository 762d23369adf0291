"""How outcomes are shown: amounts, facts, the way back, sums, and as Excel."""

from dure.apps.outcomes.presenters.outcomes import (
    compared,
    facts_of,
    figures_of,
    money,
    rows_of,
    sheet_for,
    sign_names,
    tone_of,
)
from dure.apps.outcomes.presenters.path import anchor_choices, path_of

__all__ = [
    "anchor_choices",
    "compared",
    "facts_of",
    "figures_of",
    "money",
    "path_of",
    "rows_of",
    "sheet_for",
    "sign_names",
    "tone_of",
]
