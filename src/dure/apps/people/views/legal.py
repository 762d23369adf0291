"""What everybody may read before joining: terms of use, privacy policy, whom to ask."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.apps.people import queries
from dure.apps.people.models import LegalDocument
from dure.foundation.legal import Operator


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The terms of use, today's or an earlier version."""
    return _text(request, LegalDocument.TERMS, _("Terms of use"))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy policy, today's or an earlier version."""
    return _text(request, LegalDocument.PRIVACY, _("Privacy policy"))


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Who runs the platform, and how they are reached."""
    title = _("Contact us")
    context = {"title": title, "operator": settings.DURE_OPERATOR, "breadcrumb": [{"label": title}]}
    return render(request, "people/contact.html", context)


def _text(request: HttpRequest, document: LegalDocument, title: str) -> HttpResponse:
    known = {text.version: text for text in queries.legal_versions(document)}
    today = queries.legal_text(document, timezone.localdate())
    wanted = request.GET.get("version", today.version)
    if wanted not in known:
        raise Http404
    context = {
        "title": title,
        "text": known[wanted],
        "applies_from": date.fromisoformat(wanted),
        "clauses": known[wanted].in_language(get_language(), Operator(**settings.DURE_OPERATOR)),
        "is_current": wanted == today.version,
        "others": [version for version in known if version != wanted],
        "breadcrumb": [{"label": title}],
    }
    return render(request, "people/legal.html", context)
