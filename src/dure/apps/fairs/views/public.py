"""What everybody may know of fairs: what they are about, when, where, and who looks for technology."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dure.apps.fairs import queries
from dure.apps.fairs.models import Fair
from dure.apps.fairs.pages import way_to_all
from dure.apps.fairs.presenters import life
from dure.apps.fairs.stages import FAIR_OVER, FairStage


def fair_list(request: HttpRequest) -> HttpResponse:
    """The fairs that were announced, those to come first."""
    rows = [_row(fair) for fair in queries.announced_fairs()]
    context = {
        "title": _("Fairs"),
        "breadcrumb": way_to_all(),
        "coming": [row for row in reversed(rows) if row["fair"].stage not in FAIR_OVER],
        "over": [row for row in rows if row["fair"].stage in FAIR_OVER],
    }
    return render(request, "fairs/public_list.html", context)


def fair(request: HttpRequest, fair_id: int) -> HttpResponse:
    """One fair, for whoever thinks of coming."""
    shown = get_object_or_404(queries.announced_fairs(), pk=fair_id)
    until = shown.registration_until
    is_open = shown.stage == FairStage.REGISTRATION and (until is None or timezone.now() < until)
    context = {
        "title": str(shown),
        "breadcrumb": [*way_to_all(), {"label": str(shown)}],
        **_row(shown),
        "slots": shown.slots.order_by("starts_at"),
        "looking": queries.demand_organisations_at(shown),
        "is_open": is_open,
    }
    return render(request, "fairs/public.html", context)


def _row(shown: Fair) -> dict[str, Any]:
    return {
        "fair": shown,
        "days": life.days_of(shown),
        "tone": life.TONES[FairStage(shown.stage)],
    }
