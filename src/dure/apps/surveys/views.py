"""Surveys: the list, one with its answers, an answer being written, one need being allotted."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.people.queries import people_in_any
from dure.apps.surveys import operations, permissions, presenters, queries
from dure.apps.surveys.forms import AllotForm, BodiesForm, SurveyForm, WishesForm, WishForm
from dure.apps.surveys.models import Asked, Survey, Wish
from dure.apps.surveys.stages import AskedStage, WishStage
from dure.foundation.parsing import row_id
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.ui.form_page import show_form
from dure.foundation.ui.listing import list_page

ON_A_PAGE = 50


@require_safe
@login_required
def survey_list(request: HttpRequest) -> HttpResponse:
    """The surveys that a reader runs, asks or is asked by."""
    return list_page(
        request,
        "surveys/surveys.html",
        queries.surveys_visible_to(request.user),
        per_page=ON_A_PAGE,
        context=lambda page: {
            "title": _("Demand surveys"),
            "breadcrumb": presenters.crumbs(None),
            "rows": [{"survey": survey, "rate": presenters.rate(survey)} for survey in page],
            "may_run": permissions.may_run(request.user),
            "to_answer": queries.to_answer(request.user, timezone.now()),
        },
    )


@require_safe
@login_required
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: how many answered, who has not, what is needed; the needs also as Excel."""
    shown, user = _survey(request, pk), request.user
    form = WishesForm(request.GET)
    narrowed = form.narrow(queries.wishes_visible_to(user).filter(asked__survey=shown))
    asked = queries.asked_visible_to(user).filter(survey=shown)
    return list_page(
        request,
        "surveys/survey.html",
        narrowed.order_by("pk"),
        per_page=ON_A_PAGE,
        form=form,
        sheet=presenters.wish_sheet,
        people=lambda wishes: people_in_any(wishes.order_by().values("asked__organisation")),
        context=lambda page: {
            "title": str(shown),
            "breadcrumb": presenters.crumbs(shown),
            "survey": shown,
            "rate": presenters.rate(shown),
            "asked": presenters.asked_rows(asked),
            "rows": presenters.wish_rows(page),
            "allotted": [
                {"label": place, "value": count} for place, count in queries.allotted(shown)
            ],
            "is_office": bool(permissions.may_run(user)),
            "may_ask": permissions.may_ask(user, shown),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a survey."""
    _office_only(request)
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            made = operations.open_survey(**form.cleaned_data, by=request.user, at=timezone.now())
        if outcome.is_done:
            return redirect("surveys:ask", made.pk)
    return show_form(
        request, form, title=_("New survey"), breadcrumb=presenters.crumbs(None, _("New survey")),
        back=reverse("surveys:list"), button=_("Open it"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the bodies that are asked."""
    _office_only(request)
    shown = _survey(request, pk)
    form = BodiesForm(request.POST or None, bodies=queries.bodies_to_ask(shown))
    if request.method == "POST" and form.is_valid():
        with flash_outcome(request, _("They are asked, and told so.")):
            operations.ask(survey=shown, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("surveys:survey", pk)
    return show_form(
        request, form, title=_("Ask bodies"), breadcrumb=presenters.crumbs(shown, _("Ask bodies")),
        back=reverse("surveys:survey", args=[pk]), button=_("Ask them"),
    )  # fmt: skip


@login_required
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind everybody who has not answered."""
    _office_only(request)
    with flash_outcome(request) as outcome:
        reminded = operations.remind(
            survey=_survey(request, pk), by=request.user, at=timezone.now()
        )
        outcome.done = ngettext(
            "%(count)s body was reminded.", "%(count)s bodies were reminded.", len(reminded)
        ) % {"count": len(reminded)}
    return redirect("surveys:survey", pk)


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a survey."""
    _office_only(request)
    with flash_outcome(request, _("The survey is closed.")):
        operations.close(survey=_survey(request, pk), by=request.user)
    return redirect("surveys:survey", pk)


@login_required
@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Make drafts in the catalogue out of the ticked needs."""
    _office_only(request)
    named = (row_id(text) for text in request.POST.getlist("ids"))
    ids = [ticked_pk for ticked_pk in named if ticked_pk is not None]
    ticked = queries.wishes_visible_to(request.user).filter(asked__survey=pk, pk__in=ids[:500])
    with flash_outcome(request) as outcome:
        made = operations.take_in(wishes=ticked, by=request.user, at=timezone.now())
        outcome.done = ngettext(
            "%(count)s need is a draft in the catalogue now.",
            "%(count)s needs are drafts in the catalogue now.",
            len(made),
        ) % {"count": len(made)}
    return redirect("surveys:survey", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer of one body: written need by need, then handed in."""
    shown, user, now = _asked(request, pk), request.user, timezone.now()
    may_write = permissions.may_write(user, shown, now)
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.write_wish(asked=shown, text=form.text(), by=user, at=now)
        if outcome.is_done:
            return redirect("surveys:answer", pk)
    context = {
        "title": str(shown.organisation),
        "breadcrumb": presenters.crumbs(shown.survey, str(shown.organisation)),
        "asked": shown,
        "survey": shown.survey,
        "tone": presenters.TONES[AskedStage(shown.stage)],
        "rows": presenters.wish_rows(queries.wishes_visible_to(user).filter(asked=shown)),
        "form": form,
        "may_write": may_write,
        "may_answer": permissions.may_answer(user, shown, now),
    }
    return render(request, "surveys/answer.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an answer in, or say that nothing is needed."""
    shown = _asked(request, pk)
    with flash_outcome(request, _("Handed in. Thank you; you are told where each need goes.")):
        operations.answer(
            asked=shown, needs_nothing="nothing" in request.POST, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    return redirect("surveys:answer", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """One need: what it says, where it goes and why; the office allots it here."""
    shown, user = _wish(request, pk), request.user
    survey = shown.asked.survey
    start = {"ministry": shown.ministry_id, "programme": shown.programme_id, "reason": shown.reason}
    form = AllotForm(request.POST or None, survey=survey, initial=start)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.allot(wish=shown, **form.cleaned_data, by=user, at=timezone.now())
        if outcome.is_done:
            return redirect("surveys:wish", pk)
    context = {
        "title": shown.title,
        "breadcrumb": presenters.crumbs(survey, shown.title),
        "wish": shown,
        "place": presenters.place_of(shown),
        "tone": presenters.TONES[WishStage(shown.stage)],
        "form": form,
        "is_office": bool(permissions.may_run(user)),
        "may_allot": permissions.may_decide(user, shown, WishStage.ALLOTTED),
        "may_leave_out": permissions.may_decide(user, shown, WishStage.LEFT_OUT),
        "may_take_in": permissions.may_take_in(user, shown),
    }
    return render(request, "surveys/wish.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a need is not taken up."""
    shown = _wish(request, pk)
    with flash_outcome(request, _("It is not taken up; its body reads your reason.")):
        reason = request.POST.get("reason", "")
        operations.leave_out(wish=shown, reason=reason, by=request.user, at=timezone.now())
    return redirect("surveys:wish", pk)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a need out of an answer that is not handed in."""
    shown = _wish(request, pk)
    with flash_outcome(request, _("Taken out.")):
        operations.remove_wish(wish=shown, by=request.user, at=timezone.now())
    return redirect("surveys:answer", shown.asked_id)


def _office_only(request: HttpRequest) -> None:
    or_404(permissions.may_run(request.user))


def _survey(request: HttpRequest, pk: int) -> Survey:
    return get_object_or_404(queries.surveys_visible_to(request.user), pk=pk)


def _asked(request: HttpRequest, pk: int) -> Asked:
    return get_object_or_404(queries.asked_visible_to(request.user), pk=pk)


def _wish(request: HttpRequest, pk: int) -> Wish:
    return get_object_or_404(queries.wishes_visible_to(request.user), pk=pk)
