"""Two invented discoveries of challenges: one that was announced, one in its second round.

Their texts are in `demo/challenges.toml`. Everything goes through the operations that people use,
with the dates it would have had.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone

from dure.apps.challenges import operations, queries
from dure.apps.challenges.models import Candidate, Decision, Discovery
from dure.apps.challenges.stages import CandidateStage
from dure.apps.people.demo import officers, person, take_part
from dure.apps.people.models import Organisation, User
from dure.apps.people.operations import appoint
from dure.apps.people.queries import managers_of, people_of
from dure.apps.people.roles import Role
from dure.apps.roadmaps.queries import branch_called
from dure.foundation.demo import Demonstration, demonstrates

ROADMAP = "sme"
Told = Mapping[str, Any]


@dataclass(slots=True)
class Play:
    """A discovery being played: its candidates with what the file tells of each, and who acts."""

    discovery: Discovery
    candidates: list[tuple[Candidate, Told]]
    officer: User
    second: User
    chair: User

    def alive(self) -> Iterator[tuple[Candidate, Told]]:
        """What is in verification now."""
        in_review = set(
            queries.candidates_of(self.discovery)
            .filter(stage=CandidateStage.IN_REVIEW)
            .values_list("pk", flat=True)
        )
        return (
            (candidate, script)
            for candidate, script in self.candidates
            if candidate.pk in in_review
        )

    def side(self, name: str, candidate: Candidate) -> User:
        """Who speaks for a side: owner, centre, chair, office."""
        if name == "owner":
            return _manager(candidate.organisation)
        if name == "centre":
            return people_of(candidate.centre.organisation)[0]
        return self.chair if name == "chair" else self.officer


@demonstrates("challenges")
@transaction.atomic
def load(demonstration: Demonstration) -> None:
    """Load both discoveries, unless there is one."""
    file = demonstration.folder / "challenges.toml"
    script = tomllib.loads(file.read_text(encoding="utf-8"))
    for values in script["organisations"]:
        take_part(demonstration, values)
    if Discovery.objects.exists():
        return
    committee = [
        person(demonstration, **who)
        for who in (script["committee"]["chair"], *script["committee"]["members"])
    ]
    for member in committee:
        appoint(user=member, role=Role.REVIEWER, by=None)
    past, current = script["discoveries"]
    _play_past(past, committee)
    _play_current(current, committee)
    demonstration.say(f"{past['name']}: {len(past['candidates'])} → {past['places']}")


def _play_past(script: Told, committee: list[User]) -> None:
    play = _gather(
        script, script["year"], _hour(script["opened"]), _hour(script["gathers_until"]), committee
    )
    rounds = [_hour(day) for day in script["rounds"]]
    _verify(play, rounds)
    selected = _hour(script["selected"])
    kept = list(queries.kept(play.discovery))
    with pghistory.context(user=play.officer.pk):
        operations.select(discovery=play.discovery, candidates=kept, by=play.officer, at=selected)
    for number, candidate in enumerate(kept):
        by, at = _manager(candidate.organisation), selected + timedelta(days=1, hours=number)
        with pghistory.context(user=by.pk):
            operations.approve(candidate=candidate, seen=candidate.text.number, by=by, at=at)
    with pghistory.context(user=play.second.pk):
        operations.announce(discovery=play.discovery, by=play.second, at=_hour(script["announced"]))


def _play_current(script: Told, committee: list[User]) -> None:
    today, ago = timezone.localdate(), script["days_ago"]

    def day(days: int) -> datetime:
        return _hour(today - timedelta(days=days))

    year = today.year
    named = script | {key: script[key].format(year=year) for key in ("name", "name_en")}
    play = _gather(named, year, day(ago["opened"]), day(ago["gathers_until"]), committee)
    *closed, now = [day(days) for days in ago["rounds"]]
    _verify(play, closed)
    with pghistory.context(user=play.officer.pk):
        operations.find_similar(discovery=play.discovery, by=play.officer)
    _open_round(play, now)
    for candidate, values in play.alive():
        if decision := values.get("judged"):
            _judge(play, candidate, decision, values.get("why", ""), now)


def _gather(
    script: Told, year: int, opened: datetime, until: datetime, committee: list[User]
) -> Play:
    officer, second = officers()
    chair = committee[0]
    with pghistory.context(user=officer.pk):
        discovery = operations.open_discovery(
            name=script["name"], name_en=script["name_en"], year=year, places=script["places"],
            gathers_until=until, by=officer, at=opened,
        )  # fmt: skip
        centres = {
            name: operations.add_centre(
                discovery=discovery,
                organisation=Organisation.objects.get(name=name, is_invented=True),
                quota=8,
                by=officer,
            )
            for name in dict.fromkeys(values["centre"] for values in script["candidates"])
        }
        operations.name_committee(
            discovery=discovery, members=committee[1:], chair=chair, by=officer
        )
    play = Play(discovery, [], officer, second, chair)
    for number, values in enumerate(script["candidates"]):
        owner = Organisation.objects.filter(name=values["owner"], is_invented=True).first()
        if owner is None:
            continue
        by = people_of(centres[values["centre"]].organisation)[0]
        at = opened + (until - opened) * (number + 1) / (len(script["candidates"]) + 2)
        with pghistory.context(user=by.pk):
            candidate = operations.gather(
                centre=centres[values["centre"]],
                organisation=owner,
                text=_text(values),
                need=owner.needs.filter(external_id=values["need"]).first()
                if "need" in values
                else None,
                branch=branch_called(ROADMAP, values["branch"]),
                by=by,
                at=at,
            )
        play.candidates.append((candidate, values))
    _talk(play, 0, until - timedelta(hours=20))
    with pghistory.context(user=officer.pk):
        operations.start_verification(discovery=discovery, by=officer)
    return play


def _verify(play: Play, rounds: list[datetime]) -> None:
    """Play rounds from their opening to their end."""
    for number, at in enumerate(rounds, 1):
        _open_round(play, at)
        for candidate, script in list(play.alive()):
            decision, why = _decision(script, number)
            _judge(play, candidate, decision, why, at)
        with pghistory.context(user=play.officer.pk):
            operations.close_round(
                discovery=play.discovery, by=play.officer, at=at + timedelta(hours=6)
            )
        _talk(play, number, at + timedelta(days=2))


def _open_round(play: Play, at: datetime) -> None:
    with pghistory.context(user=play.officer.pk):
        operations.open_round(
            discovery=play.discovery, held_on=timezone.localdate(at), by=play.officer
        )


def _judge(play: Play, candidate: Candidate, decision: str, why: str, at: datetime) -> None:
    with pghistory.context(user=play.chair.pk):
        operations.judge(candidate=candidate, decision=decision, reason=why, by=play.chair, at=at)


def _decision(script: Told, number: int) -> tuple[Decision, str]:
    """What the committee decides in a round, and why."""
    for key, decision in (("held", Decision.HOLD), ("dropped", Decision.DROP)):
        outcome = script.get(key)
        if outcome and outcome["round"] == number:
            return decision, outcome["why"]
    return Decision.KEEP, ""


def _talk(play: Play, number: int, at: datetime) -> None:
    """What is said and written anew after a round."""
    for candidate, script in play.candidates:
        for comment in script.get("said", []):
            if comment["after"] == number:
                by = play.side(comment["by"], candidate)
                with pghistory.context(user=by.pk):
                    operations.comment(candidate=candidate, text=comment["text"], by=by, at=at)
        for text in script.get("revised", []):
            if text["after"] == number:
                by, newest = play.side(text["by"], candidate), candidate.versions.first()
                with pghistory.context(user=by.pk):
                    operations.revise(
                        candidate=candidate,
                        text=replace(
                            operations.Text(
                                newest.title, newest.problem, newest.requirements, newest.offers
                            ),
                            **_parts(text),
                        ),
                        note=text["note"],
                        seen=newest.number,
                        by=by,
                        at=at + timedelta(hours=3),
                    )


def _text(script: Told) -> operations.Text:
    return operations.Text(**_parts(script))


def _parts(script: Told) -> dict[str, str]:
    parts = ("title", "problem", "requirements", "offers")
    return {part: script[part] for part in parts if part in script}


def _manager(organisation: Organisation) -> User:
    return managers_of(organisation)[0]


def _hour(day: date) -> datetime:
    """Two in the afternoon, in Seoul."""
    return datetime.combine(day, time(14), timezone.get_current_timezone())
