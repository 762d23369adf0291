"""The ranking as an officer defends it, line by line."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.selection import adapter, queries
from dure.apps.selection.kinds import TABLED, Cause, Outcome
from dure.apps.selection.models import Item, Selection, Sheet
from dure.apps.selection.presenters.reviewing import row
from dure.engines import scoring
from dure.engines.scoring import UnusableSheets, written

OUTCOME_TONES = {
    Outcome.SELECTED: "success",
    Outcome.RESERVE: "warning",
    Outcome.REJECTED: "",
    Outcome.WITHDRAWN: "",
}


def table(selection: Selection, tried: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The ranking as the sheets stand, or as it would be; None while a panel scores or with too few.

    A line says whether its outcome is another than without what is tried, whether its sheets lie far
    apart, and what was changed in it.
    """
    if queries.is_scoring(selection):
        return None
    try:
        ranking = adapter.ranking_of(selection, **tried)
        before = adapter.ranking_of(selection) if tried else ranking
    except UnusableSheets:
        return None
    known = {
        str(item.pk): item
        for item in selection.items.select_related(
            "application__organisation", "application__challenge", "submission"
        )
    }
    changes = {adjustment.item_id: adjustment for adjustment in queries.adjustments_of(selection)}
    was = {line.id: line.outcome for line in before.lines}
    names = _quota_names(known.values())
    rows = [
        {
            "line": line,
            "item": known[line.id],
            "score": written(line.final, 2),
            "bonus": written(line.bonus, 0) if line.bonus else "",
            "outcome": Outcome(line.outcome.value).label,
            "tone": OUTCOME_TONES[Outcome(line.outcome.value)],
            "cause": Cause(line.cause.value).label,
            "of": _of(line, selection, names),
            "asked": queries.wanted(known[line.id].submission),
            "is_other": was[line.id] != line.outcome,
            "change": changes.get(known[line.id].pk),
        }
        for line in ranking.lines
    ]
    for above, below in pairwise(rows):
        above["is_cut"] = (
            above["line"].outcome == scoring.Outcome.SELECTED
            and below["line"].outcome != scoring.Outcome.SELECTED
        )
    return rows


def summary(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many are selected, how many wait, how much money the selected ask for."""
    of = {outcome: [row for row in rows if row["line"].outcome == outcome] for outcome in TABLED}
    won = sum(
        row["change"].granted if row["change"] and row["change"].granted else row["asked"].won
        for row in of[Outcome.SELECTED]
    )
    return [
        {"number": len(of[Outcome.SELECTED]), "label": Outcome.SELECTED.label},
        {"number": len(of[Outcome.RESERVE]), "label": Outcome.RESERVE.label},
        {"number": len(of[Outcome.REJECTED]), "label": Outcome.REJECTED.label},
        {"number": f"{won / 100_000_000:,.1f}", "label": _("Hundred million won for the selected")},
    ]


def severities(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """By how many points each panel lies above or below all, where there are several."""
    points = scoring.severity(scoring.Ranking(tuple(row["line"] for row in rows)))
    if len(points) <= 1:
        return []
    return [{"panel": panel, "points": _signed(value)} for panel, value in points.items()]


def line(item: Item) -> dict[str, Any] | None:
    """One line with what it rests on: each sheet, what was left out, the rank without each.

    None while a panel scores, so that nobody reads a sheet before all are in, or with too few.
    """
    selection = item.selection
    if queries.is_scoring(selection):
        return None
    entries = adapter.entries_of(selection)
    rules, places = adapter.rules_of(selection), adapter.places_of(selection)
    try:
        ranking = scoring.rank(entries, rules, places)
    except UnusableSheets:
        return None
    entry = next((entry for entry in entries if entry.id == str(item.pk)), None)
    if entry is None:
        return None
    ranked = ranking.line(entry.id)
    without = scoring.influence_of(entry, entries, rules, places)
    sheets: dict[str, Sheet] = {
        str(final_sheet.member_id): final_sheet for final_sheet in queries.final_sheets([item])
    }
    names = _quota_names([item])
    return {
        "rank": ranked.rank,
        "count": len(ranking.lines),
        "score": written(ranked.score.score, 2),
        "bonus": _signed(ranked.bonus) if ranked.bonus else "",
        "final": written(ranked.final, 2),
        "outcome": Outcome(ranked.outcome.value),
        "tone": OUTCOME_TONES[Outcome(ranked.outcome.value)],
        "cause": Cause(ranked.cause.value).label,
        "of": _of(ranked, selection, names),
        "spread": written(ranked.score.spread, 1),
        "is_wide": ranked.score.is_wide,
        "sheets": [
            {
                **row(sheets[sheet.reviewer]),
                "total": written(total, 1),
                "is_left_out": place in ranked.score.left_out,
                "without": without[sheet.reviewer],
            }
            for place, (sheet, total) in enumerate(
                zip(entry.sheets, ranked.score.totals, strict=True)
            )
        ],
    }


def _of(ranked: scoring.Ranked, selection: Selection, names: Mapping[str, str]) -> str:
    """What a cause is about, in words: the gate, the criterion, the challenge of a quota."""
    language = get_language() or "ko"
    if ranked.cause.value == Cause.GATE:
        known = {gate.id: gate.name for gate in queries.rules_of(selection).gates}
    elif ranked.cause.value == Cause.BELOW_MINIMUM:
        known = {criterion.id: criterion.name for criterion in queries.criteria_of(selection)}
    else:
        return names.get(ranked.of, ranked.of)
    name = known.get(ranked.of)
    return name.in_language(language) if name else ranked.of


def _quota_names(items: Any) -> dict[str, str]:
    return {
        str(item.application.challenge_id): str(item.application.challenge)
        for item in items
        if item.application.challenge_id
    }


def _signed(value: Fraction) -> str:
    return f"+{written(value, 1)}" if value > 0 else written(value, 1)


def sheet(selection: Selection, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The table as Excel."""
    return {
        "title": _("Ranking"),
        "headers": [
            _("Rank"), _("Application"), _("Title"), _("Organisation"), _("Panel"), _("Points in all"),
            _("Bonus"), _("Result"), _("Why"), _("Asked for, in won"), _("Spread of the sheets"),
        ],
        "rows": [
            [
                row["line"].rank, row["item"].application.number,
                str(row["item"].application), str(row["item"].application.organisation),
                row["line"].panel, float(row["line"].final), float(row["line"].bonus),
                str(row["outcome"]), f"{row['cause']} {row['of']}".strip(),
                row["asked"].won, float(row["line"].score.spread),
            ]
            for row in rows
        ],
    }  # fmt: skip
