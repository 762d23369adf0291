"""Loads two invented fairs: one in the middle of its day, and one still in registration.

Names and sentences are in `demo/fair.toml`. Everything goes through the same operations that people
use, with the dates it would have had; the day is today, around the present hour, in office hours, or
yesterday's in the morning.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Any

import pghistory
from django.utils import timezone

from dure.apps.briefings.operations import briefings, stories
from dure.apps.catalog.operations import ask_for_details
from dure.apps.consultations.models import ConsultationRecord, NextStep, NoShow, Outcome
from dure.apps.consultations.operations import desk, records
from dure.apps.fairs import operations as fairs
from dure.apps.fairs import queries
from dure.apps.fairs.models import Fair, Level, Meeting, Registration, Side
from dure.apps.fairs.stages import FairStage
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import Progress
from dure.apps.ndas.demo import show_demands
from dure.apps.ndas.models import Nda
from dure.apps.ndas.operations import move as move_nda
from dure.apps.ndas.stages import NdaStage
from dure.apps.people.demo import officers, person
from dure.apps.people.models import (
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    User,
)
from dure.foundation.demo import Demonstration, demonstrates

SLOT = timedelta(minutes=30)
SLOTS_BEFORE_THE_BREAK = SLOTS_AFTER = 4
LENGTH = SLOT * (SLOTS_BEFORE_THE_BREAK + 1 + SLOTS_AFTER)
# How far into the day the present hour lies: in the first slots after the break.
PLAYED = SLOT * (SLOTS_BEFORE_THE_BREAK + 1) + timedelta(minutes=15)
FAIR_OPENS, FAIR_CLOSES = timedelta(hours=9), timedelta(hours=18)
DESK = "desk@dure.example"
# Every so many-th: who is away for a while, never looks at the proposals, does not come, needs an
# interpreter.
AWAY, SILENT, ABSENT, FOREIGN = 6, 11, 13, 37
# Every so many-th takes a seat in a briefing session, and of those does not come.
SEATED, EMPTY = 3, 7
# How many of its proposals an organisation answers so, best first: at least, at most. The rest stays
# unanswered.
ANSWERS = {
    Side.DEMAND: {Level.MUST: (1, 5), Level.MEET: (3, 10), Level.NO: (0, 4)},
    Side.SUPPLY: {Level.MUST: (0, 2), Level.MEET: (1, 4), Level.NO: (0, 2)},
}
# Days in which they look, and office hours.
DAYS_TO_LOOK, OFFICE_OPENS, OFFICE_CLOSES = 12, 9, 20


@demonstrates("fairs")
def load(demonstration: Demonstration) -> None:
    """Load both fairs, unless there is one, if there are organisations of both sides to meet."""
    if Fair.objects.exists():
        return
    officer, _second = officers()
    script = tomllib.loads((demonstration.folder / "fair.toml").read_text(encoding="utf-8"))
    everybody = list(Organisation.objects.filter(is_invented=True).order_by("pk"))
    sides = {Side.DEMAND: [], Side.SUPPLY: []}
    for organisation in everybody:
        sides[Side.DEMAND if organisation.is_demand else Side.SUPPLY].append(organisation)
    if not all(sides.values()):
        return
    people = _people(everybody, script["people"])
    now = _present(timezone.now())
    demonstration.say(f"{script['played']['name']}, {script['open']['name']}")
    with pghistory.context(user=officer.pk):
        fair = _set_up(script, officer, now)
        registrations = _register(
            fair, sides, people, officer, script["language"], now - timedelta(days=40)
        )
        _sit_down(fair, registrations, people, now - timedelta(days=20))
        _wish(fair, registrations, people, officer, now - timedelta(days=25))
        _plan(fair, officer, now - timedelta(days=10))
        _play(fair, script["results"], people, officer, now)
        for nda in _ask_for_agreements(fair, script["nda_purpose"], people, now):
            asking, holding = people[nda.receiving_party_id], people[nda.disclosing_party_id]
            show_demands(demonstration, nda, asking=asking, holding=holding)
        _tell_stories(fair, script, officer, now)
        _open_next(fair, script["open"], sides, people, officer, now)
        fairs.give_desk_duty(
            fair=fair, person=person(demonstration, DESK, "문현장"), by=officer, at=now
        )


def _people(organisations: Sequence[Organisation], names: dict[str, Any]) -> dict[int, User]:
    """Somebody who speaks for each organisation, by its id; those who cannot sign in are new."""
    speaking = {
        membership.organisation_id: membership.user
        for membership in Membership.objects.filter(
            organisation__in=organisations, stage=MembershipStage.ACTIVE
        ).select_related("user")
    }
    called = _names(names)
    for organisation, name in zip(organisations, called, strict=False):
        if organisation.pk not in speaking:
            user = User.objects.create_user(f"contact{organisation.pk}@dure.example", name=name)
            Membership.objects.create(
                user=user, organisation=organisation, role=MembershipRole.MANAGER,
                stage=MembershipStage.ACTIVE,
            )  # fmt: skip
            speaking[organisation.pk] = user
    return speaking


def _names(names: dict[str, Any]) -> Iterator[str]:
    family, given = cycle(names["family"]), cycle(names["given"])
    while True:
        yield f"{next(family)}{next(given)}"


def _set_up(script: dict[str, Any], officer: User, now: datetime) -> Fair:
    opens = _opening(timezone.localtime(now))
    pause = opens + SLOT * SLOTS_BEFORE_THE_BREAK
    day = fairs.Day(
        on=timezone.localdate(opens),
        opens=opens.time(),
        closes=(opens + LENGTH).time(),
        slot_minutes=int(SLOT.total_seconds()) // 60,
        pauses=(fairs.Pause(pause.time(), (pause + SLOT).time(), "휴식", "Break"),),
    )
    deadlines = {
        "registration_until": now - timedelta(days=30),
        "wishes_until": now - timedelta(days=12),
    }
    halls = [fairs.HallPlan(**hall) for hall in script["halls"]]
    fair = fairs.set_up_fair(
        values=script["played"] | deadlines, days=[day], halls=halls, by=officer
    )
    hall = fair.halls.order_by("pk").first()
    for number, values in enumerate(script["briefings"]):
        starts = opens + SLOT * (1 + 5 * number)
        when = {"hall": hall, "starts_at": starts, "ends_at": starts + SLOT}
        briefings.set_up_briefing(fair=fair, values=values | when, by=officer)
    return fair


def _present(now: datetime) -> datetime:
    """The moment up to which the fair is played: now, or an afternoon when no half of a day in
    office hours lies behind us.
    """
    midnight = _midnight(timezone.localtime(now))
    half = FAIR_OPENS + SLOT * SLOTS_BEFORE_THE_BREAK
    if now - midnight < half:
        return midnight - timedelta(days=1) + FAIR_CLOSES - LENGTH + PLAYED
    return min(now, midnight + FAIR_CLOSES - LENGTH + PLAYED)


def _opening(now: datetime) -> datetime:
    """When the day began, on the half hour, so that all of it lies in office hours."""
    midnight = _midnight(now)
    began = midnight + (now - PLAYED - midnight) // SLOT * SLOT
    return min(max(began, midnight + FAIR_OPENS), midnight + FAIR_CLOSES - LENGTH)


def _midnight(now: datetime) -> datetime:
    return datetime.combine(timezone.localdate(now), time(), now.tzinfo)


def _register(
    fair: Fair,
    sides: dict[str, list[Organisation]],
    people: dict[int, User],
    officer: User,
    language: str,
    at: datetime,
) -> list[Registration]:
    fair = fairs.move(fair=fair, stage=FairStage.REGISTRATION, by=officer, at=at)
    slots = list(queries.meeting_slots(fair).values_list("pk", flat=True))
    registrations = []
    for side, organisations in sides.items():
        for number, organisation in enumerate(organisations):
            interpreter = language if number % FOREIGN == FOREIGN - 1 else ""
            registration = _registered(fair, organisation, side, people, at, interpreter)
            if number % AWAY == AWAY - 1:
                absent = slots[:2] if number % 2 else slots[-3:]
                fairs.set_availability(
                    registration=registration, absent=absent, by=registration.applied_by, at=at
                )
            registrations.append(registration)
    fairs.approve(registrations=registrations, by=officer, at=at + timedelta(days=5))
    return registrations


def _registered(
    fair: Fair,
    organisation: Organisation,
    side: str,
    people: dict[int, User],
    at: datetime,
    interpreter: str = "",
) -> Registration:
    person = people[organisation.pk]
    registration = fairs.register_organisation(
        fair=fair, organisation=organisation, side=side,
        values={"parallel": 1, "interpreter": interpreter}, by=person, at=at,
    )  # fmt: skip
    fairs.set_attendees(registration=registration, attendees=[(person.name, "")], by=person)
    return registration


def _sit_down(
    fair: Fair, registrations: Sequence[Registration], people: dict[int, User], at: datetime
) -> None:
    """Some take a seat in a briefing session; sessions in turn."""
    sessions = list(fair.briefings.order_by("starts_at"))
    for number, registration in enumerate(registrations[::SEATED]):
        session = sessions[number % len(sessions)]
        briefings.take_seat(briefing=session, by=people[registration.organisation_id], at=at)


def _wish(
    fair: Fair,
    registrations: Sequence[Registration],
    people: dict[int, User],
    officer: User,
    at: datetime,
) -> None:
    fair = fairs.move(fair=fair, stage=FairStage.WISHES, by=officer, at=at)
    fairs.propose_wishes(fair=fair, by=officer, at=at)
    chance = Random(0)  # noqa: S311 - varied, the same in every demonstration
    for number, registration in enumerate(registrations):
        if number % SILENT == SILENT - 1:
            continue
        person, side = people[registration.organisation_id], Side(registration.side)
        looked = _in_office_hours(at, chance)
        fairs.note_look(registration=registration, by=person, at=looked)
        answers = [
            level for level, bounds in ANSWERS[side].items() for _ in range(chance.randint(*bounds))
        ]
        for wish, level in zip(queries.wishes_of(registration), answers, strict=False):
            other = wish.pair.supply if side == Side.DEMAND else wish.pair.demand
            fairs.record_wish(
                registration=registration, other=other, level=level, by=person, at=looked
            )


def _in_office_hours(at: datetime, chance: Random) -> datetime:
    day = timezone.localtime(at).replace(hour=OFFICE_OPENS, minute=0) + timedelta(days=1)
    open_for = 60 * (OFFICE_CLOSES - OFFICE_OPENS)
    minutes = 24 * 60 * chance.randrange(DAYS_TO_LOOK) + chance.randrange(open_for)
    return day + timedelta(minutes=minutes)


def _plan(fair: Fair, officer: User, at: datetime) -> None:
    """Plan and release, as on the day `at`: a plan made today would leave out what is past."""
    fair = fairs.move(fair=fair, stage=FairStage.PLANNING, by=officer, at=at)
    job = Job.objects.create(
        kind="plan_fair", title=fair.name, arguments={"fair": fair.pk, "is_near": False},
        requested_by=officer, started_at=at, ended_at=at, stage=JobStage.DONE,
    )  # fmt: skip
    job.result = fairs.plan(fair=fair, is_near=False, by=officer, at=at, progress=Progress(job))
    job.requested_at = at
    job.save()
    fairs.release(timetable=queries.draft_timetable(fair), by=officer, at=at + timedelta(days=1))


def _play(
    fair: Fair, results: list[dict[str, str]], people: dict[int, User], officer: User, now: datetime
) -> None:
    """Half of the day: who came, who did not, what was said, and who walked in."""
    fair = Fair.objects.get(pk=fair.pk)
    slots = list(queries.meeting_slots(fair))
    opened = slots[0].starts_at
    fair = fairs.move(fair=fair, stage=FairStage.HELD, by=officer, at=opened)
    meetings = list(queries.meetings_of(queries.released_timetable(fair)))
    begun = [meeting for meeting in meetings if meeting.slot.starts_at <= now]
    past = [meeting for meeting in meetings if meeting.slot.ends_at <= now]
    missing = past[ABSENT - 1 :: ABSENT]
    stayed_away = {meeting.pair.supply_id for meeting in missing}
    came = {
        registration
        for meeting in begun
        for registration in (meeting.pair.demand, meeting.pair.supply)
        if registration.pk not in stayed_away
    }
    for registration in sorted(came, key=lambda arrived: arrived.pk):
        for attendee in registration.attendees.all():
            at = opened - timedelta(minutes=registration.pk % 25)
            desk.check_in(attendee=attendee, on=timezone.localdate(opened), by=officer, at=at)
    for meeting in missing:
        desk.note_no_show(
            meeting=meeting, no_show=NoShow.SUPPLY, by=officer,
            at=meeting.slot.starts_at + timedelta(minutes=10),
        )  # fmt: skip
    for session in fair.briefings.filter(ends_at__lte=now):
        for number, seat in enumerate(session.taken.order_by("pk")):
            briefings.note_attendance(
                seat=seat, has_come=number % EMPTY != EMPTY - 1, by=officer, at=session.starts_at
            )
    held = [meeting for meeting in past if meeting not in missing]
    # The last ones still have to write down what came of it.
    for meeting, script in zip(held[: len(held) * 9 // 10], cycle(results)):
        _record(meeting, script, people)
    _walk_in(fair, meetings, slots, officer, now)


def _record(meeting: Meeting, script: dict[str, str], people: dict[int, User]) -> None:
    person = people[meeting.pair.demand.organisation_id]
    on = timezone.localdate(meeting.slot.ends_at)
    is_task = script["next_step"] != NextStep.NO_FIT
    task = {"owner": person, "due_on": on + timedelta(days=14)} if is_task else {}
    records.record_consultation(
        of=meeting.pair,
        values={"outcome": Outcome.KEPT} | script | task,
        seen_at=None,
        by=person,
        at=meeting.slot.ends_at,
    )


def _ask_for_agreements(
    fair: Fair, purpose: str, people: dict[int, User], now: datetime
) -> list[Nda]:
    """The first who agreed on an agreement have signed it, the second wait; returns the signed one."""
    signed = []
    promised = ConsultationRecord.objects.filter(
        pair__fair=fair,
        next_step=NextStep.NDA,
        pair__technology__isnull=False,
        pair__technology__disclosed_entries__isnull=True,
    ).order_by("pk")
    for record, is_signed in zip(promised, (True, False), strict=False):
        pair = record.pair
        asking = people[pair.demand.organisation_id]
        nda = ask_for_details(
            entry=pair.technology,
            receiving_party=pair.demand.organisation,
            people=[asking],
            purpose=purpose,
            ends_on=timezone.localdate(now) + timedelta(days=365),
            by=asking,
            at=record.recorded_at,
        )
        if is_signed:
            owner = people[pair.supply.organisation_id]
            signed.append(move_nda(nda=nda, stage=NdaStage.SIGNED, by=owner, at=now))
    return signed


def _walk_in(
    fair: Fair, meetings: Sequence[Meeting], slots: Sequence[Any], officer: User, now: datetime
) -> None:
    """Three pairs ask at the desk for a place in what is left of the day."""
    left = {slot.pk for slot in slots if slot.starts_at > now}
    busy = Counter(
        registration
        for meeting in meetings
        if meeting.slot_id in left
        for registration in (meeting.pair.demand_id, meeting.pair.supply_id)
    )
    everybody = sorted(
        fair.registrations.all(), key=lambda registration: (busy[registration.pk], registration.pk)
    )
    demand, supply = (
        [registration for registration in everybody if registration.side == side] for side in Side
    )
    planned = {(meeting.pair.demand_id, meeting.pair.supply_id) for meeting in meetings}
    # The one with most room meets two, the busiest has to wait.
    asking = [(demand[0], supply[0]), (demand[0], supply[1]), (demand[-1], supply[2])]
    for asking_one, other in asking:
        if (asking_one.pk, other.pk) not in planned:
            desk.take_walk_in(
                demand=asking_one, supply=other, slots=left, keep_waiting=True, by=officer, at=now
            )


def _tell_stories(fair: Fair, script: dict[str, Any], officer: User, now: datetime) -> None:
    story = stories.write_story(fair=fair, values=script["story"], by=officer)
    stories.publish_story(story=story, by=officer, at=now)
    best = Registration.objects.filter(fair=fair, side=Side.DEMAND).order_by("pk")[0]
    winner = {"organisation": best.organisation, "name": best.applied_by.name}
    stories.commend(fair=fair, values=script["commendation"] | winner, by=officer)


def _open_next(
    fair: Fair,
    named: dict[str, str],
    sides: dict[str, list[Organisation]],
    people: dict[int, User],
    officer: User,
    now: datetime,
) -> None:
    """The next fair: set up like this one, open for registration, a few are there already."""
    first_day = timezone.localtime(now).date() + timedelta(days=60)
    following = fairs.copy_fair(fair=fair, first_day=first_day, by=officer, **named)
    deadlines = {
        "registration_until": now + timedelta(days=21),
        "wishes_until": now + timedelta(days=40),
    }
    following = fairs.edit_fair(fair=following, values=deadlines, seen_at=None, by=officer)
    following = fairs.move(fair=following, stage=FairStage.REGISTRATION, by=officer, at=now)
    early = [
        _registered(following, organisation, side, people, now)
        for side, count in ((Side.DEMAND, 9), (Side.SUPPLY, 21))
        for organisation in sides[side][2 : 2 + count]
    ]
    fairs.approve(registrations=early[::2], by=officer, at=now)
