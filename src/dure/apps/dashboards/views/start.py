"""The start page of everybody, and the buttons on it that settle what waits."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dure.apps.dashboards.presenters import figures, own
from dure.apps.dashboards.presenters.sections import NEWEST_SHOWN, sections_for
from dure.apps.dashboards.queries import figures as counted
from dure.apps.dashboards.queries.own import newest_needs, newest_technologies
from dure.apps.dashboards.queries.waiting import queues_of
from dure.foundation.ui.answers import attempted


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What is on offer, for visitors; what waits and what is new, for everybody else."""
    if not request.user.is_authenticated:
        return render(request, "dashboards/welcome.html", _welcome(request))
    sections = list(sections_for(request.user, timezone.now()))
    return render(request, "dashboards/start.html", {"sections": sections})


@require_POST
@login_required
def settle(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Settle one thing that waits; with htmx its line says so and leaves."""
    queue = next((queue for queue in queues_of(request.user) if queue.code == kind), None)
    if queue is None or queue.settling is None:
        raise Http404
    now = timezone.now()
    thing = get_object_or_404(queue.waiting(request.user, now), pk=pk)
    with attempted() as outcome:
        queue.settling.run(thing, request.user, now)
    message = outcome.why_not or queue.settling.message(thing)
    if request.htmx:
        undo = reverse(queue.settling.undo) if queue.settling.undo and outcome.is_done else ""
        return render(
            request,
            "dashboards/_settled.html",
            {"said": message, "is_refused": not outcome.is_done, "undo_url": undo},
        )
    (messages.success if outcome.is_done else messages.error)(request, message)
    return redirect(f"{reverse('dashboards:start')}#waiting")


def _welcome(request: HttpRequest) -> dict[str, Any]:
    counts = counted.public_counts()
    return {
        "counts": counts,
        "needs_url": figures.needs_url(),
        "technologies_url": figures.technologies_url(),
        "needs": [
            own.card(need, request.user) for need in newest_needs(request.user, NEWEST_SHOWN)
        ],
        "technologies": [
            own.card(technology, request.user)
            for technology in newest_technologies(request.user, NEWEST_SHOWN)
        ],
        "fields": figures.field_bars(counted.public_needs_by_field(), limit=12),
    }
