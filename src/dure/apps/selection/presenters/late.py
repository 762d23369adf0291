"""What a conflict that became known after the decision touched: sheets, rank, result."""

from typing import Any

from django.utils.translation import ngettext

from dure.apps.selection import adapter, queries
from dure.apps.selection.kinds import Outcome
from dure.apps.selection.models import Conflict, Decision, Selection
from dure.apps.selection.presenters.conflicts import conflicts
from dure.apps.selection.presenters.renewing import losses
from dure.apps.selection.presenters.table import OUTCOME_TONES
from dure.apps.selection.stages import SelectionStage
from dure.engines import scoring
from dure.engines.scoring import UnusableSheets, written


def late(selection: Selection) -> list[dict[str, Any]]:
    """The decided applications of which a sheet stopped counting, with what that changes.

    `now` is the line that the sheets give that are left; None where a ranking cannot be made of them.
    `is_short` where too few sheets of the application are left, so that another panel has to judge it.
    """
    if selection.stage != SelectionStage.DECIDED:
        return []
    touched: dict[int, list[Conflict]] = {}
    for conflict in queries.known_late(selection):
        touched.setdefault(conflict.application_id, []).append(conflict)
    if not touched:
        return []
    lines, lost = _lines(selection), {loss.decision.pk for loss in losses(selection)}
    fewest = queries.rules_of(selection).fewest_present
    items = selection.items.filter(application__in=touched).select_related(
        "application__decision", "application__organisation"
    )
    rows = []
    for item in items:
        left = queries.final_sheets([item]).count()
        rows.append({
            "item": item, "decision": item.application.decision,
            "conflicts": conflicts(selection, touched[item.application_id]),
            "sheets": _sheets(touched[item.application_id], left),
            "is_short": left < fewest, "is_lost": item.application.decision.pk in lost,
            **_line(item.application.decision, lines.get(item.pk)),
        })  # fmt: skip
    return rows


def _lines(selection: Selection) -> dict[int, scoring.Ranked]:
    try:
        return {int(line.id): line for line in adapter.ranking_of(selection).lines}
    except UnusableSheets:
        return {}


def _sheets(touched: list[Conflict], left: int) -> str:
    gone = len({conflict.reviewer_id for conflict in touched})
    return ngettext(
        "%(gone)s sheet no longer counts; %(left)s are left.",
        "%(gone)s sheets no longer count; %(left)s are left.",
        gone,
    ) % {"gone": gone, "left": left}


def _line(decision: Decision, line: scoring.Ranked | None) -> dict[str, Any]:
    if line is None:
        return {"now": None}
    outcome = Outcome(line.outcome.value)
    return {
        "now": line,
        "rank": line.rank,
        "score": written(line.final, 2),
        "outcome": outcome.label,
        "tone": OUTCOME_TONES[outcome],
        "is_other": outcome != decision.outcome,
    }
