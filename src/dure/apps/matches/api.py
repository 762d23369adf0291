"""Suggestions and answers for programs; each operation needs a key."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Schema

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import needs_visible_to, technologies_visible_to
from dure.apps.matches import queries
from dure.apps.matches.models import (
    Answer,
    AnswerKind,
    Direction,
    NotForUs,
    Side,
    Strength,
    Suggestion,
)
from dure.apps.matches.permissions import may_read_all_answers, may_see_matches
from dure.apps.matches.presenters import cards
from dure.foundation.api import LONGEST_LIST, Id, Page, Paging, Text, offer_router

router = offer_router("matches", needs_key=True)


class Counterpart(Schema):
    """The need or the technology that was suggested."""

    id: int
    kind: Literal["need", "technology"]
    url: str = Field(description=_("The address of its page, without the host."))
    title: Text
    organisation: Text
    details: Literal["open", "under_nda"] = Field(
        description=_("“under_nda”: the details exist but open only under an agreement.")
    )


class ReasonItem(Schema):
    """One cause of a suggestion, or against it."""

    code: str
    effect: int = Field(description=_("1 speaks for the pair, -1 against it."))
    sentence: str = Field(description=_("The same in the language of Accept-Language."))


class SuggestionItem(Schema):
    """A need or a technology that was suggested, and why."""

    rank: int
    strength: Strength
    suggested: Counterpart
    headline: str = Field(description=_("Why, in one sentence in the language of Accept-Language."))
    reasons: list[ReasonItem]
    own_answer: AnswerKind | None = Field(description=_("What the asking side answered."))
    other_answer: AnswerKind | None = Field(
        description=_("What the other side answered; its interest only, unless staff asks.")
    )
    is_introduced: bool
    first_suggested_at: datetime
    suggested_at: datetime


class AnswerFilters(Paging):
    """What the list of answers is narrowed to."""

    kind: list[AnswerKind] = Field(
        [], max_length=LONGEST_LIST, description=_("Any of these answers.")
    )
    side: list[Side] = Field([], max_length=LONGEST_LIST, description=_("Any of these sides."))


class AnswerItem(Schema):
    """What one side said of a pair."""

    need: int = Field(description=_("The id of the need."))
    technology: int = Field(description=_("The id of the technology."))
    side: Side
    kind: AnswerKind
    why: NotForUs | None
    note: str | None
    rank_seen: int | None = Field(description=_("The rank of the suggestion when it was answered."))
    answered_at: datetime


@router.get(
    "/needs/{need_id}/suggestions",
    response=Page[SuggestionItem],
    operation_id="list_suggestions_for_need",
    summary=_("Technologies suggested for a need"),
    description=_("For the organisation of the need and for staff, best first."),
)
def suggestions_for_need(
    request: HttpRequest, need_id: Annotated[Id, Path()], paging: Query[Paging]
) -> Page[SuggestionItem]:
    need = get_object_or_404(needs_visible_to(request.user), pk=need_id)
    _require_own(request, need)
    rows = queries.suggestions_for_need(need, request.user)
    return Page[SuggestionItem].of(rows, paging, lambda row: _item(request, row))


@router.get(
    "/technologies/{technology_id}/suggestions",
    response=Page[SuggestionItem],
    operation_id="list_suggestions_for_technology",
    summary=_("Needs suggested for a technology"),
    description=_("For the organisation of the technology and for staff, best first."),
)
def suggestions_for_technology(
    request: HttpRequest, technology_id: Annotated[Id, Path()], paging: Query[Paging]
) -> Page[SuggestionItem]:
    technology = get_object_or_404(technologies_visible_to(request.user), pk=technology_id)
    _require_own(request, technology)
    rows = queries.suggestions_for_technology(technology, request.user)
    return Page[SuggestionItem].of(rows, paging, lambda row: _item(request, row))


@router.get(
    "/answers",
    response=Page[AnswerItem],
    operation_id="list_answers",
    summary=_("Answers to suggestions"),
    description=_("All answers for staff, newest first; for others those of their own side."),
)
def answer_list(request: HttpRequest, filters: Query[AnswerFilters]) -> Page[AnswerItem]:
    rows = queries.answers_visible_to(request.user)
    if filters.kind:
        rows = rows.filter(kind__in=filters.kind)
    if filters.side:
        rows = rows.filter(side__in=filters.side)
    return Page[AnswerItem].of(rows, filters, _answer_item)


def _require_own(request: HttpRequest, entry: Need | Technology) -> None:
    """Whoever sees an entry does not yet see what was suggested for it."""
    if not may_see_matches(request.user, entry):
        raise Http404


def _item(request: HttpRequest, row: Suggestion) -> SuggestionItem:
    is_for_need = row.direction == Direction.FOR_NEED
    own, entry = (row.need, row.technology) if is_for_need else (row.technology, row.need)
    answers = (row.demand_answer, row.supply_answer)
    near, far = answers if is_for_need else reversed(answers)
    if far != AnswerKind.INTERESTED and not may_read_all_answers(request.user):
        far = None
    card = cards.found(
        entry=entry,
        own=own,
        rank=row.rank,
        strength=row.strength,
        evidence=row.evidence,
        reader=request.user,
    )
    return SuggestionItem(
        rank=row.rank,
        strength=row.strength,
        suggested=Counterpart(
            id=entry.pk,
            kind="technology" if is_for_need else "need",
            url=card.url,
            title=Text.of(entry.title, entry.title_en, entry.language),
            organisation=Text.of(entry.organisation.name, entry.organisation.name_en),
            details="under_nda" if card.is_withheld else "open",
        ),
        headline=card.headline,
        reasons=[
            ReasonItem(code=reason.code, effect=reason.effect, sentence=reason.sentence)
            for reason in [*card.helps, *card.misfits]
        ],
        own_answer=near,
        other_answer=far,
        is_introduced=row.office_answer == AnswerKind.INTRODUCED,
        first_suggested_at=row.first_created_at,
        suggested_at=row.created_at,
    )


def _answer_item(answer: Answer) -> AnswerItem:
    return AnswerItem(
        need=answer.need_id,
        technology=answer.technology_id,
        side=answer.side,
        kind=answer.kind,
        why=answer.why or None,
        note=answer.note or None,
        rank_seen=answer.rank_seen,
        answered_at=answer.answered_at,
    )
