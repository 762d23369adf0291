"""What the office does with calls: draft, announce, add, answer, extend, end, hand over."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.apps.calls import operations, permissions, presenters, queries
from dure.apps.calls.forms import (
    AddendumForm,
    AnswerForm,
    CallForm,
    ExtensionForm,
    HandOverForm,
    LaterForm,
    RecommenderForm,
    VersionForm,
)
from dure.apps.calls.models import Call, CallMode, Proposal, Recommender
from dure.apps.calls.stages import CallStage
from dure.apps.programmes.queries import released_versions
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.ui.form_page import show_form
from dure.values.text import clean


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the programme that a call is opened for."""
    _office_only(request)
    form = VersionForm(request.POST or None, initial={"programme": request.GET.get("version")})
    if request.method == "POST" and form.is_valid():
        return redirect("calls:new", form.cleaned_data["programme"])
    return _form_page(request, None, form, _("New call"), _("Go on"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, version_id: int) -> HttpResponse:
    """Draft a call from a released version of a programme."""
    _office_only(request)
    version = get_object_or_404(released_versions(), pk=version_id)
    form = CallForm(request.POST or None, version=version, initial=_start(version))
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            made = operations.draft(
                version=version,
                values=form.values(),
                **form.pointed_to(),
                by=request.user,
                at=timezone.now(),
            )
            return redirect("calls:call", made.pk)
    title = _("New call: %(programme)s") % {"programme": version.programme}
    return _form_page(request, None, form, title, _("Save the draft"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    shown = _call(request, pk)
    or_404(permissions.may_edit(request.user, shown))
    form = CallForm(request.POST or None, version=shown.version, instance=shown)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            operations.edit(
                call=shown,
                values=form.values(),
                **form.pointed_to(),
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=timezone.now(),
            )
            return redirect("calls:call", pk)
    return _form_page(request, shown, form, _("Change the draft"), _("Save the draft"))


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce, give up, close early, or propose to cancel."""
    shown, stage = _call(request, pk), request.POST.get("stage", "")
    settled: dict[str, Any] = {"call": shown, "by": request.user, "at": timezone.now()}
    reason = clean(request.POST.get("reason", "")[:2000])
    if stage == CallStage.ANNOUNCED:
        with flash_outcome(request, _("The call is announced.")):
            operations.announce(**settled)
    elif stage == "DISCARD":
        with flash_outcome(request, _("The draft is given up.")) as outcome:
            operations.discard(**settled)
        if outcome.is_done:
            return redirect("calls:list")
    elif stage == CallStage.CLOSED_EARLY:
        with flash_outcome(request, _("The call is closed, and those who follow it are told.")):
            operations.close_early(**settled, reason=reason)
    elif stage == CallStage.CANCELLED:
        with flash_outcome(request, _("Proposed. A second officer confirms it.")):
            operations.propose_cancellation(**settled, reason=reason)
    else:
        raise Http404
    return redirect("calls:call", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce an addendum."""
    shown = _call(request, pk)
    return _on_call(
        request, shown, AddendumForm(request.POST or None), operations.add,
        title=_("Addendum"), button=_("Announce it"),
        done=_("The addendum is announced, and those who follow the call are told."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a later deadline for everybody."""
    shown = _call(request, pk)
    return _on_call(
        request, shown, LaterForm(request.POST or None), operations.propose_extension,
        title=_("A later deadline for all"), button=_("Propose it"),
        done=_("Proposed. A second officer confirms it."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one organisation a later deadline."""
    shown = _call(request, pk)
    form = ExtensionForm(request.POST or None, user=request.user)
    return _on_call(
        request, shown, form, operations.extend_for,
        title=_("A later deadline for one organisation"), button=_("Give it"),
        done=_("Given. The people of the organisation are told."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommenders(request: HttpRequest, pk: int) -> HttpResponse:
    """The bodies that recommend, and one more."""
    shown = _call(request, pk)
    form = RecommenderForm(request.POST or None, user=request.user)
    return _on_call(
        request, shown, form, operations.name_recommender,
        title=_("Recommending bodies"), button=_("Add it"),
        done=_("Its people are told."), back="calls:recommenders",
        template="calls/recommenders.html",
        recommenders=shown.recommenders.select_related("organisation"),
        may_name=permissions.may_name_recommenders(request.user, shown),
    )  # fmt: skip


@login_required
@require_POST
def drop_recommender(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a body off the list."""
    _office_only(request)
    dropped = get_object_or_404(Recommender, pk=pk)
    with flash_outcome(request, _("It recommends no more.")):
        operations.drop_recommender(recommender=dropped, by=request.user)
    return redirect("calls:recommenders", dropped.call_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Put another officer in charge, with everything that is open."""
    shown = _call(request, pk)
    form = HandOverForm(request.POST or None, call=shown)
    return _on_call(
        request, shown, form, operations.hand_over,
        title=_("Hand the call over"), button=_("Hand it over"),
        done=_("The successor is told, and finds what is open on the desk."),
        left_to_do=queries.open_things(shown, timezone.now()),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question to everybody."""
    _office_only(request)
    question = get_object_or_404(queries.questions_visible_to(request.user), pk=pk)
    form = AnswerForm(request.POST or None, initial={"published": question.text})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.answer(
                question=question, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect("calls:call", question.call_id)
    return _form_page(
        request, question.call, form, _("Answer a question"), _("Publish the answer"),
        question=question,
    )  # fmt: skip


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm what another officer proposed, or take it off the table."""
    _office_only(request)
    proposal = get_object_or_404(Proposal, pk=pk)
    now, by = timezone.now(), request.user
    if request.POST.get("take_back"):
        with flash_outcome(request, _("Taken back.")):
            operations.take_back(proposal=proposal, by=by, at=now)
    else:
        with flash_outcome(request, _("Confirmed. Those who follow the call are told.")):
            operations.confirm(proposal=proposal, by=by, at=now)
    return redirect("calls:call", proposal.call_id)


def _on_call(
    request: HttpRequest,
    shown: Call,
    form: forms.BaseForm,
    operation: Callable[..., Any],
    *,
    title: str,
    button: str,
    done: str,
    back: str = "calls:call",
    **more: Any,
) -> HttpResponse:
    """A page with one form, whose fields are the arguments of one operation on a call."""
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operation(call=shown, **form.cleaned_data, by=request.user, at=timezone.now())
        if outcome.is_done:
            with flash_outcome(request, done):
                return redirect(back, shown.pk)
    return _form_page(request, shown, form, title, button, **more)


def _form_page(
    request: HttpRequest,
    shown: Call | None,
    form: forms.BaseForm,
    title: str,
    button: str,
    *,
    template: str = "calls/form.html",
    **more: Any,
) -> HttpResponse:
    return show_form(
        request, form, title=title, button=button, lead=str(shown or ""), template=template,
        back=reverse("calls:call", args=[shown.pk]) if shown else reverse("calls:list"),
        breadcrumb=presenters.crumbs(shown, title), call=shown, **more,
    )  # fmt: skip


def _start(version: Any) -> dict[str, Any]:
    now = timezone.localtime()
    return {
        "title": f"{now.year}년 {version.programme.name} 공고",
        "title_en": f"{version.programme.name_en}, call of {now.year}",
        "mode": CallMode.DATED,
    }


def _call(request: HttpRequest, pk: int) -> Call:
    _office_only(request)
    return get_object_or_404(queries.calls_visible_to(request.user), pk=pk)


def _office_only(request: HttpRequest) -> None:
    or_404(permissions.may_run(request.user))
