"""Pages of the office: selections, the check, panels and their days."""

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
    AssignForm,
    BeginForm,
    CheckForm,
    DayForm,
    PanelsForm,
    PinForm,
    PossibleConflictForm,
    ReasonForm,
    VisitForm,
    VisitReportForm,
)
from dure.apps.selection.models import Item, Member, Selection
from dure.foundation.ui.answers import (
    flash_outcome,
    or_404,
    refusal_in,
    sheet_response,
    wants_workbook,
)
from dure.foundation.ui.form_page import form_page, render_forms, sent, show_form


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def selections(request: HttpRequest) -> HttpResponse:
    """All selections, and the form that begins one."""
    selections = queries.selections_visible_to(request.user)
    may_run = permissions.may_run(request.user)
    if not (may_run or permissions.may_read_all(request.user)):
        raise Http404
    waiting = queries.openings_to_begin(request.user)
    form = BeginForm(request.POST or None, among=waiting) if may_run and waiting else None
    if form and request.method == "POST" and form.is_valid():
        with refusal_in(form):
            given = dict(form.cleaned_data)
            opening = given.pop("opening")
            given["reserve_of_challenge"] = given["reserve_of_challenge"] or 0
            made = operations.begin(
                call=opening.call, within=opening.round, **given, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
            return redirect("selection:selection", made.pk)
    context = {
        "selections": selections,
        "form": form,
        "may_run": may_run,
        "breadcrumb": presenters.crumbs(None),
    }
    return render_forms(request, "selection/selections.html", context)


@login_required
@require_safe
def selection(request: HttpRequest, pk: int) -> HttpResponse:
    """A selection: what is checked, who is in conflict, how far the panels are."""
    shown = _selection(request, pk)
    may_run, panels = permissions.may_run(request.user), presenters.panels(shown)
    context = {
        "selection": shown,
        "stages": presenters.stages(shown),
        "step": presenters.next_step(shown, request.user, panels, timezone.localdate())
        if may_run
        else None,
        "late": presenters.late(shown),
        "possible": presenters.possible_conflicts(shown, queries.possible_conflicts_open(shown)),
        "is_each": queries.reviewing_of(shown) is not None,
        "items": presenters.items(shown),
        "panels": panels,
        "objections": queries.objections_of(shown),
        "questions": queries.questions_to_pass_on().filter(item__selection=shown),
        "may_run": may_run,
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
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.check_item(
                item=item, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect("selection:selection", item.selection_id)
    return show_form(
        request, form, title=_("Formal check"), lead=str(item.application),
        button=_("Keep the result"), back=reverse("selection:selection", args=[item.selection_id]),
        breadcrumb=presenters.crumbs(item.selection, _("Formal check")),
        template="selection/check.html", papers=item.supplements.all(),
        names_left=presenters.names_left(item),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def possible(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a name means the person whom a reviewer worked with."""
    _office_only(request)
    shown = get_object_or_404(queries.possible_conflicts_visible_to(request.user), pk=pk)
    item = shown.application.item
    [row] = presenters.possible_conflicts(item.selection, [shown])
    return form_page(
        request, PossibleConflictForm(sent(request)),
        lambda given: operations.answer_possible_conflict(
            possible=shown, **given, by=request.user, at=timezone.now()
        ),
        title=_("Is %(name)s the same person?") % {"name": shown.party}, button=_("Keep the answer"),
        lead=_("%(reviewer)s names %(name)s in a list of works (%(works)s); %(firm)s names one too.") % {
            "reviewer": shown.reviewer, "name": shown.party, "firm": shown.application.organisation,
            "works": ", ".join(map(str, row["works"])) or row["kind"],
        },
        back=reverse("selection:selection", args=[item.selection_id]),
        breadcrumb=presenters.crumbs(item.selection, _("Possible conflict of interest")),
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
    """Have the panels formed: best fit, nobody in conflict; or the reviewers of each assigned."""
    _office_only(request)
    shown = _selection(request, pk)
    if queries.reviewing_of(shown):
        return _assign(request, shown)
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


def _assign(request: HttpRequest, shown: Selection) -> HttpResponse:
    form, clash = AssignForm(request.POST or None), []
    back = reverse("selection:selection", args=[shown.pk])
    if request.method == "POST" and form.is_valid():
        now, due_at = timezone.now(), form.cleaned_data["due_at"]
        with refusal_in(form) as outcome:
            operations.assign_reviewers(selection=shown, due_at=due_at, by=request.user, at=now)
        if outcome.is_done:
            return redirect(back)
        clash = presenters.clash(shown, timezone.localdate(now), timezone.localdate(due_at))
    return show_form(
        request, form, title=_("Assign the reviewers"), lead=presenters.asked_for(shown),
        button=_("Assign and ask them"), back=back, template="selection/assign.html",
        breadcrumb=presenters.crumbs(shown, _("Assign the reviewers")), clash=clash,
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
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind whoever has not handed in or confirmed."""
    panel = get_object_or_404(queries.panels_visible_to(request.user), pk=pk)
    with flash_outcome(request) as outcome:
        number = operations.remind(panel=panel, by=request.user, at=timezone.now())
        outcome.done = _("%(n)s members are reminded.") % {"n": number}
    if permissions.may_run(request.user):
        return redirect("selection:selection", panel.selection_id)
    return redirect("selection:panel", panel.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when a panel meets and in which order the applicants present."""
    _office_only(request)
    panel = get_object_or_404(queries.panels_visible_to(request.user), pk=pk)
    start = {
        "starts_at": panel.meets_at, "place": panel.place, "minutes": panel.minutes_each,
        "pause_after": 0, "pause_minutes": 0,
    }  # fmt: skip
    return form_page(
        request, DayForm(request.POST or None, initial=start),
        lambda given: operations.plan_day(
            panel=panel, **given, by=request.user, at=timezone.now()
        ),
        title=_("Day of the panel"), lead=str(panel), button=_("Plan it and tell everybody"),
        back=reverse("selection:panel", args=[panel.pk]),
        breadcrumb=presenters.crumbs(panel.selection, _("Day of the panel")),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a visit to the applicant's site, or keep what it found."""
    item = _item(request, pk)
    planned = getattr(item, "visit", None)
    if planned is None or "again" in request.GET:
        start = {"on": planned.at, "place": planned.place} if planned else {}
        form: VisitForm | VisitReportForm = VisitForm(request.POST or None, initial=start)
    else:
        form = VisitReportForm(request.POST or None, initial={"report": planned.report})
    act = operations.plan_visit if isinstance(form, VisitForm) else operations.report_visit
    return form_page(
        request, form, lambda given: act(item=item, **given, by=request.user, at=timezone.now()),
        title=_("Site visit"), lead=str(item.application), button=_("Keep"),
        back=reverse("selection:selection", args=[item.selection_id]),
        breadcrumb=presenters.crumbs(item.selection, _("Site visit")),
    )  # fmt: skip


@login_required
@require_safe
def fees(request: HttpRequest, pk: int) -> HttpResponse:
    """What the reviewers of a selection are paid."""
    _office_only(request)
    shown = _selection(request, pk)
    fees = presenters.fees(shown)
    if wants_workbook(request):
        headers = [_("Reviewer"), _("E-mail"), _("Sheets"), _("Fee in won")]
        rows = [
            [str(row["reviewer"]), row["reviewer"].user.email, row["sheets"], row["won"]]
            for row in fees
        ]
        return sheet_response(_("Fees"), headers, rows)
    context = {
        "selection": shown,
        "rows": fees,
        "won": sum(row["won"] for row in fees),
        "sheets": sum(row["sheets"] for row in fees),
        "breadcrumb": presenters.crumbs(shown, _("Fees")),
    }
    return render(request, "selection/fees.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace a member with the fewest changes."""
    member = _member(request, pk)
    return form_page(
        request, ReasonForm(request.POST or None, initial=presenters.why_replaced(member)),
        lambda given: operations.replace_member(
            member=member, reason=given["reason"], by=request.user, at=timezone.now()
        ),
        title=_("Replace a member"), button=_("Replace"),
        lead=presenters.replacement(member, timezone.localdate()),
        back=reverse("selection:selection", args=[member.panel.selection_id]),
        breadcrumb=presenters.crumbs(member.panel.selection, _("Replace a member")),
    )  # fmt: skip


def _office_only(request: HttpRequest) -> None:
    or_404(permissions.may_run(request.user))


def _selection(request: HttpRequest, pk: int) -> Selection:
    return get_object_or_404(queries.selections_visible_to(request.user), pk=pk)


def _item(request: HttpRequest, pk: int) -> Item:
    _office_only(request)
    items: Any = queries.items_in_check(request.user)
    return get_object_or_404(items, pk=pk)


def _member(request: HttpRequest, pk: int) -> Member:
    _office_only(request)
    return get_object_or_404(queries.members_visible_to(request.user), pk=pk)
