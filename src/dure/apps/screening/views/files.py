"""Files of spending: handing them in, what was seen in them, taking them away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.jobs.queries import jobs_visible_to
from dure.apps.screening import adapter, operations, presenters, queries
from dure.apps.screening.forms import FilePlacesForm, FilesForm
from dure.apps.screening.models import FilePlace, FileRun
from dure.apps.screening.views.cases import ON_A_PAGE, auditors_only, way
from dure.foundation.ui.answers import refusal_in
from dure.foundation.ui.form_page import render_forms
from dure.foundation.ui.listing import list_page
from dure.foundation.web import takes_files


@never_cache
@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def files(request: HttpRequest) -> HttpResponse:
    """Hand in files of spending, and those that were handed in before."""
    auditors_only(request)
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = FilesForm(request.POST, request.FILES)
        if form.is_valid():
            with refusal_in(form) as outcome:
                run = operations.take(parts=form.cleaned_data, by=request.user, at=timezone.now())
            if outcome.is_done:
                return redirect(run)
    context = {
        "form": form,
        "runs": queries.file_runs_visible_to(request.user)[:ON_A_PAGE],
        "columns": presenters.columns_of_files(),
        "breadcrumb": way((_("Files"), "")),
    }
    return render_forms(request, "screening/files.html", context)


@never_cache
@require_safe
@login_required
def file_run(request: HttpRequest, file_run_id: int) -> HttpResponse:
    """The projects of files in their order; or how far the job is, or what is wrong with them."""
    run = _run(request, file_run_id)
    form = FilePlacesForm(request.GET)
    places = form.narrow(queries.file_places_visible_to(request.user).filter(run=run))

    def context(page: Page) -> dict[str, Any]:
        return {
            "run": run,
            "job": jobs_visible_to(request.user).filter(pk=run.job).first(),
            "faults": presenters.faults_of(run),
            "rows": [{"place": place, "names": _names(place)} for place in page],
            "silent": presenters.silent_signals(run),
            "breadcrumb": way((_("Files"), reverse("screening:files")), (str(run), "")),
        }

    return list_page(
        request,
        "screening/file_run.html",
        places.order_by("rank").prefetch_related("findings"),
        form=form,
        per_page=ON_A_PAGE,
        sheet=presenters.file_places_sheet,
        context=context,
    )


@never_cache
@require_safe
@login_required
def file_place(request: HttpRequest, file_place_id: int) -> HttpResponse:
    """What the signals saw in one project of files."""
    place = get_object_or_404(queries.file_places_visible_to(request.user), pk=file_place_id)
    context = {
        "place": place,
        "run": place.run,
        "findings": presenters.file_findings_of(place),
        "breadcrumb": way(
            (_("Files"), reverse("screening:files")),
            (str(place.run), place.run.get_absolute_url()),
            (place.key, ""),
        ),
    }
    return render(request, "screening/file_place.html", context)


@require_POST
@login_required
def delete_files(request: HttpRequest, file_run_id: int) -> HttpResponse:
    """Take a run over files away."""
    operations.delete_files(run=_run(request, file_run_id), by=request.user)
    messages.success(request, _("What was seen in these files is gone."))
    return redirect("screening:files")


def _run(request: HttpRequest, pk: int) -> FileRun:
    return get_object_or_404(queries.file_runs_visible_to(request.user), pk=pk)


def _names(place: FilePlace) -> list[str]:
    return list(dict.fromkeys(adapter.name(finding.signal) for finding in place.findings.all()))
