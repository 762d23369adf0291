"""Organisations for programs."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Schema

from dure.apps.people import queries
from dure.apps.people.models import Organisation, OrganisationKind
from dure.foundation import vocabularies
from dure.foundation.api import LONGEST_LIST, NO_NUL, Id, Page, Paging, Text, offer_router

router = offer_router("organisations")

RegionCode = Literal[tuple(vocabularies.entries("regions"))]
ORDERS = {"name": ("name", "pk"), "-name": ("-name", "-pk")}


class OrganisationFilters(Paging):
    """What the list of organisations is narrowed to."""

    q: str = Field(
        "",
        max_length=200,
        pattern=NO_NUL,
        description=_("A part of the name, in either language, or the first digits of the number."),
        json_schema_extra={"example": "중공업"},
    )
    kind: list[OrganisationKind] = Field(
        [], max_length=LONGEST_LIST, description=_("Any of these kinds of organisations.")
    )
    region: list[RegionCode] = Field(
        [], max_length=LONGEST_LIST, description=_("Any of these regions.")
    )
    business_number: str = Field(
        "",
        pattern=r"^([0-9]{10})?$",
        description=_("Exactly this business registration number, ten digits."),
    )
    sort: Literal["name", "-name"] = Field(
        "name", description=_("The order; a minus turns it round.")
    )


class OrganisationItem(Schema):
    """An organisation that takes part."""

    id: int
    name: Text
    business_number: str | None = Field(description=_("Korean business registration number."))
    kind: OrganisationKind
    group: str | None = Field(description=_("The group of companies it belongs to."))
    region: str | None = Field(description=_("A code of the vocabulary “regions”."))
    industry: str | None = Field(description=_("A code of the Korean industry classification."))
    founded: int | None = Field(description=_("A year."))
    employees: int | None
    summary: Text | None
    is_invented: bool = Field(description=_("True where it exists for the demonstration only."))
    verified_at: datetime | None

    @classmethod
    def of(cls, organisation: Organisation) -> "OrganisationItem":
        return cls(
            id=organisation.pk,
            name=Text.of(organisation.name, organisation.name_en),
            business_number=organisation.business_number,
            kind=organisation.kind,
            group=organisation.group.name if organisation.group else None,
            region=organisation.region or None,
            industry=organisation.industry or None,
            founded=organisation.founded,
            employees=organisation.employees,
            summary=Text.of(organisation.summary, organisation.summary_en),
            is_invented=organisation.is_invented,
            verified_at=organisation.verified_at,
        )


@router.get(
    "/organisations",
    response=Page[OrganisationItem],
    operation_id="list_organisations",
    summary=_("Organisations, filtered"),
)
def organisation_list(
    request: HttpRequest, filters: Query[OrganisationFilters]
) -> Page[OrganisationItem]:
    organisations = queries.narrowed(
        queries.organisations_visible_to(request.user),
        words=filters.q,
        kinds=filters.kind,
        regions=filters.region,
    )
    if filters.business_number:
        organisations = organisations.filter(business_number=filters.business_number)
    return Page[OrganisationItem].of(
        organisations.order_by(*ORDERS[filters.sort]), filters, OrganisationItem.of
    )


@router.get(
    "/organisations/{organisation_id}",
    response=OrganisationItem,
    operation_id="get_organisation",
    summary=_("One organisation"),
)
def organisation_detail(
    request: HttpRequest, organisation_id: Annotated[Id, Path()]
) -> OrganisationItem:
    visible = queries.organisations_visible_to(request.user)
    return OrganisationItem.of(get_object_or_404(visible, pk=organisation_id))
