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


def _play(script: Told, officer: User, second: User, now: datetime) -> None:
    opened = now - timedelta(days=script["opened"])
    closes = now + timedelta(days=script["left"])
    with pghistory.context(user=officer.pk):
        survey = operations.open_survey(
            name=script["name"], name_en=script["name_en"], text=script["text"],
            ministries=_named(script["ministries"]), closes_at=closes, by=officer, at=opened,
        )  # fmt: skip
        operations.ask(survey=survey, organisations=_named(script["asked"]), by=officer, at=opened)
    answered_at = opened + timedelta(days=8)
    named = [_write(survey, values, answered_at) for values in script["wishes"]]
    _answer(survey, script["nothing"], answered_at + timedelta(hours=1))
    with pghistory.context(user=officer.pk):
        if survey.asked.filter(stage="ASKED").exists():
            operations.remind(
                survey=survey, by=officer, at=now - timedelta(days=script["reminded"])
            )
    with pghistory.context(user=second.pk):
        for wish, values in named:
            _decide(wish, values, second, answered_at + timedelta(days=4))
        if closes < now:
            operations.close(survey=survey, by=second)


def _write(survey: Survey, script: Told, at: datetime) -> tuple[Wish, Told]:
    asked = Asked.objects.get(survey=survey, organisation=_named([script["body"]])[0])
    by = managers_of(asked.organisation)[0]
    text = operations.Text(
        script["title"], script["text"], script.get("requirements", ""),
        branch_called(ROADMAP, script["branch"]) if "branch" in script else None,
    )  # fmt: skip
    with pghistory.context(user=by.pk):
        return operations.write_wish(asked=asked, text=text, by=by, at=at), script


def _answer(survey: Survey, nothing: list[str], at: datetime) -> None:
    """Hand in what was written, and for those who need nothing, that."""
    for asked in survey.asked.select_related("organisation"):
        is_nothing = asked.organisation.name in nothing
        if is_nothing or asked.wishes.exists():
            by = managers_of(asked.organisation)[0]
            with pghistory.context(user=by.pk):
                operations.answer(asked=asked, needs_nothing=is_nothing, by=by, at=at)


def _decide(wish: Wish, script: Told, by: User, at: datetime) -> None:
    if reason := script.get("left_out"):
        operations.leave_out(wish=wish, reason=reason, by=by, at=at)
    if "why" in script:
        operations.allot(
            wish=wish,
            programme=programmes().filter(slug=script.get("programme", "")).first(),
            ministry=_named([script["ministry"]])[0] if "ministry" in script else None,
            reason=script["why"],
            by=by,
            at=at,
        )
    if script.get("taken_in"):
        operations.take_in(wishes=[wish], by=by, at=at + timedelta(hours=1))


def _named(names: list[str]) -> list[Organisation]:
    """The invented organisations of these names."""
    return list(Organisation.objects.filter(name__in=names, is_invented=True).order_by("pk"))
