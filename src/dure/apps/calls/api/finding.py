"""The search of CommonGrants: words, filters and an order, over all calls that are announced.

What it cannot filter or sort by is left out and said in the answer, as the specification has it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from ninja.schema import DjangoGetter
from pydantic import BaseModel, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from dure.apps.calls import queries
from dure.apps.calls.api.shapes import (
    INT32,
    MOST_ON_A_PAGE,
    Opportunity,
    PageInfo,
    opportunity_of,
    router,
    status_of,
)
from dure.apps.calls.models import Call
from dure.values.text import clean

Amount = Annotated[str, Field(pattern=r"^-?[0-9]+\.?[0-9]*$", max_length=10_000)]
Order = Literal["asc", "desc"]
MOST_WORDS = 20


class Given(Schema):
    """What somebody sends: an object, where the library would take any value without attributes."""

    @model_validator(mode="before")
    @classmethod
    def is_object(cls, given: Any) -> Any:
        """Refuse a list, a number or a text."""
        fields = given._obj if isinstance(given, DjangoGetter) else given  # noqa: SLF001
        if not isinstance(fields, dict | BaseModel):
            raise PydanticCustomError("object_type", "Input should be an object")
        return given


class DateBounds(Schema):
    """From which day or moment to which."""

    min: str
    max: str


class DateRange(Schema):
    """Inside or outside a range of days."""

    operator: Literal["between", "outside"]
    value: DateBounds


class AnyMoney(Schema):
    """An amount in any currency."""

    amount: Amount
    currency: str


class MoneyBounds(Schema):
    """From which amount to which."""

    min: AnyMoney
    max: AnyMoney


class MoneyRange(Schema):
    """Inside or outside a range of amounts; amounts in other currencies than won match nothing."""

    operator: Literal["between", "outside"]
    value: MoneyBounds


class OneOf(Schema):
    """One of some words, or none of them."""

    operator: Literal["in", "notIn"]
    value: list[str]


class AnyFilter(Schema):
    """A filter that this platform does not have."""

    operator: str
    value: Any

    @model_serializer
    def as_it_came(self) -> dict[str, Any]:
        """With its value also where that is null, which the answers otherwise leave out."""
        return {"operator": self.operator, "value": self.value}


class OpportunityFilters(Given):
    """What the calls that are found have in common."""

    status: OneOf | None = None
    closeDateRange: DateRange | None = None  # noqa: N815 -- the names of the specification
    totalFundingAvailableRange: MoneyRange | None = None  # noqa: N815
    minAwardAmountRange: MoneyRange | None = None  # noqa: N815
    maxAwardAmountRange: MoneyRange | None = None  # noqa: N815
    customFilters: dict[str, AnyFilter] | None = None  # noqa: N815


class OpportunitySorting(Given):
    """In which order calls are listed."""

    sortBy: Any = "lastModifiedAt"  # noqa: N815
    customSortBy: str | None = None  # noqa: N815
    sortOrder: Order | None = None  # noqa: N815


class SearchPaging(Given):
    """Which part of what was found is wanted."""

    page: int = Field(1, ge=1, le=INT32, description=_("Page, the first is 1."))
    pageSize: int = Field(  # noqa: N815
        MOST_ON_A_PAGE,
        ge=1,
        le=INT32,
        description=_("How many on one page; never more than 100."),
    )


class OpportunitySearch(Given):
    """What is looked for."""

    search: str | None = Field(None, description=_("Words, each of which a call has to have."))
    filters: OpportunityFilters | None = None
    sorting: OpportunitySorting | None = None
    pagination: SearchPaging | None = None


class SortInfo(Schema):
    """In which order the calls are."""

    sortBy: str  # noqa: N815
    sortOrder: Order  # noqa: N815
    errors: list[str]


class FilterInfo(Schema):
    """What the calls were filtered by, and what they could not be filtered by."""

    filters: OpportunityFilters
    errors: list[str]


class OpportunitiesFound(Schema):
    """One page of what was found."""

    status: Literal[200] = 200
    message: Literal["Success"] = "Success"
    items: list[Opportunity]
    paginationInfo: PageInfo  # noqa: N815
    sortInfo: SortInfo  # noqa: N815
    filterInfo: FilterInfo  # noqa: N815


_KEYS: dict[str, Callable[[Call], Any]] = {
    "lastModifiedAt": lambda call: call.changed_at,
    "createdAt": lambda call: call.announced_at,
    "title": str,
    "status.value": lambda call: status_of(call).value,
    "keyDates.closeDate": lambda call: call.deadline_at,
    "funding.totalAmountAvailable": lambda call: call.budget_won,
    "funding.estimatedAwardCount": lambda call: call.places,
}


@router.post(
    "/common-grants/opportunities/search",
    response=OpportunitiesFound,
    exclude_none=True,
    summary=_("Search the calls that are announced, as CommonGrants opportunities"),
)
def search(request: HttpRequest, wanted: OpportunitySearch) -> OpportunitiesFound:
    """Also those that ended or were cancelled; filter by status to leave them out."""
    filters = wanted.filters or OpportunityFilters()
    tests, faults = _tests(filters)
    words = " ".join(clean(wanted.search or "").split()[:MOST_WORDS])
    announced = queries.public_calls().prefetch_related("rounds")
    calls = [
        call
        for call in queries.narrowed(announced, {"words": words}, timezone.now())
        if all(test(call) for test in tests)
    ]
    info = _order(wanted.sorting or OpportunitySorting())
    paging = wanted.pagination or SearchPaging()
    size = min(paging.pageSize, MOST_ON_A_PAGE)
    first = (paging.page - 1) * size
    page = _sorted(calls, info)[first : first + size]
    return OpportunitiesFound(
        items=[opportunity_of(call) for call in page],
        paginationInfo=PageInfo(
            page=paging.page,
            pageSize=size,
            totalItems=len(calls),
            totalPages=-(-len(calls) // size),
        ),
        sortInfo=info,
        filterInfo=FilterInfo(filters=filters, errors=faults),
    )


def _tests(filters: OpportunityFilters) -> tuple[list[Callable[[Call], bool]], list[str]]:
    """What a call has to pass, and what of the filters is left out."""
    tests: list[Callable[[Call], bool]] = []
    faults = [
        gettext("%(name)s: not known of calls here, so nothing is filtered by it.") % {"name": name}
        for name in _unknown(filters)
    ]
    if wanted := filters.status:
        words, is_in = set(wanted.value), wanted.operator == "in"
        tests.append(lambda call: (status_of(call).value in words) == is_in)
    if money := filters.totalFundingAvailableRange:
        tests.append(_money_test(money))
    if days := filters.closeDateRange:
        try:
            tests.append(_date_test(days))
        except ValueError:
            faults.append(
                gettext("%(name)s: this is no day or moment, so nothing is filtered by it.")
                % {"name": "closeDateRange"}
            )
    return tests, faults


def _unknown(filters: OpportunityFilters) -> Iterator[str]:
    for name in ("minAwardAmountRange", "maxAwardAmountRange"):
        if getattr(filters, name):
            yield name
    yield from filters.customFilters or ()


def _money_test(wanted: MoneyRange) -> Callable[[Call], bool]:
    low, high = wanted.value.min, wanted.value.max
    is_won = low.currency == high.currency == "KRW"
    between = wanted.operator == "between"
    bounds = Decimal(low.amount), Decimal(high.amount)

    def test(call: Call) -> bool:
        if not is_won or call.budget_won is None:
            return False
        return (bounds[0] <= call.budget_won <= bounds[1]) == between

    return test


def _date_test(wanted: DateRange) -> Callable[[Call], bool]:
    low, high = _day(wanted.value.min), _day(wanted.value.max)
    between = wanted.operator == "between"

    def test(call: Call) -> bool:
        if call.deadline_at is None:
            return False
        return (low <= localtime(call.deadline_at).date() <= high) == between

    return test


def _day(text: str) -> date:
    """The day in Seoul of a day or moment. Raises ValueError."""
    if len(text) == len("2026-01-01"):
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    try:
        return localtime(moment).date() if moment.tzinfo else moment.date()
    except OverflowError:
        return moment.date()


def _order(wanted: OpportunitySorting) -> SortInfo:
    """The order in which calls are listed: the last changed first unless another is known."""
    faults = []
    name = wanted.sortBy if isinstance(wanted.sortBy, str) else ""
    if name not in _KEYS:
        faults.append(gettext("Calls cannot be sorted by this: the last changed come first."))
        return SortInfo(sortBy="lastModifiedAt", sortOrder="desc", errors=faults)
    usual: Order = "desc" if name == "lastModifiedAt" else "asc"
    return SortInfo(sortBy=name, sortOrder=wanted.sortOrder or usual, errors=faults)


def _sorted(calls: Iterable[Call], info: SortInfo) -> list[Call]:
    """In the order that was asked for; those without a value come last."""
    key = _KEYS[info.sortBy]
    by_number = sorted(calls, key=lambda call: call.pk)
    there = [call for call in by_number if key(call) is not None]
    absent = [call for call in by_number if key(call) is None]
    return sorted(there, key=key, reverse=info.sortOrder == "desc") + absent
