"""The ranking made anew after the decision: proposed by one person, decided by a second."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.calls.queries import officers
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.selection import adapter, permissions, queries
from dure.apps.selection.kinds import Cause, Outcome
from dure.apps.selection.models import Decision, Objection, Renewal, Revocation, Selection
from dure.apps.selection.notices import renewal_proposed
from dure.apps.selection.operations.deciding import make_known, select_as_asked
from dure.apps.selection.operations.locking import locked
from dure.apps.selection.operations.recording import record_decision
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ObjectionStage
from dure.engines.scoring import UnusableSheets
from dure.foundation.verdict import Refused


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of a place that the sheets no longer carry: taken back, or kept; and why."""

    is_kept: bool
    reason: str


@transaction.atomic
def propose_renewal(
    *, selection: Selection, reason: str, by: User, at: datetime,
    answers: Mapping[int, Answer] | None = None,
) -> Renewal:  # fmt: skip
    """Propose the ranking as the sheets give it now, with what is other than decided.

    `answers`, by decision, say of each place that the sheets no longer carry since a conflict became
    known (`adapter.losses_of`) what becomes of it. The proposal can say that nothing is other, where
    an objection was judged again or a conflict of interest became known. Raises Refused.
    """
    selection = locked(selection)
    permissions.may_renew(by, selection).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    changes, losses = _changes(selection)
    answers = answers or {}
    for loss in losses:
        answer = answers.get(loss.decision.pk)
        if answer is None or not answer.reason.strip():
            raise Refused(Reason.LOSSES_UNANSWERED)
        if not answer.is_kept:
            _refuse_while_objected(loss.decision)
    if not (changes or _judged_again(selection).exists() or _is_touched(selection)):
        raise Refused(Reason.NOTHING_CHANGED)
    renewal = Renewal.objects.create(
        selection=selection, reason=reason.strip(), changes=changes, proposed_by=by, proposed_at=at
    )
    Revocation.objects.bulk_create(
        Revocation(
            renewal=renewal, decision=loss.decision, was=loss.decision.outcome,
            outcome=loss.outcome, cause=loss.cause, of=loss.of,
            is_kept=answers[loss.decision.pk].is_kept,
            reason=answers[loss.decision.pk].reason.strip(),
        )
        for loss in losses
    )  # fmt: skip
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

    A place is lost by it only where a conflict known late left sheets that do not carry it, and where
    the proposal does not keep it. Such a result can be objected to anew.
    """
    selection = locked(selection)
    if (renewal := queries.open_renewal(selection)) is None:
        raise Refused(Reason.STAGE_CLOSED)
    permissions.may_decide_renewal(by, renewal).require()
    revocations = list(renewal.revocations.all())
    changes, losses = _changes(selection)
    now = [(loss.decision.pk, loss.outcome, loss.cause, loss.of) for loss in losses]
    was = {
        (revocation.decision_id, revocation.outcome, revocation.cause, revocation.of)
        for revocation in revocations
    }
    if changes != renewal.changes or set(now) != was:
        raise Refused(Reason.CHANGED_MEANWHILE)
    objections = list(_judged_again(selection))
    concerned = {objection.decision_id for objection in objections}
    current = selection.decisions.select_for_update(of=("self",)).select_related(
        "application__organisation", "application__item__submission", "selection"
    )
    decisions: dict[int, Decision] = {decision.pk: decision for decision in current}
    for change in renewal.changes:
        decision = decisions[change["decision"]]
        if _put(decision, change, at):
            concerned.add(decision.pk)
    for objection in objections:
        objection.stage = ObjectionStage.RENEWED
        objection.save()
    for revocation in revocations:
        decision = decisions[revocation.decision_id]
        if revocation.is_kept:
            _keep(decision, revocation, by, at)
        else:
            _take_back(decision, revocation, by, at)
            concerned.add(decision.pk)
    renewal.decided_by, renewal.decided_at = by, at
    renewal.save()
    for pk in sorted(concerned):
        make_known(decisions[pk], by, at)
    return renewal


def _keep(decision: Decision, revocation: Revocation, by: User, at: datetime) -> None:
    """Leave a place to whom the sheets no longer give it: from then on it is an exception."""
    decision.cause, decision.of, decision.reason = Cause.EXCEPTION, "", revocation.reason
    decision.save()
    record_decision(decision, by=by, at=at)


def _take_back(decision: Decision, revocation: Revocation, by: User, at: datetime) -> None:
    """Take a place back, with its money and its terms: a new decision, that can be objected to."""
    _refuse_while_objected(decision)
    decision.objections.update(is_earlier=True)
    rules = queries.rules_of(decision.selection)
    decision.outcome, decision.cause, decision.of = revocation.outcome, Cause.REVOKED, ""
    decision.reason = revocation.reason
    decision.granted, decision.months, decision.replan_until = 0, 0, None
    decision.decided_by, decision.decided_at = by, at
    decision.objections_until = localdate(at) + timedelta(days=rules.objection.days)
    decision.save()


def _refuse_while_objected(decision: Decision) -> None:
    objection = decision.objection
    if objection is not None and objection.stage in (
        ObjectionStage.RECEIVED, ObjectionStage.HEARD
    ):  # fmt: skip
        raise Refused(Reason.OBJECTION_OPEN)


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


def _changes(selection: Selection) -> tuple[list[dict[str, object]], list[adapter.Loss]]:
    try:
        return adapter.changes_of(selection), adapter.losses_of(selection)
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
