"""The plan of money of an application, as the funding engine judges it."""

from collections.abc import Iterator
from typing import Any

from dure.apps.applications.models import Application
from dure.apps.applications.queries import PERSONNEL, pay_won
from dure.apps.calls.queries import day_of, programme_of
from dure.engines import funding
from dure.foundation import programmes


def plan_of(content: dict[str, Any]) -> funding.Plan:
    """The plan of an application's content; pay of people counts as cost of personnel."""
    lead = next((member for member in content["members"] if member["role"] == "lead"), None)
    project = content["project"]
    return funding.Plan(
        months=project.get("months"),
        money=tuple(
            funding.Money(
                row["role"] or None,
                row["instrument"] or None,
                row["kind"],
                row["won"],
                row["year"],
                phase=row.get("phase") or None,
                organisation=member["organisation"]["name"],
            )
            for member in content["members"]
            for row in member["money"]
        ),
        costs=tuple(cost for member in content["members"] for cost in _costs(member)),
        facts=funding.Facts(
            trl=project.get("trl_now"),
            size=lead["organisation"]["size"] if lead else None,
            region=(lead["organisation"]["region"] or None) if lead else None,
            confirmed=frozenset(_shown(content)),
        ),
    )


def judgement(application: Application, content: dict[str, Any]) -> programmes.Judgement:
    """The plan held against the programme, by the rules of the day on which the call opened."""
    call = application.call
    return programmes.judge_plan(programme_of(call), plan_of(content), day_of(call))


def _costs(member: dict[str, Any]) -> Iterator[funding.Cost]:
    name = member["organisation"]["name"]
    for person in member["people"]:
        yield funding.Cost(PERSONNEL, person["kind"], pay_won(person), name)
    for row in member["costs"]:
        yield funding.Cost(row["category"] or None, row["kind"], row["won"], name)


def _shown(content: dict[str, Any]) -> Iterator[str]:
    for member in content["members"]:
        commitment = member["commitment"]
        if commitment.get("shows") and member["confirmed_at"]:
            yield commitment["shows"]
