"""Who may do what with organisations and people."""

from collections.abc import Iterable

from dure.apps.people.models import Membership, MembershipRole, MembershipStage, Organisation
from dure.apps.people.queries import Reader, administers_roles, roles_of
from dure.apps.people.reasons import Reason
from dure.apps.people.roles import READERS, RoleChoices
from dure.foundation.verdict import YES, Verdict


def has_role(user: Reader, roles: Iterable[RoleChoices]) -> Verdict:
    """Whether somebody holds one of the roles, for what an app opens by role alone."""
    return YES if roles_of(user).holds(roles) else Verdict(Reason.NOT_FOR_YOUR_ROLE)


def may_manage(user: Reader, organisation: Organisation) -> Verdict:
    """Change the organisation's entry and its people."""
    roles = roles_of(user)
    if roles.is_officer or organisation.pk in roles.managed:
        return YES
    return Verdict(Reason.NOT_A_MANAGER)


def may_look_inside(user: Reader, organisation: Organisation) -> Verdict:
    """Read who belongs to an organisation, and its history."""
    roles = roles_of(user)
    if roles.holds(READERS) or organisation.pk in roles.managed:
        return YES
    return Verdict(Reason.NOT_A_MANAGER)


def may_read_unverified(user: Reader) -> Verdict:
    """Read also of other people's organisations that nobody has verified yet."""
    return has_role(user, READERS)


def may_run_programmes(user: Reader) -> Verdict:
    """Do what only the programme office does: verify, publish for others, import for all."""
    return YES if roles_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)


def may_verify(user: Reader, organisation: Organisation) -> Verdict:
    """Say that an organisation is what its number says."""
    if not roles_of(user).is_officer:
        return Verdict(Reason.NOT_AN_OFFICER)
    if not (organisation.business_number or organisation.other_id):
        return Verdict(Reason.NO_BUSINESS_NUMBER)
    if organisation.verified_at:
        return Verdict(Reason.ALREADY_VERIFIED)
    is_own = organisation.pk in roles_of(user).organisations
    return (
        Verdict(Reason.SECOND_PERSON) if is_own or organisation.identity_by_id == user.pk else YES
    )


def may_answer_join(user: Reader, membership: Membership) -> Verdict:
    """Let somebody in, or not; nobody answers their own request."""
    if membership.user_id == user.pk:
        return Verdict(Reason.OWN_REQUEST)
    return may_manage(user, membership.organisation)


def may_change_membership(user: Reader, membership: Membership, role: str, stage: str) -> Verdict:
    """Make somebody a manager or a member, or end the membership; nobody raises themselves."""
    is_new = membership.stage != MembershipStage.ACTIVE
    is_higher = role == MembershipRole.MANAGER and membership.role != MembershipRole.MANAGER
    is_raise = stage == MembershipStage.ACTIVE and (is_new or is_higher)
    if membership.user_id == user.pk and is_raise:
        return Verdict(Reason.OWN_REQUEST)
    return may_manage(user, membership.organisation)


def may_ask_to_join(membership: Membership | None) -> Verdict:
    """Ask to be let into an organisation, given what one is in it so far."""
    if membership is None or membership.stage == MembershipStage.ENDED:
        return YES
    if membership.stage == MembershipStage.REQUESTED:
        return Verdict(Reason.ALREADY_ASKED)
    return Verdict(Reason.ALREADY_A_MEMBER)


def may_appoint(user: Reader) -> Verdict:
    """Give and take roles."""
    return YES if administers_roles(user) else Verdict(Reason.NOT_AN_ADMINISTRATOR)
