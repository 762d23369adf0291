"""Deposits of the demonstration: in keeping, about to lapse, handed in, and one asked to be released.

The passphrases of the demonstration are its password, which nobody would do in earnest.
"""

import tomllib
from datetime import datetime, timedelta
from html import escape

from django.core.files.base import ContentFile
from django.utils import timezone

from dure.apps.deposits import operations
from dure.apps.deposits.models import Deposit, DepositKey
from dure.apps.deposits.operations import UsedBy
from dure.apps.deposits.roles import Role
from dure.apps.people.demo import officers
from dure.apps.people.models import Appointment, Organisation, OrganisationKind, User
from dure.apps.people.queries import managers_of
from dure.foundation.demo import Demonstration, demonstrates
from dure.foundation.paper import pdf

PASSPHRASE = "demo passphrase"  # noqa: S105 -- said on the terminal
RELEASE_OFFICERS = ("금도담", "노은겸", "두한별")


@demonstrates("deposits")
def load(demonstration: Demonstration) -> None:
    """Load the deposits, unless there is one."""
    if Deposit.objects.exists():
        return
    keepers = [_release_officer(demonstration, place) for place in range(len(RELEASE_OFFICERS))]
    with (demonstration.folder / "deposits.toml").open("rb") as file:
        deposits = tomllib.load(file)["deposits"]
    firms = _firms()
    for deposit, firm in zip(deposits, firms, strict=False):
        _deposit(deposit, firm, keepers[0])
    demonstration.say(
        f"{Deposit.objects.count()} technology deposits; every passphrase is “{PASSPHRASE}”"
    )


def _release_officer(demonstration: Demonstration, place: int) -> User:
    email = f"release{place + 1}@dure.example"
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, demonstration.password, name=RELEASE_OFFICERS[place]
    )
    Appointment.objects.get_or_create(user=user, role=Role.RELEASE_OFFICER)
    operations.set_officer_key(passphrase=PASSPHRASE, by=user, at=timezone.now())
    demonstration.sign_ins[email] = str(Role.RELEASE_OFFICER.label)
    return user


def _firms() -> list[Organisation]:
    """Small firms with a manager, who deposit."""
    small = (OrganisationKind.SME, OrganisationKind.STARTUP)
    organisations = Organisation.objects.filter(kind__in=small, verified_at__isnull=False)
    return [firm for firm in organisations.order_by("pk")[:40] if managers_of(firm).exists()]


def _deposit(script: dict, firm: Organisation, officer: User) -> None:
    now = timezone.now()
    begun = now - timedelta(days=script["days_ago"])
    manager = managers_of(firm)[0]
    _key(firm, manager, begun)
    users = [UsedBy(organisation, script["condition"]) for organisation in _user(script)]
    for user in users:
        _key(user.organisation, managers_of(user.organisation)[0], begun)
    made = operations.deposit(
        depositor=firm,
        contract="THREE_PARTY" if users else "TWO_PARTY",
        item=script["item"],
        title=script["title"],
        made_on=timezone.localdate(begun),
        outline=script["outline"],
        users=users,
        files=[_file(script["title"], firm)],
        by=manager,
        at=begun,
    )
    if script["stage"] == "APPLIED":
        return
    made = operations.accept(deposit=made, by=officers()[0], at=begun)
    if script["is_paid"]:
        operations.enter_payment(
            term=made.terms.get(), paid_on=timezone.localdate(begun), by=officers()[0], at=begun
        )
    if users:
        _release(made, users[0].organisation, script["statement"], now)


def _release(deposit: Deposit, user: Organisation, statement: str, at: datetime) -> None:
    release = operations.ask_release(
        deposit=deposit,
        organisation=user,
        ground="CLOSURE",
        statement=statement,
        by=managers_of(user)[0],
        at=at,
    )
    first = User.objects.get(email="release1@dure.example")
    operations.grant(release=release, passphrase=PASSPHRASE, by=first, at=at)


def _user(script: dict) -> list[Organisation]:
    if not script.get("condition"):
        return []
    large = Organisation.objects.filter(
        kind=OrganisationKind.LARGE, verified_at__isnull=False
    ).order_by("pk")
    return [next(firm for firm in large if managers_of(firm).exists())]


def _key(organisation: Organisation, manager: User, at: datetime) -> None:
    if not DepositKey.objects.filter(organisation=organisation).exists():
        operations.set_key(organisation=organisation, passphrase=PASSPHRASE, by=manager, at=at)


def _file(title: str, firm: Organisation) -> ContentFile:
    content = pdf(
        f'<!doctype html><html lang="ko"><head><title>{escape(title)}</title></head><body>'
        f"<h1>{escape(title)}</h1><p>{escape(firm.name)}</p><p>시연을 위해 만든 견본입니다.</p></body></html>"
    )
    return ContentFile(content, name=f"{title}.pdf")
