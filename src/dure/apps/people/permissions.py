"""Who may do what with organisations and people."""

from dure.apps.people.models import Membership, MembershipStage, Organisation, Role
from dure.apps.people.queries import Reader, standing_of
from dure.apps.people.reasons import Reason
from dure.foundation.verdict import YES, Verdict


def may_manage(user: Reader, organisation: Organisation) -> Verdict:
    """Change the organisation's entry and its people."""
    standing = standing_of(user)
    if standing.is_officer or organisation.pk in standing.managed:
        return YES
    return Verdict(Reason.NOT_A_MANAGER)


def may_look_inside(user: Reader, organisation: Organisation) -> Verdict:
    """Read who belongs to an organisation, and its history."""
    standing = standing_of(user)
    if standing.is_staff or organisation.pk in standing.managed:
        return YES
    return Verdict(Reason.NOT_A_MANAGER)


def may_run_programmes(user: Reader) -> Verdict:
    """Do what only the programme office does: verify, publish for others, import for all."""
    return YES if standing_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)


def may_verify(user: Reader, organisation: Organisation) -> Verdict:
    """Say that an organisation is what its number says."""
    if not standing_of(user).is_officer:
        return Verdict(Reason.NOT_AN_OFFICER)
    if not (organisation.business_number or organisation.other_id):
        return Verdict(Reason.NO_BUSINESS_NUMBER)
    if organisation.verified_at:
        return Verdict(Reason.ALREADY_VERIFIED)
    return YES


def may_ask_to_join(membership: Membership | None) -> Verdict:
    """Ask to be let into an organisation, given what one is in it so far."""
    if membership is None or membership.stage == MembershipStage.ENDED:
        return YES
    if membership.stage == MembershipStage.REQUESTED:
        return Verdict(Reason.ALREADY_ASKED)
    return Verdict(Reason.ALREADY_A_MEMBER)


def may_appoint(user: Reader) -> Verdict:
    """Give and take roles."""
    if Role.ADMINISTRATOR in standing_of(user).roles:
        return YES
    return Verdict(Reason.NOT_AN_ADMINISTRATOR)
