"""Plans from files; the actuals that a file brings are history, reported and published."""

import hashlib
from datetime import datetime

from django.db import transaction

from dure.apps.indicators.kinds import Origin
from dure.apps.indicators.models import Figure, Indicator, Plan, Revision
from dure.apps.indicators.stages import RevisionStage
from dure.foundation import promotion_plans
from dure.foundation.promotion_plans import Plan as PlanFile


class AnotherFile(ValueError):
    """A plan of this id is loaded already, from another file."""


@transaction.atomic
def load(content: bytes, *, at: datetime) -> tuple[Plan, bool]:
    """The plan of a file, and whether it is new. The same file again changes nothing.

    Raises UnusableFile, and AnotherFile for another file of a known id: what was published of a plan
    is changed by revisions, not by files.
    """
    plan_file = promotion_plans.read(content)
    digest = hashlib.sha256(content).hexdigest()
    if known := Plan.objects.filter(slug=plan_file.id).first():
        if known.digest != digest:
            raise AnotherFile(
                f"the plan {plan_file.id!r} is in use, loaded from another file; change its figures by "
                "revisions, or give the new one another id"
            )
        return known, False
    plan = Plan.objects.create(
        slug=plan_file.id,
        name=plan_file.name.ko,
        name_en=plan_file.name.en,
        first_year=plan_file.first_year,
        last_year=plan_file.last_year,
        content=content.decode(),
        digest=digest,
        loaded_at=at,
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(
            plan=plan, code=indicator.id, place=place, unit=indicator.unit,
            name=indicator.name.ko, name_en=indicator.name.en,
        )
        for place, indicator in enumerate(plan_file.indicators)
    )  # fmt: skip
    _bring_history(plan_file, {indicator.code: indicator for indicator in indicators}, at)
    return plan, True


def _bring_history(plan_file: PlanFile, indicators: dict[str, Indicator], at: datetime) -> None:
    brought = [
        (Figure(indicator=indicators[indicator.id], period=period,
                year=promotion_plans.year_of(period)), value, indicator.source or plan_file.source)
        for indicator in plan_file.indicators
        for period, value in indicator.actuals.items()
    ]  # fmt: skip
    Figure.objects.bulk_create(figure for figure, _value, _source in brought)
    Revision.objects.bulk_create(
        Revision(
            figure=figure, number=1, value=value, origin=Origin.HISTORY, evidence=source,
            stage=RevisionStage.PUBLISHED, drafted_at=at, published_at=at,
        )
        for figure, value, source in brought
    )  # fmt: skip
