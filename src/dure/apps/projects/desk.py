"""What of projects waits on whose desk."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.apps.projects import operations, permissions, queries
from dure.apps.projects.models import (
    CarryOver,
    Expense,
    Mark,
    Milestone,
    Objection,
    Project,
    Recovery,
    Report,
)
from dure.apps.projects.stages import SPENDING, MarkStage
from dure.foundation.desk import Line, Queue, Settling, offer_queue


def _ended(user: User, now: datetime) -> QuerySet[Project]:
    return queries.projects_ended(user, localdate(now))


def _ended_line(project: Project, user: User) -> Line:
    return Line(
        title=str(project),
        url=project.get_absolute_url(),
        who=project.ends_on.isoformat(),
        action=_("Open the settlement"),
        href=f"{project.get_absolute_url()}#steps",
    )


def _justified(user: User, now: datetime) -> QuerySet[Expense]:
    expenses = queries.expenses_visible_to(user).filter(
        ~Q(justification=""), decision="", project__stage__in=SPENDING
    )
    return expenses.order_by("created_at", "pk")


def _justified_line(expense: Expense, user: User) -> Line:
    return Line(
        title=f"{expense.payee} {expense.amount:,}",
        url=expense.get_absolute_url(),
        who=str(expense.member),
        text=expense.justification,
        action=_("Decide"),
        href=f"{expense.get_absolute_url()}#decide",
    )


def _marks(user: User, stage: MarkStage) -> QuerySet[Mark]:
    return queries.marks_visible_to(user).filter(stage=stage).order_by("due_on", "pk")


def _mark_line(mark: Mark, user: User) -> Line:
    project = mark.settlement.project
    url = f"{reverse('projects:settlement', args=[project.pk])}#row-{mark.pk}"
    is_open = mark.stage == MarkStage.OPEN
    return Line(
        title=str(mark.expense),
        url=url,
        who=str(project),
        text=mark.question if is_open else mark.answer,
        action=_("Answer") if is_open else _("Decide"),
        href=url,
    )


def _to_confirm(user: User, now: datetime) -> QuerySet[Milestone]:
    milestones = queries.milestones_visible_to(user).filter(
        reported_at__isnull=False, confirmed_at=None
    )
    return queries.demanded_by(user, milestones).order_by("reported_at", "pk")


def _milestone_line(milestone: Milestone, user: User) -> Line:
    return Line(
        title=str(milestone),
        url=f"{milestone.project.get_absolute_url()}#milestones",
        who=str(milestone.project),
        text=milestone.text,
        action=_("Confirm"),
        may=permissions.may_confirm(user, milestone),
    )


offer_queue(
    Queue(
        code="PROJECT_ENDED",
        label=gettext_lazy("Project to settle"),
        place=62,
        offered_to=may_run_programmes,
        waiting=_ended,
        since=lambda project: None,
        line=_ended_line,
    )
)


def _stages(user: User, now: datetime) -> QuerySet[Report]:
    return queries.stages_to_settle(user, localdate(now))


def _stage_line(report: Report, user: User) -> Line:
    url = reverse("projects:plan", args=[report.project_id]) + "#carry-over"
    return Line(
        title=str(report.project),
        url=url,
        who=report.stage_ends_on.isoformat(),
        action=_("Settle the stage"),
        href=url,
    )


def _carry_overs(user: User, now: datetime) -> QuerySet[CarryOver]:
    asked = queries.carry_overs_visible_to(user).filter(allowed=None)
    return asked.order_by("due_on", "pk")


def _carry_over_line(carry_over: CarryOver, user: User) -> Line:
    url = reverse("projects:decide_carry_over", args=[carry_over.pk])
    return Line(
        title=str(carry_over.member.project),
        url=url,
        who=f"{carry_over.member} · {carry_over.amount:,}",
        text=carry_over.reason,
        action=_("Decide"),
        href=url,
    )


def _objections(user: User, now: datetime) -> QuerySet[Objection]:
    return queries.objections_visible_to(user).filter(decision="").order_by("raised_at", "pk")


def _objection_line(objection: Objection, user: User) -> Line:
    url = reverse("projects:decide_objection", args=[objection.pk])
    return Line(
        title=str(objection.settlement.project),
        url=url,
        who=str(objection.raised_by),
        text=objection.grounds,
        action=_("Decide"),
        href=url,
    )


def _late(user: User, now: datetime) -> QuerySet[Recovery]:
    return queries.late_recoveries(user, localdate(now))


def _late_line(recovery: Recovery, user: User) -> Line:
    url = reverse("projects:recovery", args=[recovery.pk])
    return Line(
        title=str(recovery.project),
        url=url,
        who=f"{recovery.organisation} · {recovery.open:,}",
        text=recovery.due_on.isoformat(),
        action=_("Next step"),
        href=url,
    )


offer_queue(
    Queue(
        code="STAGE_TO_SETTLE",
        label=gettext_lazy("Stage to settle"),
        place=62,
        offered_to=may_run_programmes,
        waiting=_stages,
        since=lambda report: None,
        line=_stage_line,
    )
)
offer_queue(
    Queue(
        code="CARRY_OVER",
        label=gettext_lazy("Carry-over to decide"),
        place=63,
        offered_to=may_run_programmes,
        waiting=_carry_overs,
        since=lambda carry_over: carry_over.asked_at,
        line=_carry_over_line,
    )
)
offer_queue(
    Queue(
        code="SETTLEMENT_OBJECTION",
        label=gettext_lazy("Objection to a settlement"),
        place=64,
        offered_to=may_run_programmes,
        waiting=_objections,
        since=lambda objection: objection.raised_at,
        line=_objection_line,
    )
)
offer_queue(
    Queue(
        code="RECOVERY_LATE",
        label=gettext_lazy("Recovery that is late"),
        place=65,
        offered_to=may_run_programmes,
        waiting=_late,
        since=lambda recovery: None,
        line=_late_line,
    )
)
offer_queue(
    Queue(
        code="EXPENSE",
        label=gettext_lazy("Expense to decide"),
        place=63,
        offered_to=may_run_programmes,
        waiting=_justified,
        since=lambda expense: expense.created_at,
        line=_justified_line,
    )
)
offer_queue(
    Queue(
        code="ROW_TO_ANSWER",
        label=gettext_lazy("Row to answer"),
        place=64,
        offered_to=queries.spends_anywhere,
        waiting=lambda user, now: queries.own_marks(user, _marks(user, MarkStage.OPEN)),
        since=lambda mark: mark.marked_at,
        line=_mark_line,
    )
)
offer_queue(
    Queue(
        code="ROW_TO_DECIDE",
        label=gettext_lazy("Row to decide"),
        place=65,
        offered_to=queries.examines_anywhere,
        waiting=lambda user, now: queries.examined_marks(user, _marks(user, MarkStage.ANSWERED)),
        since=lambda mark: mark.answered_at,
        line=_mark_line,
    )
)
offer_queue(
    Queue(
        code="MILESTONE",
        label=gettext_lazy("Milestone to confirm"),
        place=66,
        offered_to=queries.demands_anywhere,
        waiting=_to_confirm,
        since=lambda milestone: milestone.reported_at,
        line=_milestone_line,
        settling=Settling(
            run=lambda milestone, by, at: operations.confirm_milestone(
                milestone=milestone, by=by, at=at
            ),
            message=lambda milestone: _("Confirmed: %(title)s") % {"title": milestone},
        ),
    )
)
