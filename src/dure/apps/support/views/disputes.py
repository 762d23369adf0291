"""Disputes: evidence in one step, its paper, and who hears the case."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.rooms.kinds import ItemKind, Way
from dure.apps.support import operations, permissions, presenters
from dure.apps.support.forms import PanelistForm
from dure.apps.support.views.requests import on_request, seen
from dure.foundation.paper import pdf
from dure.foundation.ui.answers import flash_outcome, or_404, pdf_response
from dure.foundation.ui.form_page import sent


@require_POST
@login_required
def gather(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the registers of rooms with the other side say."""
    support_request = seen(request, pk)
    with flash_outcome(request, _("Gathered. The paper is below.")):
        operations.gather(request=support_request, by=request.user, at=timezone.now())
    return redirect(support_request)


@require_safe
@login_required
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest gathered evidence as a paper that a court can read."""
    support_request = seen(request, pk)
    or_404(permissions.may_read_inside(request.user, support_request))
    kept = support_request.evidence.select_related("by").first()
    if kept is None:
        raise Http404
    kinds, ways = dict(ItemKind.choices), dict(Way.choices)
    rows = presenters.evidence_in_words(kept.rows)
    for row in rows:
        row["kind_name"], row["way_name"] = kinds.get(row["kind"]), ways.get(row["way"])
    context = {"shown": support_request, "kept": kept, "rows": rows, "language": get_language()}
    paper = pdf(render_to_string("support/evidence_paper.html", context))
    return pdf_response(paper, pgettext("support", "Evidence"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def name_panelist(request: HttpRequest, pk: int) -> HttpResponse:
    """Name somebody who hears the case."""
    support_request = seen(request, pk)
    or_404(permissions.may_name_panelist(request.user, support_request))
    form = PanelistForm(sent(request), panel=support_request.file.panel)

    def act(values: dict[str, Any]) -> None:
        operations.name_panelist(
            request=support_request, by=request.user, at=timezone.now(), **values
        )

    return on_request(
        request, support_request, form, act, title=_("Name a member of the panel"), button=_("Save"),
        done=_("Named."),
    )  # fmt: skip
