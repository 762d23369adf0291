"""Before anything is written: may we apply, and what is known already."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dure.apps.applications import adapter, operations, permissions, presenters, queries
from dure.apps.applications.forms import DeclareForm, StartForm
from dure.apps.calls.models import Call
from dure.apps.calls.queries import calls_visible_to, check, eligibility_day, round_at
from dure.engines.eligibility import Fact
from dure.foundation.ui.answers import flash_outcome


@never_cache
@require_safe
@login_required
def self_check(request: HttpRequest, call_id: int) -> HttpResponse:
    """May this organisation apply? One line for each rule; what is said here is not kept."""
    call, now = _call(request, call_id), timezone.now()
    organisations = queries.firms_of(request.user)
    chosen = organisations.filter(pk=_number(request.GET.get("organisation"))).first()
    firm = chosen or organisations.first()
    if firm is None:
        return render(request, "applications/check.html", _check_frame(call) | {"firm": None})
    day = eligibility_day(call)
    known = check(call, firm, day)
    form = DeclareForm(request.GET, facts=adapter.yes_or_no(known))
    declared = [Fact(name, value) for name, value in form.said().items()]
    within = round_at(call, now) if call.mode == "ROUNDS" else None
    there = queries.own_application(call, firm, within)
    context = _check_frame(call) | {
        "firm": firm,
        "firms": organisations,
        "check": check(call, firm, day, declared=declared),
        "form": form,
        "day": day,
        "there": there,
        "may_start": permissions.may_start(request.user, call, firm, within, now),
        "start_form": StartForm(
            call=call, organisations=organisations, initial={"organisation": firm.pk}
        ),
    }
    return render(request, "applications/check.html", context)


@require_POST
@login_required
def start(request: HttpRequest, call_id: int) -> HttpResponse:
    """Start an application, or go to the one that is there."""
    call, now = _call(request, call_id), timezone.now()
    form = StartForm(request.POST, call=call, organisations=queries.firms_of(request.user))
    if not form.is_valid():
        return redirect("applications:check", call_id)
    record = queries.joint_record(_number(request.POST.get("record")), request.user)
    with flash_outcome(request) as outcome:
        made = operations.start_from(
            call=call,
            organisation=form.cleaned_data["organisation"],
            within=round_at(call, now) if call.mode == "ROUNDS" else None,
            challenge=form.cleaned_data.get("challenge"),
            record=record,
            by=request.user,
            at=now,
        )
    if not outcome.is_done:
        return redirect("applications:check", call_id)
    return redirect("applications:application", made.pk)


@never_cache
@require_safe
@login_required
def joint(request: HttpRequest, record_id: int) -> HttpResponse:
    """Joint development was agreed: in which open call does one apply for it?"""
    record = queries.joint_record(record_id, request.user)
    if record is None:
        raise Http404
    now = timezone.now()
    firm = queries.supplier_in(record)
    context = {
        "title": _("Apply for the joint development"),
        "breadcrumb": presenters.crumbs(None, _("Joint development")),
        "record": record,
        "sides": record.of.sides,
        "firm": firm,
        "calls": [
            {
                "call": call,
                "left": call.deadline_at,
                "check": check(call, firm, eligibility_day(call)),
            }
            for call in queries.calls_for_joint_development(now)
        ],
    }
    return render(request, "applications/joint.html", context)


def _check_frame(call: Call) -> dict[str, Any]:
    return {
        "call": call,
        "title": _("May we apply?"),
        "breadcrumb": presenters.crumbs(None, _("May we apply?")),
    }


def _call(request: HttpRequest, pk: int) -> Call:
    return get_object_or_404(calls_visible_to(request.user), pk=pk)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
