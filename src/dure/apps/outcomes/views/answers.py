"""What is done with an outcome: shown, confirmed, disputed, withdrawn, tied."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.apps.outcomes import adapter, operations, permissions, presenters
from dure.apps.outcomes.forms import EvidenceForm, ReasonForm, TieForm
from dure.apps.outcomes.pages import crumbs, outcome_for
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.web import takes_files


@require_POST
@takes_files
@login_required
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Add files that show it."""
    outcome = outcome_for(request, pk)
    form = EvidenceForm(request.POST, request.FILES)
    with flash_outcome(request, _("The files are added.")):
        permissions.may_add_evidence(request.user, outcome).require()
        files = form.cleaned_data["files"] if form.is_valid() else []
        operations.add_evidence(outcome=outcome, files=files, by=request.user, at=timezone.now())
    return redirect(outcome)


@require_POST
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is so."""
    outcome = outcome_for(request, pk)
    with flash_outcome(request, _("Confirmed. From now on it counts.")):
        operations.confirm(outcome=outcome, by=request.user, at=timezone.now())
    return redirect(outcome)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is not so, and why."""
    outcome = outcome_for(request, pk)
    or_404(permissions.may_answer(request.user, outcome))
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda values: operations.dispute(
            outcome=outcome, note=values["reason"], by=request.user, at=timezone.now()
        ),
        title=_("This is not so"),
        lead=_("The programme office looks at both sides and decides on the evidence."),
        button=_("Send"),
        back=outcome.get_absolute_url(),
        breadcrumb=crumbs(_("This is not so"), outcome=outcome),
        done=_("The programme office is told."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report back, with the reason."""
    outcome = outcome_for(request, pk)
    or_404(permissions.may_withdraw(request.user, outcome))
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda values: operations.withdraw(
            outcome=outcome, reason=values["reason"], by=request.user, at=timezone.now()
        ),
        title=_("Withdraw an outcome"),
        lead=_(
            "It stays to be read with your reason, and counts no more. Figures of past days stay."
        ),
        button=_("Withdraw"),
        back=outcome.get_absolute_url(),
        breadcrumb=crumbs(_("Withdraw an outcome"), outcome=outcome),
        done=_("Withdrawn. Both sides are told."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what it came of, where the platform found something else."""
    outcome = outcome_for(request, pk)
    or_404(permissions.may_tie(request.user, outcome))
    anchors = adapter.anchors_for(outcome)
    by_code = {f"{name}-{thing.pk}": (name, thing) for name, thing in anchors}
    name, thing = adapter.anchor_of(outcome)
    form = TieForm(
        sent(request),
        choices=presenters.anchor_choices(anchors),
        initial={"anchor": f"{name}-{thing.pk}" if thing else ""},
    )
    return form_page(
        request,
        form,
        lambda values: operations.tie(
            outcome=outcome,
            anchor=by_code.get(values["anchor"]),
            by=request.user,
            at=timezone.now(),
        ),
        title=_("What it came of"),
        lead=_("Everything that the two organisations had in common before that day."),
        button=_("Save"),
        back=outcome.get_absolute_url(),
        breadcrumb=crumbs(_("What it came of"), outcome=outcome),
        done=_("Saved. The way back was found anew."),
    )
