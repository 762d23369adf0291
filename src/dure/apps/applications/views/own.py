"""One's own applications: the list, the task list of one, its preview, who helps."""

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.applications import adapter, operations, permissions, presenters, queries
from dure.apps.applications.forms import CopyForm, HelpForm, LeaderForm
from dure.apps.applications.models import Application
from dure.apps.applications.views.shared import draft_or_404, frame, note_look
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.ui.form_page import render_forms, show_form
from dure.foundation.ui.listing import list_page


@never_cache
@require_safe
@login_required
def application_list(request: HttpRequest) -> HttpResponse:
    """The applications in which one takes part, or helps."""
    now = timezone.now()
    applications = queries.own_applications(request.user)
    return list_page(
        request,
        "applications/list.html",
        applications,
        per_page=20,
        sheet=presenters.own_sheet,
        context=lambda page: {
            "title": _("Applications"),
            "breadcrumb": presenters.crumbs(None),
            "rows": [
                {
                    "application": application,
                    "deadline": queries.deadline_of(application),
                    "left": presenters.left(application, now),
                    "submission": queries.standing_submission(application),
                }
                for application in page
            ],
        },
    )


@never_cache
@require_safe
@login_required
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """The task list of an application: what is done, what is lacking, what comes next."""
    application, now = draft_or_404(request, pk), timezone.now()
    user, access = request.user, queries.access_of(request.user, application)
    note_look(request, application, "tasks", now)
    parts = adapter.read_parts(application)
    content = adapter.content_of(application, parts).content
    begun = {name for name, value in parts.items() if any(value.values())}
    groups = presenters.tasks(application, access, content, begun)
    context = frame(application, now) | {
        "access": access,
        "name": content["project"].get("title") if access.sees_all else "",
        "groups": groups,
        "count": sum(len(group.tasks) for group in groups),
        "done": sum(group.done for group in groups),
        "broken": presenters.money_of(application, content).broken if access.sees_all else [],
        "members": presenters.members(application, user, now),
        "moves": presenters.moves(application, user, now),
        "may_submit": permissions.may_submit(user, application, now),
        "may_lead": permissions.may_lead(user, application),
        "may_help": permissions.may_let_help(user, application),
        "helpers": application.helpers.filter(ended_at=None).select_related("user"),
        "looks": queries.looks_into(application)[:20] if access.is_lead else [],
        "submissions": queries.submissions_of(application),
        "opens_at": queries.opens_at(application.call, application.round),
        "path": presenters.path(application, queries.standing_submission(application)),
    }
    return render(request, "applications/application.html", context)


@never_cache
@require_safe
@login_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as reviewers would read it."""
    application, now = draft_or_404(request, pk), timezone.now()
    if not queries.access_of(request.user, application).sees_all:
        raise Http404
    note_look(request, application, "preview", now)
    content = adapter.snapshot_of(application, application.submissions.count() + 1).content
    context = frame(application, now, _("As reviewers will see it"))
    return render(
        request,
        "applications/preview.html",
        context | presenters.content_rows(application, content),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over what was written in an earlier application."""
    application, now = draft_or_404(request, pk), timezone.now()
    if not queries.access_of(request.user, application).is_lead:
        raise Http404
    sources = queries.applications_to_copy(application)
    form = CopyForm(request.POST or None, sources=sources)
    if request.method == "POST" and form.is_valid():
        with flash_outcome(request) as outcome:
            copied = operations.copy_from(
                application=application, source=form.cleaned_data["source"], by=request.user, at=now
            )
            outcome.done = _("%(count)s parts are copied. Look through them.") % {"count": copied}
        return redirect("applications:application", pk)
    context = frame(application, now, _("Copy from an earlier application"))
    context |= {"form": form, "has_sources": sources.exists(), "button": _("Copy")}
    return render_forms(request, "applications/copy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def let_help(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody of the office read the draft and help."""
    application, now = draft_or_404(request, pk), timezone.now()
    or_404(permissions.may_let_help(request.user, application))
    form = HelpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            operations.let_help(
                application=application, helper=form.cleaned_data["helper"], by=request.user, at=now
            )
            return redirect("applications:application", pk)
    return _step(
        request, application, form, _("Let the office help"), _("Let them read it"),
        _("They read it and change nothing. Each look is kept, and you can end it."),
    )  # fmt: skip


@require_POST
@login_required
def end_help(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a helper read no more."""
    visible = queries.applications_visible_to(request.user)
    helper = get_object_or_404(queries.helpers_in(visible), pk=pk)
    with flash_outcome(request, _("They read it no more.")):
        operations.end_help(helper=helper, by=request.user, at=timezone.now())
    return redirect("applications:application", helper.application_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leader(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who leads the project and files the application."""
    draft = draft_or_404(request, pk)
    if not queries.access_of(request.user, draft).is_lead:
        raise Http404
    form = LeaderForm(request.POST or None, application=draft, initial={"leader": draft.leader})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            operations.name_leader(
                application=draft, leader=form.cleaned_data["leader"], by=request.user
            )
            return redirect("applications:application", pk)
    return _step(
        request, draft, form, _("Project leader"), _("Save"), _("Only this person files it.")
    )


def _step(
    request: HttpRequest,
    application: Application,
    form: BaseForm,
    title: str,
    button: str,
    lead: str,
) -> HttpResponse:
    """A step around a draft: one form, and the way back to the list of tasks."""
    return show_form(
        request, form, title=title, button=button, lead=lead,
        back=reverse("applications:application", args=[application.pk]),
        breadcrumb=presenters.crumbs(application, title),
    )  # fmt: skip
