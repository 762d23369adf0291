"""The start page of everybody, and the buttons on it that settle what waits."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dure.apps.catalog.operations import publish
from dure.apps.dashboards.presenters import figures, own, waiting
from dure.apps.dashboards.presenters.sections import NEWEST_SHOWN, sections_for
from dure.apps.dashboards.queries import figures as counted
from dure.apps.dashboards.queries.office import WaitingKind, queues_of
from dure.apps.dashboards.queries.own import newest_needs, newest_technologies
from dure.apps.matches.operations.answers import introduce
from dure.apps.people.models import User
from dure.apps.people.operations import answer_join, verify_organisation
from dure.apps.people.permissions import may_run_programmes
from dure.foundation.verdict import Refused

Settling = Callable[[Any, User, datetime], object]
SETTLING: dict[WaitingKind, Settling] = {
    WaitingKind.NEED: lambda need, by, at: publish(entries=[need], by=by, at=at),
    WaitingKind.TECHNOLOGY: lambda technology, by, at: publish(entries=[technology], by=by, at=at),
    WaitingKind.ORGANISATION: lambda organisation, by, at: verify_organisation(
        organisation=organisation, by=by, at=at
    ),
    WaitingKind.JOIN: lambda membership, by, at: answer_join(
        membership=membership, is_welcome=True, by=by, at=at
    ),
    WaitingKind.PAIR: lambda pair, by, at: introduce(
        need=pair.need, technology=pair.technology, by=by, at=at
    ),
}
UNDO = {
    WaitingKind.NEED: "catalog:need_undo",
    WaitingKind.TECHNOLOGY: "catalog:technology_undo",
}


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
    if not may_run_programmes(request.user) or kind not in SETTLING:
        raise Http404
    kind, now = WaitingKind(kind), timezone.now()
    thing = get_object_or_404(queues_of(request.user, now)[kind], pk=pk)
    refusal = None
    try:
        SETTLING[kind](thing, request.user, now)
    except Refused as refused:
        refusal = refused.reason.label
    said = refusal or waiting.settled_sentence(kind, thing)
    if request.htmx:
        undo = reverse(UNDO[kind]) if kind in UNDO and not refusal else ""
        return render(
            request,
            "dashboards/_settled.html",
            {"said": said, "is_refused": bool(refusal), "undo_url": undo},
        )
    (messages.error if refusal else messages.success)(request, said)
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
        "fields": figures.field_bars(counted.public_needs_by_field(), most=12),
    }
