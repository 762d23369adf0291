"""The ranking made anew after the decision: proposed by one person, decided by a second."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from dure.apps.calls.queries import officers
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.selection import adapter, permissions, queries
from dure.apps.selection.kinds import Cause, Outcome
from dure.apps.selection.models import Decision, Objection, Renewal, Selection
from dure.apps.selection.notices import renewal_proposed
from dure.apps.selection.operations.deciding import make_known, select_as_asked
from dure.apps.selection.operations.locking import locked
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ObjectionStage
from dure.engines.scoring import UnusableSheets
from dure.foundation.verdict import Refused


@transaction.atomic
def propose_renewal(*, selection: Selection, reason: str, by: User, at: datetime) -> Renewal:
    """Propose the ranking as the sheets give it now, with what is other than decided.

    It can say that nothing is other, where an objection was judged again or a conflict of interest
    became known. Raises Refused.
    """
    selection = locked(selection)
    permissions.may_renew(by, selection).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    changes = _changes(selection)
    if not (changes or _judged_again(selection).exists() or _is_touched(selection)):
        raise Refused(Reason.NOTHING_CHANGED)
    renewal = Renewal.objects.create(
        selection=selection, reason=reason.strip(), changes=changes, proposed_by=by, proposed_at=at
    )
    tell(
        recipients=[officer for officer in officers() if officer.pk != by.pk],
        kind=renewal_proposed,
        facts={"call": str(selection.call)},
        url=reverse("selection:table", args=[selection.pk]),
        at=at,
    )
    return renewal


@transaction.atomic
def drop_renewal(*, selection: Selection, by: User) -> None:
    """Take a new ranking off the table that nobody has decided on. Raises Refused."""
    selection = locked(selection)
    permissions.may_run(by).require()
    if (renewal := queries.open_renewal(selection)) is None:
        raise Refused(Reason.STAGE_CLOSED)
    renewal.delete()


@transaction.atomic
def decide_renewal(*, selection: Selection, by: User, at: datetime) -> Renewal:
    """Decide on the new ranking as it was proposed; whom it concerns is told. Raises Refused.

    Nobody who was selected or waits in the reserve loses that by it.
    """
    selection = locked(selection)
    if (renewal := queries.open_renewal(selection)) is None:
        raise Refused(Reason.STAGE_CLOSED)
    permissions.may_decide_renewal(by, renewal).require()
    if _changes(selection) != renewal.changes:
        raise Refused(Reason.CHANGED_MEANWHILE)
    objections = list(_judged_again(selection))
    concerned = {each.decision_id for each in objections}
    found = selection.decisions.select_for_update(of=("self",)).select_related(
        "application__organisation", "application__item__submission", "selection"
    )
    decisions: dict[int, Decision] = {each.pk: each for each in found}
    for change in renewal.changes:
        decision = decisions[change["decision"]]
        if _put(decision, change, at):
            concerned.add(decision.pk)
    for objection in objections:
        objection.stage = ObjectionStage.RENEWED
        objection.save()
    renewal.decided_by, renewal.decided_at = by, at
    renewal.save()
    for pk in sorted(concerned):
        make_known(decisions[pk], by, at)
    return renewal


def _put(decision: Decision, change: dict[str, object], at: datetime) -> bool:
    """Put a change into a decision; return whether its result is another."""
    decision.rank = change["rank"][1]  # type: ignore[index]
    decision.score = Decimal(change["score"][1])  # type: ignore[index]
    before, outcome = change["outcome"]  # type: ignore[misc]
    is_other = before != outcome
    if is_other:
        decision.outcome, decision.of = Outcome(outcome), str(change["of"])
        decision.cause = Cause(str(change["cause"]))
        if decision.outcome == Outcome.SELECTED:
            select_as_asked(decision, at)
    decision.save()
    return is_other


def _changes(selection: Selection) -> list[dict[str, object]]:
    try:
        return adapter.changes_of(selection)
    except UnusableSheets as error:
        raise Refused(Reason.SHEETS_UNUSABLE) from error


def _is_touched(selection: Selection) -> bool:
    """Whether a conflict known late touched the decision; that nothing changes is decided too."""
    late = queries.known_late(selection)
    return late.exists() or queries.judged_for_conflict(selection).exists()


def _judged_again(selection: Selection) -> QuerySet[Objection]:
    """The objections whose second panel has closed and whose result nobody has decided on."""
    return queries.objections_of(selection).filter(
        stage=ObjectionStage.UPHELD, reevaluation__panel__closed_at__isnull=False
    )
