"""Jobs that check a spreadsheet and take it in: what they count, what they report."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.apps.jobs.kinds import Run, job_handler
from dure.foundation.sheets import Problem, UnreadableFile

FIGURES = {
    "rows": _("Rows read"),
    "new": _("Newly entered"),
    "changed": _("Changed rows"),
    "same": _("Unchanged"),
    "problem_count": _("Problems"),
}
# The kinds that only say what an import would do; a second job then takes the file in.
CHECKS: set[str] = set()
PROBLEMS_KEPT = 500


@dataclass
class Report:
    """What an import does or would do: counts, and every problem with its place."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As plain values, to be kept with a job."""
        return {
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "problem_count": len(self.problems),
            "problems": [problem.as_json() for problem in self.problems[:PROBLEMS_KEPT]],
            "titles": self.titles,
        }


Handler = Callable[[Any, Any], Report]
"""What reads the file of a job, told its progress; raises UnreadableFile where it is none."""


def sheet_check(code: str, label: Promise, *, route: str) -> Callable[[Handler], Run]:
    """Make a function what checks a spreadsheet; its report is shown at `route`, by the job's id."""
    CHECKS.add(code)
    return _sheet_job(code, label, route=route, is_short=True)


def sheet_import(code: str, label: Promise, *, route: str) -> Callable[[Handler], Run]:
    """Make a function what takes a spreadsheet in; its report is shown at `route`."""
    return _sheet_job(code, label, route=route)


def _sheet_job(code: str, label: Promise, **more: Any) -> Callable[[Handler], Run]:
    """A file that cannot be read at all is reported as a problem too."""

    def register(handle: Handler) -> Run:
        @wraps(handle)
        def run(job: Any, progress: Any) -> dict[str, Any]:
            try:
                report = handle(job, progress)
            except UnreadableFile as unreadable:
                report = Report(problems=[unreadable.problem])
            return report.as_json()

        return job_handler(code, label, figures=FIGURES, route_args=_own_page, **more)(run)

    return register


def _own_page(job: Any) -> list[Any]:
    return [job.pk]
