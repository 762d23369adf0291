"""Pages of the office: selections, the pool, the check, panels, the table."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.selection import operations, permissions, presenters, queries
from dure.apps.selection.forms import (
    BeginForm,
    CheckForm,
    InviteForm,
    PanelsForm,
    PinForm,
    ReasonForm,
    WhatIfForm,
)
from dure.apps.selection.models import Item, Member, Reviewer, Selection
from dure.apps.selection.operations.deciding import Change
from dure.foundation.parsing import whole_number
from dure.foundation.ui.answers import (
    flash_outcome,
    refusal_in,
    sheet_response,
    wants_workbook,
)
from dure.foundation.ui.form_page import form_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def selections(request: HttpRequest) -> HttpResponse:
    """All selections, and the form that begins one."""
    found = queries.selections_visible_to(request.user)
    may_run = permissions.may_run(request.user)
    if not (may_run or permissions.may_read_all(request.user)):
        raise Http404
    form = BeginForm(request.POST or None, user=request.user) if may_run else None
    if form and request.method == "POST" and form.is_valid():
        with refusal_in(form):
            given = form.cleaned_data
            made = operations.begin(
                call=given["call"], within=None, places=given["places"], reserve=given["reserve"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
            return redirect("selection:selection", made.pk)
    context = {"selections": found, "form": form, "breadcrumb": presenters.crumbs(None)}
    return render(request, "selection/selections.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pool(request: HttpRequest) -> HttpResponse:
    """The pool of reviewers, and the form that invites."""
    _office_only(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form, "email"):
            operations.invite(person=form.cleaned_data["email"], by=request.user, at=timezone.now())
            return redirect("selection:pool")
    loads = queries.loads(timezone.localdate().year)
    context = {
        "rows": [
            {"reviewer": each, "load": loads[each.pk]}
            for each in queries.reviewers_in_pool(request.user)
        ],
        "form": form,
        "breadcrumb": presenters.crumbs(None, _("Reviewers")),
    }
    return render(request, "selection/pool.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bar(request: HttpRequest, pk: int) -> HttpResponse:
    """Bar somebody from reviewing."""
    _office_only(request)
    reviewer: Reviewer = get_object_or_404(queries.reviewers_in_pool(request.user), pk=pk)
    return form_page(
        request, ReasonForm(request.POST or None),
        lambda given: operations.bar(reviewer=reviewer, reason=given["reason"], by=request.user),
        title=_("Bar from reviewing"), lead=str(reviewer), button=_("Bar this reviewer"),
        back=reverse("selection:pool"), breadcrumb=presenters.crumbs(None, _("Reviewers")),
    )  # fmt: skip


@login_required
@require_safe
def selection(request: HttpRequest, pk: int) -> HttpResponse:
    """A selection: what is checked, who is in conflict, how far the panels are."""
    shown = _selection(request, pk)
    context = {
        "selection": shown,
        "items": presenters.items(shown),
        "panels": presenters.panels(shown),
        "objections": queries.objections_of(shown),
        "may_run": permissions.may_run(request.user),
        "may_form_panels": permissions.may_form_panels(request.user, shown),
        "breadcrumb": presenters.crumbs(shown),
    }
    return render(request, "selection/selection.html", context)


@login_required
@require_POST
def conflicts(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute the conflicts of interest anew."""
    _office_only(request)
    shown = _selection(request, pk)
    with flash_outcome(request) as outcome:
        new = operations.find_conflicts(selection=shown, by=request.user, at=timezone.now())
        outcome.done = _("Looked through: %(n)s new conflicts of interest.") % {"n": new}
    return redirect("selection:selection", shown.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The formal check of one application."""
    item = _item(request, pk)
    form = CheckForm(
        request.POST or None,
        initial={"bonus": item.bonus, "penalty": item.penalty, "missing": item.missing},
    )
    return form_page(
        request, form,
        lambda given: operations.check_item(item=item, **given, by=request.user, at=timezone.now()),
        title=_("Formal check"), lead=str(item.application), button=_("Keep the result"),
        back=reverse("selection:selection", args=[item.selection_id]),
        breadcrumb=presenters.crumbs(item.selection, _("Formal check")),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a conflict of interest that no record knows."""
    item = _item(request, pk)
    return form_page(
        request, PinForm(request.POST or None, user=request.user),
        lambda given: operations.pin_conflict(
            item=item, **given, by=request.user, at=timezone.now()
        ),
        title=_("Note a conflict of interest"), lead=str(item.application), button=_("Note it"),
        back=reverse("selection:selection", args=[item.selection_id]),
        breadcrumb=presenters.crumbs(item.selection, _("Conflict of interest")),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_panels(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the panels formed: best fit, nobody in conflict."""
    _office_only(request)
    shown = _selection(request, pk)
    start = {"members": queries.rules_of(shown).members(0)}
    return form_page(
        request, PanelsForm(request.POST or None, initial=start),
        lambda given: operations.form_panels(
            selection=shown, **given, by=request.user, at=timezone.now()
        ),
        title=_("Form the panels"), lead=str(shown), button=_("Form them and ask the reviewers"),
        back=reverse("selection:selection", args=[shown.pk]),
        breadcrumb=presenters.crumbs(shown, _("Form the panels")),
    )  # fmt: skip


@login_required
@require_POST
def elect(request: HttpRequest, pk: int) -> HttpResponse:
    """Record whom the panel elected as its chair."""
    member = _member(request, pk)
    with flash_outcome(request, _("The chair is recorded.")):
        operations.elect_chair(member=member, by=request.user)
    return redirect("selection:selection", member.panel.selection_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace a member with the fewest changes."""
    member = _member(request, pk)
    return form_page(
        request, ReasonForm(request.POST or None),
        lambda given: operations.replace_member(
            member=member, reason=given["reason"], by=request.user, at=timezone.now()
        ),
        title=_("Replace a member"), lead=str(member), button=_("Replace"),
        back=reverse("selection:selection", args=[member.panel.selection_id]),
        breadcrumb=presenters.crumbs(member.panel.selection, _("Replace a member")),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The ranking with its cut, a what-if beside it, and the proposal."""
    shown = _selection(request, pk)
    form = WhatIfForm(request.GET or None)
    tried = form.wanted() if request.GET else {}
    if request.method == "POST":
        _office_only(request)
        with flash_outcome(request, _("Proposed. A second person decides.")):
            operations.propose(
                selection=shown, changes=_changes(request, shown), by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        return redirect("selection:table", shown.pk)
    found = presenters.table(shown, tried)
    if wants_workbook(request) and found is not None:
        return sheet_response(_("Ranking"), presenters.headers(), presenters.rows(found))
    context = {
        "selection": shown,
        "rows": found,
        "tried": tried,
        "form": form,
        "decisions": queries.decisions_of(shown),
        "may_propose": permissions.may_propose(request.user, shown),
        "may_run": permissions.may_run(request.user),
        "may_decide": permissions.may_decide(request.user, shown),
        "may_move_up": permissions.may_move_up(request.user, shown),
        "breadcrumb": presenters.crumbs(shown, _("Ranking")),
    }
    return render(request, "selection/table.html", context)


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


def _changes(request: HttpRequest, shown: Selection) -> dict[int, Change]:
    """What was changed in the lines of the table: money in won, months, conditions."""
    found = {}
    for item in shown.items.all():
        granted = whole_number(request.POST.get(f"granted_{item.pk}"), high=10**15)
        months = whole_number(request.POST.get(f"months_{item.pk}"), high=1200)
        conditions = request.POST.get(f"conditions_{item.pk}", "")[:4000]
        found[item.pk] = Change(granted=granted, months=months, conditions=conditions)
    return found


def _office_only(request: HttpRequest) -> None:
    if not permissions.may_run(request.user):
        raise Http404


def _selection(request: HttpRequest, pk: int) -> Selection:
    return get_object_or_404(queries.selections_visible_to(request.user), pk=pk)


def _item(request: HttpRequest, pk: int) -> Item:
    _office_only(request)
    found: Any = queries.items_in_check(request.user)
    return get_object_or_404(found, pk=pk)


def _member(request: HttpRequest, pk: int) -> Member:
    _office_only(request)
    return get_object_or_404(queries.members_visible_to(request.user), pk=pk)
