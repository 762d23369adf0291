"""The rows of a spreadsheet, read by what reads one of them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from dure.apps.imports.kinds import Plan, Report
from dure.apps.jobs.operations import Progress
from dure.foundation.sheets import Column, Reader, read_rows, read_tables


def read_list(
    path: Path,
    columns: Sequence[Column],
    read: Callable[[Reader], dict[str, Any]],
    progress: Progress,
) -> Plan:
    """Read every row of a file; its drafts and what is wrong with cells. Raises UnreadableFile."""
    progress.step(gettext_noop("Reading the rows"))
    tables = read_tables(path, columns)
    plan = Plan(
        Report(rows=sum(len(table.rows) for table in tables)), [table.sheet for table in tables]
    )
    for table in tables:
        drafts, problems = read_rows(table, read, table.rows)
        plan.report.problems += [*table.problems, *problems]
        plan.drafts += drafts
    return plan
