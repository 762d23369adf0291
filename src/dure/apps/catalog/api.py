"""Needs and technologies for programs: the same lists, filters and secrets as on the pages."""

from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.utils.translation import override
from ninja import Field, Path, Query, Schema

from dure.apps.catalog import operations, queries
from dure.apps.catalog.forms.filters import ArrangeForm, FilterForm
from dure.apps.catalog.models import Cooperation, Need, Technology, Visibility
from dure.apps.catalog.permissions import may_read_inside
from dure.apps.catalog.presenters.kinds import NEEDS, TECHNOLOGIES, EntryPages
from dure.apps.catalog.stages import NeedStage, TechnologyStage
from dure.apps.people.models import Organisation, OrganisationKind
from dure.foundation import vocabularies
from dure.foundation.api import LONGEST_LIST, NO_NUL, Digits, Id, Page, Paging, Text, offer_router

router = offer_router("catalog")

FieldCode = Literal[tuple(vocabularies.entries("fields"))]
RegionCode = Literal[tuple(vocabularies.entries("regions"))]
Sort = Literal[
    "-published", "published", "title", "-title", "organisation", "-organisation", "trl", "-trl"
]
Trl = Annotated[int, Field(ge=1, le=9), Digits]


class EntryFilters(Paging):
    """What a list is narrowed to; the names are those of the pages."""

    q: str = Field(
        "",
        max_length=200,
        pattern=NO_NUL,
        description=_("Words that must all occur; a beginning of a word is enough."),
        json_schema_extra={"example": "폐열 회수"},
    )
    field: list[FieldCode] = Field(
        [], max_length=LONGEST_LIST, description=_("Any of these fields of the roadmap.")
    )
    trl_from: Trl = Field(
        1, description=_("Lowest readiness; from 2 on, entries without one are left out.")
    )
    trl_to: Trl = Field(
        9, description=_("Highest readiness; below 9, entries without one are left out.")
    )
    region: list[RegionCode] = Field(
        [],
        max_length=LONGEST_LIST,
        description=_("Any of these regions, of the entry or else of its organisation."),
    )
    cooperation: list[Cooperation] = Field(
        [], max_length=LONGEST_LIST, description=_("Any of these forms of cooperation.")
    )
    organisation_kind: list[OrganisationKind] = Field(
        [], max_length=LONGEST_LIST, description=_("Any of these kinds of organisations.")
    )
    visibility: list[Visibility] = Field(
        [], max_length=LONGEST_LIST, description=_("Any of these visibilities.")
    )
    organisation: list[Id] = Field(
        [], max_length=LONGEST_LIST, description=_("Any of these organisations, by id.")
    )
    sort: Sort = Field("-published", description=_("The order; a minus turns it round."))


class NeedFilters(EntryFilters):
    """What a list of needs is narrowed to."""

    status: list[NeedStage] = Field(
        [],
        max_length=LONGEST_LIST,
        description=_("Any of these stages that you may see."),
    )


class TechnologyFilters(EntryFilters):
    """What a list of technologies is narrowed to."""

    status: list[TechnologyStage] = Field(
        [],
        max_length=LONGEST_LIST,
        description=_("Any of these stages that you may see."),
    )


class Owner(Schema):
    """The organisation behind an entry."""

    id: int
    name: Text
    kind: OrganisationKind
    region: str | None

    @classmethod
    def of(cls, organisation: Organisation) -> "Owner":
        return cls(
            id=organisation.pk,
            name=Text.of(organisation.name, organisation.name_en),
            kind=organisation.kind,
            region=organisation.region or None,
        )


class EntryItem(Schema):
    """What needs and technologies have in common."""

    id: int
    url: str = Field(description=_("The address of its page, without the host."))
    external_id: str | None = Field(
        description=_("The number in its owner's own files; for its owner and staff only.")
    )
    title: Text
    body: Text | None
    field: str | None = Field(description=_("A code of the vocabulary “fields”."))
    keywords: list[str]
    trl: int | None
    region: str | None = Field(description=_("A code of the vocabulary “regions”."))
    cooperation: list[Cooperation]
    organisation: Owner
    visibility: Visibility
    details: Literal["open", "under_nda"] = Field(
        description=_("“under_nda”: the details exist but open only under an agreement.")
    )
    source: str | None
    published_at: datetime | None
    updated_at: datetime


class NeedItem(EntryItem):
    """A need: what a demand organisation is looking for."""

    status: NeedStage
    requirements: str | None
    budget: int | None = Field(description=_("Whole won."))
    currency: Literal["KRW"]


class TechnologyItem(EntryItem):
    """A technology: what a small firm or an institute can do."""

    status: TechnologyStage
    track_record: str | None


class Word(Schema):
    """A code and its names."""

    code: str
    ko: str
    en: str
    group: str | None


class Vocabularies(Schema):
    """Every code that occurs in the other answers, with its names in both languages."""

    fields: list[Word]
    regions: list[Word]
    organisation_kinds: list[Word]
    cooperation: list[Word]
    visibility: list[Word]
    need_stages: list[Word]
    technology_stages: list[Word]


@router.get(
    "/needs", response=Page[NeedItem], operation_id="list_needs", summary=_("Needs, filtered")
)
def need_list(request: HttpRequest, filters: Query[NeedFilters]) -> Page[NeedItem]:
    return _page(request, NEEDS, filters, Page[NeedItem])


@router.get("/needs/{need_id}", response=NeedItem, operation_id="get_need", summary=_("One need"))
def need_detail(request: HttpRequest, need_id: Annotated[Id, Path()]) -> NeedItem:
    need = get_object_or_404(_readable(request, NEEDS), pk=need_id)
    operations.note_access(entries=[need], by=request.user, at=timezone.now())
    return need_item(request, need)


@router.get(
    "/technologies",
    response=Page[TechnologyItem],
    operation_id="list_technologies",
    summary=_("Technologies, filtered"),
)
def technology_list(
    request: HttpRequest, filters: Query[TechnologyFilters]
) -> Page[TechnologyItem]:
    return _page(request, TECHNOLOGIES, filters, Page[TechnologyItem])


@router.get(
    "/technologies/{technology_id}",
    response=TechnologyItem,
    operation_id="get_technology",
    summary=_("One technology"),
)
def technology_detail(request: HttpRequest, technology_id: Annotated[Id, Path()]) -> TechnologyItem:
    entry = get_object_or_404(_readable(request, TECHNOLOGIES), pk=technology_id)
    operations.note_access(entries=[entry], by=request.user, at=timezone.now())
    return technology_item(request, entry)


@router.get(
    "/vocabularies",
    response=Vocabularies,
    operation_id="get_vocabularies",
    summary=_("Codes and their names"),
)
def vocabulary_list(request: HttpRequest) -> Vocabularies:
    return _vocabularies()


def need_item(request: HttpRequest, need: Need) -> NeedItem:
    """A need as far as the reader may open it."""
    need = queries.redacted_for(request.user, need)
    return NeedItem(
        **_common(request, NEEDS, need),
        requirements=need.requirements or None,
        budget=need.budget,
        currency="KRW",
    )


def technology_item(request: HttpRequest, technology: Technology) -> TechnologyItem:
    """A technology as far as the reader may open it."""
    technology = queries.redacted_for(request.user, technology)
    return TechnologyItem(
        **_common(request, TECHNOLOGIES, technology),
        track_record=technology.track_record or None,
    )


def _common(request: HttpRequest, kind: EntryPages, entry: Need | Technology) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "url": kind.url("detail", entry.pk),
        "external_id": entry.external_id or None if may_read_inside(request.user, entry) else None,
        "title": Text.of(entry.title, entry.title_en, entry.language),
        "body": None if entry.is_redacted else Text.of(entry.body, entry.body_en, entry.language),
        "field": entry.field or None,
        "keywords": entry.keywords,
        "trl": entry.trl,
        "region": entry.region or None,
        "cooperation": entry.cooperation,
        "organisation": Owner.of(entry.organisation),
        "visibility": entry.visibility,
        "details": "under_nda" if entry.is_redacted else "open",
        "source": entry.source or None,
        "status": entry.stage,
        "published_at": entry.published_at,
        "updated_at": entry.updated_at,
    }


def _readable(request: HttpRequest, kind: EntryPages) -> QuerySet:
    return kind.visible_to(request.user).defer("search")


def _page(request: HttpRequest, kind: EntryPages, filters: EntryFilters, page: type[Page]) -> Page:
    query = request.GET.copy()
    for name, bound in (("trl_from", 1), ("trl_to", 9)):
        if getattr(filters, name) == bound:
            query.pop(name, None)  # the whole range narrows nothing
    chosen = FilterForm(query, kind=kind, reader=request.user)
    entries = chosen.narrow(_readable(request, kind))
    if filters.organisation:
        entries = entries.filter(organisation__in=filters.organisation)
    if filters.status and not chosen.cleaned_data["status"]:
        entries = entries.none()  # only stages that this reader cannot see
    arrange = ArrangeForm({"sort": filters.sort}, reader=request.user)
    rows = arrange.arrange(entries, chosen.found)
    to_item = need_item if kind is NEEDS else technology_item
    shown: list[Need | Technology] = []

    def item(entry: Need | Technology) -> NeedItem | TechnologyItem:
        shown.append(entry)
        return to_item(request, entry)

    answer = page.of(rows, filters, item)
    operations.note_access(entries=shown, by=request.user, at=timezone.now())
    return answer


@cache
def _vocabularies() -> Vocabularies:
    return Vocabularies(
        fields=_entries("fields"),
        regions=_entries("regions"),
        organisation_kinds=_labels(OrganisationKind),
        cooperation=_labels(Cooperation),
        visibility=_labels(Visibility),
        need_stages=_labels(NeedStage),
        technology_stages=_labels(TechnologyStage),
    )


def _entries(vocabulary: str) -> list[Word]:
    return [
        Word(code=entry.code, ko=entry.name_ko, en=entry.name_en, group=entry.group or None)
        for entry in vocabularies.entries(vocabulary).values()
    ]


def _labels(choices: Any) -> list[Word]:
    names: dict[str, dict[str, str]] = {}
    for language in ("ko", "en"):
        with override(language):
            for code, label in choices.choices:
                names.setdefault(code, {})[language] = str(label)
    return [Word(code=code, group=None, **name) for code, name in names.items()]
