"""Calls as CommonGrants opportunities, one by one and as a list."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Query

from dure.apps.calls import queries
from dure.apps.calls.api.shapes import (
    MOST_ON_A_PAGE,
    OpportunityFound,
    OpportunityList,
    OpportunityMissing,
    OpportunityPaging,
    PageInfo,
    opportunity_of,
    router,
)


@router.get(
    "/common-grants/opportunities",
    response=OpportunityList,
    exclude_none=True,
    summary=_("Calls that are announced, as CommonGrants opportunities"),
)
def opportunities(request: HttpRequest, paging: Query[OpportunityPaging]) -> OpportunityList:
    """The last changed first."""
    calls = queries.open_calls(timezone.now()).order_by("-changed_at", "-pk")
    total, size = calls.count(), min(paging.pageSize, MOST_ON_A_PAGE)
    first = (paging.page - 1) * size
    return OpportunityList(
        items=[opportunity_of(call) for call in calls[first : first + size]],
        paginationInfo=PageInfo(
            page=paging.page, pageSize=size, totalItems=total, totalPages=-(-total // size)
        ),
    )


@router.get(
    "/common-grants/opportunities/{opportunity_id}",
    response={200: OpportunityFound, 404: OpportunityMissing},
    exclude_none=True,
    summary=_("One call as a CommonGrants opportunity"),
)
def opportunity(
    request: HttpRequest,
    opportunity_id: Annotated[UUID, Path(description=_("The id of the opportunity."))],
) -> Any:
    """Also one that is closed or cancelled."""
    call = queries.public_calls().prefetch_related("rounds").filter(uid=opportunity_id).first()
    if call is None:
        return 404, OpportunityMissing(message="There is no such opportunity.")
    return OpportunityFound(data=opportunity_of(call))
