"""Who may take part: what is known of a member and what it declared, held against the call."""

from datetime import date
from typing import Any

from dure.apps.applications.models import Application, Participant
from dure.apps.calls.queries import Check, check, eligibility_day
from dure.engines.eligibility import Clear, Fact, Holds


def facts_to_declare(participant: Participant) -> list[str]:
    """The facts of yes or no that no source knows: the member is asked for these."""
    call = participant.application.call
    found = check(call, participant.organisation, eligibility_day(call), role=participant.role)
    return yes_or_no(found)


def eligibility_of(
    application: Application,
    member: dict[str, Any],
    participant: Participant,
    on: date | None = None,
) -> Check:
    """The check of a member, with what it declared and what it shows."""
    call = application.call
    shows = member["commitment"].get("shows")
    return check(
        call,
        participant.organisation,
        on or eligibility_day(call),
        role=participant.role,
        declared=[Fact(name, value) for name, value in member["declared"].items()],
        shown=[shows] if shows else [],
    )


def yes_or_no(found: Check) -> list[str]:
    """The facts of yes or no that a check lacks."""
    names = [
        line.verdict.rule.question.fact
        for line in found.lacking
        if isinstance(line.verdict.rule.question, Clear | Holds)
    ]
    return list(dict.fromkeys(names))
