"""Calls in the shapes of CommonGrants (base specification 0.4.0)."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from dure.apps.calls import queries
from dure.apps.calls.models import Call, Round
from dure.apps.calls.stages import State
from dure.foundation.api import Digits, offer_router

router = offer_router("common-grants")
MOST_ON_A_PAGE = 100
INT32 = 2**31 - 1
# What the specification calls the sizes of those who may apply.
APPLICANTS = {
    "small": "for_profit_small_business",
    "mid": "for_profit_not_small_business",
    "large": "for_profit_not_small_business",
}


class OpportunityStatus(Schema):
    """Where an opportunity is in its life."""

    value: Literal["forecasted", "open", "closed", "custom"]
    customValue: str | None = None  # noqa: N815 -- the names of the specification
    description: str


class GrantMoney(Schema):
    """An amount of money."""

    amount: str
    currency: Literal["KRW"] = "KRW"


class OpportunityFunding(Schema):
    """What there is to give."""

    totalAmountAvailable: GrantMoney | None = None  # noqa: N815
    estimatedAwardCount: int | None = None  # noqa: N815


class GrantEvent(Schema):
    """A date of an opportunity, by the clock of Seoul."""

    # The hour stands in the description and in a field of its own: the specification has `time` without
    # an offset in its words and with one in its format, so no value holds by both.

    name: str
    eventType: Literal["singleDate", "other"]  # noqa: N815
    date: str | None = None
    details: str | None = None
    description: str | None = None


class OpportunityTimeline(Schema):
    """The dates of an opportunity."""

    postDate: GrantEvent  # noqa: N815
    closeDate: GrantEvent  # noqa: N815
    otherDates: dict[str, GrantEvent]  # noqa: N815


class ApplicantKind(Schema):
    """Who may apply."""

    value: str
    customValue: str | None = None  # noqa: N815


class CustomField(Schema):
    """What the specification has no field for."""

    name: str
    fieldType: Literal["string", "array"]  # noqa: N815
    value: str | list[str]
    description: str


class Opportunity(Schema):
    """A call that can be applied to."""

    id: UUID
    title: str
    status: OpportunityStatus
    description: str
    funding: OpportunityFunding
    keyDates: OpportunityTimeline  # noqa: N815
    acceptedApplicantTypes: list[ApplicantKind]  # noqa: N815
    source: str
    customFields: dict[str, CustomField]  # noqa: N815
    createdAt: datetime  # noqa: N815
    lastModifiedAt: datetime  # noqa: N815


class PageInfo(Schema):
    """Which part of the list this is."""

    page: int
    pageSize: int  # noqa: N815
    totalItems: int  # noqa: N815
    totalPages: int  # noqa: N815


class OpportunityList(Schema):
    """One page of opportunities."""

    status: Literal[200] = 200
    message: Literal["Success"] = "Success"
    items: list[Opportunity]
    paginationInfo: PageInfo  # noqa: N815


class OpportunityFound(Schema):
    """One opportunity."""

    status: Literal[200] = 200
    message: Literal["Success"] = "Success"
    data: Opportunity


class OpportunityMissing(Schema):
    """There is no such opportunity."""

    status: Literal[404] = 404
    message: str
    errors: list[str] = []


class OpportunityPaging(Schema):
    """Which part of a list is wanted."""

    page: Annotated[int, Field(ge=1, le=INT32), Digits] = Field(
        1, description=_("Page, the first is 1.")
    )
    pageSize: Annotated[int, Field(ge=1, le=INT32), Digits] = Field(  # noqa: N815
        MOST_ON_A_PAGE, description=_("How many on one page; never more than 100.")
    )


def opportunity_of(call: Call) -> Opportunity:
    return Opportunity(
        id=call.uid,
        title=str(call),
        status=status_of(call),
        description=call.shown_text,
        funding=OpportunityFunding(
            totalAmountAvailable=GrantMoney(amount=str(call.budget_won))
            if call.budget_won
            else None,
            estimatedAwardCount=call.places,
        ),
        keyDates=_dates(call),
        acceptedApplicantTypes=_applicants(call),
        source=settings.BASE_URL + reverse("calls:call", args=[call.pk]),
        customFields=_more(call),
        createdAt=call.announced_at,
        lastModifiedAt=call.changed_at,
    )


def status_of(call: Call) -> OpportunityStatus:
    state = queries.state_of(call, timezone.now())
    value = {State.OPEN: "open", State.TO_COME: "forecasted", State.CANCELLED: "custom"}
    is_off = state == State.CANCELLED
    return OpportunityStatus(
        value=value.get(state, "closed"),
        customValue="cancelled" if is_off else None,
        description=str(state.label),
    )


def _dates(call: Call) -> OpportunityTimeline:
    if call.deadline_at is None:
        closes = GrantEvent(
            name=gettext("Deadline"),
            eventType="other",
            details=gettext("Until the money is used up"),
        )
    else:
        closes = _date(gettext("Deadline"), call.deadline_at)
    others = {"opens": _date(gettext("Opens"), call.opens_at)}
    for call_round in call.rounds.all():
        others |= _round_dates(call_round)
    return OpportunityTimeline(
        postDate=_date(gettext("Announced"), call.announced_at), closeDate=closes, otherDates=others
    )


def _round_dates(call_round: Round) -> dict[str, GrantEvent]:
    return {
        f"round{call_round.number}Opens": _date(
            f"{call_round}: {gettext('Opens')}", call_round.opens_at
        ),
        f"round{call_round.number}Closes": _date(
            f"{call_round}: {gettext('Closes')}", call_round.deadline_at
        ),
    }


def _date(name: str, at: datetime) -> GrantEvent:
    seoul = localtime(at)
    return GrantEvent(
        name=name,
        eventType="singleDate",
        date=f"{seoul:%Y-%m-%d}",
        description=f"{seoul:%H:%M:%S} {settings.TIME_ZONE}",
    )


def _applicants(call: Call) -> list[ApplicantKind]:
    """Who may be the lead, by the programme's rule on sizes; everybody where there is none."""
    named = dict.fromkeys(APPLICANTS.get(size, size) for size in queries.sizes_of(call))
    known = set(APPLICANTS.values())
    return [
        ApplicantKind(value=kind)
        if kind in known
        else ApplicantKind(value="custom", customValue=kind)
        for kind in named
    ] or [ApplicantKind(value="organization")]


def _more(call: Call) -> dict[str, CustomField]:
    programme = call.version.programme
    fields = {
        "programme": CustomField(
            name="programme",
            fieldType="string",
            value=programme.slug,
            description=str(programme),
        ),
        "kind": CustomField(
            name="kind",
            fieldType="string",
            value=call.kind,
            description=call.get_kind_display(),
        ),
    }
    if call.deadline_at:
        fields["deadlineAt"] = CustomField(
            name="deadlineAt",
            fieldType="string",
            value=localtime(call.deadline_at).isoformat(timespec="seconds"),
            description=gettext("Deadline"),
        )
    if call.regions:
        fields["regions"] = CustomField(
            name="regions",
            fieldType="array",
            value=call.regions,
            description=gettext("Regions"),
        )
    return fields
