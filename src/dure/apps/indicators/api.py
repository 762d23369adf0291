"""Published figures of plans, for programs; small groups are not told."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Schema

from dure.apps.indicators import presenters, queries
from dure.apps.indicators.kinds import Origin
from dure.apps.indicators.models import Revision
from dure.foundation.api import NO_NUL, Digits, Page, Paging, Text, offer_router

router = offer_router("figures")


class FigureFilters(Paging):
    """What the list of published figures is narrowed to."""

    plan: str = Field(
        "", max_length=60, pattern=NO_NUL, description=_("The id of a plan, such as innovation-4.")
    )
    indicator: str = Field(
        "", max_length=60, pattern=NO_NUL, description=_("The id of an indicator in its plan.")
    )
    year: Annotated[int, Field(ge=1900, le=2200), Digits] | None = Field(
        None, description=_("The year of the figure.")
    )


class Group(Schema):
    """What one value of a dimension came to."""

    value: str = Field(
        description=_("A code, such as that of a region; empty where it is not said.")
    )
    figure: str | None = Field(description=_("Null where the group is too small to be told."))


class FigureItem(Schema):
    """A published figure of an indicator in a period."""

    id: int
    plan: str
    indicator: str
    name: Text | None
    period: str = Field(description=_("2023, 2020-2022, 2023-11 or 2023-11-21."))
    year: int
    value: str = Field(description=_("The figure as a decimal number."))
    unit: str
    origin: Origin
    as_of: date | None = Field(description=_("The day as known on which it was measured."))
    source: str = Field(description=_("Where a reported figure is from."))
    revision: int
    reason: str = Field(description=_("Why a published figure was corrected."))
    published_at: datetime
    groups: dict[str, list[Group]] = Field(description=_("What it breaks down into, by dimension."))

    @classmethod
    def of(cls, revision: Revision) -> "FigureItem":
        figure = revision.figure
        indicator = figure.indicator
        return cls(
            id=figure.pk,
            plan=indicator.plan.slug,
            indicator=indicator.code,
            name=Text.of(indicator.name, indicator.name_en),
            period=figure.period,
            year=figure.year,
            value=f"{revision.value.normalize():f}",
            unit=indicator.unit,
            origin=revision.origin,
            as_of=revision.as_of,
            source=revision.evidence,
            revision=revision.number,
            reason=revision.reason,
            published_at=revision.published_at,
            groups={code: _groups(cells) for code, cells in revision.cells.items()},
        )


def _groups(cells: list[list[str | None]]) -> list[Group]:
    hidden = presenters.too_small(cells)
    return [
        Group(value=value, figure=None if value in hidden else figure)
        for value, figure, _count in cells
    ]


@router.get(
    "/figures",
    response=Page[FigureItem],
    operation_id="list_figures",
    summary=_("Published figures of plans, filtered"),
)
def figure_list(request: HttpRequest, filters: Query[FigureFilters]) -> Page[FigureItem]:
    revisions = queries.in_force(plan=filters.plan, code=filters.indicator, year=filters.year)
    return Page[FigureItem].of(revisions, filters, FigureItem.of)
