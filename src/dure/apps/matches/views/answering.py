"""Answers: given with one tap, taken back with another."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import needs_visible_to, technologies_visible_to
from dure.apps.matches import operations, queries
from dure.apps.matches.forms import AnswerForm, TakeBackForm
from dure.apps.matches.models import AnswerKind, Direction, Side, Suggestion
from dure.apps.matches.presenters.cards import cards
from dure.foundation.ui.answers import attempted


@require_POST
@login_required
def answer(request: HttpRequest) -> HttpResponse:
    """Keep what one side says of a pair; with htmx the card comes back as it stands now."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    pair, need, technology = _pair(request, form)
    with attempted() as outcome:
        operations.answer(
            need=need,
            technology=technology,
            kind=AnswerKind(pair["kind"]),
            why=pair["why"],
            note=pair["note"],
            by=request.user,
            at=timezone.now(),
            side=_side(pair),
        )
    return _reply(request, pair, need, technology, outcome.why_not)


@require_POST
@login_required
def take_back(request: HttpRequest) -> HttpResponse:
    """Undo one's side's answer; the card is open again."""
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    pair, need, technology = _pair(request, form)
    with attempted() as outcome:
        operations.take_back(
            need=need, technology=technology, by=request.user, at=timezone.now(), side=_side(pair)
        )
    return _reply(request, pair, need, technology, outcome.why_not)


def _pair(request: HttpRequest, form: AnswerForm) -> tuple[dict[str, Any], Need, Technology]:
    cleaned = form.cleaned_data
    need = get_object_or_404(needs_visible_to(request.user), pk=cleaned["need"])
    technology = get_object_or_404(technologies_visible_to(request.user), pk=cleaned["technology"])
    return cleaned, need, technology


def _side(values: dict[str, Any]) -> Side | None:
    return Side(values["side"]) if values["side"] else None


def _reply(
    request: HttpRequest,
    values: dict[str, Any],
    need: Need,
    technology: Technology,
    refusal: str | None,
) -> HttpResponse:
    suggestion = _suggestion(request, values, need, technology)
    if request.htmx and suggestion:
        need.refresh_from_db(fields=["stage"])
        [card] = cards([suggestion], request.user)
        context = {
            "card": card,
            "refusal": refusal,
            "here": values["next"],
            "is_folded": values["is_folded"],
            "left": queries.suggestions_for_user(request.user).count(),
        }
        return render(request, "matches/_answered.html", context)
    if refusal:
        messages.error(request, refusal)
    back = _back(request, values["next"], suggestion)
    return HttpResponseClientRedirect(back) if request.htmx else HttpResponseRedirect(back)


def _back(request: HttpRequest, wished: str, suggestion: Suggestion | None) -> str:
    """The page the answer came from; one question at a time also says what was just answered."""
    if not url_has_allowed_host_and_scheme(wished, allowed_hosts={request.get_host()}):
        return reverse("matches:inbox")
    path, _, query = wished.partition("?")
    asked = QueryDict(query, mutable=True)
    if suggestion and "one" in asked:
        asked["did"] = str(suggestion.pk)
    return f"{path}?{asked.urlencode()}" if asked else path


def _suggestion(
    request: HttpRequest, values: dict[str, Any], need: Need, technology: Technology
) -> Suggestion | None:
    if values["direction"] == Direction.FOR_TECHNOLOGY:
        suggestions = queries.suggestions_for_technology(technology, request.user).filter(need=need)
    else:
        suggestions = queries.suggestions_for_need(need, request.user).filter(technology=technology)
    return suggestions.first()
