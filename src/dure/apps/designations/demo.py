"""Registers of the demonstration: `demo/designations.toml`, through the operations people use."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pghistory
from django.utils import timezone

from dure.apps.designations import operations
from dure.apps.designations.kinds import Stage, registers
from dure.apps.designations.models import Entry
from dure.apps.people.demo import officers
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.apps.people.queries import people_of
from dure.foundation.demo import Demonstration, demonstrates

FIRMS = (OrganisationKind.SME, OrganisationKind.STARTUP)
MARGIN = 5  # days from asking to the first step


@demonstrates("designations")
def load(demonstration: Demonstration) -> None:
    """Make the entries and bring them as far as the file says, unless there is one."""
    if Entry.objects.exists():
        return
    file = demonstration.folder / "designations.toml"
    invented = Organisation.objects.filter(is_invented=True, verified_at__isnull=False)
    firms = _with_people(invented.filter(kind__in=FIRMS))
    buyers = _with_people(invented.filter(kind=OrganisationKind.PUBLIC))
    if not (firms and buyers):
        return
    for entry in tomllib.loads(file.read_text(encoding="utf-8"))["entries"]:
        buyer = buyers[entry["buyer"] % len(buyers)] if "buyer" in entry else None
        _play(entry, firms[entry["firm"] % len(firms)], buyer)
    demonstration.say(f"{Entry.objects.count()} designations")


def _with_people(organisations: Any) -> list[Organisation]:
    with_people = organisations.filter(memberships__role="MANAGER").distinct().order_by("pk")
    return list(with_people[:40])


def _play(script: Mapping[str, Any], firm: Organisation, buyer: Organisation | None) -> None:
    register, officer = registers()[script["register"]], officers()[0]
    parent = Entry.objects.filter(
        register=register.parent, organisation=firm, stage__in=_held(register.parent)
    ).first()
    opener = _hand(register.opened_by, firm, buyer, officer)
    begun = script["steps"][0][1] + MARGIN if script["steps"] else MARGIN
    entry = _as(
        opener, operations.open_entry, register=register, title=script["title"], organisation=firm,
        counterpart=buyer, values=script["values"], parent=parent, at=_noon(begun),
    )  # fmt: skip
    for code, days in script["steps"]:
        stage: Stage = register.stage(code)
        entry = _as(
            _hand(stage.by, firm, buyer, officer), operations.take, entry=entry, stage=stage,
            on=_day(days), values=script["values"], at=_noon(days),
            number=script.get("number", "") if stage.starts_term else "",
        )  # fmt: skip


def _held(register: str) -> list[str]:
    return registers()[register].in_force if register else []


def _hand(sides: list[Any], firm: Organisation, buyer: Organisation | None, officer: User) -> User:
    """Who takes a step: of the sides that the file names the first."""
    known = {"firm": firm, "buyer": buyer}
    organisation = next((known[side] for side in sides if known.get(side)), None)
    return people_of(organisation)[0] if organisation else officer


def _day(days_ago: int) -> date:
    return timezone.localdate() - timedelta(days=days_ago)


def _noon(days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(_day(days_ago), time(12)))


def _as(person: User, act: Any, **arguments: Any) -> Any:
    with pghistory.context(user=person.pk):
        return act(by=person, **arguments)
