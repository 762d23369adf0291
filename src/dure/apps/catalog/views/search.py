"""One search for all: needs and technologies for a few words, and suggestions while typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from dure.apps.catalog.presenters.hits import SHORTEST, shelves_for, suggestions


@require_safe
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """What the reader may see for their words, of both kinds; with htmx only the results."""
    text = request.GET.get("q", "").strip()
    is_asked = len(text) >= SHORTEST
    context = {
        "title": _("Search"),
        "breadcrumb": [{"label": _("Search")}],
        "text": text,
        "is_asked": is_asked,
        "parts": shelves_for(text, request.user) if is_asked else [],
    }
    context["is_empty"] = not any(
        entry_kind.hits or entry_kind.close for entry_kind in context["parts"]
    )
    is_fragment = request.htmx and not request.htmx.history_restore_request
    page = "catalog/_search_results.html" if is_fragment else "catalog/search.html"
    return render(request, page, context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What the words that are being typed may become: titles, organisations, terms of art."""
    titles = suggestions(request.GET.get("q", ""), request.user)
    return render(request, "catalog/_suggestions.html", {"suggestions": titles})
