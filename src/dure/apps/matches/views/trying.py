"""Search while typing: a problem in free words, and what answers it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from dure.apps.matches import operations
from dure.apps.matches.forms import TryForm
from dure.apps.matches.presenters.cards import Found, found
from dure.apps.matches.presenters.figures import tabs_for
from dure.foundation.ui.answers import attempted

SHORTEST_TEXT = 2
SHOWN = 8


@require_safe
@vary_on_headers("HX-Request")
def try_it(request: HttpRequest) -> HttpResponse:
    """What the platform holds for a text; each reader finds only what they may see."""
    form = TryForm(request.GET or None)
    values: dict[str, Any] = form.cleaned_data if form.is_valid() else {"text": "", "kind": ""}
    results: list[Found] = []
    with attempted() as outcome:
        results = _results(request, values["text"], values["kind"])
    context = {
        "tabs": tabs_for(request.user, "try"),
        "breadcrumb": [{"label": _("Try it")}],
        "form": form,
        "text": values["text"],
        "kind": values["kind"] or "technologies",
        "kinds": TryForm.KINDS,
        "results": results,
        "problem": outcome.why_not,
        "is_asked": len(values["text"]) >= SHORTEST_TEXT,
    }
    page = "_try_results.html" if request.htmx else "try.html"
    return render(request, f"matches/{page}", context)


def _results(request: HttpRequest, text: str, kind: str) -> list[Found]:
    if len(text) < SHORTEST_TEXT:
        return []
    is_for_needs = kind == "needs"
    search = operations.search_needs if is_for_needs else operations.search_technologies
    return [
        found(
            entry=hit.entry,
            own=None,
            rank=hit.rank,
            strength=hit.strength,
            evidence=hit.evidence,
            reader=request.user,
        )
        for hit in search(text=text, user=request.user, limit=SHOWN)
    ]
