"""Needs and technologies, for figures: from the day they were handed in until they are withdrawn."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import needs_visible_to, technologies_visible_to
from dure.apps.catalog.stages import NeedStage, TechnologyStage
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

# A draft has not been handed in; a merged need lives on in the one that it was merged into.
NOT_COUNTED = {NeedStage.DRAFT, NeedStage.WITHDRAWN, NeedStage.MERGED}
LOOKED_AT = ("stage", "handed_in_at", "created_at", "organisation_id", "region", "field")


def _rows(model: type[Need] | type[Technology]) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        traits = traits_of_organisations()

        def counted(
            stage: str,
            handed_in_at: datetime | None,
            created_at: datetime,
            owner: int,
            region: str,
            field: str,
        ) -> Counted | None:
            if stage in NOT_COUNTED:
                return None
            on, own = localdate(handed_in_at or created_at), traits.get(owner, {})
            at_home = {"region": region} if region else {}
            return Counted(on, on, {"field": field, "stage": stage, **own, **at_home})

        return rows_from_history(model, LOOKED_AT, counted)

    return rows


def _records(visible: Callable[[Any], QuerySet[Any]]) -> Callable[..., Mapping[str, Record]]:
    def records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
        return opened(visible(user), ids, lambda entry: entry.get_absolute_url())

    return records


offer_measure(
    Measure(
        "needs",
        _("Needs registered"),
        (FIELD, REGION, SIZE, chosen("stage", _("Status"), NeedStage)),
        _rows(Need),
        _records(needs_visible_to),
    )
)
offer_measure(
    Measure(
        "technologies",
        _("Technologies registered"),
        (FIELD, REGION, SIZE, chosen("stage", _("Status"), TechnologyStage)),
        _rows(Technology),
        _records(technologies_visible_to),
    )
)
