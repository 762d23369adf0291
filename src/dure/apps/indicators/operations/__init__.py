"""Everything that changes plans and figures."""

from dure.apps.indicators.operations.counting import count_boards
from dure.apps.indicators.operations.figures import (
    add_files,
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
    comment,
    release_report,
    save_request,
    settle,
    write_block,
)
from dure.apps.indicators.operations.year_plans import (
    add_result,
    begin_year_plan,
    drop_action,
    resolve,
    write_action,
)

__all__ = [
    "AnotherFile",
    "add_files",
    "add_result",
    "ask",
    "begin_report",
    "begin_year_plan",
    "comment",
    "count_boards",
    "draft_measured",
    "draft_reported",
    "drop_action",
    "load",
    "measure_year",
    "move",
    "release_report",
    "resolve",
    "save_request",
    "settle",
    "take_in",
    "write_action",
    "write_block",
]
