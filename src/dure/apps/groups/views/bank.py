"""The bank's file of a group: handed over, its check, its import."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.groups import operations
from dure.apps.groups.models import Group
from dure.apps.groups.pages import crumbs, own_group
from dure.apps.imports.operations import why_not_confirmed
from dure.apps.jobs.models import Job
from dure.apps.jobs.queries import jobs_visible_to
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.ui.submitting import submit_sheet
from dure.foundation.web import takes_files


@require_safe
@login_required
def bank(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the list of transactions of the group's account."""
    shown = own_group(request, pk)
    return render(request, "groups/bank.html", _frame(shown))


@require_POST
@takes_files
@login_required
def bank_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file and check it; the next page shows what it would do."""
    shown = own_group(request, pk)
    return submit_sheet(
        request,
        lambda file: operations.take_bank_file(
            group=shown, file=file, by=request.user, at=timezone.now()
        ),
        back=reverse("groups:bank", args=[shown.pk]),
        shown="groups:bank_job",
    )


@require_safe
@login_required
def bank_job(request: HttpRequest, pk: str) -> HttpResponse:
    """A check or an import: its progress, then what was found or done."""
    job = _job(request, pk)
    shown = own_group(request, job.arguments["group"])
    context = _frame(shown) | {"job": job, "why_not": why_not_confirmed(job, request.user)}
    return render(request, "groups/bank_job.html", context)


@require_POST
@login_required
def bank_confirm(request: HttpRequest, pk: str) -> HttpResponse:
    """Take in what was checked."""
    job = _job(request, pk)
    with flash_outcome(request):
        pk = operations.confirm_bank_file(job=job, by=request.user, at=timezone.now()).pk
    return redirect("groups:bank_job", pk)


def _job(request: HttpRequest, pk: str) -> Job:
    kinds = (operations.CHECK_BANK, operations.IMPORT_BANK)
    job = get_object_or_404(jobs_visible_to(request.user).filter(kind__in=kinds), pk=pk)
    if job.requested_by_id != request.user.pk:
        raise Http404
    return job


def _frame(shown: Group) -> dict[str, Any]:
    title = _("Bank's file")
    money = {"label": _("Dues and account"), "url": reverse("groups:money", args=[shown.pk])}
    return {
        "group": shown,
        "title": title,
        "breadcrumb": [*crumbs(shown), money, {"label": title}],
    }
