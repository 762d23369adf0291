"""Loads the demonstration: invented people and firms, the bundled set, and the real set if any.

Everything goes through the same operations that people use: sheets are imported by one officer and
published by another. A second run changes nothing.
"""

import tomllib
from datetime import datetime, timedelta

import click
import pghistory
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from dure.apps.catalog import operations as catalog
from dure.apps.catalog import queries as catalog_queries
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.stages import NeedStage
from dure.apps.fairs.models import Fair
from dure.apps.jobs.models import Job
from dure.apps.matches import operations as matches
from dure.apps.matches import queries as match_queries
from dure.apps.matches.models import AnswerKind, NotForUs
from dure.apps.ndas.operations import move as move_nda
from dure.apps.ndas.operations import note_readings
from dure.apps.people import operations as people
from dure.apps.people.models import (
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    User,
)
from dure.apps.people.roles import Role
from dure.config import demo_fair, env, real_data
from dure.config.running import run_here

FOLDER = env.ROOT / "demo"
PASSWORD = "dure-demo-2026"  # noqa: S105 -- printed on purpose; these accounts are invented
STAFF = {
    "officer@dure.example": ("김두레", Role.OFFICER),
    "officer2@dure.example": ("박이음", Role.OFFICER),
    "centre@dure.example": ("이보람", Role.CENTRE_OFFICER),
    "reviewer@dure.example": ("최한결", Role.REVIEWER),
    "coordinator@dure.example": ("정다온", Role.COORDINATOR),
    "auditor@dure.example": ("윤바른", Role.AUDITOR),
    "admin@dure.example": ("한가온", Role.ADMINISTRATOR),
}
# Entries left where people still have to act, so that every desk has something on it.
LEFT_UNDER_REVIEW = 12
LEFT_TECHNOLOGIES_UNDER_REVIEW = 6


def load() -> None:
    """Load what is missing, match, and print how to sign in."""
    officer, second = _staff()
    if not Organisation.objects.filter(is_invented=True).exists():
        _load_bundled(officer, second)
    if settings.DURE_DATA and not Need.objects.exclude(source="").exists():
        with pghistory.context(user=officer.pk):
            real_data.load(settings.DURE_DATA, officer, second, say=click.echo)
    if Job.objects.filter(kind="match_all", stage="DONE").exists():
        click.echo("Matches are there already.")
    else:
        run_here(kind="match_all", title="Match everything", arguments={}, by=officer)
        run_here(kind="find_resemblances", title="Find near-duplicates", arguments={}, by=officer)
        _answer_some()
        _agree(timezone.now())
    if not Fair.objects.exists():
        demo_fair.load(FOLDER, officer, PASSWORD)
    print_sign_ins()


def print_sign_ins() -> None:
    """Say who can sign in, and as what."""
    click.echo(f"\nSign in with any of these; the password is {PASSWORD}")
    for email, (name, role) in STAFF.items():
        click.echo(f"  {email:<28} {name}  {role.label}")
    for side in ("buyer", "firm"):
        user = User.objects.get(email=f"{side}@dure.example")
        organisation = user.memberships.get().organisation
        click.echo(
            f"  {user.email:<28} {user.name}  {organisation.name} ({organisation.get_kind_display()})"
        )


def _staff() -> tuple[User, User]:
    for email, (name, role) in STAFF.items():
        people.appoint(user=_person(email, name), role=role, by=None)
    return User.objects.get(email="officer@dure.example"), User.objects.get(
        email="officer2@dure.example"
    )


def _person(email: str, name: str) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, name=name)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _load_bundled(officer: User, second: User) -> None:
    with pghistory.context(user=officer.pk):
        _import(officer, "organisations")
        Organisation.objects.update(is_invented=True)
        for organisation in Organisation.objects.filter(verified_at__isnull=True):
            people.verify_organisation(organisation=organisation, by=second, at=timezone.now())
        _import(officer, "needs")
        _import(officer, "technologies")
    with pghistory.context(user=second.pk):
        for waiting, kept in (
            (catalog_queries.needs_to_publish(second), LEFT_UNDER_REVIEW),
            (
                Technology.objects.filter(stage=NeedStage.UNDER_REVIEW),
                LEFT_TECHNOLOGIES_UNDER_REVIEW,
            ),
        ):
            entries = list(waiting.order_by("-external_id"))[kept:]
            catalog.publish(entries=entries, by=second, at=timezone.now())
    _join("buyer@dure.example", "오수요", _busiest("needs"))
    _join("firm@dure.example", "강기술", _busiest("technologies"))


def _busiest(entries: str) -> Organisation:
    """The invented organisation with the most `entries`, a name of a relation."""
    invented = Organisation.objects.filter(is_invented=True).annotate(count=Count(entries))
    return invented.order_by("-count", "pk")[0]


def _join(email: str, name: str, organisation: Organisation) -> None:
    Membership.objects.get_or_create(
        user=_person(email, name),
        organisation=organisation,
        defaults={"role": MembershipRole.MANAGER, "stage": MembershipStage.ACTIVE},
    )


def _import(officer: User, kind: str) -> None:
    path = FOLDER / f"{kind}.csv"
    arguments = {"kind": kind, "path": str(path)}
    job = run_here(kind="import_sheet", title=path.name, arguments=arguments, by=officer)
    if job.result.get("problem_count"):
        raise click.ClickException(f"{path}: {job.result['problems'][:3]}")


def _answer_some() -> None:
    """Let the two demonstration firms and their partners answer a part of what was suggested."""
    at = timezone.now() - timedelta(hours=20)
    buyer, firm = (User.objects.get(email=f"{side}@dure.example") for side in ("buyer", "firm"))
    kinds = (AnswerKind.INTERESTED, AnswerKind.INTERESTED, AnswerKind.NOT_FOR_US)
    reasons = (NotForUs.OTHER_PROBLEM, NotForUs.NOT_READY, NotForUs.KNOWN, NotForUs.TOO_SMALL)
    for user in (buyer, firm):
        open_ones = match_queries.suggestions_for_user(user).filter(rank__lte=3)
        for number, one in enumerate(open_ones.order_by("pk")[:24]):
            kind = kinds[number % 3]
            with pghistory.context(user=user.pk):
                matches.answer(
                    need=one.need,
                    technology=one.technology,
                    kind=kind,
                    why=reasons[number % 4] if kind == AnswerKind.NOT_FOR_US else "",
                    note="",
                    by=user,
                    at=at,
                )
        matches.note_look(by=user, at=at)
    _let_others_agree()


def _let_others_agree() -> None:
    """Some suppliers are interested too, so that the office has pairs to introduce."""
    wanted = match_queries.answers_visible_to(User.objects.get(email="officer@dure.example"))
    for number, given in enumerate(wanted.filter(side="DEMAND", kind="INTERESTED")[:8]):
        organisation = given.technology.organisation
        person = _person(f"owner{number + 1}@dure.example", f"대표 {number + 1}")
        Membership.objects.get_or_create(
            user=person,
            organisation=organisation,
            defaults={"role": MembershipRole.MANAGER, "stage": MembershipStage.ACTIVE},
        )
        with pghistory.context(user=person.pk):
            matches.answer(
                need=given.need,
                technology=given.technology,
                kind=AnswerKind.INTERESTED,
                why="",
                note="",
                by=person,
                at=timezone.now(),
            )


def _agree(now: datetime) -> None:
    """Let some ask for the details of teasers, the owners sign or refuse, and some read."""
    told = tomllib.loads((FOLDER / "agreements.toml").read_text(encoding="utf-8"))
    for values in told["agreements"]:
        asking, owner = (User.objects.filter(email=values[side]).first() for side in ("asks", "of"))
        closed = asking and owner and _closed_to(asking, owner)
        if not closed:
            continue
        at = now - timedelta(days=values.get("days_ago", 2))
        with pghistory.context(user=asking.pk):
            nda = catalog.ask_for_details(
                entry=closed,
                taker=asking.memberships.get().organisation,
                people=[asking],
                purpose=values["purpose"],
                ends_on=timezone.localdate(at) + timedelta(days=values.get("days", 365)),
                by=asking,
                at=at,
            )
        if answer := values.get("answer"):
            because = values.get("because", "")
            with pghistory.context(user=owner.pk):
                move_nda(
                    nda=nda, stage=answer, because=because, by=owner, at=at + timedelta(hours=5)
                )
        for day in values.get("read_on", []):
            read = [(nda.pk, nda.material_url, nda.material)]
            note_readings(reader=asking, read=read, at=at + timedelta(days=day, hours=6))


def _closed_to(asking: User, owner: User) -> Need | Technology | None:
    """A teaser of the owner's organisation that the asker's has not asked for yet."""
    owning, taking = (person.memberships.get().organisation for person in (owner, asking))
    for seen in (
        catalog_queries.needs_visible_to(asking),
        catalog_queries.technologies_visible_to(asking),
    ):
        teasers = seen.filter(organisation=owning, visibility="TEASER")
        asked = teasers.filter(openings__nda__taker=taking)
        unasked = teasers.exclude(pk__in=asked.values("pk"))
        if found := unasked.annotate(times=Count("openings")).order_by("times", "pk").first():
            return found
    return None
