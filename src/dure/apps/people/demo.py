"""The people of the demonstration: those who run the platform, and how any other one is made."""

from allauth.account.models import EmailAddress

from dure.apps.people.models import (
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    User,
)
from dure.apps.people.operations import appoint
from dure.apps.people.roles import Role
from dure.foundation.demo import Demonstration, demonstrates

OFFICER, SECOND_OFFICER = "officer@dure.example", "officer2@dure.example"
STAFF = {
    OFFICER: ("김두레", Role.OFFICER),
    SECOND_OFFICER: ("박이음", Role.OFFICER),
    "centre@dure.example": ("이보람", Role.CENTRE_OFFICER),
    "reviewer@dure.example": ("최한결", Role.REVIEWER),
    "coordinator@dure.example": ("정다온", Role.COORDINATOR),
    "auditor@dure.example": ("윤바른", Role.AUDITOR),
    "admin@dure.example": ("한가온", Role.ADMINISTRATOR),
}


@demonstrates("people")
def load(demonstration: Demonstration) -> None:
    """Appoint those who run the platform."""
    for email, (name, role) in STAFF.items():
        appoint(user=person(demonstration, email, name), role=role, by=None)
        demonstration.sign_ins[email] = f"{name}  {role.label}"


def person(demonstration: Demonstration, email: str, name: str) -> User:
    """Somebody who can sign in; made where they are not there yet."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, demonstration.password, name=name)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def officers() -> tuple[User, User]:
    """The one who enters and the one who publishes."""
    return User.objects.get(email=OFFICER), User.objects.get(email=SECOND_OFFICER)


def join(user: User, organisation: Organisation) -> None:
    """Make somebody a manager of an organisation."""
    Membership.objects.get_or_create(
        user=user,
        organisation=organisation,
        defaults={"role": MembershipRole.MANAGER, "stage": MembershipStage.ACTIVE},
    )
