"""Founding groups, who belongs to them and who acts for them."""

from datetime import date
from typing import Any

from django.db import transaction

from dure.apps.groups import permissions, queries
from dure.apps.groups.kinds import PARENTS, Level
from dure.apps.groups.models import Group, Member, Officer
from dure.apps.groups.operations.paying import forgive_open_dues, owe_open_dues
from dure.apps.groups.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.foundation.verdict import Refused


@transaction.atomic
def found_group(*, values: dict[str, Any], by: User) -> Group:
    """Found a group; `values` are fields of it. Raises Refused."""
    permissions.may_run(by).require()
    group = Group(**values)
    if group.parent and PARENTS.get(Level(group.level)) != group.parent.level:
        raise Refused(Reason.WRONG_PARENT)
    if Group.objects.filter(name=group.name).exists():
        raise Refused(Reason.NAME_TAKEN)
    group.save()
    return group


@transaction.atomic
def join(
    *, group: Group, organisation: Organisation, on: date, is_agreed: bool, by: User, today: date
) -> Member:
    """Take a firm in. One of a member's industry only where the group has agreed (`is_agreed`).

    Raises Refused.
    """
    group = Group.objects.select_for_update().get(pk=group.pk)
    permissions.may_act_for(by, group, today).require()
    if on > today:
        raise Refused(Reason.DAY_TO_COME)
    if queries.current_members(group).filter(organisation=organisation).exists():
        raise Refused(Reason.MEMBER_ALREADY)
    rival = queries.competitor_in(group, organisation)
    if rival and not is_agreed:
        raise Refused(Reason.COMPETES, firm=str(rival))
    made = Member.objects.create(group=group, organisation=organisation, joined_on=on)
    owe_open_dues(made, today)
    _count(group)
    return made


@transaction.atomic
def leave(*, member: Member, on: date, by: User, today: date) -> Member:
    """Note that a firm has left. Raises Refused."""
    group = Group.objects.select_for_update().get(pk=member.group_id)
    permissions.may_act_for(by, group, today).require()
    member.refresh_from_db()
    if member.left_on is not None:
        raise Refused(Reason.LEFT_BEFORE)
    if on < member.joined_on:
        raise Refused(Reason.ENDS_TOO_EARLY)
    member.left_on = on
    member.save(update_fields=["left_on"])
    forgive_open_dues(member)
    _count(group)
    return member


@transaction.atomic
def name_officer(
    *, group: Group, user: User, office: str, starts_on: date, ends_on: date, by: User
) -> Officer:
    """Note who chairs a group or is its secretary, for a term. Raises Refused."""
    permissions.may_run(by).require()
    if ends_on < starts_on:
        raise Refused(Reason.ENDS_TOO_EARLY)
    return Officer.objects.create(
        group=group, user=user, office=office, starts_on=starts_on, ends_on=ends_on
    )


def _count(group: Group) -> None:
    """What is known firm by firm goes before what a survey said."""
    group.members_said = queries.current_members(group).count()
    group.save(update_fields=["members_said"])
