"""Two invented demand surveys: one that waits for answers, one that is over; see demo/surveys.toml."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone

from dure.apps.people.demo import officers, take_part
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import managers_of
from dure.apps.programmes.queries import programmes
from dure.apps.roadmaps.queries import branch_called
from dure.apps.surveys import operations
from dure.apps.surveys.models import Asked, Survey, Wish
from dure.foundation.demo import Demonstration, demonstrates

ROADMAP = "sme"
Told = Mapping[str, Any]


@demonstrates("surveys")
@transaction.atomic
def load(demonstration: Demonstration) -> None:
    """Load both surveys, unless there is one."""
    file = demonstration.folder / "surveys.toml"
    script = tomllib.loads(file.read_text(encoding="utf-8"))
    for values in script["ministries"]:
        take_part(demonstration, values)
    if Survey.objects.exists():
        return
    officer, second = officers()
    for values in reversed(script["surveys"]):
        _play(values, officer, second, timezone.now())


def _play(told: Told, officer: User, second: User, now: datetime) -> None:
    opened = now - timedelta(days=told["opened"])
    closes = now + timedelta(days=told["left"])
    with pghistory.context(user=officer.pk):
        survey = operations.open_survey(
            name=told["name"], name_en=told["name_en"], text=told["text"],
            ministries=_named(told["ministries"]), closes_at=closes, by=officer, at=opened,
        )  # fmt: skip
        operations.ask(survey=survey, organisations=_named(told["asked"]), by=officer, at=opened)
    answered_at = opened + timedelta(days=8)
    named = [_write(survey, values, answered_at) for values in told["wishes"]]
    _answer(survey, told["nothing"], answered_at + timedelta(hours=1))
    with pghistory.context(user=officer.pk):
        if survey.asked.filter(stage="ASKED").exists():
            operations.remind(survey=survey, by=officer, at=now - timedelta(days=told["reminded"]))
    with pghistory.context(user=second.pk):
        for wish, values in named:
            _decide(wish, values, second, answered_at + timedelta(days=4))
        if closes < now:
            operations.close(survey=survey, by=second)


def _write(survey: Survey, told: Told, at: datetime) -> tuple[Wish, Told]:
    asked = Asked.objects.get(survey=survey, organisation=_named([told["body"]])[0])
    by = managers_of(asked.organisation)[0]
    text = operations.Text(
        told["title"], told["text"], told.get("requirements", ""),
        branch_called(ROADMAP, told["branch"]) if "branch" in told else None,
    )  # fmt: skip
    with pghistory.context(user=by.pk):
        return operations.write_wish(asked=asked, text=text, by=by, at=at), told


def _answer(survey: Survey, nothing: list[str], at: datetime) -> None:
    """Hand in what was written, and for those who need nothing, that."""
    for asked in survey.asked.select_related("organisation"):
        is_nothing = asked.organisation.name in nothing
        if is_nothing or asked.wishes.exists():
            by = managers_of(asked.organisation)[0]
            with pghistory.context(user=by.pk):
                operations.answer(asked=asked, needs_nothing=is_nothing, by=by, at=at)


def _decide(wish: Wish, told: Told, by: User, at: datetime) -> None:
    if reason := told.get("left_out"):
        operations.leave_out(wish=wish, reason=reason, by=by, at=at)
    if "why" in told:
        operations.allot(
            wish=wish,
            programme=programmes().filter(slug=told.get("programme", "")).first(),
            ministry=_named([told["ministry"]])[0] if "ministry" in told else None,
            reason=told["why"],
            by=by,
            at=at,
        )
    if told.get("taken_in"):
        operations.take_in(wishes=[wish], by=by, at=at + timedelta(hours=1))


def _named(names: list[str]) -> list[Organisation]:
    """The invented organisations of these names."""
    return list(Organisation.objects.filter(name__in=names, is_invented=True).order_by("pk"))
