"""Pages of the pool of reviewers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.apps.selection import operations, permissions, presenters, queries
from dure.apps.selection.forms import InviteForm, PoolForm, ReasonForm
from dure.apps.selection.models import Reviewer
from dure.foundation.ui.answers import or_404, refusal_in
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.listing import in_order, list_page

SORTS = {
    "name": ("user__name", "pk"),
    "status": ("stage", "user__name", "pk"),
    "region": ("region", "user__name", "pk"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pool(request: HttpRequest) -> HttpResponse:
    """The pool of reviewers, and the form that invites."""
    _office_only(request)
    invitation = InviteForm(request.POST or None)
    if request.method == "POST" and invitation.is_valid():
        with refusal_in(invitation, "email"):
            person = invitation.cleaned_data["email"]
            operations.invite(person=person, by=request.user, at=timezone.now())
            return redirect("selection:pool")
    wish = PoolForm(request.GET or None)
    reviewers = queries.pool_found(request.user, **wish.wanted())
    year, language = timezone.localdate().year, get_language() or "ko"
    answer = list_page(
        request,
        "selection/pool.html",
        in_order(reviewers, request.GET.get("sort"), SORTS, "name"),
        per_page=30,
        form=wish,
        sheet=lambda rows: presenters.pool_sheet(rows, year, language),
        people=queries.people_in_pool,
        context=lambda page: {
            "rows": presenters.pool(page, year, language),
            "invitation": invitation,
            "breadcrumb": presenters.crumbs(None, _("Reviewers")),
        },
    )
    if invitation.is_bound:
        answer.status_code = 422
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bar(request: HttpRequest, pk: int) -> HttpResponse:
    """Bar somebody from reviewing."""
    _office_only(request)
    reviewer: Reviewer = get_object_or_404(queries.reviewers_in_pool(request.user), pk=pk)
    return form_page(
        request, ReasonForm(request.POST or None),
        lambda given: operations.bar(reviewer=reviewer, reason=given["reason"], by=request.user),
        title=_("Bar from reviewing"), lead=str(reviewer), button=_("Bar this reviewer"),
        back=reverse("selection:pool"), breadcrumb=presenters.crumbs(None, _("Reviewers")),
    )  # fmt: skip


def _office_only(request: HttpRequest) -> None:
    or_404(permissions.may_run(request.user))
