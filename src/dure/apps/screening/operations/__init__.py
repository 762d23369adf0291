"""Runs, cases, questions to firms and what came of them; files; parameters."""

from dure.apps.screening.operations.cases import (
    answer,
    ask,
    ask_for_monthly_run,
    ask_for_run,
    close,
    hold,
    judge,
    open_at_random,
    open_case,
    release,
    run,
)
from dure.apps.screening.operations.files import (
    KIND,
    delete_files,
    forget_files,
    screen_files,
    take,
)
from dure.apps.screening.operations.rules import (
    MEASURE,
    ask_for_effect,
    change_rules,
    drop_rules,
    measure_effect,
    release_rules,
)
from dure.apps.screening.operations.visits import mark_evidence, write_visit

__all__ = [
    "KIND",
    "MEASURE",
    "answer",
    "ask",
    "ask_for_effect",
    "ask_for_monthly_run",
    "ask_for_run",
    "change_rules",
    "close",
    "delete_files",
    "drop_rules",
    "forget_files",
    "hold",
    "judge",
    "mark_evidence",
    "measure_effect",
    "open_at_random",
    "open_case",
    "release",
    "release_rules",
    "run",
    "screen_files",
    "take",
    "write_visit",
]
