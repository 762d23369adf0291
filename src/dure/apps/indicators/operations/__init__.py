"""Everything that changes plans and figures."""

from dure.apps.indicators.operations.figures import (
    ask,
    draft_measured,
    draft_reported,
    measure_year,
    move,
    take_in,
)
from dure.apps.indicators.operations.loading import AnotherFile, load
from dure.apps.indicators.operations.reports import (
    begin_report,
    release_report,
    save_request,
    write_block,
)

__all__ = [
    "AnotherFile",
    "ask",
    "begin_report",
    "draft_measured",
    "draft_reported",
    "load",
    "measure_year",
    "move",
    "release_report",
    "save_request",
    "take_in",
    "write_block",
]
