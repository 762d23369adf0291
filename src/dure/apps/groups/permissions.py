"""Who may do what with exchange groups."""

from datetime import date

from dure.apps.groups import queries
from dure.apps.groups.models import Group
from dure.apps.groups.reasons import Reason
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_run(user: Reader) -> Verdict:
    """Found groups, name their officers, take surveys in."""
    return YES if roles_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)


def may_act_for(user: Reader, group: Group, today: date) -> Verdict:
    """Do what a group does itself: its chair or secretary within their term, and the office."""
    if roles_of(user).is_officer or queries.acts_for(user, group, today):
        return YES
    return Verdict(Reason.NOT_FOR_THE_GROUP)


def may_read_minutes(user: Reader, group: Group) -> Verdict:
    """Read what a group met about."""
    roles = roles_of(user)
    own = group.members.filter(organisation__in=roles.organisations, left_on=None)
    if roles.is_officer or own.exists() or group.officers.filter(user=user.pk).exists():
        return YES
    return Verdict(Reason.NOT_OF_THE_GROUP)
