"""Plans from their files, figures from what apps know, reported figures from spreadsheets."""

from dure.apps.indicators.adapter.figures import (
    Disagreement,
    Measured,
    behind_of,
    disagreements,
    facts_of,
    file_of,
    is_measured,
    measured,
    measured_on,
    measured_year,
    said_of,
)
from dure.apps.indicators.adapter.sheets import COLUMNS, read_figures

__all__ = [
    "COLUMNS",
    "Disagreement",
    "Measured",
    "behind_of",
    "disagreements",
    "facts_of",
    "file_of",
    "is_measured",
    "measured",
    "measured_on",
    "measured_year",
    "read_figures",
    "said_of",
]
