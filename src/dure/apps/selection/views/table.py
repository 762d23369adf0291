"""Pages of the table: the ranking, a line of it, the what-if, the proposal and the decision."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.selection import operations, permissions, presenters, queries
from dure.apps.selection.forms import LineForm, WhatIfForm
from dure.apps.selection.models import Selection
from dure.apps.selection.operations import Change
from dure.foundation.ui.answers import (
    flash_outcome,
    or_404,
    refusal_in,
    sheet_response,
    wants_workbook,
)
from dure.foundation.ui.form_page import render_forms


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The ranking with its cut, a what-if beside it, and the proposal."""
    shown = _selection(request, pk)
    if request.method == "POST":
        _office_only(request)
        with flash_outcome(request, _("Proposed. A second person decides.")):
            operations.propose(selection=shown, changes={}, by=request.user, at=timezone.now())
        return redirect("selection:table", shown.pk)
    form = WhatIfForm(request.GET or None, selection=shown)
    tried = form.wanted()
    ranking_table = presenters.table(shown, tried)
    if wants_workbook(request) and ranking_table is not None:
        return sheet_response(**presenters.sheet(shown, ranking_table))
    context = {
        "selection": shown,
        "rows": ranking_table,
        "figures": presenters.summary(ranking_table) if ranking_table else [],
        "severities": presenters.severities(ranking_table or []),
        "tried": tried,
        "form": form,
        "decisions": queries.decisions_of(shown),
        "may_propose": permissions.may_propose(request.user, shown),
        "may_run": permissions.may_run(request.user),
        "may_decide": permissions.may_decide(request.user, shown),
        "renewal": (renewal := queries.open_renewal(shown)),
        "changes": presenters.changes(shown, renewal) if renewal else [],
        "revocations": presenters.revocations(renewal) if renewal else [],
        "renewals": [
            {"renewal": past_renewal, "revocations": presenters.revocations(past_renewal)}
            for past_renewal in queries.renewals_of(shown)
        ],
        "may_renew": permissions.may_renew(request.user, shown),
        "may_decide_renewal": renewal and permissions.may_decide_renewal(request.user, renewal),
        "may_judge_across": permissions.may_judge_across(request.user, shown),
        "may_move_up": permissions.may_move_up(request.user, shown),
        "breadcrumb": presenters.crumbs(shown, _("Ranking")),
    }
    return render_forms(request, "selection/table.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """A line of the table with all that it rests on; what is changed in it before it is proposed."""
    item = get_object_or_404(queries.lines_visible_to(request.user), pk=pk)
    may_adjust = permissions.may_adjust(request.user, item)
    form = LineForm(request.POST or None, item=item) if may_adjust else None
    if request.method == "POST" and form is None:
        raise Http404
    if form is not None and request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.change_line(
                item=item, change=Change(**form.cleaned_data), by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect("selection:table", item.selection_id)
    context = {
        "item": item,
        "selection": item.selection,
        "line": presenters.line(item),
        "asked": queries.wanted(item.submission),
        "opinion": getattr(item, "owner_opinion", None),
        "visit": getattr(item, "visit", None),
        "again": presenters.again(item),
        "form": form,
        "breadcrumb": [
            *presenters.crumbs(item.selection),
            {"label": item.application.number, "url": ""},
        ],
    }
    return render_forms(request, "selection/line.html", context)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on the proposed table, send it back, or move the reserve up."""
    _office_only(request)
    shown, what = _selection(request, pk), request.POST.get("what")
    if what == "back":
        with flash_outcome(request, _("Sent back; another table can be proposed.")):
            operations.send_back(selection=shown, by=request.user)
    elif what == "up":
        with flash_outcome(request, _("Moved up from the reserve; the applicant is told.")):
            operations.move_up(selection=shown, by=request.user, at=timezone.now())
    else:
        with flash_outcome(request, _("Decided. Every applicant is told.")):
            operations.decide(selection=shown, by=request.user, at=timezone.now())
    return redirect("selection:table", shown.pk)


@require_safe
def fairness(request: HttpRequest, pk: int) -> HttpResponse:
    """How fair a selection was: for the office at any time, for everybody once it is decided."""
    shown = get_object_or_404(queries.all_selections(), pk=pk)
    or_404(permissions.may_read_fairness(request.user, shown))
    context = {
        "selection": shown,
        "groups": presenters.fairness.groups(shown),
        "figures": presenters.fairness.figures(shown),
        "breadcrumb": [{"label": _("Fairness in numbers"), "url": ""}],
    }
    return render(request, "selection/fairness.html", context)


def _office_only(request: HttpRequest) -> None:
    or_404(permissions.may_run(request.user))


def _selection(request: HttpRequest, pk: int) -> Selection:
    return get_object_or_404(queries.selections_visible_to(request.user), pk=pk)
