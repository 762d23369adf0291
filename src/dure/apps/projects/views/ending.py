"""How a project ends, and the page that is answered years later without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dure.apps.people.queries import organisations_visible_to
from dure.apps.projects import adapter, operations, permissions, queries
from dure.apps.projects.forms import (
    FollowUpForm,
    ReasonForm,
    SanctionForm,
    SpecialForm,
    StageEndForm,
    TextForm,
    VerdictForm,
)
from dure.apps.projects.models import Sanction
from dure.apps.projects.pages import project_for
from dure.foundation.ui.answers import flash_outcome, refusal_in
from dure.foundation.ui.form_page import render_forms
from dure.foundation.web import takes_files


@require_POST
@login_required
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a project, or let a stopped one go on."""
    project = project_for(request, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    with flash_outcome(request, _("Done. Everybody in the project is told.")):
        operations.stop(project=project, reason=reason, by=request.user, at=timezone.now())
    return redirect(project)


@require_POST
@login_required
def open_special(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a special evaluation."""
    project = project_for(request, pk)
    form = ReasonForm(request.POST)
    cause = form.cleaned_data["reason"] if form.is_valid() else ""
    with flash_outcome(request, _("Opened. Money stands still until it is decided.")):
        operations.open_special(project=project, cause=cause, by=request.user, at=timezone.now())
    return redirect(project)


@require_POST
@login_required
def decide_special(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide a special evaluation."""
    project = project_for(request, pk)
    form = SpecialForm(request.POST)
    cleaned = form.cleaned_data if form.is_valid() else {"decision": "", "note": ""}
    with flash_outcome(request, _("Decided. Everybody in the project is told.")):
        operations.decide_special(project=project, **cleaned, by=request.user, at=timezone.now())
    return redirect(project)


@require_POST
@login_required
def end_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when a stage ends."""
    project = project_for(request, pk)
    form = StageEndForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["ends_on"]))
        return redirect(project)
    with flash_outcome(request, _("Entered. The firm is told when the report is due.")):
        operations.end_stage(
            project=project, **form.cleaned_data, by=request.user, at=timezone.now()
        )
    return redirect(project)


@require_POST
@login_required
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a project up."""
    project = project_for(request, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    with flash_outcome(request, _("The project is given up. The grant goes back within a month.")):
        operations.give_up(project=project, reason=reason, by=request.user, at=timezone.now())
    return redirect(project)


@require_POST
@login_required
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the final verdict."""
    project = project_for(request, pk)
    permitted = permissions.may_run(request.user)
    form = VerdictForm(request.POST, rules=adapter.rules_of(project, "verdict"))
    with flash_outcome(request, _("The verdict is entered, and those concerned are told.")):
        permitted.require()
        cleaned = form.cleaned_data if form.is_valid() else {"score": -1, "note": ""}
        operations.judge_project(
            project=project,
            score=cleaned["score"],
            is_sincere=cleaned.get("is_sincere", False),
            reliefs=cleaned.get("reliefs", []),
            note=cleaned["note"],
            by=request.user,
            at=timezone.now(),
        )
    return redirect(project)


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a project."""
    project = project_for(request, pk)
    with flash_outcome(request, _("The project is closed. It will be asked what became of it.")):
        operations.close(project=project, by=request.user, at=timezone.now())
    return redirect(project)


@require_POST
@login_required
def give_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell an organisation that it may be sanctioned."""
    project = project_for(request, pk)
    form = SanctionForm(
        request.POST,
        organisations=organisations_visible_to(request.user).filter(
            project_members__project=project
        ),
    )
    if form.is_valid():
        cleaned = form.cleaned_data
        with flash_outcome(request, _("The pre-notice is given. The organisation is told.")):
            operations.give_notice(
                project=project, **{**cleaned, "surcharge": cleaned["surcharge"] or 0},
                by=request.user, at=timezone.now(),
            )  # fmt: skip
    return redirect(project)


@require_POST
@login_required
def plead(request: HttpRequest, sanction_id: int) -> HttpResponse:
    """Ask for a re-examination."""
    sanction = _sanction(request, sanction_id)
    form = TextForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    with flash_outcome(request, _("Handed in. The sanction is looked at again.")):
        operations.plead(sanction=sanction, text=text, by=request.user, at=timezone.now())
    return redirect(sanction.project)


@require_POST
@login_required
def decide_sanction(request: HttpRequest, sanction_id: int) -> HttpResponse:
    """Decide a sanction or drop it."""
    sanction = _sanction(request, sanction_id)
    with flash_outcome(request, _("Decided. The organisation is told.")):
        operations.decide_sanction(
            sanction=sanction,
            is_upheld=request.POST.get("decision") == "uphold",
            by=request.user,
            at=timezone.now(),
        )
    return redirect(sanction.project)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
def follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a project: answered by whoever has the link, once."""
    follow_up = queries.follow_up_of(token)
    if follow_up is None:
        raise Http404
    is_sent = request.method == "POST"
    form = FollowUpForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        values = dict(form.cleaned_data)
        files = values.pop("files")
        with refusal_in(form) as outcome:
            operations.answer_follow_up(
                follow_up=follow_up, values=values, files=files, at=timezone.now()
            )
        if outcome.is_done:
            return redirect("projects:follow_up", token)
    context = {
        "follow_up": follow_up,
        "form": form,
        "may": permissions.may_answer_follow_up(follow_up),
        "breadcrumb": [{"label": _("What became of it")}],
    }
    return render_forms(request, "projects/follow_up.html", context)


def _sanction(request: HttpRequest, pk: int) -> Sanction:
    return get_object_or_404(queries.sanctions_visible_to(request.user), pk=pk)
