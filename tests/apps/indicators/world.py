"""A plan with a published figure, a draft and one that is asked for, for the test of routes."""

from datetime import date

from dure.apps.indicators import operations
from tests.conftest import NOON


def things(cast, world):
    plan = cast.small_plan()
    published = cast.published_figure()
    draft = cast.drafted_figure("2026", 70)
    operations.ask(
        indicator=cast.indicator("factories"), period="2025-06", of=cast.buyer,
        due_on=date(2026, 12, 1), by=cast["officer"], at=NOON,
    )  # fmt: skip
    return {
        "plan_slug": plan.slug,
        "code": "needs",
        "indicators:figure": published.figure_id,
        "indicators:move": draft.pk,
    }
