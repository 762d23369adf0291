"""One step into a room from an introduction, a consultation or a match."""

from typing import Any

from dure.apps.catalog.models import Need, Technology
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.introductions.models import Introduction
from dure.apps.people.queries import Reader
from dure.apps.rooms import permissions, queries
from dure.foundation.ui.panels import fills

TEMPLATE = "rooms/_panel.html"
MOST = 5


@fills("introduction", TEMPLATE)
def of_introduction(introduction: Introduction, reader: Reader) -> dict[str, Any] | None:
    """The room of an introduction, or the step into it."""
    return _step(
        introduction.need, introduction.technology, reader, {"introduction": introduction.pk}
    )


@fills("record", TEMPLATE)
def of_record(record: ConsultationRecord, reader: Reader) -> dict[str, Any] | None:
    """The room of a consultation, or the step into it."""
    pair = record.introduction or record.pair
    if pair is None or pair.need is None or pair.technology is None:
        return None
    return _step(pair.need, pair.technology, reader, {"record": record.pk})


@fills("entry", TEMPLATE)
def of_entry(entry: Need | Technology, reader: Reader) -> dict[str, Any] | None:
    """The steps into rooms with those of a match whom both sides found interesting."""
    word = "need" if isinstance(entry, Need) else "technology"
    pairs = queries.answered_pairs(reader).filter(**{word: entry})
    matches = pairs.select_related("need__organisation", "technology__organisation")
    sides: dict[tuple[int, int], set[str]] = {}
    ends = {}
    for answer in matches:
        key = (answer.need_id, answer.technology_id)
        sides.setdefault(key, set()).add(answer.side)
        ends[key] = (answer.need, answer.technology)
    both = [ends[key] for key, shown in sides.items() if {"DEMAND", "SUPPLY"} <= shown][:MOST]
    steps = [
        step
        for need, technology in both
        if (step := _step(need, technology, reader, _pair(need, technology)))
    ]
    return {"steps": [part for step in steps for part in step["steps"]]} if steps else None


def _pair(need: Need, technology: Technology) -> dict[str, int]:
    return {"need": need.pk, "technology": technology.pk}


def _step(
    need: Need, technology: Technology, reader: Reader, link: dict[str, int]
) -> dict[str, Any] | None:
    if not permissions.may_open_room(reader, need.organisation, technology.organisation):
        return None
    is_demand = queries.is_of(reader, need.organisation)
    other = technology.organisation if is_demand else need.organisation
    room = queries.open_room_of(need, technology)
    return {"steps": [{"room": room, "link": link, "other": other}]}
