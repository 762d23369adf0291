"""Runs, projects and rates as pages and workbooks show them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from dure.apps.calls.queries import programme_in
from dure.apps.projects.models import Expense, Project
from dure.apps.screening import adapter, queries
from dure.apps.screening.models import FileRun, Place, Run
from dure.foundation import programmes

TONES = {"strong": "danger", "medium": "warning", "weak": "default"}


def findings_of(place: Place) -> list[dict[str, Any]]:
    """The signals of a project with their rows; what was explained before comes last, marked."""
    explained = queries.explained_before(place.project)
    expenses = {expense.pk: expense for expense in place.project.expenses.all()}
    shown = []
    for finding in place.findings.all():
        words = adapter.signals()[finding.signal].words[adapter.language()]
        rows = [
            expenses[int(r[1:])] for r in finding.rows if r[0] == "e" and int(r[1:]) in expenses
        ]
        shown.append(
            {
                "finding": finding,
                "words": words,
                "sentence": adapter.sentence(finding),
                "tone": TONES[finding.level],
                "rows": sorted(rows, key=lambda row: (row.spent_on, row.pk)),
                "others": len(finding.rows) - len(rows),
                "is_explained": finding.digest in explained,
            }
        )
    return sorted(shown, key=lambda line: (line["is_explained"], -line["finding"].score))


def suggested() -> str:
    """A calm question, to begin with."""
    return _(
        "We look at part of all projects. Please tell us about the expenses below: what was bought,"
        " and how it served the project."
    )


def months_of(project: Project) -> list[dict[str, Any]]:
    """What was spent in each month, as bars."""
    spent = queries.spent_by_month(project)
    return [{"label": f"{month:%Y-%m}", "value": won} for month, won in spent]


def beside_others(project: Project) -> list[dict[str, Any]]:
    """Each budget line's share of the spending, beside the middle of the same programme's projects."""
    spent = queries.spent_by_line(queries.like(project))
    shares: dict[str, list[float]] = defaultdict(list)
    lines = sorted({line for by_line in spent.values() for line in by_line})
    for by_line in spent.values():
        whole = sum(by_line.values())
        for line in lines:
            shares[line].append(100 * by_line.get(line, 0) / whole)
    own = spent.get(project.pk, {})
    known = programmes.budget_lines(programme_in(project.version.content), project.agreed_on)
    whole = sum(own.values())
    return [
        {
            "line": _line_name(known, line),
            "won": won,
            "share": round(100 * won / whole),
            "others": round(median(shares[line])),
        }
        for line, won in sorted(own.items(), key=lambda item: -item[1])
    ]


def _line_name(known: Mapping[str, Any], line: str) -> str:
    if line in known:
        return str(known[line].name.in_language(adapter.language()))
    return line or _("No line")


def silent_signals(run: Run | FileRun) -> list[tuple[str, str]]:
    """The signals that could not look, with the columns that they lacked, in the reader's words."""
    headers = adapter.headers()
    return [
        (adapter.name(code), ", ".join(headers.get(column, column) for column in lacks))
        for code, lacks in run.silent.items()
    ]


def places_sheet(places: Iterable[Place]) -> dict[str, Any]:
    """The list of a run, one project in a row."""
    headers = [_("Rank"), _("Number"), _("Title"), _("Score"), _("Signals"), _("Status")]
    rows = [
        [
            place.rank, place.project.number, place.project.title, round(place.score, 2),
            ", ".join(dict.fromkeys(adapter.name(f.signal) for f in place.findings.all())),
            _("An open case") if place.has_case else "",
        ]
        for place in places
    ]  # fmt: skip
    return {"title": _("Screening"), "headers": headers, "rows": rows}


def sum_of(expenses: Iterable[Expense]) -> int:
    """What expenses come to, in won."""
    return sum(expense.amount for expense in expenses)
