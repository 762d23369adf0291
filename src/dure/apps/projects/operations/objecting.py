"""Objections to a settlement (이의신청): raised once, heard by a panel, and what they change to the won."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.projects import adapter, permissions, queries
from dure.apps.projects.kinds import Decision, ObjectionDecision, RecoveryCause
from dure.apps.projects.models import Expense, Mark, Objection, Recovery, Settlement
from dure.apps.projects.operations import posting
from dure.apps.projects.operations.keeping import locked
from dure.apps.projects.operations.recording import record_settlement
from dure.apps.projects.operations.settling import computed, due_back
from dure.apps.projects.operations.telling import accountants, announce, firm_people
from dure.apps.projects.reasons import Reason
from dure.apps.projects.stages import MarkStage, RecoveryStage
from dure.foundation.verdict import Refused


@transaction.atomic
def raise_objection(*, settlement: Settlement, grounds: str, by: User, at: datetime) -> Objection:
    """Object to a concluded settlement, once, within the days of the rule. Raises Refused."""
    settlement = _held(settlement)
    permissions.may_object(by, settlement, localdate(at)).require()
    if not grounds:
        raise Refused(Reason.SAY_WHY)
    objection = Objection.objects.create(
        settlement=settlement, grounds=grounds, raised_by=by, raised_at=at
    )
    project = settlement.project
    _tell("OBJECTION", objection, [project.officer, *accountants(project)], by, at)
    return objection


@transaction.atomic
def decide_objection(
    *,
    objection: Objection,
    decision: str,
    rows: Mapping[int, int],
    panel: Sequence[str],
    accountant: str,
    note: str,
    by: User,
    at: datetime,
) -> Objection:
    """Enter what the panel decided; what counts after all is settled anew, to the won.

    `rows` are the won that stay disallowed, by the expense's id; what they leave out stays as it was.
    A panel has as many members as the rule asks for, one of them an accountant. Raises Refused.
    """
    settlement = _held(objection.settlement)
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    objection.settlement = settlement
    permissions.may_decide_objection(by, objection).require()
    _require_panel(settlement, panel, accountant)
    if not note:
        raise Refused(Reason.SAY_WHY)
    if decision == ObjectionDecision.DENIED:
        rows = {}
    elif not _change(settlement, rows):
        raise Refused(Reason.NOTHING_CHANGES)
    objection.decision, objection.note = ObjectionDecision(decision), note
    objection.panel, objection.accountant = list(panel), accountant
    objection.before = settlement.result
    objection.decided_by, objection.decided_at = by, at
    objection.save()
    if rows:
        _settle_anew(settlement, by, at)
    _tell("OBJECTION_DECIDED", objection, firm_people(settlement.project), by, at)
    return objection


def disallowed_rows(settlement: Settlement) -> list[tuple[Expense, int]]:
    """The expenses of a settlement of which something is disallowed, with how much, in won."""
    upheld = {
        mark.expense_id: mark.amount for mark in settlement.marks.filter(stage=MarkStage.UPHELD)
    }
    expenses = queries.settled_in(settlement, settlement.project.expenses.all())
    rows = [
        (expense, max(expense.disallowed, upheld.get(expense.pk, 0)))
        for expense in expenses.select_related("member__organisation").order_by("spent_on", "pk")
    ]
    return [(expense, won) for expense, won in rows if won]


def _require_panel(settlement: Settlement, panel: Sequence[str], accountant: str) -> None:
    rules = adapter.rules_of(settlement.project, "settlement")
    is_whole = len(set(panel)) >= rules.objection_panel and len(set(panel)) == len(panel)
    if not is_whole or accountant not in panel:
        raise Refused(Reason.PANEL_TOO_SMALL)


def _change(settlement: Settlement, rows: Mapping[int, int]) -> int:
    """Let rows count as far as the panel says; how many changed. Raises Refused."""
    changed = 0
    for expense, won in disallowed_rows(settlement):
        stays = rows.get(expense.pk, won)
        if not 0 <= stays <= won:
            raise Refused(Reason.OUT_OF_RANGE)
        if stays == won:
            continue
        changed += 1
        mark = Mark.objects.filter(settlement=settlement, expense=expense).first()
        if mark is not None and mark.stage == MarkStage.UPHELD:
            mark.stage = MarkStage.UPHELD if stays else MarkStage.DROPPED
            mark.amount, mark.revision = stays or mark.amount, mark.revision + 1
            mark.save()
        if expense.decision == Decision.DISALLOWED:
            expense.disallowed = min(expense.disallowed, stays)
            expense.decision = Decision.DISALLOWED if expense.disallowed else Decision.ALLOWED
            expense.save(update_fields=["disallowed", "decision"])
    return changed


def _settle_anew(settlement: Settlement, by: User, at: datetime) -> None:
    """Compute a settlement again, and follow it with what is returned and what is claimed.

    What goes on to the next stage stays as it was: it may be spent already.
    """
    before = settlement.result
    fresh = computed(settlement)
    settlement.result = {**fresh, **{key: before[key] for key in ("sample",) if key in before}}
    settlement.disallowed_in_kind = settlement.result["disallowed_in_kind"]
    settlement.save()
    posting.give_back(settlement, before=before["returned"], by=by, at=at)
    record_settlement(settlement, by=by, at=at)
    recovery = Recovery.objects.filter(
        project=settlement.project, cause=RecoveryCause.SETTLEMENT, of_stage=settlement.of_stage
    ).first()
    if recovery is None:
        return
    recovery.project = settlement.project
    lower = max(due_back(settlement), 0)
    posting.claim_less(recovery, recovery.amount - lower, by=by, at=at)
    recovery.amount = lower
    recovery.instalments.all().delete()
    if not recovery.open and recovery.stage != RecoveryStage.WRITTEN_OFF:
        recovery.stage = RecoveryStage.PAID
    recovery.save()


def _held(settlement: Settlement) -> Settlement:
    project = locked(settlement.project)
    held = Settlement.objects.select_for_update(of=("self",)).get(pk=settlement.pk)
    held.project = project
    return held


def _tell(event: str, objection: Objection, to, by: User, at: datetime) -> None:
    project = objection.settlement.project
    url = reverse("projects:settlement", args=[project.pk])
    announce(
        project, event, to, by=by, at=at,
        what=str(objection.get_decision_display()),
        url=f"{url}?stage={objection.settlement.of_stage}#objection",
    )  # fmt: skip
