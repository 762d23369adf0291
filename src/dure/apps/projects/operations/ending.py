"""How a project ends: stopped, given up, judged, closed; sanctions; what is asked years later."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import operations as agreements
from dure.apps.agreements.stages import AgreementStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.apps.projects import adapter, permissions, queries
from dure.apps.projects.events import FollowUpAnswered
from dure.apps.projects.kinds import PromiseKept, RecoveryCause, SpecialDecision
from dure.apps.projects.models import (
    FinalVerdict,
    FollowUp,
    FollowUpFile,
    Project,
    Sanction,
    SpecialEvaluation,
)
from dure.apps.projects.operations.keeping import locked, sent
from dure.apps.projects.operations.opening import reschedule
from dure.apps.projects.operations.settling import demand
from dure.apps.projects.operations.telling import announce, demand_people, firm_people
from dure.apps.projects.reasons import Reason
from dure.apps.projects.stages import ProjectStage, SanctionStage
from dure.foundation import announce as announcing
from dure.foundation.verdict import Refused

REPAY_MONTHS = 1  # GL 16.다
SPECIAL_MONTHS = 3  # GL 16
STAGE_AFTER = {
    SpecialDecision.GO_ON: ProjectStage.RUNNING,
    SpecialDecision.STOP: ProjectStage.STOPPED,
    SpecialDecision.EARLY: ProjectStage.RUNNING,  # past its end now: the settlement is next
}
PAY_DAYS = 30
ANSWER_DAYS = 60


@transaction.atomic
def stop(*, project: Project, reason: str, by: User, at: datetime) -> Project:
    """Stop a running project after a special evaluation, or let it go on. Raises Refused."""
    project = locked(project)
    permissions.may_stop(by, project).require()
    if not reason:
        raise Refused(Reason.SAY_WHY)
    is_running = project.stage == ProjectStage.RUNNING
    project.stage = ProjectStage.STOPPED if is_running else ProjectStage.RUNNING
    return _said(project, reason, by, at)


@transaction.atomic
def open_special(*, project: Project, cause: str, by: User, at: datetime) -> SpecialEvaluation:
    """Open a special evaluation, to be decided within three months; until then nothing is spent.

    Raises Refused.
    """
    project = locked(project)
    permissions.may_hold(by, project).require()
    if not cause:
        raise Refused(Reason.SAY_WHY)
    today = localdate(at)
    evaluation = SpecialEvaluation.objects.create(
        project=project,
        cause=cause,
        opened_on=today,
        due_on=today + relativedelta(months=SPECIAL_MONTHS),
        opened_by=by,
    )
    project.stage = ProjectStage.HELD
    _said(project, cause, by, at)
    return evaluation


@transaction.atomic
def decide_special(
    *, project: Project, decision: str, note: str, by: User, at: datetime
) -> SpecialEvaluation:
    """Decide the special evaluation: go on, stop, or end today as completed early. Raises Refused."""
    project = locked(project)
    permissions.may_decide_special(by, project).require()
    if not note:
        raise Refused(Reason.SAY_WHY)
    evaluation = SpecialEvaluation.objects.select_for_update().get(project=project, decision="")
    today = localdate(at)
    evaluation.decision, evaluation.note = SpecialDecision(decision), note
    evaluation.decided_on, evaluation.decided_by = today, by
    evaluation.save()
    project.stage = STAGE_AFTER[evaluation.decision]
    if evaluation.decision == SpecialDecision.EARLY:
        project.ends_on = max(min(today, project.ends_on), project.begins_on)
        project.save(update_fields=["ends_on"])
        reschedule(project)
    _said(project, note, by, at)
    return evaluation


@transaction.atomic
def give_up(*, project: Project, reason: str, by: User, at: datetime) -> Project:
    """Give a project up (자체포기): the whole grant goes back within a month, but for what settlements
    of its stages took off it. Raises Refused."""
    project = locked(project)
    permissions.may_give_up(by, project).require()
    if not reason:
        raise Refused(Reason.SAY_WHY)
    project.stage = ProjectStage.GIVEN_UP
    _said(project, reason, by, at)
    grant = queries.grant_used(project)
    if grant:
        due = localdate(at) + relativedelta(months=REPAY_MONTHS)
        demand(project, RecoveryCause.GIVE_UP, grant, due, by=by, at=at)
    return project


@transaction.atomic
def judge_project(
    *,
    project: Project,
    score: int,
    is_sincere: bool,
    reliefs: Sequence[str],
    note: str,
    by: User,
    at: datetime,
) -> FinalVerdict:
    """Enter the panel's score; the matrix of the rules gives the verdict. Raises Refused."""
    project = locked(project)
    permissions.may_judge_project(by, project).require()
    rules = adapter.rules_of(project, "verdict")
    if rules is None:
        raise Refused(Reason.NO_RULES)
    if not 0 <= score <= 100:
        raise Refused(Reason.OUT_OF_RANGE)
    if not note:
        raise Refused(Reason.SAY_WHY)
    reached = rules.verdict(score, sincere=is_sincere, reliefs=list(reliefs))
    verdict = FinalVerdict.objects.create(
        project=project,
        score=score,
        is_sincere=is_sincere,
        reliefs=list(reliefs),
        verdict=reached.id,
        note=note,
        decided_by=by,
        decided_at=at,
    )
    used = queries.grant_used(project)
    if reached.recovers_grant and used:
        due = localdate(at) + timedelta(days=PAY_DAYS)
        demand(project, RecoveryCause.VERDICT, used, due, by=by, at=at)
    everybody = [*firm_people(project), *demand_people(project)]
    announce(project, "VERDICT", everybody, by=by, at=at, what=reached.name.ko)
    return verdict


@transaction.atomic
def close(*, project: Project, by: User, at: datetime) -> Project:
    """Close a project; from then on it is asked in later years what became of it. Raises Refused."""
    project = locked(project)
    permissions.may_close(by, project).require()
    was_given_up = project.stage == ProjectStage.GIVEN_UP
    project.stage = ProjectStage.CLOSED
    project.save(update_fields=["stage"])
    if not was_given_up:
        FollowUp.objects.bulk_create(
            FollowUp(
                project=project,
                year=year,
                due_on=project.ends_on + relativedelta(years=year, days=ANSWER_DAYS),
            )
            for year in adapter.follow_up_years(project)
        )
    _end_agreement(project, was_given_up, by, at)
    announce(
        project, "STAGE", firm_people(project), by=by, at=at, what=str(project.get_stage_display())
    )
    return project


@transaction.atomic
def give_notice(
    *,
    project: Project,
    organisation: Organisation,
    cause: str,
    ban_months: int,
    surcharge: int,
    by: User,
    at: datetime,
) -> Sanction:
    """Tell an organisation that it may be sanctioned, within the caps of the rules. Raises Refused."""
    project = locked(project)
    permissions.may_run(by).require()
    rules = adapter.rules_of(project, "verdict")
    if rules is None:
        raise Refused(Reason.NO_RULES)
    if not cause:
        raise Refused(Reason.SAY_WHY)
    grant = sum(member.grant for member in project.members.all())
    in_range = (
        0 <= ban_months <= rules.most_ban_years * 12
        and 0 <= surcharge <= rules.most_surcharge_times * grant
        and (ban_months or surcharge)
    )
    if not in_range or not project.members.filter(organisation=organisation).exists():
        raise Refused(Reason.OUT_OF_RANGE)
    today = localdate(at)
    sanction = Sanction.objects.create(
        project=project,
        organisation=organisation,
        cause=cause,
        ban_months=ban_months,
        surcharge=surcharge,
        noticed_on=today,
        reexamine_until=today + timedelta(days=rules.reexamination_days),
        noticed_by=by,
    )
    announce(
        project, "SANCTION", people_of(organisation), by=by, at=at,
        until=sanction.reexamine_until.isoformat(),
    )  # fmt: skip
    return sanction


@transaction.atomic
def plead(*, sanction: Sanction, text: str, by: User, at: datetime) -> Sanction:
    """Ask for a re-examination of a sanction, in time. Raises Refused."""
    sanction = _held(sanction)
    permissions.may_plead(by, sanction, localdate(at)).require()
    if not text:
        raise Refused(Reason.SAY_WHY)
    sanction.plea, sanction.stage = text, SanctionStage.REEXAMINED
    sanction.save()
    return sanction


@transaction.atomic
def decide_sanction(*, sanction: Sanction, is_upheld: bool, by: User, at: datetime) -> Sanction:
    """Decide a sanction or drop it; a bar begins some days after the notice. Raises Refused."""
    sanction = _held(sanction)
    today = localdate(at)
    permissions.may_decide_sanction(by, sanction, today).require()
    sanction.stage = SanctionStage.DECIDED if is_upheld else SanctionStage.DROPPED
    sanction.decided_on, sanction.decided_by = today, by
    if is_upheld and sanction.ban_months:
        rules = adapter.rules_of(sanction.project, "verdict")
        sanction.starts_on = today + timedelta(days=rules.ban_starts_days)
    sanction.save()
    announce(
        sanction.project, "SANCTION_DECIDED", people_of(sanction.organisation), by=by, at=at,
        what=str(sanction.get_stage_display()),
    )  # fmt: skip
    return sanction


@transaction.atomic
def ask_follow_ups(*, at: datetime) -> int:
    """Ask what became of projects whose day is near; returns how many were asked."""
    soon = localdate(at) + timedelta(days=ANSWER_DAYS)
    asked = list(queries.follow_ups_due(soon).select_for_update(of=("self",), skip_locked=True))
    for follow_up in asked:
        follow_up.asked_at = at
        follow_up.save(update_fields=["asked_at"])
        announce(
            follow_up.project, "FOLLOW_UP", firm_people(follow_up.project), by=None, at=at,
            until=follow_up.due_on.isoformat(), url=queries.follow_up_link(follow_up),
        )  # fmt: skip
    return len(asked)


@transaction.atomic
def answer_follow_up(
    *, follow_up: FollowUp, values: dict[str, Any], at: datetime, files: Sequence[File] = ()
) -> FollowUp:
    """Take the answer of whoever has the link, once. Raises Refused."""
    follow_up = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    permissions.may_answer_follow_up(follow_up).require()
    partly = (PromiseKept.IN_PART, PromiseKept.NOT_KEPT)
    if values["promise"] in partly and not values["promise_reason"]:
        raise Refused(Reason.SAY_WHY)
    for name, value in values.items():
        setattr(follow_up, name, value)
    follow_up.answered_at = at
    follow_up.save()
    for file in files:
        FollowUpFile.objects.create(follow_up=follow_up, **sent(file, at=at))
    announcing.announce(FollowUpAnswered(follow_up.pk))
    return follow_up


def _end_agreement(project: Project, was_given_up: bool, by: User, at: datetime) -> None:
    if project.agreement is None:
        return
    stage = AgreementStage.TERMINATED if was_given_up else AgreementStage.COMPLETED
    agreements.end(
        agreement=project.agreement, stage=stage, reason=project.stage_reason, by=by, at=at
    )


def _said(project: Project, reason: str, by: User, at: datetime) -> Project:
    project.stage_reason = reason
    project.save(update_fields=["stage", "stage_reason"])
    everybody = [*firm_people(project), *demand_people(project), project.officer]
    announce(project, "STAGE", everybody, by=by, at=at, what=str(project.get_stage_display()))
    return project


def _held(sanction: Sanction) -> Sanction:
    project = locked(sanction.project)
    held = Sanction.objects.select_for_update(of=("self",)).select_related("organisation")
    current = held.get(pk=sanction.pk)
    current.project = project
    return current
