"""Calls for everybody: the list, one of them, one on paper."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.apps.calls import permissions, presenters, queries
from dure.apps.calls.forms import CallsForm, QuestionForm
from dure.apps.calls.models import Call
from dure.foundation.paper import pdf
from dure.foundation.ui.listing import in_order, list_page

ON_A_PAGE = 20
SORTS = {
    "deadline": ("deadline_at", "opens_at", "pk"),
    "opens": ("opens_at", "pk"),
    "title": ("title", "pk"),
}


@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """The calls that a reader may know of, by state, programme, region and words; also as Excel."""
    now, user = timezone.now(), request.user
    form = CallsForm(request.GET, user=user)
    visible = queries.calls_visible_to(user).prefetch_related("rounds")
    calls = queries.narrowed(visible, form.wanted(), now)
    if wish := request.GET.get("sort"):
        calls = in_order(calls, wish, SORTS, "deadline")
    else:
        calls = queries.by_urgency(calls, now)
    firm = form.firm_asked_for()
    if firm is not None:
        calls = [call for call in calls if not presenters.is_barred(call, firm)]
    return list_page(
        request,
        "calls/calls.html",
        calls,
        form=form,
        per_page=ON_A_PAGE,
        sheet=lambda rows: presenters.sheet(list(rows), now),
        context=lambda page: {
            "title": _("Calls"),
            "breadcrumb": presenters.crumbs(None),
            "rows": presenters.rows(page, now, firm),
            "firm": firm,
            "may_run": permissions.may_run(user),
        },
    )


@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """A call: until when, for whom, what it asks for, what was added and asked since."""
    shown, now, user = _call(request, pk), timezone.now(), request.user
    is_office = queries.is_office(user)
    context = _context(shown, now) | {
        "breadcrumb": presenters.crumbs(shown),
        "is_office": is_office,
        "is_watching": queries.is_watching(user, shown),
        "may_watch": permissions.may_watch(user, shown),
        "may_ask": permissions.may_ask(user, shown, now),
        "may_edit": permissions.may_edit(user, shown),
        "may_add": permissions.may_add(user, shown),
        "may_extend": permissions.may_extend(user, shown),
        "may_propose": permissions.may_propose_extension(user, shown),
        "may_write": permissions.may_write_letters(user, shown),
        "moves": presenters.moves(shown, user),
        "question_form": QuestionForm(),
        "own_questions": queries.questions_visible_to(user).filter(
            call=shown, answered_at__isnull=True
        ),
        "extension": queries.own_extension(shown, user),
        "firms": [
            {"firm": firm, "chances": presenters.chances(shown, firm)}
            for firm in queries.firms_of(user)
        ],
    }
    if is_office:
        proposal = queries.pending_proposal(shown)
        context |= {
            "proposal": proposal,
            "may_confirm": proposal and permissions.may_confirm(user, proposal),
            "extensions": shown.extensions.select_related("organisation", "by"),
            "left_to_do": queries.open_things(shown, now),
            "follower_count": queries.followers_of(shown).count(),
        }
    return render(request, "calls/call.html", context)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A call on paper."""
    shown = _call(request, pk)
    context = _context(shown, timezone.now()) | {"language": translation.get_language()}
    return HttpResponse(
        pdf(render_to_string("calls/call_paper.html", context)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="call-{shown.pk}.pdf"'},
    )


def _context(shown: Call, now: datetime) -> dict[str, Any]:
    state = queries.state_of(shown, now)
    return {
        "call": shown,
        "now": now,
        "state": state,
        "tone": presenters.TONES[state],
        "path": presenters.path(shown, now),
        "left": presenters.left(shown, now),
        "regions": presenters.regions(shown),
        "rounds": presenters.windows(shown),
        "stages": presenters.stages(shown),
        "shares": presenters.shares(shown),
        "asked": presenters.asked(shown),
        "sections": presenters.programme_sections(shown),
        "addenda": shown.addenda.all(),
        "answered": queries.answered_questions(shown),
        "recommenders": shown.recommenders.select_related("organisation"),
        "challenges": queries.challenges_of(shown),
    }


def _call(request: HttpRequest, pk: int) -> Call:
    return get_object_or_404(queries.calls_visible_to(request.user), pk=pk)
