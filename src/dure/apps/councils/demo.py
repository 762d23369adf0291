"""The council of the demonstration: `demo/councils.toml`, through the operations people use."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone

from dure.apps.councils import operations
from dure.apps.councils.kinds import Council, councils
from dure.apps.councils.models import Item, Meeting, Seat, Vote, WinWinModel
from dure.apps.councils.roles import Role
from dure.apps.councils.stages import MeetingStage, ModelStage
from dure.apps.people.demo import person
from dure.apps.people.models import DEMAND_KINDS, Organisation, OrganisationKind, User
from dure.apps.people.operations import appoint
from dure.apps.people.queries import people_of
from dure.apps.projects.models import Project
from dure.foundation.demo import Demonstration, demonstrates

FIRMS = (OrganisationKind.SME, OrganisationKind.STARTUP)
SECRETARY = "secretary@dure.example"
PROPOSED, TAKEN_UP, CALLED = 30, 25, 14  # days before the meeting
WRITTEN_DAYS = 10
Told = Mapping[str, Any]


@dataclass(slots=True)
class Play:
    """The council being played: its secretary, its members, the day of its meeting."""

    council: Council
    secretary: User
    seats: list[Seat]
    days_ago: int

    def run(self, act: Any, days_before: int = 0, *, by: User | None = None, **more: Any) -> Any:
        """An act of the secretary, or of `by`, so many days before the meeting."""
        who = by or self.secretary
        with pghistory.context(user=who.pk):
            return act(by=who, at=_noon(self.days_ago + days_before), **more)


@demonstrates("councils")
@transaction.atomic
def load(demonstration: Demonstration) -> None:
    """Play one meeting of the council, unless there was one."""
    if Meeting.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "councils.toml").read_text(encoding="utf-8"))
    large, small = _firms(DEMAND_KINDS), _firms(FIRMS)
    if not (large and small):
        return
    play = _people(demonstration, script)
    models = [
        (
            _propose(
                play,
                script_of_model,
                large[script_of_model["large"] % len(large)],
                small[script_of_model["small"] % len(small)],
            ),
            script_of_model,
        )
        for script_of_model in script["models"]
    ]
    _meet(play, script["meeting"], models)
    for model, part in models:
        _after(play, model, part)
    demonstration.say(f"{play.council.ko}: {len(models)} models")


def _firms(kinds: Any) -> list[Organisation]:
    organisations = Organisation.objects.filter(
        is_invented=True, verified_at__isnull=False, kind__in=kinds, memberships__role="MANAGER"
    )
    return list(organisations.distinct().order_by("pk")[:40])


def _people(demonstration: Demonstration, script: Told) -> Play:
    council = councils()["win-win"]
    secretary = person(demonstration, SECRETARY, "간사 이음")
    appoint(user=secretary, role=Role.COUNCIL_SECRETARY, by=None)
    demonstration.sign_ins[SECRETARY] = f"{secretary.name}  {council.ko}"
    since = timezone.localdate() - timedelta(days=300)
    seats = []
    for entry in script["people"]:
        user = person(demonstration, entry["email"], entry["name"])
        with pghistory.context(user=secretary.pk):
            seats.append(
                operations.name_seat(
                    council=council, user=user, side=entry["side"],
                    is_chair=entry.get("is_chair", False), stands_in_for=None, starts_on=since,
                    ends_on=since + timedelta(days=730), by=secretary,
                )
            )  # fmt: skip
    chair = seats[0].user
    demonstration.sign_ins[chair.email] = f"{chair.name}  {council.ko}"
    return Play(council, secretary, seats, script["meeting"]["days_ago"])


def _propose(play: Play, script: Told, large: Organisation, small: Organisation) -> WinWinModel:
    by = people_of(small)[0]
    values = {"title": script["title"], "large_firm": large, "small_firm": small}
    values["mou"] = f"{large.name}·{small.name} 양해각서"
    model = play.run(
        operations.draft, PROPOSED, by=by, council=play.council, values=values,
        sections=script["sections"],
    )  # fmt: skip
    for stage, days, who in (
        (ModelStage.PROPOSED, PROPOSED, by),
        (ModelStage.DELIBERATED, TAKEN_UP, play.secretary),
    ):
        model = play.run(operations.move_model, days, by=who, model=model, stage=stage)
    for seat in play.seats:
        play.run(operations.undertake, TAKEN_UP - 1, by=seat.user, model=model)
    if ministry := script.get("ministry"):
        play.run(
            operations.ask_opinion, TAKEN_UP, model=model, ministry=ministry,
            asked=play.seats[-1].user,
        )  # fmt: skip
    return model


def _meet(play: Play, script: Told, models: list[tuple[WinWinModel, Told]]) -> None:
    values = {"title": script["title"], "starts_at": _noon(play.days_ago), "place": script["place"]}
    meeting = play.run(operations.plan, PROPOSED, council=play.council, values=values)
    items: list[tuple[Item, WinWinModel, Told]] = []
    for model, part in models:
        with pghistory.context(user=play.secretary.pk):
            item = operations.add_item(
                meeting=meeting, title=str(model), text="", model=model, by=play.secretary
            )
        items.append((item, model, part))
    meeting = play.run(operations.move_meeting, CALLED, meeting=meeting, stage=MeetingStage.CALLED)
    meeting = play.run(operations.move_meeting, meeting=meeting, stage=MeetingStage.OPEN)
    for seat in play.seats:
        play.run(operations.come, meeting=meeting, seat=seat, way="ROOM")
    for item, model, part in items:
        item.meeting = meeting
        if "ballots" in part:
            _vote(play, _open(play, item, model), part["ballots"])
    meeting = play.run(operations.move_meeting, meeting=meeting, stage=MeetingStage.CLOSED)
    meeting = play.run(
        operations.write_minutes, -1, meeting=meeting, text=script["minutes"].strip()
    )
    for seat in play.seats:
        play.run(
            operations.confirm_minutes, -2, by=seat.user, meeting=meeting,
            digest=meeting.minutes_digest,
        )  # fmt: skip


def _open(play: Play, item: Item | None, model: WinWinModel) -> Vote:
    ends = None if item else timezone.now() + timedelta(days=WRITTEN_DAYS)
    return play.run(
        operations.open_vote, 0 if item else 5 - play.days_ago, council=play.council,
        rule="model", question=str(model), is_secret=True, item=item, model=model, closes_at=ends,
    )  # fmt: skip


def _vote(play: Play, vote: Vote, options: list[str]) -> None:
    electors = vote.electors.select_related("voter__user").order_by("seat")
    for elector, option in zip(electors, options, strict=False):
        play.run(
            operations.cast, by=elector.voter.user, elector=elector, option=option,
            code=operations.fresh_code(),
        )  # fmt: skip
    play.run(operations.close, vote=vote)


def _after(play: Play, model: WinWinModel, script: Told) -> None:
    model.refresh_from_db()
    if script.get("is_written"):
        _open(play, None, model)
    if decision := script.get("decision"):
        play.run(
            operations.decide, -15, model=model, stage=ModelStage.APPROVED,
            on=timezone.localdate(_noon(play.days_ago - 15)), decision=decision,
        )  # fmt: skip
        _follow(play, model, script["follow_ups"])
    if conditions := script.get("conditions"):
        play.run(operations.write_conditions, -3, model=model, text=conditions)
        sections = script["sections"] | {
            "effect": f"{script['sections']['effect']} {script['amendment']}"
        }
        play.run(
            operations.write_version, -20, by=people_of(model.small_firm)[0], model=model, seen=1,
            sections=sections, note="조건에 따른 보완",
        )  # fmt: skip


def _follow(play: Play, model: WinWinModel, script: list[Told]) -> None:
    today = timezone.localdate()
    for part in script:
        project = Project.objects.order_by("pk").first() if part.get("with_project") else None
        with pghistory.context(user=play.secretary.pk):
            made = operations.add_follow_up(
                model=model, kind=part["kind"], title=part["title"], owner=part["owner"],
                due_on=today + timedelta(days=part["days"]), project=project, by=play.secretary,
            )  # fmt: skip
        if result := part.get("result"):
            play.run(
                operations.end_follow_up, 12 - play.days_ago, follow_up=made, stage="DONE",
                result=result, on=today + timedelta(days=part["days"]),
            )  # fmt: skip


def _noon(days_ago: int) -> datetime:
    day = timezone.localdate() - timedelta(days=days_ago)
    return timezone.make_aware(datetime.combine(day, time(12)))
