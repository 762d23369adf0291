"""Courses of the demonstration: `demo/training.toml`, through the operations people use."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from itertools import zip_longest
from typing import Any

import pghistory
from django.utils import timezone

from dure.apps.people.demo import officers
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import organisations_visible_to, people_in_any
from dure.apps.training import operations
from dure.apps.training.models import Course
from dure.foundation.demo import Demonstration, demonstrates

COPIED = ("kind", "topic", "level", "title", "title_en", "text", "host", "seats", "percent")
BEFORE = 30
Told = Mapping[str, Any]


@demonstrates("training")
def load(demonstration: Demonstration) -> None:
    """Offer the courses and let people register, unless there is one."""
    if Course.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "training.toml").read_text(encoding="utf-8"))
    officer, _second = officers()
    invented = organisations_visible_to(officer).filter(is_invented=True)
    people = list(people_in_any(invented.order_by().values("pk")).order_by("pk")[:BEFORE])
    with pghistory.context(user=officer.pk):
        for script_of_course in script["courses"]:
            _play(script_of_course, people, officer)
    demonstration.say(f"{Course.objects.count()} courses")


def _play(script: Told, people: list[User], officer: User) -> None:
    """Offer a course, let people register, and hold it where it is over."""
    first = min(script["days"])
    early = _moment(min(first, 0) - BEFORE, 9)
    values = {name: script[name] for name in COPIED}
    values["register_until"] = timezone.localdate() + timedelta(days=first - 2)
    course = operations.offer(values=values, by=officer, at=early)
    for day in script["days"]:
        times = {"starts_at": _moment(day, 10), "ends_at": _moment(day, 17)}
        operations.add_day(
            course=course, values={**times, "place": script["place"], "text": ""}, by=officer
        )
    course = operations.publish(course=course, by=officer)
    for place, person in enumerate(people[: script["registered"]]):
        firm = Organisation.objects.filter(memberships__user=person).order_by("pk").first()
        at = early + timedelta(hours=place)
        operations.register(course=course, by=person, at=at, organisation=firm)
    if "came" in script:
        _hold(course, script, officer)


def _hold(course: Course, script: Told, officer: User) -> None:
    """Note who came, issue certificates, and let some say how it was."""
    now = timezone.now()
    seats = list(course.taken.select_related("user").order_by("asked_at", "pk"))[: script["came"]]
    for day in course.days.all():
        present = [seat.pk for seat in seats]
        operations.note_presences(day=day, present=present, by=officer, at=now)
    operations.close(course=course, by=officer, at=now)
    feedback = zip_longest(script["scores"], script["texts"], fillvalue="")
    for seat, (score, text) in zip(seats, feedback, strict=False):
        operations.give_feedback(course=course, score=int(score), text=text, by=seat.user)


def _moment(days: int, hour: int) -> datetime:
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour)))
