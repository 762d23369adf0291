"""Who may do what with organisations and people."""

from collections.abc import Iterable
from datetime import date

from dure.apps.people.models import (
    Mandate,
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
)
from dure.apps.people.queries import (
    Reader,
    administers_roles,
    keeps_books_of,
    roles_of,
    signatories_of,
)
from dure.apps.people.reasons import Reason
from dure.apps.people.roles import OFFICE, READERS, Role, RoleChoices
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


def may_be_contact(user: Reader, membership: Membership) -> Verdict:
    """Say of oneself that others may find one on the organisation's page."""
    is_own = membership.user_id == user.pk and membership.stage == MembershipStage.ACTIVE
    return YES if is_own else Verdict(Reason.NOT_OF_THE_ORGANISATION)


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


def may_sign_for(user: Reader, organisation: Organisation, on: date) -> Verdict:
    """Bind the organisation on a day: an authorised signatory, a delegate within the dates of the
    mandate, or a manager where no signatory is named."""
    if not user.is_authenticated:
        return Verdict(Reason.NOT_A_SIGNATORY)
    signs = signatories_of(organisation, on).filter(pk=user.pk).exists()
    return YES if signs else Verdict(Reason.NOT_A_SIGNATORY)


def may_see_money_of(user: Reader, organisation: Organisation, on: date) -> Verdict:
    """Read the organisation's money on a day: its people, its bookkeeper, and who
    runs or audits the programmes."""
    roles = roles_of(user)
    if roles.holds((*OFFICE, Role.AUDITOR)) or organisation.pk in roles.organisations:
        return YES
    if keeps_books_of(user, on).filter(pk=organisation.pk).exists():
        return YES
    return Verdict(Reason.NOT_THE_MONEY)


def may_name_mandates(user: Reader, organisation: Organisation) -> Verdict:
    """Say who signs for an organisation and who sees its money: its own managers, not the office."""
    is_own = organisation.pk in roles_of(user).managed
    return YES if is_own else Verdict(Reason.NAMED_BY_ITS_MANAGERS)


def may_end_mandate(user: Reader, mandate: Mandate) -> Verdict:
    """End a mandate early: a manager, or whoever holds it."""
    if mandate.ended_on:
        return Verdict(Reason.ENDED_ALREADY)
    return YES if mandate.user_id == user.pk else may_name_mandates(user, mandate.organisation)


def may_appoint(user: Reader) -> Verdict:
    """Give and take roles."""
    return YES if administers_roles(user) else Verdict(Reason.NOT_AN_ADMINISTRATOR)
