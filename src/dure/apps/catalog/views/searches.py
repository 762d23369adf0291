"""Saved searches: the filters of a list kept under a name, by and for one person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.catalog import operations, queries
from dure.apps.catalog.forms.filters import FilterForm
from dure.apps.catalog.forms.searches import NameForm, SaveForm
from dure.apps.catalog.models import EntryKind
from dure.apps.catalog.presenters.kinds import KINDS
from dure.apps.catalog.presenters.searches import row
from dure.foundation.ui.answers import flash_outcome


@login_required
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """My saved searches."""
    saved = [row(search, request.user) for search in queries.searches_of(request.user)]
    parts = [
        {
            "name": kind.label,
            "url": KINDS[kind].url("list"),
            "rows": [row for row in saved if row["search"].kind == kind],
        }
        for kind in EntryKind
    ]
    context = {
        "title": _("Saved searches"),
        "breadcrumb": [{"label": _("Saved searches")}],
        "parts": parts,
        "is_empty": not saved,
    }
    return render(request, "catalog/searches.html", context)


@require_POST
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of a list; then it is there again as it was."""
    form = SaveForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    entry_kind = KINDS[form.cleaned_data["kind"]]
    query = QueryDict(form.cleaned_data["query"])
    kept = FilterForm(query, kind=entry_kind, reader=request.user).kept()
    with flash_outcome(request, _("Saved. What is new in it comes with the daily e-mail.")):
        operations.save_search(
            kind=form.cleaned_data["kind"],
            name=form.cleaned_data["name"],
            query=kept,
            by=request.user,
            at=timezone.now(),
        )
    return redirect(f"{entry_kind.url('list')}?{kept}")


@require_POST
@login_required
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a search another name."""
    search = get_object_or_404(queries.searches_of(request.user), pk=pk)
    form = NameForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    with flash_outcome(request, _("Renamed.")):
        operations.rename_search(search=search, name=form.cleaned_data["name"])
    return redirect("catalog:searches")


@require_POST
@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a search."""
    search = get_object_or_404(queries.searches_of(request.user), pk=pk)
    operations.delete_search(search=search)
    messages.success(request, _("The search was deleted."))
    return redirect("catalog:searches")
