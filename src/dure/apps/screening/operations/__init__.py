"""Runs, cases, questions to firms, and what came of them; files that are screened."""

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

__all__ = [
    "KIND",
    "answer",
    "ask",
    "ask_for_monthly_run",
    "ask_for_run",
    "close",
    "delete_files",
    "forget_files",
    "hold",
    "judge",
    "open_at_random",
    "open_case",
    "release",
    "run",
    "screen_files",
    "take",
]
