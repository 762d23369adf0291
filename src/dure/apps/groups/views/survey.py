"""The survey of groups: the template, the file, its check, its import."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.groups import operations, permissions
from dure.apps.groups.adapter import COLUMNS
from dure.apps.groups.forms import SurveyForm
from dure.apps.groups.pages import crumbs, office_only, own_group
from dure.apps.imports.operations import why_not_confirmed
from dure.apps.jobs.models import Job
from dure.apps.jobs.queries import jobs_visible_to
from dure.foundation.sheets import template
from dure.foundation.ui.answers import flash_outcome, or_404, workbook_response
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.ui.submitting import submit_sheet
from dure.foundation.web import takes_files


@require_safe
@login_required
def survey(request: HttpRequest) -> HttpResponse:
    """The two steps: fill in the template, hand over the file."""
    office_only(request)
    return render(request, "groups/survey.html", _frame())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The survey as a group answers it itself, by form."""
    shown = own_group(request, pk)
    form = SurveyForm(sent(request), initial=model_to_dict(shown))

    def act(values: dict[str, Any]) -> None:
        operations.answer_survey(group=shown, values=values, by=request.user, at=timezone.now())

    title = _("Answer the survey")
    return form_page(
        request, form, act, title=title, lead=str(shown), button=_("Save"),
        back=shown.get_absolute_url(), breadcrumb=crumbs(shown, title),
    )  # fmt: skip


@require_safe
@login_required
def survey_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the columns, in the reader's language."""
    office_only(request)
    title = _("Survey of groups")
    return workbook_response(template(title, COLUMNS, get_language()), title)


@require_POST
@takes_files
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and check it; the next page shows what it would do."""
    office_only(request)
    return submit_sheet(
        request,
        lambda file: operations.take_upload(file=file, by=request.user),
        back=reverse("groups:survey"),
        shown="groups:import_job",
    )


@require_safe
@login_required
def import_job(request: HttpRequest, pk: str) -> HttpResponse:
    """A check or an import: its progress, then what was found or done."""
    job = _job(request, pk)
    context = {**_frame(), "job": job, "why_not": why_not_confirmed(job, request.user)}
    return render(request, "groups/import_job.html", context)


@require_POST
@login_required
def confirm_import(request: HttpRequest, pk: str) -> HttpResponse:
    """Take in what was checked."""
    with flash_outcome(request):
        pk = operations.confirm_upload(job=_job(request, pk), by=request.user).pk
    return redirect("groups:import_job", pk)


def _job(request: HttpRequest, pk: str) -> Job:
    or_404(permissions.may_run(request.user))
    jobs = jobs_visible_to(request.user)
    return get_object_or_404(jobs.filter(kind__in=(operations.CHECK, operations.IMPORT)), pk=pk)


def _frame() -> dict[str, Any]:
    title = _("Survey of groups")
    return {"title": title, "breadcrumb": crumbs(None, title)}
