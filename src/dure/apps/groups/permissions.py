"""Who may do what with exchange groups."""

from datetime import date

from dure.apps.groups import queries
from dure.apps.groups.models import Group, Meeting, Pair, Proposal
from dure.apps.groups.reasons import Reason
from dure.apps.groups.stages import MeetingStage, ProposalStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.apps.people.roles import Role
from dure.foundation.verdict import YES, Verdict


def may_run(user: Reader) -> Verdict:
    """Found groups, name their officers, take surveys in, answer federations, decide at gates."""
    return YES if roles_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)


def may_act_for(user: Reader, group: Group, today: date) -> Verdict:
    """Do what a group does itself: its chair or secretary within their term, and the office."""
    if roles_of(user).is_officer or queries.acts_for(user, group, today):
        return YES
    return Verdict(Reason.NOT_FOR_THE_GROUP)


def may_read_minutes(user: Reader, group: Group) -> Verdict:
    """Read what a group met about, and its money."""
    is_own = queries.belongs_to(user, group)
    return YES if roles_of(user).is_officer or is_own else Verdict(Reason.NOT_OF_THE_GROUP)


def may_take_part(user: Reader) -> Verdict:
    """Have a desk of groups: whose firm is a member of one, and who holds or held an office."""
    return YES if queries.own_groups(user).exists() else Verdict(Reason.NOT_OF_THE_GROUP)


def may_confirm(user: Reader, meeting: Meeting, today: date) -> Verdict:
    """Confirm minutes: another than who wrote them, who was there or acts for the group."""
    if meeting.stage != MeetingStage.HELD:
        return Verdict(Reason.STAGE_CLOSED)
    was_there = user.is_authenticated and meeting.presences.filter(user=user.pk).exists()
    if not (was_there and may_read_minutes(user, meeting.group)) and not queries.acts_for(
        user, meeting.group, today
    ):
        return Verdict(Reason.WAS_NOT_THERE)
    return Verdict(Reason.OWN_MINUTES) if meeting.minutes_by_id == user.pk else YES


def may_answer(user: Reader, proposal: Proposal) -> Verdict:
    """Answer what a federation raised: who owns it, and the office."""
    if proposal.stage != ProposalStage.TAKEN_UP:
        return Verdict(Reason.STAGE_CLOSED)
    is_owner = user.is_authenticated and proposal.owner_id == user.pk
    return YES if is_owner or roles_of(user).is_officer else Verdict(Reason.NOT_THE_OWNER)


def may_own(user: Reader) -> Verdict:
    """Have a desk of requests: who owns one that is not answered."""
    owned = queries.proposals_owned_by(user)
    return YES if owned.exists() else Verdict(Reason.NOT_THE_OWNER)


def may_converge(user: Reader) -> Verdict:
    """Propose pairs across industries and write pre-plans: coordinators and the office."""
    roles = roles_of(user)
    if roles.is_officer or roles.holds([Role.COORDINATOR]):
        return YES
    return Verdict(Reason.NOT_A_COORDINATOR)


def may_speak_for(user: Reader, organisation: Organisation, today: date) -> Verdict:
    """Say what a member is good at and wants, or answer for it.

    Its own people; else, and marked so, who acts for its group, coordinators and the office.
    """
    if organisation.pk in roles_of(user).organisations or may_converge(user):
        return YES
    is_acting = queries.acts_for_member(user, organisation, today)
    return YES if is_acting else Verdict(Reason.NOT_FOR_THE_MEMBER)


def may_read_pair(user: Reader, pair: Pair) -> Verdict:
    """Read of a pair: its two firms, who may answer for them, coordinators, the office."""
    seen = queries.pairs_visible_to(user).filter(pk=pair.pk)
    return YES if seen.exists() else Verdict(Reason.NOT_FOR_THE_MEMBER)
