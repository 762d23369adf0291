"""Pages of declared interests: the list, declaring one, ending one."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.selection import operations, permissions, presenters, queries
from dure.apps.selection.forms import InterestForm
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.listing import list_page


@never_cache
@require_safe
@login_required
def interests(request: HttpRequest) -> HttpResponse:
    """What was declared: one's own, all for the office; also as Excel."""
    may_run = permissions.may_run(request.user)
    may_declare = permissions.may_declare_any_interest(request.user)
    if not (may_run or may_declare):
        raise Http404
    return list_page(
        request,
        "selection/interests.html",
        queries.interests_visible_to(request.user),
        per_page=50,
        sheet=presenters.interests_sheet,
        context=lambda page: {
            "may_run": may_run,
            "may_declare": may_declare,
            "breadcrumb": presenters.own_crumbs((_("Declared interests"), "")),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """Declare what ties one to another."""
    or_404(permissions.may_declare_any_interest(request.user))
    form = InterestForm(request.POST or None, user=request.user)
    back = reverse("selection:interests")
    return form_page(
        request, form,
        lambda given: operations.declare_interest(
            interest=form.interest(), by=request.user, at=timezone.now()
        ),
        title=_("Declare an interest"), button=_("Declare it"), back=back,
        lead=_(
            "Whoever is tied to an applicant neither reads nor judges its applications. It cannot be"
            " undone; the office ends what was declared by mistake."
        ),
        done=_("Declared. Every selection that goes on was looked through."),
        breadcrumb=presenters.own_crumbs(
            (_("Declared interests"), back), (_("Declare an interest"), "")
        ),
    )  # fmt: skip


@require_POST
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End what was declared by mistake."""
    interest = get_object_or_404(queries.interests_visible_to(request.user), pk=pk)
    with flash_outcome(request, _("Ended; it counts no more.")):
        operations.end_interest(interest=interest, by=request.user, at=timezone.now())
    return redirect("selection:interests")
