"""How exchange groups are shown: in lists, charts, calendars and workbooks."""

from dure.apps.groups.presenters.bodies import (
    activity_rows,
    by_field,
    by_kind_of_group,
    by_region,
    goals,
    region_of,
    rows,
    sheet,
)
from dure.apps.groups.presenters.converging import (
    fit_rows,
    pair_funnel,
    pair_rows,
    reasons_of,
    sides,
    steps_of,
    strength_sheet,
)
from dure.apps.groups.presenters.meetings import MEETING_TONES, presence_sheet
from dure.apps.groups.presenters.money import (
    account_sheet,
    booking_sheet,
    by_kind,
    money_figures,
)
from dure.apps.groups.presenters.raising import proposal_rows, proposal_sheet

__all__ = [
    "MEETING_TONES",
    "account_sheet",
    "activity_rows",
    "booking_sheet",
    "by_field",
    "by_kind",
    "by_kind_of_group",
    "by_region",
    "fit_rows",
    "goals",
    "money_figures",
    "pair_funnel",
    "pair_rows",
    "presence_sheet",
    "proposal_rows",
    "proposal_sheet",
    "reasons_of",
    "region_of",
    "rows",
    "sheet",
    "sides",
    "steps_of",
    "strength_sheet",
]
