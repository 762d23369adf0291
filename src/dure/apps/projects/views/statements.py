"""Statements of cards, banks and Hometax: handed over or pasted, checked, taken in."""

import csv
import io
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.imports.operations import confirm_upload, take_upload, why_not_confirmed
from dure.apps.jobs.queries import jobs_visible_to
from dure.apps.projects import permissions, queries
from dure.apps.projects.forms import PasteForm, StatementForm
from dure.apps.projects.models import Member, Project
from dure.apps.projects.pages import frame, project_with_money
from dure.foundation.ui.answers import flash_outcome, refusal_in
from dure.foundation.ui.form_page import render_forms
from dure.foundation.web import takes_files

CHECK, TAKE = "check_statement", "import_statement"


@require_safe
@login_required
def statements(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over a file, or paste rows."""
    return _page(request, _spent_project(request, pk))


@require_POST
@takes_files
@login_required
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file and check it; the next page shows what it would do."""
    project = _spent_project(request, pk)
    form = StatementForm(
        request.POST, request.FILES, members=queries.members_acted_for(request.user, project)
    )
    if form.is_valid():
        cleaned = form.cleaned_data
        return _check(request, project, form, cleaned["member"], cleaned["file"], "file")
    return _page(request, project, form=form)


@require_POST
@login_required
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Take rows pasted out of Excel and check them like a file."""
    project = _spent_project(request, pk)
    form = PasteForm(request.POST, members=queries.members_acted_for(request.user, project))
    if form.is_valid():
        cleaned = form.cleaned_data
        return _check(request, project, form, cleaned["member"], _as_file(cleaned["rows"]), "rows")
    return _page(request, project, paste_form=form)


@require_safe
@login_required
def statement_job(request: HttpRequest, job_id: str) -> HttpResponse:
    """A check or an import: its progress, then what was found or done."""
    job = _job(request, job_id)
    project = project_with_money(request, job.arguments["project"])
    context = {
        **frame(request, project, "expenses"),
        "job": job,
        "why_not": why_not_confirmed(job, request.user),
        "again_url": reverse("projects:statements", args=[project.pk]),
        "confirm_url": reverse("projects:confirm_statement", args=[job.pk]),
        "results_url": reverse("projects:expenses", args=[project.pk]),
    }
    return render(request, "projects/statement_job.html", context)


@require_POST
@login_required
def confirm(request: HttpRequest, job_id: str) -> HttpResponse:
    """Take in what was checked."""
    job = _job(request, job_id)
    with flash_outcome(request):
        job_id = confirm_upload(
            job=job,
            check=CHECK,
            take=TAKE,
            may=lambda arguments: permissions.may_spend(request.user, _member(request, arguments)),
            by=request.user,
        ).pk
    return redirect("projects:statement_job", job_id)


def _check(
    request: HttpRequest,
    project: Project,
    form: Any,
    member: Member,
    file: UploadedFile,
    field: str,
) -> HttpResponse:
    with refusal_in(form, field) as outcome:
        permissions.may_spend(request.user, member).require()
        job = take_upload(
            check=CHECK,
            file=file,
            arguments={"project": project.pk, "member": member.pk},
            by=request.user,
        )
    if outcome.is_done:
        return redirect("projects:statement_job", job.pk)
    return _page(request, project, **{"form" if field == "file" else "paste_form": form})


def _as_file(rows: str) -> UploadedFile:
    """Rows as Excel copies them, cells by tabs, as a file with commas."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerows(csv.reader(io.StringIO(rows), delimiter="\t" if "\t" in rows else ","))
    return SimpleUploadedFile(f"{_('pasted rows')}.csv", target.getvalue().encode())


def _member(request: HttpRequest, arguments: dict[str, Any]) -> Member:
    project = project_with_money(request, arguments["project"])
    members_acted = queries.members_acted_for(request.user, project)
    return get_object_or_404(members_acted.select_related("project"), pk=arguments["member"])


def _spent_project(request: HttpRequest, pk: int) -> Project:
    project = project_with_money(request, pk)
    if not queries.members_acted_for(request.user, project).exists():
        raise Http404
    return project


def _job(request: HttpRequest, pk: str):
    return get_object_or_404(jobs_visible_to(request.user).filter(kind__in=(CHECK, TAKE)), pk=pk)


def _page(request: HttpRequest, project: Project, **forms: Any) -> HttpResponse:
    members = queries.members_acted_for(request.user, project)
    context = {
        **frame(request, project, "expenses"),
        "form": StatementForm(members=members),
        "paste_form": PasteForm(members=members),
        "may": permissions.may_file(request.user, project),
        **forms,
    }
    context["breadcrumb"][-1]["url"] = reverse("projects:expenses", args=[project.pk])
    context["breadcrumb"].append({"label": _("Card, bank and tax invoice files")})
    return render_forms(request, "projects/statements.html", context)
