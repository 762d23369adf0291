"""The people and organisations that most tests need.

What else the cast can have, each app brings in `tests/apps/<app>/cast.py`: its public functions are
called on the cast, so `cast.need()` is `need(cast)` of the catalogue.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from pathlib import Path

from django.contrib.auth.hashers import make_password

from dure.apps.people.models import (
    Appointment,
    CompanyGroup,
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    OrganisationKind,
    User,
)
from dure.apps.people.roles import Role
from tests.conftest import NOON

# Every role a reader can have on the platform (systems.md, section 9), and a stranger's firm.
ROLES = (
    "visitor",
    "newcomer",
    "member",
    "manager",
    "supplier",
    "rival",
    "officer",
    "officer2",
    "centre_officer",
    "reviewer",
    "coordinator",
    "auditor",
    "administrator",
)


@dataclass
class Cast:
    """People by role, and the organisations they belong to."""

    people: dict[str, User]
    buyer: Organisation
    sister: Organisation
    rival: Organisation
    supplier: Organisation
    stranger: Organisation

    def __getitem__(self, role: str) -> User:
        return self.people[role]

    def __getattr__(self, name: str) -> Callable:
        if name not in contributed():
            raise AttributeError(f"no app gives the cast {name!r}")
        return partial(contributed()[name], self)


@cache
def contributed() -> dict[str, Callable]:
    """What the apps can give the cast, by name."""
    contributions: dict[str, Callable] = {}
    for file in sorted(Path(__file__).parent.glob("apps/*/cast.py")):
        module = import_module(f"tests.apps.{file.parent.name}.cast")
        for name, given in vars(module).items():
            if getattr(given, "__module__", "") == module.__name__ and not name.startswith("_"):
                assert name not in contributions, f"two apps give the cast {name!r}"
                contributions[name] = given
    return contributions


def make_cast() -> Cast:
    """Make the cast in the test's database."""
    password = make_password("pass-word-1")
    users = User.objects.bulk_create(
        User(email=f"{role}@example.org", name=role, password=password)
        for role in ROLES
        if role != "visitor"
    )
    people = {user.name: user for user in users}
    roles = {"officer2": Role.OFFICER}
    given = {name: roles.get(name) or getattr(Role, name.upper(), None) for name in people}
    Appointment.objects.bulk_create(
        Appointment(user=people[name], role=role) for name, role in given.items() if role
    )
    group = CompanyGroup.objects.create(name="한빛그룹")

    def organisation(
        number: str, name: str, kind: OrganisationKind, **more: object
    ) -> Organisation:
        return Organisation(
            business_number=number,
            name=name,
            kind=kind,
            verified_at=NOON,
            verified_by=people["officer"],
            **more,
        )

    kinds = OrganisationKind
    cast = Cast(
        people,
        buyer=organisation(
            "1248100998", "한빛중공업", kinds.LARGE, group=group, region="GYEONGNAM"
        ),
        sister=organisation("2208162517", "한빛정밀", kinds.SME, group=group, region="GYEONGNAM"),
        rival=organisation("1168200276", "새솔화학", kinds.LARGE, region="ULSAN"),
        supplier=organisation("1078812342", "열림테크", kinds.SME, region="BUSAN"),
        stranger=organisation("1208800767", "바른센서", kinds.STARTUP, region="DAEJEON"),
    )
    Organisation.objects.bulk_create(
        [cast.buyer, cast.sister, cast.rival, cast.supplier, cast.stranger]
    )
    active = (
        ("member", cast.buyer, MembershipRole.MEMBER),
        ("manager", cast.buyer, MembershipRole.MANAGER),
        ("supplier", cast.supplier, MembershipRole.MANAGER),
        ("rival", cast.rival, MembershipRole.MANAGER),
    )
    Membership.objects.bulk_create(
        Membership(user=people[user], organisation=firm, role=role, stage=MembershipStage.ACTIVE)
        for user, firm, role in active
    )
    return cast
