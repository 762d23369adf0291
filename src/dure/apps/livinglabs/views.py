"""Living labs: the list, one of them, and each step that consumers and the firm take."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.livinglabs import adapter, operations, permissions, presenters, queries
from dure.apps.livinglabs.forms import AnswerForm, LabForm, ReplyForm, TrialForm
from dure.apps.livinglabs.models import Lab, Trial
from dure.apps.projects.queries import projects_visible_to
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.listing import list_page


@require_safe
@login_required
def labs(request: HttpRequest) -> HttpResponse:
    """Living labs that look for consumers, and one's own; also as a workbook."""

    def context(page: Page) -> dict[str, Any]:
        return {
            "rows": page,
            "to_open": [
                project
                for project in queries.projects_led_by(request.user)
                if permissions.may_open_lab(request.user, project)
            ],
            "breadcrumb": [{"label": _("Living labs")}],
        }

    return list_page(
        request,
        "livinglabs/labs.html",
        queries.labs_visible_to(request.user).order_by("-opened_at", "-pk"),
        per_page=30,
        sheet=presenters.sheet,
        context=context,
    )


@require_safe
@login_required
def lab(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is about, the steps, and what was tried and said."""
    shown = _lab(request, pk)
    user = request.user
    answers = queries.answers_visible_to(user)
    trials = queries.trials_visible_to(user).filter(lab=shown)
    opened = queries.open_trial_of(shown)
    context = {
        "lab": shown,
        "steps": presenters.steps(shown),
        "trials": [presenters.trial(trial, answers.filter(trial=trial)) for trial in trials],
        "participant": queries.participant_of(user, shown),
        "may_join": permissions.may_join(user, shown),
        "may_open_trial": permissions.may_open_trial(user, shown),
        "may_answer": opened and permissions.may_answer(user, opened),
        "may_close": opened and permissions.may_close(user, opened, timezone.localdate()),
        "leads": queries.leads(user, shown.project),
        "opened": opened,
        "breadcrumb": _breadcrumb(shown),
    }
    return render(request, "livinglabs/lab.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def open_lab(request: HttpRequest, project_id: int) -> HttpResponse:
    """Ask consumers to take part in a project."""
    project = get_object_or_404(projects_visible_to(request.user), pk=project_id)
    or_404(permissions.may_open_lab(request.user, project))
    return form_page(
        request,
        LabForm(request.POST or None, initial={"title": project.title}),
        lambda cleaned: operations.open_lab(
            project=project, **cleaned, by=request.user, at=timezone.now()
        ),
        title=_("Open a living lab"),
        lead=_("Everybody who is signed in reads this, and can enrol."),
        button=_("Open it"),
        done=_("The living lab is open. Consumers can enrol."),
        back=reverse("livinglabs:list"),
        breadcrumb=[_root(), {"label": _("Open a living lab")}],
    )


@require_POST
@login_required
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Enrol as a consumer."""
    shown = _lab(request, pk)
    with flash_outcome(
        request, _("You are enrolled. You are told when there is something to try.")
    ):
        operations.join(lab=shown, by=request.user, at=timezone.now())
    return redirect(shown)


@require_POST
@login_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a lab."""
    shown = _lab(request, pk)
    with flash_outcome(request, _("You have left. What you said stays, without your name.")):
        operations.leave(lab=shown, by=request.user, at=timezone.now())
    return redirect("livinglabs:list")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def open_trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Let consumers try the next step."""
    shown = _lab(request, pk)
    or_404(permissions.may_open_trial(request.user, shown))
    step = adapter.next_step(shown.project, queries.passed_steps(shown))
    return form_page(
        request,
        TrialForm(request.POST or None),
        lambda cleaned: operations.open_trial(
            lab=shown, **cleaned, by=request.user, at=timezone.now()
        ),
        title=_("Let consumers try"),
        lead=_("Step: %(step)s") % {"step": step.name if step else ""},
        button=_("Open the trial"),
        done=_("The trial is open. The consumers are told."),
        back=shown.get_absolute_url(),
        breadcrumb=_breadcrumb(shown, _("Let consumers try")),
        field="closes_on",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: HttpRequest, trial_id: int) -> HttpResponse:
    """Say what one found."""
    trial = _trial(request, trial_id)
    or_404(permissions.may_answer(request.user, trial))
    return form_page(
        request,
        AnswerForm(request.POST or None, questions=trial.questions),
        lambda cleaned: operations.answer(
            trial=trial, **_texts(cleaned), by=request.user, at=timezone.now()
        ),
        title=_("What did you find?"),
        lead=trial.text,
        button=_("Send"),
        done=_("Thank you. The firm reads it without your name."),
        back=trial.lab.get_absolute_url(),
        breadcrumb=_breadcrumb(trial.lab, _("Try and answer")),
    )


@require_POST
@login_required
def close(request: HttpRequest, trial_id: int) -> HttpResponse:
    """End a trial."""
    trial = _trial(request, trial_id)
    with flash_outcome(request, _("The trial has ended. The consumers are told.")):
        operations.close(trial=trial, by=request.user, at=timezone.now())
    return redirect(trial.lab)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reply(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Reply to a consumer."""
    shown = get_object_or_404(queries.answers_visible_to(request.user), pk=answer_id)
    or_404(permissions.may_reply(request.user, shown))
    lab_of = shown.trial.lab
    return form_page(
        request,
        ReplyForm(request.POST or None),
        lambda cleaned: operations.reply(
            answer=shown, **cleaned, by=request.user, at=timezone.now()
        ),
        title=_("Reply to %(consumer)s") % {"consumer": shown.participant},
        lead=" / ".join(text for text in shown.texts if text),
        button=_("Reply"),
        done=_("The reply is sent."),
        back=lab_of.get_absolute_url(),
        breadcrumb=_breadcrumb(lab_of, _("Reply")),
    )


def _texts(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {name: cleaned[name] for name in ("score", "is_ready", "texts")}


def _lab(request: HttpRequest, pk: int) -> Lab:
    return get_object_or_404(queries.labs_visible_to(request.user), pk=pk)


def _trial(request: HttpRequest, pk: int) -> Trial:
    return get_object_or_404(queries.trials_visible_to(request.user), pk=pk)


def _root() -> dict[str, str]:
    return {"label": _("Living labs"), "url": reverse("livinglabs:list")}


def _breadcrumb(shown: Lab, last: str = "") -> list[dict[str, str]]:
    if not last:
        return [_root(), {"label": str(shown)}]
    return [_root(), {"label": str(shown), "url": shown.get_absolute_url()}, {"label": last}]
