"""Carrying money of a stage over into the next (이월): asked for by line, allowed by the office."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.projects import adapter, permissions, queries
from dure.apps.projects.models import CarryOver, Member, Settlement
from dure.apps.projects.operations.keeping import locked
from dure.apps.projects.operations.settling import left_on
from dure.apps.projects.operations.telling import announce, firm_people
from dure.apps.projects.reasons import Reason
from dure.foundation.verdict import Refused

DECISION_DAYS = 15  # STD 74


@transaction.atomic
def ask_carry_over(
    *, member: Member, ends_on: date, line: str, amount: int, reason: str, by: User, at: datetime
) -> CarryOver:
    """Ask that `amount` won of a line go on to the stage after the one that ends on a day.

    Raises Refused.
    """
    project = member.project = locked(member.project)
    permissions.may_carry_over(by, member, ends_on).require()
    lines = adapter.lines_of(project)
    if line in lines and not lines[line].is_direct:
        raise Refused(Reason.NOT_CARRIED)
    if not reason:
        raise Refused(Reason.SAY_WHY)
    if CarryOver.objects.filter(member=member, ends_on=ends_on, line=line).exists():
        raise Refused(Reason.ASKED_ALREADY)
    if not 0 < amount <= left_on(member, line, stage_of(member, ends_on)):
        raise Refused(Reason.MORE_THAN_LEFT)
    rules = adapter.rules_of(project, "settlement")
    days = rules.carry_over_days if rules and rules.carry_over_days else DECISION_DAYS
    carry_over = CarryOver.objects.create(
        member=member,
        ends_on=ends_on,
        line=line,
        amount=amount,
        reason=reason,
        asked_by=by,
        asked_at=at,
        due_on=localdate(at) + timedelta(days=days),
    )
    _tell("CARRY_OVER", carry_over, [project.officer], by, at)
    return carry_over


@transaction.atomic
def decide_carry_over(
    *, carry_over: CarryOver, allowed: int, note: str, by: User, at: datetime
) -> CarryOver:
    """Allow what was asked for, a part of it, or nothing. Raises Refused."""
    project = locked(carry_over.member.project)
    carry_over = CarryOver.objects.select_for_update(of=("self",)).get(pk=carry_over.pk)
    carry_over.member.project = project
    permissions.may_decide_carry_over(by, carry_over).require()
    if not note:
        raise Refused(Reason.SAY_WHY)
    if not 0 <= allowed <= carry_over.amount:
        raise Refused(Reason.OUT_OF_RANGE)
    carry_over.allowed, carry_over.note = allowed, note
    carry_over.decided_by, carry_over.decided_at = by, at
    carry_over.save()
    _tell("CARRIED_OVER", carry_over, firm_people(project), by, at)
    return carry_over


def stage_of(member: Member, ends_on: date) -> Settlement:
    """The settlement of the stage that ends on a day, or what it will be once it is opened."""
    project = member.project
    ends = [stage_end for stage_end in queries.stage_ends(project) if stage_end < ends_on]
    return Settlement(
        project=project,
        begins_on=max(ends) + timedelta(days=1) if ends else None,
        ends_on=ends_on,
    )


def _tell(event: str, carry_over: CarryOver, to, by: User, at: datetime) -> None:
    project = carry_over.member.project
    amount = carry_over.amount if carry_over.allowed is None else carry_over.allowed
    announce(
        project, event, to, by=by, at=at, amount=f"{amount:,}", until=carry_over.due_on.isoformat(),
        url=reverse("projects:plan", args=[project.pk]) + "#carry-over",
    )  # fmt: skip
