"""The badges of everybody who comes: asked for, watched, printed and cut."""

from datetime import UTC, datetime

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.consultations import queries
from dure.apps.consultations.operations.badges import PRINT, ask_badges, kept_badges
from dure.apps.consultations.permissions import may_print_badges
from dure.apps.fairs.models import Fair
from dure.apps.fairs.queries import fairs_visible_to
from dure.apps.jobs.queries import jobs_visible_to
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.ui.pages import breadcrumb


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def badges(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The badges that were made last, how far the next are, and the button for them."""
    fair = _fair(request, fair_id)
    if request.method == "POST":
        with flash_outcome(request):
            ask_badges(fair=fair, language=translation.get_language(), by=request.user)
        return redirect("consultations:badges", fair.pk)
    asked = jobs_visible_to(request.user).filter(kind=PRINT, arguments__fair=fair.pk)
    job = asked.order_by("-requested_at").first()
    kept = kept_badges(fair)
    context = {
        "fair": fair,
        "job": job,
        "is_running": job is not None and not job.has_ended,
        "printed_at": datetime.fromtimestamp(kept.stat().st_mtime, UTC) if kept.exists() else None,
        "people": queries.check_ins_of(fair, timezone.localdate()).count(),
        "breadcrumb": breadcrumb(fair, _("Badges")),
    }
    return render(request, "consultations/badges.html", context)


@never_cache
@require_safe
@login_required
def badges_pdf(request: HttpRequest, fair_id: int) -> FileResponse:
    """The badges that were made last, to print and cut."""
    kept = kept_badges(_fair(request, fair_id))
    if not kept.exists():
        raise Http404
    return FileResponse(kept.open("rb"), filename=kept.name)


def _fair(request: HttpRequest, fair_id: int) -> Fair:
    fair = get_object_or_404(fairs_visible_to(request.user), pk=fair_id)
    if not may_print_badges(request.user, fair):
        raise Http404
    return fair
