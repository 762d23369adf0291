"""What is due in a project, from whom, until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.projects import queries
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Project
from dure.apps.projects.stages import SPENDING, MarkStage, RecoveryStage
from dure.foundation.workdays import term_ends


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due; `on` None: as soon as possible."""

    what: str
    who: str
    on: date | None
    url: str
    is_late: bool


def dues_of(project: Project, today: date, *, sees_money: bool) -> list[Due]:
    """Everything that is due, the most pressing first."""
    dues = list(_dues(project, today, sees_money))
    return sorted(dues, key=lambda due: (not due.is_late, due.on or date.max, due.what))


def _dues(project: Project, today: date, sees_money: bool) -> Iterator[Due]:
    names = {member.role: str(member) for member in project.members.all()}
    lead = names.get(MemberRole.LEAD, "")
    office = _("programme office")
    page = project.get_absolute_url()

    def due(what: str, who: str, on: date | None, url: str) -> Due:
        return Due(what, who, on, url, on is not None and term_ends(on) < today)

    for milestone in project.milestones.filter(confirmed_at=None):
        who = names.get(MemberRole.DEMAND, office) if milestone.reported_at else lead
        yield due(str(milestone), who, milestone.due_on, f"{page}#milestones")
    for report in project.reports.filter(submitted_at=None):
        url = reverse("projects:report", args=[report.pk])
        yield due(str(report.get_kind_display()), lead, report.due_on, url)
    yield from _of_money(project, due, lead, office) if sees_money else ()
    if sees_money and project.stage in SPENDING and queries.names_stages(project):
        ends_on, in_work = (
            queries.next_stage_to_settle(project),
            queries.settlement_in_work(project),
        )
        if ends_on and ends_on < today and in_work is None:
            url = reverse("projects:plan", args=[project.pk]) + "#carry-over"
            yield due(_("Open the settlement of the stage"), office, None, url)
    if project.stage in SPENDING and project.ends_on < today:
        yield due(_("Open the settlement"), office, None, f"{page}#steps")
    for evaluation in project.special_evaluations.filter(decision=""):
        yield due(_("Decide the special evaluation"), office, evaluation.due_on, f"{page}#special")
    for follow_up in project.follow_ups.filter(answered_at=None, asked_at__isnull=False):
        what = _("What became of it after %(years)s years") % {"years": follow_up.year}
        yield due(what, lead, follow_up.due_on, f"{page}#follow-up")


def _of_money(project: Project, due, lead: str, office: str) -> Iterator[Due]:
    expenses = reverse("projects:expenses", args=[project.pk])
    waiting = project.expenses.filter(~Q(justification=""), decision="").count()
    if waiting and project.stage in SPENDING:
        what = _("Decide expenses: %(count)s") % {"count": waiting}
        yield due(what, office, None, f"{expenses}?look=justified")
    settlement = project.settlement
    if settlement is not None:
        url = reverse("projects:settlement", args=[project.pk])
        for mark in settlement.marks.filter(stage__in=[MarkStage.OPEN, MarkStage.ANSWERED]):
            is_open = mark.stage == MarkStage.OPEN
            who = str(mark.expense.member) if is_open else str(project.accountant)
            yield due(str(mark.expense), who, mark.due_on, f"{url}#row-{mark.pk}")
    yield from _of_stages(project, due, office)
    done = (RecoveryStage.PAID, RecoveryStage.WRITTEN_OFF)
    for recovery in project.recoveries.exclude(stage__in=done).prefetch_related("payments"):
        what = _("Pay back %(amount)s won") % {"amount": f"{recovery.open:,}"}
        url = reverse("projects:recovery", args=[recovery.pk])
        yield due(what, str(recovery.organisation), recovery.due_on, url)


def _of_stages(project: Project, due, office: str) -> Iterator[Due]:
    plan = reverse("projects:plan", args=[project.pk]) + "#carry-over"
    for carry_over in queries.carry_overs_of(project).filter(allowed=None):
        yield due(_("Decide what goes on to the next stage"), office, carry_over.due_on, plan)
    page = reverse("projects:settlement", args=[project.pk])
    for objection in queries.open_objections(project).select_related("settlement"):
        url = f"{page}?stage={objection.settlement.of_stage}#objection"
        yield due(_("Decide the objection"), office, None, url)
