"""An application as reviewers read it: the preview of a draft, and what was opened."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.applications import adapter
from dure.apps.applications.models import ROLES, Application
from dure.apps.applications.presenters.money import money_of
from dure.apps.calls.queries import recommenders_of
from dure.foundation import programmes

_ROLES = {str(role): label for role, label in ROLES}


def content_rows(application: Application, content: dict[str, Any]) -> dict[str, Any]:
    """What the template `_content.html` shows of an application's content."""
    language = get_language()
    questions = {question.id: question for question in adapter.questions_of(application.call)}
    parts: dict[str, list[dict[str, Any]]] = {}
    answers = {answer["question"]: answer["text"] for answer in content["answers"]}
    for question in questions.values():
        parts.setdefault(question.part.in_language(language), []).append(
            {
                "name": question.name.in_language(language),
                "text": answers.get(question.id, ""),
                "limit": question.characters,
            }
        )
    return {
        "content": content,
        "project": content["project"],
        "recommender": recommenders_of(application.call)
        .filter(pk=content["project"].get("recommender"))
        .first(),
        "parts": parts,
        "members": [_member(application, member) for member in content["members"]],
        "money": money_of(application, content),
    }


def _member(application: Application, member: dict[str, Any]) -> dict[str, Any]:
    language = get_language()
    papers = {
        document.id: document.name.in_language(language)
        for document in adapter.documents_of(application.call, member["role"])
    }
    commitment = member["commitment"]
    shows = commitment.get("shows")
    confirmed = member.get("confirmed_at")
    return member | {
        "confirmed_at": datetime.fromisoformat(confirmed) if confirmed else None,
        "role_name": _ROLES[member["role"]],
        "people": [
            {**person, "won": adapter.pay_won(person), "kind_name": _kind(person["kind"])}
            for person in member["people"]
        ],
        "documents": [
            {**document, "paper": papers.get(document["document"], document["document"])}
            for document in member["documents"]
        ],
        "declared": [
            {
                "fact": programmes.name("fact", name, language),
                "value": _("Yes") if value else _("No"),
            }
            for name, value in member["declared"].items()
        ],
        "shows": programmes.name("fact", shows, language) if shows else "",
        "exempt": commitment.get("reason", "") if commitment.get("is_exempt") else "",
    }


def _kind(kind: str) -> str:
    return {"cash": _("Cash"), "in_kind": _("In kind"), "unpaid": _("Unpaid")}[kind]
