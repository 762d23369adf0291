"""Figures as people read them."""

from dure.apps.indicators.presenters.boards import Shown, choices_of, counted, late, published
from dure.apps.indicators.presenters.chain import (
    funnel_of,
    losses_of,
    regions_of,
    stopped_sheet,
    waits_of,
)
from dure.apps.indicators.presenters.open_data import figures_package
from dure.apps.indicators.presenters.plans import (
    headline_bars,
    newest_headlines,
    plan_table,
    sheets,
    years_of,
)
from dure.apps.indicators.presenters.reports import (
    as_document,
    comment_rows,
    errata,
    reached_bars,
    report_sheets,
    section_choices,
    sections,
    sources,
    without_english,
)
from dure.apps.indicators.presenters.requests import request_document, request_table
from dure.apps.indicators.presenters.single import (
    breakdown,
    definition,
    figure_rows,
    record_rows,
    revision_rows,
    too_small,
    year_bars,
)
from dure.apps.indicators.presenters.words import as_text, crumbs
from dure.apps.indicators.presenters.year_plans import by_task, totals, year_plan_sheet

__all__ = [
    "Shown",
    "as_document",
    "as_text",
    "breakdown",
    "by_task",
    "choices_of",
    "comment_rows",
    "counted",
    "crumbs",
    "definition",
    "errata",
    "figure_rows",
    "figures_package",
    "funnel_of",
    "headline_bars",
    "late",
    "losses_of",
    "newest_headlines",
    "plan_table",
    "published",
    "reached_bars",
    "record_rows",
    "regions_of",
    "report_sheets",
    "request_document",
    "request_table",
    "revision_rows",
    "section_choices",
    "sections",
    "sheets",
    "sources",
    "stopped_sheet",
    "too_small",
    "totals",
    "waits_of",
    "without_english",
    "year_bars",
    "year_plan_sheet",
    "years_of",
]
