"""Who may take part: what is known of a member and what it declared, held against the call."""

from datetime import date
from typing import Any

from dure.apps.applications import queries
from dure.apps.applications.models import Application, Participant
from dure.apps.calls.queries import Check, check, eligibility_day
from dure.engines.eligibility import Clear, Fact, Holds


def facts_to_declare(participant: Participant) -> list[str]:
    """The facts of yes or no that no source knows: the member is asked for these."""
    call = participant.application.call
    eligibility = check(
        call, participant.organisation, eligibility_day(call), role=participant.role
    )
    return yes_or_no(eligibility)


def eligibility_of(
    application: Application,
    member: dict[str, Any],
    participant: Participant,
    on: date | None = None,
    step: str = "application",
) -> Check:
    """The check of a member at a step, with what it declared and what it shows."""
    call = application.call
    shows = member["commitment"].get("shows")
    return check(
        call,
        participant.organisation,
        on or eligibility_day(call),
        role=participant.role,
        step=step,
        declared=[Fact(name, value) for name, value in member["declared"].items()],
        shown=[shows] if shows else [],
    )


def checks_at_deadline(application: Application, content: dict[str, Any]) -> list[dict[str, Any]]:
    """What is known of each member of what was submitted, rule by rule, to be kept with it.

    `[{"member": pk, "organisation": name, **Check.as_json()}]`.
    """
    there = {member.pk: member for member in queries.members_of(application)}
    return [
        {
            "member": member["id"],
            "organisation": member["organisation"]["name"],
            **eligibility_of(
                application, member, there[member["id"]], step="first_evaluation"
            ).as_json(),
        }
        for member in content["members"]
        if member["id"] in there
    ]


def yes_or_no(eligibility: Check) -> list[str]:
    """The facts of yes or no that a check lacks."""
    names = [
        line.verdict.rule.question.fact
        for line in eligibility.lacking
        if isinstance(line.verdict.rule.question, Clear | Holds)
    ]
    return list(dict.fromkeys(names))
