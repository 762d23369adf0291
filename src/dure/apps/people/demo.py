"""The people of the demonstration: those who run the platform, and how any other one is made."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from dure.apps.people.models import (
    Mandate,
    MandateKind,
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    User,
)
from dure.apps.people.operations import appoint, name_mandate, verify_organisation
from dure.apps.people.roles import Role
from dure.foundation.demo import Demonstration, demonstrates
from dure.values.ids import business_number

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


def take_part(demonstration: Demonstration, values: Mapping[str, Any]) -> Organisation:
    """An invented organisation of a file, and somebody who speaks for it; made where it is missing.

    `values` are its fields, its `number` and, where they are to sign in, its `person`.
    """
    fields = {key: value for key, value in values.items() if key not in ("number", "person")}
    organisation, is_new = Organisation.objects.get_or_create(
        business_number=business_number(values["number"]), defaults=fields | {"is_invented": True}
    )
    if is_new:
        verify_organisation(organisation=organisation, by=officers()[1], at=timezone.now())
    contact = {
        "email": f"contact{organisation.pk}@dure.example",
        "name": f"{organisation.name} 담당",
    }
    speaker = person(demonstration, **values.get("person", contact))
    join(speaker, organisation)
    if "person" in values:
        demonstration.sign_ins.setdefault(speaker.email, f"{speaker.name}  {organisation.name}")
    return organisation


def name_people(demonstration: Demonstration, organisation: Organisation, manager: User) -> None:
    """Let an organisation have a signatory, a delegate for a quarter and an outside bookkeeper."""
    signatory = person(demonstration, "ceo@dure.example", "윤대표")
    books = person(demonstration, "books@dure.example", "장부기")
    if not Mandate.objects.filter(organisation=organisation).exists():
        Membership.objects.get_or_create(
            user=signatory, organisation=organisation, defaults={"stage": MembershipStage.ACTIVE}
        )
        now, today = timezone.now(), timezone.localdate()
        quarter = today + timedelta(days=90)
        for user, kind, last_on, scope in (
            (signatory, MandateKind.SIGNATORY, None, ""),
            (manager, MandateKind.DELEGATE, quarter, "연구개발 신청과 협약"),
            (books, MandateKind.BOOKKEEPER, quarter, "세무 대리"),
        ):
            name_mandate(
                organisation=organisation, user=user, kind=kind, first_on=today, last_on=last_on,
                scope=scope, by=manager, at=now,
            )  # fmt: skip
    demonstration.sign_ins[signatory.email] = f"{signatory.name}  {organisation.name} 서명권자"
    demonstration.sign_ins[books.email] = f"{books.name}  {organisation.name} 외부 회계 담당"
