"""Runs, projects and rates as pages and workbooks show them."""

from dure.apps.screening.presenters.files import (
    columns_of_files,
    faults_of,
    file_findings_of,
    file_places_sheet,
)
from dure.apps.screening.presenters.findings import (
    beside_others,
    findings_of,
    months_of,
    places_sheet,
    silent_signals,
    suggested,
    sum_of,
)
from dure.apps.screening.presenters.pictures import (
    flagged_rows,
    people,
    timeline,
    vendors,
)
from dure.apps.screening.presenters.rates import (
    checks,
    interval,
    rates,
    unchecked,
)
from dure.apps.screening.presenters.rules import (
    PARAMETERS,
    changes_of,
    effect_of,
    now_of,
    parameters_of_signals,
)
from dure.apps.screening.presenters.sanctions import (
    guidance_of,
)
from dure.apps.screening.presenters.visits import (
    drift,
    learned_of,
    missing_verdicts,
    visit_items,
    visits_of,
)

__all__ = [
    "PARAMETERS",
    "beside_others",
    "changes_of",
    "checks",
    "columns_of_files",
    "drift",
    "effect_of",
    "faults_of",
    "file_findings_of",
    "file_places_sheet",
    "findings_of",
    "flagged_rows",
    "guidance_of",
    "interval",
    "learned_of",
    "missing_verdicts",
    "months_of",
    "now_of",
    "parameters_of_signals",
    "people",
    "places_sheet",
    "rates",
    "silent_signals",
    "suggested",
    "sum_of",
    "timeline",
    "unchecked",
    "vendors",
    "visit_items",
    "visits_of",
]
