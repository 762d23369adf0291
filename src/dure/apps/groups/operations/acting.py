"""What a group does and wants to reach."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.groups import permissions
from dure.apps.groups.models import Activity, Goal, Group
from dure.apps.groups.reasons import Reason
from dure.apps.people.models import User
from dure.foundation.verdict import Refused


@transaction.atomic
def note_activity(*, group: Group, values: dict[str, Any], by: User, at: datetime) -> Activity:
    """Note a meeting or another activity; with it the group is no longer dormant. Raises Refused."""
    permissions.may_act_for(by, group, localdate(at)).require()
    return keep_activity(group=group, values=values, by=by, at=at)


def keep_activity(*, group: Group, values: dict[str, Any], by: User, at: datetime) -> Activity:
    """Keep an activity whose permission is known. Raises Refused where its day has not come."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    made = Activity(group=group, **values, by=by, at=at)
    if made.on > localdate(at):
        raise Refused(Reason.DAY_TO_COME)
    made.save()
    if group.last_met_on is None or made.on > group.last_met_on:
        group.last_met_on = made.on
        group.save(update_fields=["last_met_on"])
    return made


@transaction.atomic
def add_goal(*, group: Group, values: dict[str, Any], by: User, today: date) -> Goal:
    """Set a goal of a year with its measure. Raises Refused."""
    permissions.may_act_for(by, group, today).require()
    return Goal.objects.create(group=group, **values)


@transaction.atomic
def review_goal(*, goal: Goal, reached: int, evidence: str, by: User, today: date) -> Goal:
    """Say how far the group came, and by what one sees it. Raises Refused."""
    permissions.may_act_for(by, goal.group, today).require()
    goal.reached, goal.evidence, goal.reviewed_on = reached, evidence, today
    goal.save(update_fields=["reached", "evidence", "reviewed_on"])
    return goal
