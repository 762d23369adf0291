"""The table: proposed by one person, decided by a second; everybody is told at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from dure.apps.calls.queries import officers
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import people_of
from dure.apps.selection import adapter, permissions, queries
from dure.apps.selection.events import Decided
from dure.apps.selection.kinds import Cause, Outcome
from dure.apps.selection.models import Adjustment, Decision, Item, Proposal, Selection
from dure.apps.selection.notices import (
    selection_proposed,
    selection_result,
    selection_revoked,
)
from dure.apps.selection.operations.locking import locked
from dure.apps.selection.operations.recording import record_decision
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ItemStage, SelectionStage
from dure.engines.scoring import UnusableSheets, written
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused

_COPIED = (
    *("rank", "score", "outcome", "cause", "of"),
    *("granted", "months", "conditions", "reason"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a panel or the office changes in a line of the table; an exception needs a reason."""

    granted: int | None = None
    months: int | None = None
    conditions: str = ""
    outcome: str = ""
    reason: str = ""


@transaction.atomic
def propose(
    *, selection: Selection, changes: Mapping[int, Change], by: User, at: datetime
) -> Selection:
    """Propose the table as the sheets give it, with what was changed line by line. Raises Refused.

    `changes`, by item, go before those that were kept with `change_line`.
    """
    selection = locked(selection)
    permissions.may_propose(by, selection).require()
    try:
        ranking = adapter.ranking_of(selection)
    except UnusableSheets as error:
        raise Refused(Reason.SHEETS_UNUSABLE) from error
    lines = {int(line.id): line for line in ranking.lines}
    kept = {
        adjustment.item_id: _change_of(adjustment)
        for adjustment in queries.adjustments_of(selection)
    }
    Proposal.objects.filter(item__selection=selection).delete()
    for item in selection.items.select_related("submission"):
        line = lines.get(item.pk)
        proposal = Proposal(
            item=item,
            rank=line.rank if line else None,
            score=Decimal(written(line.final)) if line else None,
            outcome=line.outcome.value if line else Outcome.REJECTED,
            cause=line.cause.value if line else Cause.NOT_ADMITTED,
            of=line.of if line else "",
        )
        _change(proposal, item, changes.get(item.pk) or kept.get(item.pk) or Change())
        proposal.save()
    selection.stage = SelectionStage.PROPOSED
    selection.proposed_by, selection.proposed_at = by, at
    selection.save()
    tell(
        recipients=[officer for officer in officers() if officer.pk != by.pk],
        kind=selection_proposed,
        facts={"call": str(selection.call)},
        url=reverse("selection:table", args=[selection.pk]),
        at=at,
    )
    return selection


@transaction.atomic
def change_line(*, item: Item, change: Change, by: User, at: datetime) -> Adjustment:
    """Keep what is to be changed in a line when the table is proposed. Raises Refused."""
    selection = locked(item.selection)
    item = Item.objects.select_related("submission").get(pk=item.pk)
    item.selection = selection
    permissions.may_adjust(by, item).require()
    if change.outcome and not change.reason.strip():
        raise Refused(Reason.REASON_MISSING)
    asked = queries.wanted(item.submission)
    _refuse_more(change.granted, asked.won)
    _refuse_more(change.months, asked.months)
    adjustment, _is_new = Adjustment.objects.update_or_create(
        item=item,
        defaults={
            "granted": change.granted, "months": change.months,
            "conditions": change.conditions.strip(), "outcome": change.outcome,
            "reason": change.reason.strip(), "changed_by": by, "changed_at": at,
        },
    )  # fmt: skip
    return adjustment


def _refuse_more(given: int | None, asked: int) -> None:
    if given is not None and not _is_cut(given, asked):
        raise Refused(Reason.MONEY_WRONG)


def _is_cut(given: int, asked: int) -> bool:
    """True for what was asked for or less; nought only where nothing was asked for."""
    return 0 < given <= asked or given == asked == 0


def _change_of(kept: Adjustment) -> Change:
    return Change(kept.granted, kept.months, kept.conditions, kept.outcome, kept.reason)


@transaction.atomic
def send_back(*, selection: Selection, by: User) -> Selection:
    """Take a proposal off the table, so that another is made. Raises Refused."""
    selection = locked(selection)
    permissions.may_run(by).require()
    if selection.stage != SelectionStage.PROPOSED:
        raise Refused(Reason.STAGE_CLOSED)
    selection.stage = SelectionStage.REVIEWING
    selection.proposed_by = selection.proposed_at = None
    selection.save()
    return selection


@transaction.atomic
def decide(*, selection: Selection, by: User, at: datetime) -> list[Decision]:
    """Decide on the whole table as it was proposed, and tell every applicant. Raises Refused.

    All or nothing: a process that dies in between has decided nothing and told nobody.
    """
    selection = locked(selection)
    permissions.may_decide(by, selection).require()
    if _is_outdated(selection):
        raise Refused(Reason.CHANGED_MEANWHILE)
    decisions = []
    proposals = Proposal.objects.filter(item__selection=selection).order_by("item")
    for proposal in proposals.select_related("item__application__organisation"):
        values = {name: getattr(proposal, name) for name in _COPIED}
        decision = _decided(selection, proposal.item, values, by, at)
        decisions.append(decision)
    selection.stage = SelectionStage.DECIDED
    selection.decided_by, selection.decided_at = by, at
    selection.save()
    for decision in decisions:
        make_known(decision, by, at)
    return decisions


@transaction.atomic
def move_up(*, selection: Selection, by: User, at: datetime) -> Decision:
    """Move the first of the reserve up into a place that became free, with the money it asked for.

    Where only so many of one challenge are selected, the first whose challenge has room. Raises
    Refused.
    """
    selection = locked(selection)
    permissions.may_move_up(by, selection).require()
    next_decision = queries.next_in_line(selection)
    if next_decision is None:
        raise Refused(Reason.NO_RESERVE)
    decision = _locked(next_decision)
    decision.outcome, decision.cause = Outcome.SELECTED, Cause.MOVED_UP
    select_as_asked(decision, at)
    decision.save()
    make_known(decision, by, at)
    return decision


@transaction.atomic
def record_withdrawal(*, decision: Decision, reason: str, by: User, at: datetime) -> Decision:
    """Record that who was selected or waits gives it up; its place is free then. Raises Refused."""
    locked(decision.selection)
    decision = _locked(decision)
    permissions.may_record_withdrawal(by, decision).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    decision.outcome, decision.cause = Outcome.WITHDRAWN, Cause.GAVE_UP
    decision.reason, decision.replan_until = reason.strip(), None
    decision.save()
    make_known(decision, by, at)
    return decision


def select_as_asked(decision: Decision, at: datetime) -> None:
    """Give a decision the money and the period that were asked for, and a term for the plan."""
    asked = queries.wanted(decision.application.item.submission)
    decision.granted, decision.months = asked.won, asked.months
    days = queries.rules_of(decision.selection).replan_days
    decision.replan_until = localtime(at).date() + timedelta(days=days)


def make_known(decision: Decision, by: User, at: datetime) -> None:
    """Seal a decision, tell the applicant and announce it."""
    record_decision(decision, by=by, at=at)
    _tell(decision, at)
    announce(Decided(decision.pk, decision.application_id, decision.outcome, at))


def _locked(decision: Decision) -> Decision:
    return (
        Decision.objects.select_for_update(of=("self",))
        .select_related("application__organisation", "application__item__submission", "selection")
        .get(pk=decision.pk)
    )


def _change(proposal: Proposal, item: Item, change: Change) -> None:
    """Put what was changed into a line; money and period are cut, never raised."""
    asked = queries.wanted(item.submission)
    if change.outcome and change.outcome != proposal.outcome:
        if not change.reason.strip() or item.stage != ItemStage.ADMITTED:
            raise Refused(Reason.REASON_MISSING)
        proposal.outcome, proposal.cause = Outcome(change.outcome), Cause.EXCEPTION
    proposal.reason, proposal.conditions = change.reason.strip(), change.conditions.strip()
    if proposal.outcome != Outcome.SELECTED:
        return
    proposal.granted = asked.won if change.granted is None else change.granted
    proposal.months = asked.months if change.months is None else change.months
    if not (_is_cut(proposal.granted, asked.won) and 0 < proposal.months <= asked.months):
        raise Refused(Reason.MONEY_WRONG)


def _is_outdated(selection: Selection) -> bool:
    """Whether the sheets give another table than was proposed: approval is of that one alone."""
    try:
        ranking = adapter.ranking_of(selection)
    except UnusableSheets:
        return True
    now = {int(line.id): (line.rank, Decimal(written(line.final))) for line in ranking.lines}
    proposals = Proposal.objects.filter(item__selection=selection, rank__isnull=False)
    return now != {proposal.item_id: (proposal.rank, proposal.score) for proposal in proposals}


def _decided(
    selection: Selection, item: Item, values: dict[str, object], by: User, at: datetime
) -> Decision:
    rules, today = queries.rules_of(selection), localtime(at).date()
    is_selected = values["outcome"] == Outcome.SELECTED
    return Decision.objects.create(
        **values,
        application=item.application,
        selection=selection,
        decided_by=by,
        decided_at=at,
        objections_until=today + timedelta(days=rules.objection.days),
        replan_until=today + timedelta(days=rules.replan_days) if is_selected else None,
    )


def _tell(decision: Decision, at: datetime) -> None:
    tell(
        recipients=people_of(decision.application.organisation),
        kind=selection_revoked if decision.cause == Cause.REVOKED else selection_result,
        facts={
            "number": decision.application.number,
            "call": str(decision.selection.call),
            "until": str(decision.objections_until),
            "reason": decision.reason,
        },
        url=reverse("selection:result", args=[decision.pk]),
        at=at,
    )
