"""Recoveries: what is open and for how long, payments, instalments, steps."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dure.apps.people.queries import people_in_any
from dure.apps.projects import adapter, operations, permissions, presenters, queries
from dure.apps.projects.forms import InstalmentsForm, RecoveriesForm, StepForm
from dure.apps.projects.models import Recovery
from dure.apps.projects.pages import way_to
from dure.apps.projects.stages import RECOVERY_NEXT, RecoveryStage
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.ui.form_page import render_forms
from dure.foundation.ui.forms import PaymentForm
from dure.foundation.ui.listing import list_page

ON_A_PAGE = 30
AGES = (0, 30, 90, 180, 365)


@require_safe
@login_required
def recoveries(request: HttpRequest) -> HttpResponse:
    """What has to come back, the longest overdue first; also as a workbook."""
    or_404(permissions.may_read_projects(request.user))
    today = localdate()
    form = RecoveriesForm(request.GET)
    visible = queries.recoveries_visible_to(request.user)

    def context(page: Page) -> dict[str, Any]:
        return {
            "rows": [{"recovery": recovery, "age": recovery.age(today)} for recovery in page],
            "ages": _ages(queries.with_open_money(visible), today),
            "breadcrumb": [
                {"label": _("Projects"), "url": reverse("projects:list")},
                {"label": _("Recoveries")},
            ],
        }

    return list_page(
        request,
        "projects/recoveries.html",
        form.narrow(visible).order_by("due_on", "pk"),
        form=form,
        per_page=ON_A_PAGE,
        sheet=lambda rows: presenters.recoveries_sheet(rows, today),
        people=lambda recoveries: people_in_any(recoveries.order_by().values("organisation")),
        context=context,
    )


@never_cache
@require_safe
@login_required
def recovery(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """One recovery."""
    return _page(request, _found(request, recovery_id))


@require_POST
@login_required
def pay(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """Enter money that came back."""
    recovery = _found(request, recovery_id)
    form = PaymentForm(request.POST)
    if form.is_valid():
        with refusal_in(form) as outcome:
            operations.record_payment(
                recovery=recovery, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect("projects:recovery", recovery.pk)
    return _page(request, recovery, payment_form=form)


@require_POST
@login_required
def instalments(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """Let what is open be paid in parts."""
    recovery = _found(request, recovery_id)
    form = InstalmentsForm(request.POST)
    if form.is_valid():
        with refusal_in(form, "parts") as outcome:
            operations.agree_instalments(recovery=recovery, **form.cleaned_data, by=request.user)
        if outcome.is_done:
            return redirect("projects:recovery", recovery.pk)
    return _page(request, recovery, instalments_form=form)


@require_POST
@login_required
def move(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """Defer a recovery, or take the next step."""
    recovery = _found(request, recovery_id)
    form = StepForm(request.POST, stages=_moves(recovery))
    if form.is_valid():
        with refusal_in(form) as outcome:
            operations.move_recovery(
                recovery=recovery, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect("projects:recovery", recovery.pk)
    return _page(request, recovery, step_form=form)


@require_POST
@login_required
def charge_interest(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """Demand the interest on what came late."""
    recovery = _found(request, recovery_id)
    with flash_outcome(request, _("The interest is demanded. The firm is told.")):
        charged = operations.charge_interest(recovery=recovery, by=request.user, at=timezone.now())
        return redirect("projects:recovery", charged.pk)
    return redirect("projects:recovery", recovery.pk)


def _found(request: HttpRequest, pk: int) -> Recovery:
    return get_object_or_404(queries.recoveries_visible_to(request.user), pk=pk)


def _moves(recovery: Recovery) -> list[RecoveryStage]:
    moves = RECOVERY_NEXT[RecoveryStage(recovery.stage)] - {RecoveryStage.PAID}
    return [stage for stage in RecoveryStage if stage in moves]


def _ages(open_recoveries: Any, today: Any) -> list[dict[str, Any]]:
    """What is open, by how long it is overdue."""
    bands = [
        _("Not due yet"),
        *(_("%(days)s days late or more") % {"days": days or 1} for days in AGES),
    ]
    sums = [0] * len(bands)
    for recovery in open_recoveries:
        age = (today - recovery.due_on).days
        place = 0 if age <= 0 else sum(age > days for days in AGES)
        sums[place] += recovery.open_won
    return [
        {"number": f"{won:,}", "unit": _("won"), "label": label}
        for label, won in zip(bands, sums, strict=True)
        if won
    ]


def _page(request: HttpRequest, recovery: Recovery, **forms: Any) -> HttpResponse:
    today = localdate()
    context = {
        "recovery": recovery,
        "age": recovery.age(today),
        "may": permissions.may_collect(request.user, recovery),
        "rules": adapter.rules_of(recovery.project, "settlement"),
        "interest": adapter.interest_on(recovery, today),
        "charged": getattr(recovery, "interest", None),
        "may_charge": permissions.may_charge_interest(request.user, recovery),
        "payment_form": PaymentForm(
            initial={"key": uuid4().hex, "paid_on": today, "amount": recovery.open}
        ),
        "instalments_form": InstalmentsForm(),
        "step_form": StepForm(stages=_moves(recovery)),
        "breadcrumb": [*way_to(recovery.project), {"label": _("Recovery")}],
        **forms,
    }
    return render_forms(request, "projects/recovery.html", context)
