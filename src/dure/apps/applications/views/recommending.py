"""What a recommending body does: read the applications that named it, and rank those it puts forward."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dure.apps.applications import operations, permissions, queries
from dure.apps.applications.forms import RankForm
from dure.foundation.ui.answers import refusal_in
from dure.foundation.ui.form_page import render_forms


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def recommend(request: HttpRequest, pk: int) -> HttpResponse:
    """The applications of one body with its ranking; the office and auditors read it."""
    body = get_object_or_404(queries.recommenders_visible_to(request.user), pk=pk)
    now = timezone.now()
    may_recommend = permissions.may_recommend(request.user, body, now)
    applications = list(queries.applications_to_recommend(body))
    form = RankForm(request.POST or None, applications=applications)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.recommend(
                recommender=body,
                ranks=form.ranks(),
                reasons=form.reasons(),
                by=request.user,
                at=now,
            )
        if outcome.is_done:
            messages.success(request, _("Kept. Until the date you can change it."))
            return redirect("applications:recommend", pk)
    call_url = reverse("calls:call", args=[body.call_id])
    context = {
        "title": _("Applications to rank"),
        "breadcrumb": [
            {"label": _("Calls"), "url": reverse("calls:list")},
            {"label": str(body.call), "url": call_url},
            {"label": _("Applications to rank")},
        ],
        "body": body,
        "form": form,
        "rows": form.rows(),
        "may_recommend": may_recommend,
    }
    return render_forms(request, "applications/recommend.html", context)
