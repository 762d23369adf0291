"""Partners and experts: the list, one of them, and lists from spreadsheets."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.imports.operations import why_not_confirmed
from dure.apps.jobs.models import Job
from dure.apps.jobs.queries import jobs_visible_to
from dure.apps.support import operations, permissions, presenters, queries
from dure.apps.support.adapter import columns
from dure.apps.support.forms import ProfilesFilter
from dure.apps.support.kinds import pools
from dure.apps.support.pages import crumbs
from dure.foundation.sheets import template
from dure.foundation.ui.answers import flash_outcome, or_404, workbook_response
from dure.foundation.ui.listing import in_order, list_page
from dure.foundation.ui.submitting import submit_sheet
from dure.foundation.web import takes_files

SORTS = {"name": ("name", "pk"), "region": ("region", "name", "pk")}


@require_safe
@login_required
def profiles(request: HttpRequest) -> HttpResponse:
    """Everybody who can be proposed."""
    or_404(permissions.may_search_profiles(request.user))
    form = ProfilesFilter(request.GET)
    found = form.narrow(queries.profiles_visible_to(request.user))
    return list_page(
        request,
        "support/profiles.html",
        in_order(found, request.GET.get("sort"), SORTS, "name"),
        form=form,
        per_page=30,
        context=lambda page: {
            "rows": presenters.profile_rows(page),
            "may_import": permissions.may_run(request.user),
            "breadcrumb": crumbs(_("Partners and experts")),
        },
    )


@require_safe
@login_required
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """One partner or expert; the address only for those who propose."""
    found = get_object_or_404(queries.profiles_visible_to(request.user), pk=pk)
    context = {
        "shown": found,
        "pool": pools().get(found.pool),
        "region": presenters.region_name(found.region),
        "sees_address": permissions.may_search_profiles(request.user),
        "may_set_open": permissions.may_set_open(request.user, found),
        "worked": queries.candidates_visible_to(request.user).filter(profile=found),
        "breadcrumb": crumbs(str(found)),
    }
    return render(request, "support/profile.html", context)


@require_POST
@login_required
def set_open(request: HttpRequest, pk: int, said: str) -> HttpResponse:
    """Say whether a partner takes requests."""
    found = get_object_or_404(queries.profiles_visible_to(request.user), pk=pk)
    or_404(permissions.may_set_open(request.user, found) and said in ("open", "closed"))
    with flash_outcome(request, _("Saved.")):
        operations.set_open(profile=found, is_open=said == "open", by=request.user)
    return redirect(found)


@require_safe
@login_required
def import_page(request: HttpRequest) -> HttpResponse:
    """The two steps: fill in the template, hand over the file."""
    or_404(permissions.may_run(request.user))
    return render(request, "support/import.html", _frame())


@require_safe
@login_required
def import_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the columns, in the reader's language."""
    or_404(permissions.may_run(request.user))
    name = _("Partners and experts")
    return workbook_response(template(name, columns(), get_language()), name)


@require_POST
@takes_files
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and check it; the next page shows what it would do."""
    or_404(permissions.may_run(request.user))
    return submit_sheet(
        request,
        lambda file: operations.take_upload(file=file, by=request.user),
        back=reverse("support:import"),
        shown="support:import_job",
    )


@require_safe
@login_required
def import_job(request: HttpRequest, pk: str) -> HttpResponse:
    """A check or an import: its progress, then what was found or done."""
    job = _job(request, pk)
    context = {**_frame(), "job": job, "why_not": why_not_confirmed(job, request.user)}
    return render(request, "support/import_job.html", context)


@require_POST
@login_required
def confirm_import(request: HttpRequest, pk: str) -> HttpResponse:
    """Take in what was checked."""
    with flash_outcome(request):
        pk = operations.confirm_upload(job=_job(request, pk), by=request.user).pk
    return redirect("support:import_job", pk)


def _job(request: HttpRequest, pk: str) -> Job:
    or_404(permissions.may_run(request.user))
    jobs = jobs_visible_to(request.user)
    return get_object_or_404(jobs.filter(kind__in=(operations.CHECK, operations.IMPORT)), pk=pk)


def _frame() -> dict[str, Any]:
    title = _("Partners and experts from a spreadsheet")
    return {"title": title, "breadcrumb": crumbs(title)}
