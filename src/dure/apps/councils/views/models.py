"""A win-win model: what it says, what is said of it, what came of it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.councils import operations, permissions, presenters, queries
from dure.apps.councils.forms import (
    AskForm,
    CommentForm,
    ConditionsForm,
    DecisionForm,
    EndForm,
    ExpertForm,
    FollowUpForm,
    OpinionForm,
)
from dure.apps.councils.models import WinWinModel
from dure.apps.councils.pages import crumbs, model_for, name_of, secretary_only, under_model
from dure.apps.councils.stages import ModelStage
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.ui.form_page import form_page, sent


@require_safe
@login_required
def model(request: HttpRequest, pk: int) -> HttpResponse:
    """One model; who has not promised secrecy yet is asked for it first."""
    shown, user = model_for(request, pk, inside=False), request.user
    name = name_of(request, shown)
    context: dict[str, Any] = {
        "model": shown,
        "name": name,
        "council": shown.file,
        "breadcrumb": crumbs(shown.file, name),
    }
    if not permissions.may_read(user, shown):
        return render(request, "councils/closed_model.html", context)
    version = shown.versions.latest("number")
    may_run = bool(permissions.may_run(user))
    context |= {
        "version": version,
        "versions": shown.versions.select_related("by").order_by("-number"),
        "sections": presenters.sections(version),
        "stages": presenters.stages(shown),
        "moves": presenters.moves(user, shown),
        "may_write": permissions.may_write(user, shown),
        "may_open_up": permissions.may_open_up(user, shown),
        "may_comment": permissions.may_comment(user, shown),
        "may_run": may_run,
        "is_deliberated": shown.stage == ModelStage.DELIBERATED,
        "is_returned": shown.stage == ModelStage.RETURNED,
        "is_recommended": shown.stage == ModelStage.RECOMMENDED,
        "is_approved": shown.stage == ModelStage.APPROVED,
        "may_ask": shown.stage in (ModelStage.PROPOSED, ModelStage.DELIBERATED),
        "opinions": presenters.opinion_rows(shown, localdate()),
        "follow_ups": presenters.follow_up_rows(shown, localdate()),
        "votes": queries.votes_visible_to(user).filter(model=shown),
        "experts": shown.experts.select_related("user") if may_run else [],
        "promised": shown.undertakings.select_related("user") if may_run else [],
    }
    return render(request, "councils/model.html", context)


@require_POST
@login_required
def undertake(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise to keep a model secret."""
    shown = model_for(request, pk, inside=False)
    with flash_outcome(request, _("Promised. The sealed record keeps it.")):
        operations.undertake(model=shown, by=request.user, at=timezone.now())
    return redirect(shown)


@require_safe
@login_required
def changes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What version `number` changed."""
    shown = model_for(request, pk)
    after = get_object_or_404(shown.versions, number=number)
    before = get_object_or_404(shown.versions, number=number - 1)
    label = _("What version %(number)s changed") % {"number": number}
    context = {
        "model": shown,
        "version": after,
        "title": label,
        "changes": presenters.changes(before, after),
        "breadcrumb": under_model(shown, label),
    }
    return render(request, "councils/changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def comment(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Say something of a part."""
    shown = model_for(request, pk)
    part = next((known for known in shown.file.sections if known.id == section), None)
    if part is None or not permissions.may_comment(request.user, shown):
        raise Http404
    version = shown.versions.latest("number")

    def act(values: dict[str, Any]) -> None:
        operations.comment(
            version=version, section=section, text=values["text"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    return form_page(
        request,
        CommentForm(sent(request)),
        act,
        title=_("New comment"),
        lead=f"{part}: {version.sections.get(section, '')}",
        button=_("Comment"),
        back=shown.get_absolute_url(),
        breadcrumb=under_model(shown, _("New comment")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a ministry for its opinion."""
    return _secretarys(
        request, pk, AskForm, operations.ask_opinion, _("Ask for an opinion"), _("Ask"),
        _("Asked. Whoever was asked is told by when."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    """Name an expert."""
    return _secretarys(
        request, pk, ExpertForm, operations.name_expert, _("Name an expert"), _("Name"),
        _("Named. The expert reads the model after having promised secrecy."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def conditions(request: HttpRequest, pk: int) -> HttpResponse:
    """Say on which conditions a model was returned."""
    return _secretarys(
        request, pk, ConditionsForm, operations.write_conditions, _("Conditions"), _("Save"),
        _("Saved. The firms are told."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the approving committee decided."""
    return _secretarys(
        request, pk, DecisionForm, operations.decide, _("Decision of the committee"), _("Save"),
        _("Saved. The firms are told."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the opinion that was asked for."""
    asked = get_object_or_404(queries.opinions_waiting_for(request.user), pk=pk)
    shown = model_for(request, asked.model_id, inside=False)
    if not permissions.may_read(request.user, shown):
        return redirect(shown)

    def act(values: dict[str, Any]) -> None:
        operations.answer_opinion(opinion=asked, by=request.user, at=timezone.now(), **values)

    return form_page(
        request,
        OpinionForm(sent(request)),
        act,
        title=_("Opinion of a ministry"),
        lead=f"{asked.ministry} · {shown}",
        button=_("Send the opinion"),
        back=shown.get_absolute_url(),
        breadcrumb=under_model(shown, _("Opinion of a ministry")),
        done=_("Thank you. The council reads it with the model."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what an approved model gives rise to."""
    secretary_only(request)
    shown = model_for(request, pk)
    form = FollowUpForm(sent(request), council=shown.file, user=request.user)
    return form_page(
        request,
        form,
        lambda values: operations.add_follow_up(model=shown, by=request.user, **values),
        title=_("What it gives rise to"),
        lead=str(shown),
        button=_("Add"),
        back=shown.get_absolute_url(),
        breadcrumb=under_model(shown, _("What it gives rise to")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def follow_up_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of it."""
    secretary_only(request)
    shown = get_object_or_404(queries.follow_ups_visible_to(request.user), pk=pk)

    def act(values: dict[str, Any]) -> None:
        operations.end_follow_up(follow_up=shown, by=request.user, at=timezone.now(), **values)

    return form_page(
        request,
        EndForm(sent(request)),
        act,
        title=_("What came of it"),
        lead=str(shown),
        button=_("Save"),
        back=shown.model.get_absolute_url(),
        breadcrumb=under_model(shown.model, _("What came of it")),
    )


def _secretarys(
    request: HttpRequest, pk: int, form: Any, operation: Any, title: str, button: str, done: str
) -> HttpResponse:
    """A form of the secretary on a model, whose fields are arguments of an operation."""
    secretary_only(request)
    shown: WinWinModel = model_for(request, pk)
    return form_page(
        request,
        form(sent(request)),
        lambda values: operation(model=shown, by=request.user, at=timezone.now(), **values),
        title=title,
        lead=str(shown),
        button=button,
        back=shown.get_absolute_url(),
        breadcrumb=under_model(shown, title),
        done=done,
    )
