"""Pages of what a reviewer did: the list, and taking a work out."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.selection import operations, permissions, presenters, queries
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.listing import in_order, list_page

SORTS = {"title": ("title", "pk"), "kind": ("kind", "title", "pk"), "year": ("year", "pk")}


@require_safe
@login_required
def works(request: HttpRequest) -> HttpResponse:
    """One's own projects, patents and papers; also as Excel."""
    _reviewers_only(request)
    return list_page(
        request,
        "selection/works.html",
        in_order(queries.own_works(request.user), request.GET.get("sort"), SORTS, "-year"),
        per_page=50,
        sheet=presenters.works_sheet,
        context=lambda page: {"breadcrumb": presenters.works_crumbs()},
    )


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a work out of one's own list."""
    work = get_object_or_404(queries.own_works(request.user), pk=pk)
    with flash_outcome(request, _("“%(title)s” is taken out.") % {"title": work}):
        operations.remove_work(work=work, by=request.user)
    return redirect("selection:works")


def _reviewers_only(request: HttpRequest) -> None:
    or_404(permissions.may_keep_works(request.user))
