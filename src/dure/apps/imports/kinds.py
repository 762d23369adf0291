"""Jobs that check a spreadsheet and take it in: what they count, and which of the two they are."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.apps.jobs.kinds import Run, job_handler

FIGURES = {
    "rows": _("Rows read"),
    "new": _("Newly entered"),
    "changed": _("Changed rows"),
    "same": _("Unchanged"),
    "problem_count": _("Problems"),
}
# The kinds that only say what an import would do; a second job then takes the file in.
CHECKS: set[str] = set()


def sheet_check(code: str, label: Promise, *, route: str) -> Callable[[Run], Run]:
    """Make a function what checks a spreadsheet; its report is shown at `route`, by the job's id."""
    CHECKS.add(code)
    return _sheet_job(code, label, route=route, is_short=True)


def sheet_import(code: str, label: Promise, *, route: str) -> Callable[[Run], Run]:
    """Make a function what takes a spreadsheet in; its report is shown at `route`."""
    return _sheet_job(code, label, route=route)


def _sheet_job(code: str, label: Promise, **more: Any) -> Callable[[Run], Run]:
    return job_handler(code, label, figures=FIGURES, route_args=_own_page, **more)


def _own_page(job: Any) -> list[Any]:
    return [job.pk]
