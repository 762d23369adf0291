"""A room of the demonstration: a deal under way, with a drawing that waits for its papers."""

import tomllib
from datetime import datetime, timedelta
from html import escape
from typing import Any

import pghistory
from django.core.files.base import ContentFile
from django.utils import timezone

from dure.apps.introductions.models import Introduction
from dure.apps.people.models import User
from dure.apps.people.queries import managers_of
from dure.apps.rooms import operations
from dure.apps.rooms.models import Item, Room, ViewWay
from dure.apps.rooms.operations import NewItem
from dure.foundation.demo import Demonstration, demonstrates
from dure.foundation.paper import pdf


@demonstrates("rooms")
def load(demonstration: Demonstration) -> None:
    """Open the room of the first introduction whose both sides have a manager, unless there is one."""
    if Room.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "rooms.toml").read_text(encoding="utf-8"))
    introductions = Introduction.objects.select_related(
        "need__organisation", "technology__organisation"
    )
    for introduction in introductions.order_by("pk"):
        people = [managers_of(side).first() for side in introduction.sides]
        if all(people) and all(side.verified_at for side in introduction.sides):
            _play(introduction, dict(zip(("demand", "supply"), people, strict=True)), script)
            demonstration.say("1 fair meeting room with a held drawing, 1 booking")
            return


def _play(introduction: Introduction, people: dict[str, User], values: dict[str, Any]) -> None:
    now = timezone.now()
    with pghistory.context(user=people["supply"].pk):
        room = operations.open_room(
            need=introduction.need,
            technology=introduction.technology,
            introduction=introduction,
            by=people["supply"],
            at=now - timedelta(days=6),
        )
    for played in values["items"]:
        _enter(room, played, people, now - timedelta(days=played["days_ago"]))
    booking = values["booking"]
    day = timezone.localtime(now).replace(hour=14, minute=0, second=0, microsecond=0)
    begins = day + timedelta(days=booking["in_days"])
    operations.book(
        place=booking["place"],
        organisation=room.supply,
        room=room,
        title=booking["title"],
        starts_at=begins,
        ends_at=begins + timedelta(hours=booking["hours"]),
        by=people["supply"],
        at=now,
    )


def _enter(room: Room, values: dict[str, Any], people: dict[str, User], at: datetime) -> Item:
    who, other = people[values["by"]], people["supply" if values["by"] == "demand" else "demand"]
    words = {
        key: values[key] for key in ("kind", "text", "way", "purpose", "is_secret") if key in values
    }
    files = [ContentFile(_paper(values["file"]), values["file"])] if "file" in values else []
    with pghistory.context(user=who.pk):
        made = operations.enter(
            room=room,
            item=NewItem(**words, said_on=timezone.localdate(at)),
            files=files,
            by=who,
            at=at,
        )
    if values.get("confirmed"):
        operations.confirm(item=made, by=other, at=at + timedelta(minutes=30))
    if files and made.stage == "SHOWN":
        operations.open_file(
            file=made.files.get(), way=ViewWay.VIEW, by=other, at=at + timedelta(hours=1)
        )
    return made


def _paper(name: str) -> bytes:
    title = escape(name.removesuffix(".pdf"))
    return pdf(
        f"<!doctype html><html lang='ko'><head><title>{title}</title></head>"
        f"<body><h1>{title}</h1><p>시연을 위해 지어낸 자료입니다.</p></body></html>"
    )
