"""What judging again changes: of an application, and of the whole ranking."""

from collections.abc import Sequence
from typing import Any

from dure.apps.selection import adapter, queries
from dure.apps.selection.kinds import Cause, Outcome
from dure.apps.selection.models import Item, Reevaluation, Renewal, Selection
from dure.apps.selection.presenters.table import OUTCOME_TONES
from dure.engines.scoring import UnusableSheets


def again(item: Item) -> list[Reevaluation]:
    """How often an application was judged again, with what it had before."""
    return list(queries.reevaluations_of(item.application))


def changes(selection: Selection, renewal: Renewal | None = None) -> list[dict[str, Any]] | None:
    """The lines of a ranking made anew that are other than decided; None where it cannot be made.

    Those of a renewal as they were proposed, else as the sheets stand now.
    """
    try:
        found = adapter.changes_of(selection) if renewal is None else renewal.changes
    except UnusableSheets:
        return None
    return _rows(selection, found)


def _rows(selection: Selection, found: Sequence[Any]) -> list[dict[str, Any]]:
    decisions = {decision.pk: decision for decision in queries.decisions_of(selection)}
    return [
        {
            "decision": decisions[each["decision"]],
            "rank": each["rank"],
            "score": each["score"],
            "before": Outcome(each["outcome"][0]).label,
            "now": Outcome(each["outcome"][1]).label,
            "tone": OUTCOME_TONES[Outcome(each["outcome"][1])],
            "is_other": each["outcome"][0] != each["outcome"][1],
            "cause": Cause(each["cause"]).label,
        }
        for each in found
    ]
