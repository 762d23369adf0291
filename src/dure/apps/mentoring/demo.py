"""Mentoring of the demonstration: `demo/mentoring.toml`, through the operations people use."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import pghistory
from django.utils import timezone

from dure.apps.mentoring import adapter, operations, queries
from dure.apps.mentoring.kinds import Part, Way
from dure.apps.mentoring.models import Case, Pair, Profile
from dure.apps.people.demo import OFFICER
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.apps.people.queries import people_of
from dure.foundation.demo import Demonstration, demonstrates

COORDINATOR = "coordinator@dure.example"
SMALL = (OrganisationKind.SME, OrganisationKind.STARTUP)
SENIOR = (OrganisationKind.LARGE, OrganisationKind.MID_SIZE)
GOALS = ("GOALS", "RUNNING", "MIDWAY", "QUIET", "ENDED", "BROKEN_OFF")
UNDER_WAY = ("RUNNING", "MIDWAY", "QUIET", "ENDED", "BROKEN_OFF")
TERM = 180
Told = Mapping[str, Any]


@demonstrates("mentoring")
def load(demonstration: Demonstration) -> None:
    """Write profiles and play the pairs, unless there are some."""
    if Profile.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "mentoring.toml").read_text(encoding="utf-8"))
    seniors = _invented(SENIOR)[: len(script["teaches"])]
    juniors = _invented(SMALL)
    if not (seniors and len(juniors) >= len(script["pairs"]) + len(script["free"])):
        return
    coordinator = User.objects.filter(email=COORDINATOR).first() or User.objects.get(email=OFFICER)
    for firm, teaches in zip(seniors, script["teaches"], strict=False):
        _profile(firm, teaches=teaches, most=2)
    for firm, script_of_pair in zip(juniors, script["pairs"], strict=False):
        _play(firm, script_of_pair, coordinator)
    for firm, wants in zip(juniors[len(script["pairs"]) :], script["free"], strict=False):
        _ask(firm, wants, 1)
    demonstration.say(f"{Pair.objects.count()} mentoring pairs")


def _invented(kinds: tuple[OrganisationKind, ...]) -> list[Organisation]:
    organisations = Organisation.objects.filter(
        is_invented=True, verified_at__isnull=False, kind__in=kinds, is_opted_out=False,
        memberships__role="MANAGER", memberships__stage="ACTIVE",
    )  # fmt: skip
    return list(organisations.distinct().order_by("-pk"))


def _profile(firm: Organisation, **values: Any) -> Profile:
    known = {"teaches": "", "wants": "", "most": 1, "is_open": True}
    return _as(
        people_of(firm)[0], operations.keep_profile, 200, organisation=firm, **known | values
    )


def _ask(firm: Organisation, wants: str, days: int) -> Case:
    _profile(firm, wants=wants)
    return _as(people_of(firm)[0], operations.ask, days, organisation=firm)


def _play(firm: Organisation, script: Told, coordinator: User) -> None:
    """Bring a pair as far as it is told."""
    stage, days = script["stage"], script["days"]
    case = _as(coordinator, operations.take, days + 2, case=_ask(firm, script["wants"], days + 3))
    proposals = adapter.proposals_for(case, queries.mentors_for(case), timezone.localdate())
    best = next((proposal for proposal in proposals if not proposal.ties), None)
    if best is None:
        return
    pair = _as(
        coordinator, operations.propose, days + 1, case=case, mentor=best.profile,
        strength=best.fit.strength, reasons=best.fit.reasons,
    )  # fmt: skip
    if stage == "PROPOSED":
        return
    mentor, mentee = people_of(pair.mentor)[0], people_of(pair.mentee)[0]
    pair = _as(mentor, operations.answer, days + 1, pair=pair, is_yes=True)
    if stage == "PROPOSED_YES":
        return
    if stage == "DECLINED":
        _as(mentee, operations.answer, days, pair=pair, is_yes=False, why=script["why"])
        return
    pair = _as(mentee, operations.answer, days, pair=pair, is_yes=True)
    if stage in GOALS:
        _agree(pair, script, mentor, mentee)
    if stage in UNDER_WAY:
        _run(pair, script, coordinator)


def _agree(pair: Pair, script: Told, mentor: User, mentee: User) -> None:
    first = timezone.localdate() - timedelta(days=script["days"])
    pair = _as(
        mentee, operations.set_goals, script["days"], pair=pair, starts_on=first,
        ends_on=first + timedelta(days=TERM),
        goals=[operations.Draft(text, measure) for text, measure in script["goals"]],
    )  # fmt: skip
    if script["stage"] in UNDER_WAY:
        seen_at = pair.goals_changed_at
        _as(mentor, operations.confirm, script["days"], pair=pair, seen_at=seen_at)


def _run(pair: Pair, script: Told, coordinator: User) -> None:
    mentor, mentee = people_of(pair.mentor)[0], people_of(pair.mentee)[0]
    for days, minutes, way, text, next_step in script.get("sessions", ()):
        on = timezone.localdate() - timedelta(days=days)
        _as(
            mentor, operations.note_session, days, pair=pair, on=on, minutes=minutes,
            way=Way(way), text=text, next_step=next_step,
        )  # fmt: skip
    if script["stage"] == "MIDWAY":
        text = "자료를 미리 받아 이야기가 빨라요. 다음에는 현장을 함께 보고 싶어요."
        _as(mentee, operations.review, 5, pair=pair, part=Part.MIDWAY, score=5, text=text)
    elif script["stage"] == "ENDED":
        for who, score, text in (
            (mentor, 4, "현장을 함께 보니 답이 빨리 나왔어요."),
            (mentee, 5, "불량률이 절반으로 줄고 절차가 남았어요."),
        ):
            _as(who, operations.review, 3, pair=pair, part=Part.END, score=score, text=text)
        reached = list(pair.goals.values_list("pk", flat=True))
        _as(coordinator, operations.end, 1, pair=pair, reached=reached)
    elif script["stage"] == "BROKEN_OFF":
        _as(coordinator, operations.break_off, 10, pair=pair, why=script["why"])


def _as(user: User, act: Any, days_ago: int, **arguments: Any) -> Any:
    day = timezone.localdate() - timedelta(days=days_ago)
    with pghistory.context(user=user.pk):
        return act(by=user, at=timezone.make_aware(datetime.combine(day, time(12))), **arguments)
