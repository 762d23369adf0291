"""Plans from their files, figures from what apps know, reported figures from spreadsheets."""

from dure.apps.indicators.adapter.boards import (
    EVER,
    FILTERS,
    Counted,
    Group,
    facts_behind,
    groups_kept,
    groups_of,
    is_known_by,
    packed,
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
    "EVER",
    "FILTERS",
    "Counted",
    "Disagreement",
    "Group",
    "Measured",
    "behind_of",
    "disagreements",
    "facts_behind",
    "facts_of",
    "file_of",
    "groups_kept",
    "groups_of",
    "is_known_by",
    "is_measured",
    "measured",
    "measured_on",
    "measured_year",
    "packed",
    "published_of",
    "read_figures",
    "said_of",
]
