"""What is missing in a draft before it can be filed, part by part."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dure.apps.applications.adapter.content import content_of, read_parts
from dure.apps.applications.adapter.plan import judgement
from dure.apps.applications.adapter.programme import documents_of, questions_of
from dure.apps.applications.models import Application
from dure.engines.funding import Role

PARTNERS = (Role.LEAD, Role.PARTNER, Role.CONTRACTED, Role.INSTITUTION)
"""Who does the work, so that their part has costs."""
COMMITTED = (Role.DEMAND, Role.INVESTOR)
"""Who stands for something: a purchase, a consent, or the reason why not."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to do: the part where, what is lacking there, and what it is about.

    `code` is one of "empty", "too_long", "unpaid", "rate", "confirm", "answer", "rule",
    "balance"; `about` names the question, document, person, member or the broken rule.
    """

    part: str
    code: str
    about: Any = ""


def missing(application: Application) -> list[Missing]:
    """What keeps a draft from being filed, in the order of the task list."""
    return list(missing_in(application, content_of(application, read_parts(application)).content))


def missing_in(application: Application, content: dict[str, Any]) -> Iterator[Missing]:
    """The same of content that was read already."""
    project = content["project"]
    for name in ("title", "months"):
        if not project.get(name):
            yield Missing("project", "empty", name)
    answers = {answer["question"]: answer["text"] for answer in content["answers"]}
    for question in questions_of(application.call):
        part, text = f"answers/{question.id}", answers.get(question.id, "")
        if not text and not question.is_optional:
            yield Missing(part, "empty", question.id)
        elif len(text) > question.characters:
            yield Missing(part, "too_long", question.id)
    for member in content["members"]:
        yield from _of_member(application, member)
    for violation in judgement(application, content).violations:
        yield Missing("money", "rule", violation)


def _of_member(application: Application, member: dict[str, Any]) -> Iterator[Missing]:
    pk, role = member["id"], member["role"]
    if member["people"] or member["costs"] or member["money"]:
        yield from _people(member)
    elif role == Role.LEAD:
        yield Missing(f"costs/{pk}", "empty", pk)
    yield from _papers(application, member)
    if role in COMMITTED:
        commitment = member["commitment"]
        is_said = commitment.get("shows") or (
            commitment.get("is_exempt") and commitment.get("reason", "").strip()
        )
        if not is_said:
            yield Missing(f"commitment/{pk}", "empty", pk)
    if role != Role.LEAD and not member["confirmed_at"]:
        yield Missing(f"members/{pk}", "confirm", pk)


def _papers(application: Application, member: dict[str, Any]) -> Iterator[Missing]:
    pk = member["id"]
    handed_in = {paper["document"] for paper in member["documents"]}
    choices: dict[str, bool] = {}
    for document in documents_of(application.call, member["role"]):
        there = document.id in handed_in
        if document.one_of:
            choices[document.one_of] = choices.get(document.one_of, False) or there
        elif not there and not document.is_optional:
            yield Missing(f"documents/{document.id}/{pk}", "empty", document.id)
    for group, is_met in choices.items():
        if not is_met:
            yield Missing(f"documents/{group}/{pk}", "empty", group)


def _people(member: dict[str, Any]) -> Iterator[Missing]:
    rates: dict[str, int] = {}
    for row in member["people"]:
        if None in (row["monthly_won"], row["rate"], row["months"]) or not row["name"]:
            yield Missing(f"people/{member['id']}", "unpaid", row["name"])
        before = rates.get(row["name"], row["other_rate"])
        rates[row["name"]] = before + (row["rate"] or 0)
    for name, rate in rates.items():
        if rate > 100:
            yield Missing(f"people/{member['id']}", "rate", name)
    if any(row["won"] is None or not row["category"] for row in member["costs"]):
        yield Missing(f"costs/{member['id']}", "unpaid")
