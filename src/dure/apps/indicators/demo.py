"""Plans of the demonstration, and a year measured from its own chain, published by two people."""

import pghistory
from django.utils import timezone

from dure.apps.indicators import operations, queries
from dure.apps.indicators.models import Plan
from dure.apps.indicators.roles import Role
from dure.apps.indicators.stages import RevisionStage
from dure.apps.people.demo import officers, person
from dure.apps.people.models import User
from dure.apps.people.operations import appoint
from dure.foundation import promotion_plans
from dure.foundation.demo import Demonstration, demonstrates

ANALYST = "analyst@dure.example"


@demonstrates("indicators")
def load(demonstration: Demonstration) -> None:
    """Load the plans, measure this year and publish what came out, unless it is done."""
    now = timezone.now()
    files = [*promotion_plans.shipped().values(), demonstration.folder / "promotion-plan.toml"]
    plans = [operations.load(path.read_bytes(), at=now) for path in files]
    demonstration.say(f"{len(plans)} promotion plans")
    plan, is_new = plans[-1]
    analyst, officer = _analyst(demonstration), officers()[0]
    if is_new:
        _measure(plan, analyst, officer)


def _analyst(demonstration: Demonstration) -> User:
    """The ministry's analyst, who can sign in."""
    analyst = person(demonstration, ANALYST, "서지표")
    appoint(user=analyst, role=Role.ANALYST, by=None)
    demonstration.sign_ins[ANALYST] = f"{analyst.name}  {Role.ANALYST.label}"
    return analyst


def _measure(plan: Plan, analyst: User, officer: User) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    with pghistory.context(user=analyst.pk):
        operations.measure_year(
            plan=plan, year=today.year, as_of=today, reason="", by=analyst, at=now
        )
    with pghistory.context(user=officer.pk):
        for stage in (RevisionStage.CONFIRMED, RevisionStage.PUBLISHED):
            waiting = queries.drafts() if stage == RevisionStage.CONFIRMED else queries.to_publish()
            for revision in waiting.filter(figure__indicator__plan=plan):
                operations.move(revision=revision, stage=stage, by=officer, at=now)
