"""Plan against actual by year, and what goes on from stage to stage."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.projects import adapter, queries
from dure.apps.projects.models import CarryOver, Project


def years_of(project: Project) -> list[dict[str, Any]]:
    """Cash planned, brought over, spent, gone back by settlements, and left in each year of a project."""
    budget, spent = list(queries.budget_of(project)), queries.spending_of(project)
    gone_back = _gone_back(project)
    rows: list[dict[str, Any]] = []
    for year in project.years:
        sums = adapter.plan_against_actual(budget, spent, year)
        cash = [line_sum for line_sum in sums if not line_sum.is_in_kind]
        planned, used = (
            sum(line_sum.planned for line_sum in cash),
            sum(line_sum.spent for line_sum in cash),
        )
        over = rows[-1]["left"] if rows else 0
        rows.append(
            {
                "year": year,
                "label": _("Year %(year)s") % {"year": year},
                "planned": planned,
                "carried": over,
                "spent": used,
                "disallowed": sum(line_sum.disallowed for line_sum in cash),
                "gone_back": gone_back[year],
                "left": planned + over - used - gone_back[year],
                "in_kind": sum(line_sum.spent for line_sum in sums if line_sum.is_in_kind),
            }
        )
    return rows


def _gone_back(project: Project) -> Counter[int]:
    """What of the cash nobody spent left the project by its concluded settlements, by year."""
    won: Counter[int] = Counter()
    for settlement in project.settlements.all():
        if result := settlement.result:
            year = project.year_of(settlement.ends_on or project.ends_on)
            rest = result["grant"] + result["own_cash"] - result["spent"]
            won[year] += max(rest, 0)
    return won


def years_chart(years: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The years as bars: what was spent, and the plan with what was brought over as a mark."""
    return [
        {
            "label": year["label"],
            "value": year["spent"],
            "plan": year["planned"] + year["carried"],
            "plan_text": f"{year['planned'] + year['carried']:,}",
        }
        for year in years
    ]


def years_sheet(project: Project) -> dict[str, Any]:
    """Plan against actual by year and budget line."""
    headers = [
        *(_("Year"), _("Budget line"), _("In kind"), _("Planned (won)")),
        *(_("Brought over (won)"), _("Spent (won)"), _("Disallowed (won)"), _("Left (won)")),
    ]
    budget, spent = list(queries.budget_of(project)), queries.spending_of(project)
    language = get_language()
    rows = [
        [
            year, adapter.line_name(project, line_sum.line, language),
            _("In kind") if line_sum.is_in_kind else "", line_sum.planned, line_sum.carried, line_sum.spent,
            line_sum.disallowed, line_sum.left,
        ]
        for year in project.years
        for line_sum in adapter.plan_against_actual(budget, spent, year)
    ]  # fmt: skip
    return {"title": _("Plan against actual"), "headers": headers, "rows": rows}


def carry_over_rows(project: Project, carry_overs: Iterable[CarryOver]) -> list[dict[str, Any]]:
    """What was asked to go on, with how its line is called."""
    language = get_language()
    return [
        {"carry_over": carry_over, "name": adapter.line_name(project, carry_over.line, language)}
        for carry_over in carry_overs
    ]


def direct_lines(project: Project) -> list[tuple[str, str]]:
    """The lines of the plan of which money can go on to the next stage, by id and name."""
    known, language = adapter.lines_of(project), get_language()
    lines = dict.fromkeys(row.line for row in queries.budget_of(project) if not row.is_in_kind)
    return [
        (line, adapter.line_name(project, line, language))
        for line in lines
        if line not in known or known[line].is_direct
    ]
