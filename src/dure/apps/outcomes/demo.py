"""Outcomes of the demonstration, some at each link of its chain: `demo/outcomes.toml`.

Everything goes through the operations that people use.
"""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pghistory
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone

from dure.apps.agreements.queries import agreements_visible_to
from dure.apps.consultations.models import Outcome as Held
from dure.apps.consultations.queries import records_visible_to
from dure.apps.introductions.queries import introductions_visible_to
from dure.apps.outcomes import operations
from dure.apps.outcomes.kinds import WON, Source, kind_of
from dure.apps.outcomes.models import Outcome, Twins
from dure.apps.people.demo import officers
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.queries import projects_visible_to
from dure.foundation.demo import Demonstration, demonstrates
from dure.foundation.sheets import workbook

Told = Mapping[str, Any]


@demonstrates("outcomes")
def load(demonstration: Demonstration) -> None:
    """Report them, and let others confirm or dispute, unless somebody has reported one already."""
    if Outcome.objects.exclude(source=Source.FOLLOW_UP).exists():
        return
    file = demonstration.folder / "outcomes.toml"
    for outcome in tomllib.loads(file.read_text(encoding="utf-8"))["outcomes"]:
        thing = _thing(outcome, officers()[0])
        if thing is not None:
            _play(outcome, thing, *_sides(outcome["from"], thing))
    demonstration.say(f"{Outcome.objects.count()} outcomes")


def _thing(story: Told, officer: User) -> Any:
    things = {
        "agreement": agreements_visible_to(officer).filter(agreed_on__isnull=False),
        "project": projects_visible_to(officer),
        "record": records_visible_to(officer).filter(outcome=Held.KEPT, pair__isnull=False),
        "introduction": introductions_visible_to(officer),
    }[story["from"]]
    if isinstance(story["of"], str):
        return things.filter(title=story["of"]).first()
    return things.order_by("pk")[story["of"] :].first()


def _sides(name: str, thing: Any) -> tuple[Organisation, Organisation]:
    """The firm and the demand organisation."""
    if name == "introduction":
        demand, firm = thing.sides
    elif name == "record":
        demand, firm = thing.of.sides
    elif name == "project":
        roles = {member.role: member.organisation for member in thing.members.all()}
        demand, firm = roles[MemberRole.DEMAND], roles[MemberRole.LEAD]
    else:
        parties = {party.role: party.organisation for party in thing.parties.all()}
        demand, firm = parties["demand"], parties["lead"]
    return firm, demand


def _play(story: Told, thing: Model, firm: Organisation, buyer: Organisation) -> None:
    first, second = officers()
    sides = {"firm": firm, "buyer": buyer, "both": firm, "office": None}
    made = _report(story, thing, firm, buyer, sides[story["by"]])
    other = firm if story["by"] == "buyer" else buyer
    if story["by"] == "both":
        _report(story | {"title": f"{story['title']}(구매)"}, thing, firm, buyer, buyer)
    if story["until"] == "merged":
        twins = Twins.objects.get(first=made)
        _as(first, operations.merge, twins=twins, kept=made)
    elif story["until"] == "confirmed":
        who = _person(other) if made.counterpart_id else second
        _as(who, operations.confirm, outcome=made)
    elif story["until"] == "disputed":
        _as(_person(other), operations.dispute, outcome=made, note=story["why"])
    elif story["until"] == "withdrawn":
        _as(_person(firm), operations.withdraw, outcome=made, reason=story["why"])


def _report(
    story: Told, thing: Model, firm: Organisation, buyer: Organisation, side: Organisation | None
) -> Outcome:
    kind = kind_of(story["kind"])
    asked = dict(kind.asks) if kind else {}
    abroad = story.get("counterpart", "")
    amount = story.get("amount")
    values = {
        "kind": story["kind"],
        "title": story["title"],
        "organisation": firm,
        "counterpart": buyer if asked.get("counterpart") == "required" else None,
        "counterpart_name": abroad,
        "on": timezone.localdate() - timedelta(days=story["days_ago"]),
        "amount": None if amount is None else Decimal(amount),
        "currency": "" if amount is None else story.get("currency", WON),
        "count": story.get("count"),
        "number": story.get("number", ""),
        "country": story.get("country", ""),
    }
    person = _person(side) if side else officers()[0]
    made: Outcome = _as(
        person, operations.report, values=values, reported_for=side,
        files=[_paper(story["title"])], anchor=(story["from"], thing),
    )  # fmt: skip
    return made


def _person(organisation: Organisation) -> User:
    return people_of(organisation)[0]


def _paper(title: str) -> ContentFile:
    return ContentFile(workbook(title[:30], ["증빙"], [[title]]), f"{title} 증빙.xlsx")


def _as(person: User, act: Any, **arguments: Any) -> Any:
    with pghistory.context(user=person.pk):
        return act(by=person, at=timezone.now(), **arguments)
