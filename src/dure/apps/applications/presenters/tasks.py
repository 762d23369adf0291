"""The task list of a draft: what is to do, what is done, in an order that can be followed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.applications import adapter, permissions, queries
from dure.apps.applications.models import ROLES, Application, Participant
from dure.apps.applications.queries import Access
from dure.apps.calls.queries import programme_of
from dure.apps.people.queries import Reader
from dure.foundation import programmes

_ROLES = {str(role): label for role, label in ROLES}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a part, whether something is in it, and what is lacking."""

    part: str
    label: str
    url: str
    is_begun: bool = False
    lacking: tuple[str, ...] = ()
    note: str = ""

    @property
    def tone(self) -> str:
        """How its state looks."""
        return "warning" if self.lacking else "success" if self.is_begun else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks under one heading."""

    title: str
    tasks: tuple[Task, ...]

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(not task.lacking and task.is_begun for task in self.tasks)


def tasks(
    application: Application, access: Access, content: dict[str, Any], begun: set[str]
) -> list[Group]:
    """The tasks that a reader may see; `begun` are the parts in which something stands."""
    lacking: dict[str, list[str]] = {}
    for gap in adapter.missing_in(application, content):
        lacking.setdefault(gap.part, []).append(missing_sentence(gap, application))
    groups: dict[str, list[Task]] = {}
    for heading, part in _parts(application, access):
        url = reverse("applications:part", args=[application.pk, part])
        task = Task(
            part,
            title_of(application, part),
            url,
            is_begun=part in begun,
            lacking=tuple(lacking.get(part, ())),
        )
        groups.setdefault(heading, []).append(task)
    return [Group(heading, tuple(tasks)) for heading, tasks in groups.items()]


def next_task(groups: list[Group], part: str) -> Task | None:
    """The task after a part, in the order of the list."""
    line = [task for group in groups for task in group.tasks]
    places = [at for at, task in enumerate(line) if task.part == part]
    return line[places[0] + 1] if places and places[0] + 1 < len(line) else None


def title_of(application: Application, part: str) -> str:
    """What a part is called."""
    kind, *about = part.split("/")
    language = get_language()
    if kind == "answers":
        for question in adapter.questions_of(application.call):
            if question.id == about[0]:
                return str(question.name.in_language(language))
    if kind == "documents":
        for member in queries.members_of(application):
            for document in adapter.documents_of(application.call, member.role):
                if document.id == about[0]:
                    return str(document.name.in_language(language))
    return {
        "project": _("Title and time"),
        "people": _("People who work on it"),
        "costs": _("What it costs"),
        "money": _("Who pays"),
        "commitment": _("What the demand side stands for"),
        "declared": _("What only you know"),
    }.get(kind, part)


def limit_of(application: Application, part: str) -> int | None:
    """How many characters an answer may have."""
    kind, _slash, about = part.partition("/")
    if kind != "answers":
        return None
    limits = {
        question.id: question.characters for question in adapter.questions_of(application.call)
    }
    return limits.get(about)


def members(application: Application, user: Reader, at: datetime) -> list[dict[str, Any]]:
    """The consortium as rows, with what the reader may do with each."""
    return [
        {
            "participant": member,
            "role": _ROLES[member.role],
            "may_answer": permissions.may_answer_invitation(user, member),
            "may_confirm": permissions.may_confirm(user, member, at),
            "may_leave": permissions.may_leave(user, member, at),
        }
        for member in queries.members_of(application)
    ]


def missing_sentence(missing: adapter.Missing, application: Application) -> str:
    """What is lacking, in words."""
    if missing.code == "rule":
        return programmes.violation_sentence(
            missing.about,
            programme_of(application.call),
            adapter.budget_of(application.call),
            get_language(),
        )
    if missing.code == "rate":
        return _("%(name)s works more than 100 %% in all projects together.") % {
            "name": missing.about
        }
    return {
        "empty": _("Not filled in yet"),
        "too_long": _("Longer than it may be"),
        "unpaid": _("A row is not complete"),
        "confirm": _("Waits for the member's confirmation"),
    }[missing.code]


def _parts(application: Application, access: Access) -> Iterator[tuple[str, str]]:
    language = get_language()
    if access.sees_all:
        yield _("The project"), "project"
        for question in adapter.questions_of(application.call):
            yield question.part.in_language(language), f"answers/{question.id}"
    for member in queries.members_of(application):
        for heading, part in _parts_of(application, member):
            if access.reads(member.pk, is_money=adapter.is_money(part)):
                yield heading, part


def _parts_of(application: Application, member: Participant) -> Iterator[tuple[str, str]]:
    heading = f"{member.organisation} ({_ROLES[member.role]})"
    for document in adapter.documents_of(application.call, member.role):
        yield heading, f"documents/{document.id}/{member.pk}"
    if member.role in adapter.PARTNERS:
        yield heading, f"people/{member.pk}"
        yield heading, f"costs/{member.pk}"
    yield heading, f"money/{member.pk}"
    if member.role in adapter.COMMITTED:
        yield heading, f"commitment/{member.pk}"
    if adapter.facts_to_declare(member):
        yield heading, f"declared/{member.pk}"
