"""Introductions, for figures: the region and size are those of the supplier."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.introductions.models import Introduction
from dure.apps.introductions.queries import introductions_visible_to
from dure.apps.introductions.stages import IntroductionStage
from dure.apps.people.queries import traits_of_organisations
from dure.foundation.measures import (
    FIELD,
    REGION,
    SIZE,
    Counted,
    Measure,
    Record,
    Row,
    chosen,
    offer_measure,
    opened,
    rows_from_history,
)

LOOKED_AT = ("stage", "introduced_at", "need__field", "technology__organisation_id")


def _rows() -> Iterator[Row]:
    traits = traits_of_organisations()

    def counted(stage: str, introduced_at: datetime, field: str, supplier: int) -> Counted | None:
        if stage == IntroductionStage.TAKEN_BACK:
            return None
        on = localdate(introduced_at)
        return Counted(on, on, {"field": field, "stage": stage, **traits.get(supplier, {})})

    return rows_from_history(Introduction, LOOKED_AT, counted)


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(introductions_visible_to(user), ids, Introduction.get_absolute_url)


offer_measure(
    Measure(
        "introductions",
        _("Introductions made"),
        (FIELD, REGION, SIZE, chosen("stage", _("Status"), IntroductionStage)),
        _rows,
        _records,
    )
)
