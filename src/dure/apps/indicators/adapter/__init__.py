"""Plans from their files, figures from what apps know, reported figures from spreadsheets."""

from dure.apps.indicators.adapter.boards import (
    FILTERS,
    Group,
    facts_behind,
    groups_kept,
    is_known_by,
    published_of,
)
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
    "FILTERS",
    "Disagreement",
    "Group",
    "Measured",
    "behind_of",
    "disagreements",
    "facts_behind",
    "facts_of",
    "file_of",
    "groups_kept",
    "is_known_by",
    "is_measured",
    "measured",
    "measured_on",
    "measured_year",
    "published_of",
    "read_figures",
    "said_of",
]
