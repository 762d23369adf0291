"""Projects as pages, workbooks and bundles show them."""

from dure.apps.projects.presenters.bundle import bundle_of
from dure.apps.projects.presenters.due import Due, dues_of
from dure.apps.projects.presenters.expenses import findings_of, purpose_names, row_of
from dure.apps.projects.presenters.following import (
    follow_up_row,
    follow_ups_sheet,
    promise_rows,
)
from dure.apps.projects.presenters.overview import (
    figures_of,
    plan_rows,
    reported_figures,
    settled_plan,
    settlement_tabs,
    steps_of,
    verdict_name,
)
from dure.apps.projects.presenters.package import project_package, project_workbook
from dure.apps.projects.presenters.planning import (
    carry_over_rows,
    direct_lines,
    years_chart,
    years_of,
    years_sheet,
)
from dure.apps.projects.presenters.sample import sample_of
from dure.apps.projects.presenters.sheets import (
    expenses_sheet,
    plan_sheet,
    projects_sheet,
    recoveries_sheet,
)

__all__ = [
    "Due",
    "bundle_of",
    "carry_over_rows",
    "direct_lines",
    "dues_of",
    "expenses_sheet",
    "figures_of",
    "findings_of",
    "follow_up_row",
    "follow_ups_sheet",
    "plan_rows",
    "plan_sheet",
    "project_package",
    "project_workbook",
    "projects_sheet",
    "promise_rows",
    "purpose_names",
    "recoveries_sheet",
    "reported_figures",
    "row_of",
    "sample_of",
    "settled_plan",
    "settlement_tabs",
    "steps_of",
    "verdict_name",
    "years_chart",
    "years_of",
    "years_sheet",
]
