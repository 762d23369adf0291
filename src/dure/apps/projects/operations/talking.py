"""Milestones, reports, messages and files: what the parties tell each other."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from dure.apps.people.models import User
from dure.apps.projects import permissions, queries
from dure.apps.projects.models import Message, Milestone, Paper, Project, Report
from dure.apps.projects.operations.keeping import kept, locked
from dure.apps.projects.operations.telling import announce, demand_people, firm_people
from dure.apps.projects.reasons import Reason
from dure.foundation.verdict import Refused


@transaction.atomic
def report_milestone(
    *, milestone: Milestone, text: str, files: Sequence[File], by: User, at: datetime
) -> Milestone:
    """Say that a milestone is reached, with evidence; who confirms it is told. Raises Refused."""
    project = locked(milestone.project)
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    permissions.may_report(by, project).require()
    if milestone.confirmed_at:
        raise Refused(Reason.DECIDED_ALREADY)
    if not text:
        raise Refused(Reason.SAY_WHY)
    milestone.text, milestone.reported_by, milestone.reported_at = text, by, at
    milestone.save()
    for file in files:
        _keep(project, file, by, at, milestone)
    announce(project, "MILESTONE", demand_people(project), by=by, at=at, what=str(milestone))
    return milestone


@transaction.atomic
def confirm_milestone(*, milestone: Milestone, by: User, at: datetime) -> Milestone:
    """Confirm a milestone on its evidence. Raises Refused."""
    project = locked(milestone.project)
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    milestone.project = project
    permissions.may_confirm(by, milestone).require()
    milestone.confirmed_by, milestone.confirmed_at = by, at
    milestone.save()
    announce(project, "CONFIRMED", firm_people(project), by=by, at=at, what=str(milestone))
    return milestone


@transaction.atomic
def submit_report(
    *, report: Report, text: str, problems: str, facts: dict[str, int], by: User, at: datetime
) -> Report:
    """Hand in a report; `facts` are the figures that the platform knew at that moment.

    Raises Refused.
    """
    project = locked(report.project)
    report = Report.objects.select_for_update().get(pk=report.pk)
    report.project = project
    permissions.may_hand_in(by, report).require()
    if not text:
        raise Refused(Reason.SAY_WHY)
    report.text, report.problems, report.facts = text, problems, facts
    report.submitted_by, report.submitted_at = by, at
    report.save()
    everybody = [project.officer, *demand_people(project)]
    announce(project, "REPORT", everybody, by=by, at=at, what=str(report.get_kind_display()))
    return report


@transaction.atomic
def write(
    *, project: Project, text: str, is_risk: bool, files: Sequence[File], by: User, at: datetime
) -> Message:
    """Write to everybody in a project. Raises Refused."""
    project = locked(project)
    permissions.may_write(by, project).require()
    if not text:
        raise Refused(Reason.SAY_WHY)
    message = Message.objects.create(
        project=project, text=text, is_risk=is_risk, written_by=by, written_at=at
    )
    for file in files:
        _keep(project, file, by, at)
    everybody = [*queries.people_of_project(project), project.officer]
    event = "RISK" if is_risk else "MESSAGE"
    announce(project, event, everybody, by=by, at=at, person=str(by))
    return message


def _keep(
    project: Project, file: File, by: User, at: datetime, milestone: Milestone | None = None
) -> Paper:
    fields = kept(file, by=by, at=at)
    version = queries.last_version(project, fields["name"]) + 1
    return Paper.objects.create(project=project, milestone=milestone, version=version, **fields)
