"""The list of outcomes, one of them with its way back, and reporting one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.outcomes import operations, permissions, presenters, queries
from dure.apps.outcomes.forms import EvidenceForm, OutcomesFilter, ReportForm
from dure.apps.outcomes.kinds import kind_of, kinds
from dure.apps.outcomes.pages import anchor_in, crumbs, other_side, outcome_for
from dure.apps.people.queries import organisations_of
from dure.foundation.ui.answers import or_404, refusal_in
from dure.foundation.ui.form_page import sent
from dure.foundation.ui.listing import in_order, list_page
from dure.foundation.web import takes_files

SORTS = {
    "kind": ("kind", "-on", "pk"),
    "organisation": ("organisation__name", "-on", "pk"),
    "on": ("on", "pk"),
    "reported": ("reported_at", "pk"),
}


@require_safe
@login_required
def outcomes(request: HttpRequest) -> HttpResponse:
    """What came of the cooperations that the reader knows of; also as Excel."""
    or_404(permissions.may_read_outcomes(request.user))
    form = OutcomesFilter(request.GET)
    listed = form.narrow(queries.outcomes_visible_to(request.user))
    return list_page(
        request,
        "outcomes/outcomes.html",
        in_order(listed, request.GET.get("sort"), SORTS, "-on"),
        form=form,
        per_page=30,
        sheet=presenters.sheet_for(request.user),
        context=lambda page: {
            "rows": presenters.rows_of(page),
            "figures": presenters.figures_of(listed),
            "may_report": permissions.may_report(request.user),
            "may_import": permissions.may_import(request.user),
            "may_run": permissions.may_run(request.user),
            "breadcrumb": [{"label": _("Outcomes")}],
        },
    )


@require_safe
@login_required
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """One outcome: what is said, who said yes or no, and the way back to the need."""
    outcome, user = outcome_for(request, pk), request.user
    twins = queries.twins_of_outcome(user, outcome)
    context = {
        "outcome": outcome,
        "tone": presenters.tone_of(outcome),
        "facts": presenters.facts_of(outcome),
        "path": presenters.path_of(outcome, user),
        "answers": outcome.answers.select_related("organisation", "given_by"),
        "evidence": outcome.evidence.select_related("added_by"),
        "merged": outcome.merged.all(),
        "twins": [twin for twin in twins if not twin.answer],
        "may_confirm": permissions.may_confirm(user, outcome),
        "may_answer": permissions.may_answer(user, outcome),
        "may_withdraw": permissions.may_withdraw(user, outcome),
        "may_add": permissions.may_add_evidence(user, outcome),
        "may_tie": permissions.may_tie(user, outcome),
        "may_run": permissions.may_run(user),
        "evidence_form": EvidenceForm(),
        "breadcrumb": crumbs(str(outcome)),
    }
    return render(request, "outcomes/outcome.html", context)


@require_safe
@login_required
def choose_kind(request: HttpRequest) -> HttpResponse:
    """First: what kind of outcome it is."""
    _reporters_only(request)
    anchor = anchor_in(request)
    context = {
        "kinds": kinds(),
        "query": f"?of={anchor[0]}-{anchor[1].pk}" if anchor else "",
        "anchor": anchor[1] if anchor else None,
        "breadcrumb": crumbs(_("Report an outcome")),
    }
    return render(request, "outcomes/kinds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@login_required
def report(request: HttpRequest, kind: str) -> HttpResponse:
    """Then: what this kind asks for, and what shows it."""
    _reporters_only(request)
    chosen = kind_of(kind)
    if chosen is None:
        raise Http404
    anchor = anchor_in(request)
    other = other_side(request, anchor)
    is_office = bool(permissions.may_run(request.user))
    form = ReportForm(
        sent(request),
        request.FILES or None,
        kind=chosen,
        user=request.user,
        own=None if is_office else organisations_of(request.user),
        initial={"counterpart": (other.number or str(other)) if other else ""},
    )
    if form.is_valid():
        with refusal_in(form) as outcome:
            made = operations.report(
                values=form.values(),
                reported_for=form.cleaned_data.get("reported_for"),
                files=form.cleaned_data["files"],
                anchor=anchor,
                by=request.user,
                at=timezone.now(),
            )
        if outcome.is_done:
            messages.success(
                request, _("Reported. It counts once the other side or the office confirms it.")
            )
            return redirect(made)
    context = {
        "kind": chosen,
        "form": form,
        "anchor": anchor[1] if anchor else None,
        "breadcrumb": crumbs(_("Report an outcome"), str(chosen)),
    }
    return render(request, "outcomes/report.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """A file that shows an outcome, to be saved, never shown: it may hold anything."""
    evidence = get_object_or_404(queries.evidence_visible_to(request.user), pk=pk)
    return FileResponse(evidence.file.open("rb"), as_attachment=True, filename=evidence.name)


def _reporters_only(request: HttpRequest) -> None:
    or_404(permissions.may_report(request.user))
