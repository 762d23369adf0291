"""Pairs: the list, one of them, and each step that the two firms and the coordinator take."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.mentoring import operations, permissions, presenters, queries
from dure.apps.mentoring.forms import (
    EndForm,
    GoalsForm,
    PairsFilter,
    ReviewForm,
    SessionForm,
    WhyForm,
)
from dure.apps.mentoring.kinds import Part
from dure.apps.mentoring.models import Pair
from dure.apps.mentoring.pages import crumbs, seen_pair
from dure.apps.people.queries import organisations_of, people_in_any
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.ui.listing import in_order, list_page

SORTS = {
    "mentor": ("mentor__name", "pk"),
    "mentee": ("mentee__name", "pk"),
    "ends": ("ends_on", "pk"),
    "proposed": ("proposed_at", "pk"),
}


@require_safe
@login_required
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs that the reader sees, and what the own firm can do; also as Excel."""
    form, user = PairsFilter(request.GET), request.user
    rows = form.narrow(queries.pairs_visible_to(user))
    return list_page(
        request,
        "mentoring/pairs.html",
        in_order(rows, request.GET.get("sort"), SORTS, "-proposed"),
        form=form,
        per_page=30,
        sheet=presenters.pairs_sheet,
        people=lambda shown_pairs: people_in_any(
            [pk for pair in shown_pairs for pk in (pair.mentor_id, pair.mentee_id)]
        ),
        context=lambda page: {
            "rows": presenters.pair_rows(page),
            "firms": [
                {
                    "firm": firm,
                    "profile": queries.own_profile(firm),
                    "case": queries.open_case_of(firm),
                    "may_keep": permissions.may_keep_profile(user, firm),
                }
                for firm in organisations_of(user)
            ],
            "may_coordinate": permissions.may_coordinate(user),
            "may_search": permissions.may_search_profiles(user),
            "breadcrumb": [{"label": _("Mentoring")}],
        },
    )


@require_safe
@login_required
def figures(request: HttpRequest) -> HttpResponse:
    """All pairs in figures, and who looks after how many firms."""
    or_404(permissions.may_see_figures(request.user))
    context = {
        "figures": presenters.figures(),
        "caseloads": presenters.caseloads(),
        "breadcrumb": crumbs(_("Figures")),
    }
    return render(request, "mentoring/figures.html", context)


@require_safe
@login_required
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair: who, why, goals, sessions, reviews."""
    shown, user, today = seen_pair(request, pk), request.user, localdate()
    context = {
        "pair": shown,
        "tone": presenters.tone_of(shown.stage),
        "stages": presenters.stages_of(shown),
        "strength": presenters.strength_of(shown),
        "reasons": presenters.reasons_of(shown.reasons),
        "answers": presenters.answers_of(shown),
        "goals": shown.goals.all(),
        "sessions": shown.sessions.select_related("by"),
        "reviews": presenters.reviews_of(shown, user, today),
        "side": queries.side_of(user, shown),
        "may_answer": permissions.may_answer(user, shown),
        "may_set_goals": permissions.may_set_goals(user, shown),
        "may_confirm": permissions.may_confirm(user, shown),
        "may_note_session": permissions.may_note_session(user, shown),
        "may_end": permissions.may_end(user, shown),
        "may_break_off": permissions.may_break_off(user, shown),
        "breadcrumb": crumbs(str(shown)),
    }
    return render(request, "mentoring/pair.html", context)


@require_POST
@login_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes to a proposal."""
    shown = seen_pair(request, pk)
    with flash_outcome(request, _("Your firm has said yes. The others are told.")):
        operations.answer(pair=shown, is_yes=True, by=request.user, at=timezone.now())
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no to a proposal."""
    shown = seen_pair(request, pk)
    or_404(permissions.may_answer(request.user, shown))

    def act(values: dict[str, Any]) -> None:
        operations.answer(pair=shown, is_yes=False, by=request.user, at=timezone.now(), **values)

    form = WhyForm(sent(request))
    return _step(request, shown, form, act, _("Decline"), _("Saved. The others are told."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def goals(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the goals and the term."""
    shown = seen_pair(request, pk)
    or_404(permissions.may_set_goals(request.user, shown))
    form = GoalsForm(sent(request), pair=shown)

    def act(values: dict[str, Any]) -> None:
        operations.set_goals(
            pair=shown, goals=form.goals(), starts_on=values["starts_on"],
            ends_on=values["ends_on"], by=request.user, at=timezone.now(),
        )  # fmt: skip

    return _step(
        request, shown, form, act, _("Goals and term"),
        _("Saved. The other side is asked to confirm."), field="ends_on",
    )  # fmt: skip


@require_POST
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the goals that stand on the page."""
    shown = seen_pair(request, pk)
    seen_at = _moment(request.POST.get("seen_at", ""))
    with flash_outcome(request, _("Confirmed.")):
        operations.confirm(pair=shown, seen_at=seen_at, by=request.user, at=timezone.now())
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a session."""
    shown = seen_pair(request, pk)
    or_404(permissions.may_note_session(request.user, shown))

    def act(values: dict[str, Any]) -> None:
        operations.note_session(pair=shown, by=request.user, at=timezone.now(), **values)

    form = SessionForm(sent(request))
    return _step(
        request, shown, form, act, _("Note a session"), _("Noted. The others are told."), field="on"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Write the review of one's firm."""
    shown = seen_pair(request, pk)
    if part.upper() not in Part.values:
        raise Http404
    wanted = Part(part.upper())
    or_404(permissions.may_review(request.user, shown, wanted, localdate()))

    def act(values: dict[str, Any]) -> None:
        operations.review(pair=shown, part=wanted, by=request.user, at=timezone.now(), **values)

    form = ReviewForm(sent(request), part=wanted)
    done = _("Saved. The other firm reads it once it has written its own.")
    return _step(request, shown, form, act, str(wanted.label), done)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete a mentoring."""
    shown = seen_pair(request, pk)
    or_404(permissions.may_end(request.user, shown))

    def act(values: dict[str, Any]) -> None:
        operations.end(pair=shown, by=request.user, at=timezone.now(), **values)

    form = EndForm(sent(request), pair=shown)
    return _step(request, shown, form, act, _("Complete the mentoring"), _("It is completed."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def break_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Break a mentoring off, or take a proposal back."""
    shown = seen_pair(request, pk)
    or_404(permissions.may_break_off(request.user, shown))

    def act(values: dict[str, Any]) -> None:
        operations.break_off(pair=shown, by=request.user, at=timezone.now(), **values)

    form = WhyForm(sent(request))
    return _step(request, shown, form, act, _("Break off"), _("Saved. The others are told."))


def _step(
    request: HttpRequest, shown: Pair, form: forms.Form, act: Any, title: str, done: str,
    field: str | None = None,
) -> HttpResponse:  # fmt: skip
    return form_page(
        request, form, act, title=title, lead=str(shown), button=_("Save"), done=done, field=field,
        back=shown.get_absolute_url(), breadcrumb=crumbs(title, thing=shown),
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    """The moment that the page wrote; None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if timezone.is_aware(moment) else None
