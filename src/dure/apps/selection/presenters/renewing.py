"""What judging again changes: of an application, and of the whole ranking."""

from collections.abc import Sequence
from typing import Any

from dure.apps.selection import adapter, queries
from dure.apps.selection.kinds import Cause, Outcome
from dure.apps.selection.models import Decision, Item, Reevaluation, Renewal, Selection
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


def losses(selection: Selection) -> list[adapter.Loss]:
    """The places that the sheets no longer carry; none where no ranking can be made of them."""
    try:
        return adapter.losses_of(selection)
    except UnusableSheets:
        return []


def loss_rows(found: Sequence[adapter.Loss]) -> list[dict[str, Any]]:
    """What each application had, and what the sheets that are left give it, and why."""
    return [_loss(one.decision, one.decision.outcome, one.outcome, one.cause) for one in found]


def revocations(renewal: Renewal) -> list[dict[str, Any]]:
    """What becomes, or became, of each place that the sheets no longer carry; with its reason."""
    found = renewal.revocations.select_related("decision__application__organisation")
    return [
        _loss(one.decision, one.was, one.outcome, one.cause)
        | {"is_kept": one.is_kept, "reason": one.reason}
        for one in found
    ]


def _loss(decision: Decision, was: str, outcome: str, cause: str) -> dict[str, Any]:
    return {
        "decision": decision,
        "before": Outcome(was).label,
        "now": Outcome(outcome).label,
        "tone": OUTCOME_TONES[Outcome(outcome)],
        "cause": Cause(cause).label,
    }


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
