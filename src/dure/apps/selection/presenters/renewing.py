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
        changes = adapter.changes_of(selection) if renewal is None else renewal.changes
    except UnusableSheets:
        return None
    return _rows(selection, changes)


def losses(selection: Selection) -> list[adapter.Loss]:
    """The places that the sheets no longer carry; none where no ranking can be made of them."""
    try:
        return adapter.losses_of(selection)
    except UnusableSheets:
        return []


def loss_rows(losses: Sequence[adapter.Loss]) -> list[dict[str, Any]]:
    """What each application had, and what the sheets that are left give it, and why."""
    return [
        _loss(loss.decision, loss.decision.outcome, loss.outcome, loss.cause) for loss in losses
    ]


def revocations(renewal: Renewal) -> list[dict[str, Any]]:
    """What becomes, or became, of each place that the sheets no longer carry; with its reason."""
    revocations = renewal.revocations.select_related("decision__application__organisation")
    return [
        _loss(revocation.decision, revocation.was, revocation.outcome, revocation.cause)
        | {"is_kept": revocation.is_kept, "reason": revocation.reason}
        for revocation in revocations
    ]


def _loss(decision: Decision, was: str, outcome: str, cause: str) -> dict[str, Any]:
    return {
        "decision": decision,
        "before": Outcome(was).label,
        "now": Outcome(outcome).label,
        "tone": OUTCOME_TONES[Outcome(outcome)],
        "cause": Cause(cause).label,
    }


def _rows(selection: Selection, changes: Sequence[Any]) -> list[dict[str, Any]]:
    decisions = {decision.pk: decision for decision in queries.decisions_of(selection)}
    return [
        {
            "decision": decisions[change["decision"]],
            "rank": change["rank"],
            "score": change["score"],
            "before": Outcome(change["outcome"][0]).label,
            "now": Outcome(change["outcome"][1]).label,
            "tone": OUTCOME_TONES[Outcome(change["outcome"][1])],
            "is_other": change["outcome"][0] != change["outcome"][1],
            "cause": Cause(change["cause"]).label,
        }
        for change in changes
    ]
