"""What a call's programme asks of an application: questions, documents, members, years, payers."""

from typing import Any

from dure.apps.applications.models import ROLES
from dure.apps.calls.models import Call
from dure.apps.calls.queries import asked, day_of, programme_of
from dure.foundation import programmes


def questions_of(call: Call) -> list[Any]:
    """The questions of the application, those of the shared set first, in their order."""
    programme = programme_of(call)
    shared = programmes.rule_sets().rule_set("questions", programme.rules.questions, day_of(call))
    general = list(shared.questions) if shared else []
    return [
        question for question in [*general, *programme.questions] if question.stage == "application"
    ]


def documents_of(call: Call, role: str) -> list[Any]:
    """The papers that a member hands in at the application."""
    return [document for document in asked(call, "documents") if document.by == role]


def programme_roles(call: Call) -> list[str]:
    """The roles that members can have: those that pay or are looked at in the programme's file."""
    programme = programme_of(call)
    named = {payer.role for payer in programme.money.payers}
    named |= {role for rule in programme.eligibility for role in rule.whose}
    named |= {document.by for document in asked(call, "documents")}
    # Who does a contracted part pays nothing and is no party; any project can have one.
    named |= {"contracted"} if "partner" in named else set()
    return [role for role, _label in ROLES if role in named or role == "lead"]


def budget_of(call: Call) -> Any:
    """The budget categories that apply on the day of the call; None where there are none."""
    programme = programme_of(call)
    return programmes.rule_sets().rule_set("budget", programme.rules.budget, day_of(call))
