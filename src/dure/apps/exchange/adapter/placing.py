"""The consultations of a meeting as a fair of the scheduling engine, and its answer as consultations."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q

from dure.apps.exchange.kinds import HOME_ZONE, Form, Side, zone_of
from dure.apps.exchange.models import ExchangeMeeting, Interpreter, Part, Talk
from dure.apps.exchange.stages import PartStage, TalkStage
from dure.engines.scheduling import Cause, Fair, Participant, Request, solve
from dure.engines.scheduling import Side as EngineSide

AWAKE = (time(7), time(22))
"""Nobody is asked before a screen at other hours of their own clock."""
MOST_SLOTS = 200
SECONDS = 5.0
PLAIN, WORD, MOST_WORDS = 10, 5, 6
"""What a pair weighs, what each word adds that technology and wish share, and up to how many words."""
COUNTS = Q(stage__in=[TalkStage.PLANNED, TalkStage.HELD])
Slot = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Frame:
    """How consultations are placed: their length, the hours of a day at the place, tables, language.

    `most` is how many consultations a firm has at most, those that stand counted.
    """

    minutes: int
    pause: int
    opens: time
    closes: time
    tables: int
    most: int
    form: str = Form.ON_SITE
    language: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A pair with its time and table."""

    home: Part
    abroad: Part
    during: Slot
    table: str


@dataclass(frozen=True, slots=True)
class Placing:
    """What was placed, and how often which cause kept a pair apart."""

    placed: tuple[Placed, ...]
    causes: Counter[Cause]


def slots_of(meeting: ExchangeMeeting, frame: Frame) -> list[Slot]:
    """The times at which consultations of a meeting may begin and end, in order."""
    zone, length = zone_of(meeting.zone), timedelta(minutes=frame.minutes)
    step = timedelta(minutes=frame.minutes + frame.pause)
    slots: list[Slot] = []
    day = meeting.starts_at.astimezone(zone).date()
    while day <= meeting.ends_at.astimezone(zone).date() and len(slots) < MOST_SLOTS:
        since = max(datetime.combine(day, frame.opens, zone), meeting.starts_at)
        last = min(datetime.combine(day, frame.closes, zone), meeting.ends_at)
        while since + length <= last and len(slots) < MOST_SLOTS:
            slots.append((since, since + length))
            since += step
        day += timedelta(days=1)
    return slots


def place(meeting: ExchangeMeeting, frame: Frame) -> Placing:
    """The heaviest set of consultations between selected firms that have none yet."""
    parts = list(
        meeting.parts.filter(stage=PartStage.SELECTED)
        .select_related("organisation__abroad", "listing__technology")
        .order_by("pk")
    )
    standing = list(meeting.talks.filter(COUNTS))
    slots = slots_of(meeting, frame)
    known = {(talk.home_id, talk.abroad_id) for talk in meeting.talks.all()}
    requests = tuple(
        Request(str(home.pk), str(abroad.pk), _weight(home, abroad))
        for home in parts
        for abroad in parts
        if (home.side, abroad.side) == (Side.HOME, Side.ABROAD)
        and (home.pk, abroad.pk) not in known
    )
    if not slots or not requests:
        return Placing((), Counter({Cause.NO_COMMON_SLOT: len(requests)} if requests else {}))
    rooms = tuple(_room(slot, standing, frame) for slot in slots)
    if not any(rooms):
        return Placing((), Counter({Cause.TABLES_FULL: len(requests)}))
    timetable = solve(
        Fair(
            slots=len(slots),
            tables=rooms,
            participants=tuple(_participant(part, slots, standing, frame) for part in parts),
            requests=requests,
        ),
        seconds=SECONDS,
    )
    by_id = {str(part.pk): part for part in parts}
    taken = [_tables_at(slot, standing) for slot in slots]
    placed = [
        Placed(
            by_id[pair.demand],
            by_id[pair.supply],
            slots[pair.slot],
            _table(taken[pair.slot], frame),
        )
        for pair in timetable.meetings
    ]
    return Placing(tuple(placed), Counter(pair.cause for pair in timetable.unplaced))


def _participant(
    part: Part, slots: Sequence[Slot], standing: Iterable[Talk], frame: Frame
) -> Participant:
    own = [talk for talk in standing if part.pk in (talk.home_id, talk.abroad_id)]
    zone = HOME_ZONE if part.side == Side.HOME else part.organisation.abroad.zone
    free = frozenset(
        number
        for number, slot in enumerate(slots)
        if not any(_overlap(slot, talk) for talk in own) and _is_fit(slot, zone, frame)
    )
    side = EngineSide.DEMAND if part.side == Side.HOME else EngineSide.SUPPLY
    return Participant(
        str(part.pk), side, available=free, max_meetings=max(frame.most - len(own), 0)
    )


def _is_fit(slot: Slot, zone: str, frame: Frame) -> bool:
    """On site everybody is there; before a screen people are awake by their own clock."""
    if frame.form == Form.ON_SITE:
        return True
    first, last = (moment.astimezone(zone_of(zone)) for moment in slot)
    return first.date() == last.date() and AWAKE[0] <= first.time() and last.time() <= AWAKE[1]


def _overlap(slot: Slot, talk: Talk) -> bool:
    return bool(talk.during.lower < slot[1] and slot[0] < talk.during.upper)


def _room(slot: Slot, standing: Iterable[Talk], frame: Frame) -> int:
    """How many more consultations fit into a slot: tables, and interpreters where they are wanted."""
    room = frame.tables - sum(_overlap(slot, talk) for talk in standing)
    if frame.language:
        busy = Talk.objects.filter(COUNTS, during__overlap=slot, interpreter__isnull=False)
        able = Interpreter.objects.filter(is_active=True, languages__contains=[frame.language])
        waiting = sum(
            _overlap(slot, talk)
            for talk in standing
            if talk.language == frame.language and talk.interpreter_id is None
        )
        room = min(room, able.exclude(pk__in=busy.values("interpreter")).count() - waiting)
    return max(room, 0)


def _tables_at(slot: Slot, standing: Iterable[Talk]) -> set[str]:
    return {talk.table for talk in standing if talk.table and _overlap(slot, talk)}


def _table(taken: set[str], frame: Frame) -> str:
    """The first table that nobody has; before screens there are none."""
    if frame.form == Form.ONLINE:
        return ""
    number = next(str(n) for n in range(1, frame.tables + len(taken) + 2) if str(n) not in taken)
    taken.add(number)
    return number


def _weight(home: Part, abroad: Part) -> int:
    technology = home.listing.technology if home.listing else None
    offered = [home.wish]
    if technology:
        offered += [technology.title, technology.title_en, *technology.keywords]
    shared = _words(*offered) & _words(abroad.wish)
    return PLAIN + WORD * min(len(shared), MOST_WORDS)


def _words(*texts: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}|[가-힣]{2,}", " ".join(texts).lower()))
