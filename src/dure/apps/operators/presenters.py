"""How operators are shown: terms with rank and places, results of a ranking, a workbook."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dure.apps.operators import adapter, operations, queries
from dure.apps.operators.models import Operator, Ranking
from dure.apps.operators.stages import ApplicationStage
from dure.apps.programmes.models import Programme
from dure.foundation.ui.moves import Move

TONES = {
    ApplicationStage.APPLIED: "information",
    ApplicationStage.APPOINTED: "success",
    ApplicationStage.REJECTED: "neutral",
    ApplicationStage.WITHDRAWN: "neutral",
}
MOVES = (
    Move(
        ApplicationStage.APPOINTED,
        gettext_lazy("Appoint"),
        gettext_lazy("Appoint this operator?"),
        gettext_lazy("Its term begins today and lasts as long as the rule of the call says."),
        variant="primary",
    ),
    Move(
        ApplicationStage.REJECTED,
        gettext_lazy("Do not appoint"),
        gettext_lazy("Do not appoint this operator?"),
        gettext_lazy("Whoever applied reads your reason."),
        asks_why=True,
    ),
    Move(
        ApplicationStage.WITHDRAWN,
        gettext_lazy("Take back"),
        gettext_lazy("Take the application back?"),
        gettext_lazy("You can apply again until the deadline."),
    ),
)


def crumbs(programme: Programme | None, page: str = "") -> list[dict[str, str]]:
    """The way from the list of operators to a page."""
    if programme is None:
        return [{"label": _("Operators")}]
    steps = [{"label": _("Operators"), "url": reverse("operators:list")}]
    if not page:
        return [*steps, {"label": str(programme)}]
    home = reverse("operators:programme", args=[programme.slug])
    return [*steps, {"label": str(programme), "url": home}, {"label": page}]


def rule_lines(text: str) -> dict[str, Any]:
    """A rule in words: its name, the term, what is measured, and what a rank gives."""
    rule, language = adapter.read(text, "rule"), get_language()
    starts = [0.0, *(band.up_to for band in rule.bands)]
    bands = [
        _("from the top %(start)s %% to %(end)s %%: %(factor)s times an even part")
        % {"start": round(start * 100), "end": round(band.up_to * 100), "factor": band.factor}
        for start, band in zip(starts, rule.bands, strict=False)
    ]
    return {
        "name": rule.name.in_language(language),
        "years": rule.term_years,
        "measures": [
            {"name": measure.name.in_language(language), "weight": measure.weight}
            for measure in rule.measures
        ],
        "bands": bands,
    }


def standings(ranking: Ranking) -> dict[str, Any]:
    """A ranking as a table: the names of the measures, and a line for every operator."""
    rule, language = adapter.read(ranking.rule, "rule"), get_language()
    terms = queries.terms_in(ranking)
    return {
        "measures": [measure.name.in_language(language) for measure in rule.measures],
        "lines": [
            {
                "operator": terms[line.operator],
                "figures": [ranking.results[str(line.operator)][m.id] for m in rule.measures],
                "points": line.points,
                "rank": line.rank,
                "quota": line.quota,
            }
            for line in operations.standings(ranking)
        ],
    }


def operator_rows(operators: Iterable[Operator], ranking: Ranking | None) -> list[dict[str, Any]]:
    """Operators in office with their rank and places of the last ranking in force."""
    lines = {line.operator: line for line in operations.standings(ranking)} if ranking else {}
    return [{"operator": operator, "line": lines.get(operator.pk)} for operator in operators]


def operator_sheet(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Operators as a sheet."""
    head = [_("Operator"), _("From"), _("To"), _("Rank"), _("Points in the ranking"), _("Quota")]
    lines = (
        [
            str(row["operator"]),
            row["operator"].starts_on,
            row["operator"].ends_on,
            row["line"].rank if row["line"] else None,
            row["line"].points if row["line"] else None,
            row["line"].quota if row["line"] else None,
        ]
        for row in rows
    )
    return {"title": _("Operators"), "headers": head, "rows": lines}
