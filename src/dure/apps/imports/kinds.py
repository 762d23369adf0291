"""Jobs that check a spreadsheet and take it in: what they count, what they report."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.apps.jobs.kinds import Run, job_handler
from dure.foundation.sheets import Column, Draft, Problem, UnreadableFile
from dure.foundation.verdict import Verdict

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
TITLES_SHOWN = 10
ABOUT = _("The second sheet says what each column means.")


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


@dataclass
class Plan:
    """What the rows of a file do: what is new, what changes, and what is wrong with it."""

    report: Report
    sheets: list[str]
    drafts: list[Draft] = field(default_factory=list)
    create: list[Any] = field(default_factory=list)
    change: list[Any] = field(default_factory=list)
    rows_by_key: dict[Hashable, int] = field(default_factory=dict)

    def refuse(self, draft: Draft, column: str, kind: TextChoices, **facts: Any) -> None:
        """Note what is wrong with a row."""
        self.report.problems.append(draft.problem(column, kind, **facts))

    def is_first(self, draft: Draft, key: Hashable, column: str, kind: TextChoices) -> bool:
        """True for the first row of a key; any further one is noted as a problem that names it."""
        if key in self.rows_by_key:
            self.refuse(draft, column, kind, row=self.rows_by_key[key])
            return False
        self.rows_by_key[key] = draft.row.number
        return True

    def add_title(self, title: str) -> None:
        """Show one of the rows by its title, while there are few."""
        if len(self.report.titles) < TITLES_SHOWN:
            self.report.titles.append(title)

    def close(self) -> None:
        """Count, and put the problems in the order of the file."""
        self.report.new, self.report.changed = len(self.create), len(self.change)
        self.report.problems.sort(
            key=lambda problem: (self.sheets.index(problem.sheet), problem.row)
        )


@dataclass(frozen=True, kw_only=True)
class SheetImport:
    """A list that people hand over as a spreadsheet; what is declared here becomes its pages and jobs.

    `route` names the page with the file; the others are called after it: `…_template`, `…_upload`,
    `…_job`, `…_confirm`. A list can belong to something that the address names, such as a register:
    `find(user, key)` gives it or raises Http404, and `of` is its name among the arguments of the job
    and of `check` and `take`. The template has the `columns`, in a sheet called `name`; without
    columns there is none. `check(path, by, at, progress)` says what `take` would do; `jobs` are the
    kinds of the two. Only who handed a private list over sees its jobs.
    """

    route: str
    jobs: tuple[str, str]
    name: Promise
    title: Promise
    lead: Promise | str = ""
    about: Promise = ABOUT
    taken_in: Promise
    first_titles: Promise | str = ""
    check: Handler
    check_label: Promise
    take: Handler
    take_label: Promise
    may: Callable[[Any, Any], Verdict]
    crumbs: Callable[[str, Any], list[dict[str, str]]]
    results: Callable[[Any], str]
    columns: Callable[[Any], Sequence[Column]] | None = None
    of: str = ""
    find: Callable[[Any, Any], Any] = lambda user, key: None
    is_private: bool = False

    def __post_init__(self) -> None:
        shown = self.routed("job")
        sheet_check(self.jobs[0], self.check_label, route=shown)(self._run(self.check))
        sheet_import(self.jobs[1], self.take_label, route=shown)(self._run(self.take))

    def routed(self, page: str) -> str:
        """The route of one of its pages."""
        return f"{self.route}_{page}"

    def arguments(self, key: Any) -> dict[str, Any]:
        """What a job has to know of the address."""
        return {self.of: key} if self.of else {}

    def thing(self, job: Any) -> Any:
        """What the list of a job belongs to."""
        return self.find(job.requested_by, job.arguments.get(self.of))

    def _run(self, act: Handler) -> Handler:
        def run(job: Any, progress: Any) -> Report:
            return act(
                path=Path(job.arguments["path"]), by=job.requested_by, at=job.started_at,
                progress=progress, **self.arguments(self.thing(job)),
            )  # fmt: skip

        return run
