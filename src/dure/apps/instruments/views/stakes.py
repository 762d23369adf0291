"""One stake: its money on any day, and what its sides do with it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.instruments import operations, permissions, presenters, queries
from dure.apps.instruments.forms import (
    AgreementForm,
    DayForm,
    LeaveForm,
    PayInForm,
    ReasonForm,
    StakesFilter,
    StepForm,
)
from dure.apps.instruments.kinds import SchemeKind
from dure.apps.instruments.models import Commitment, Movement, Stake
from dure.apps.instruments.stages import StakeStage
from dure.apps.ledger.permissions import may_read as may_read_ledger
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.listing import list_page

ON_A_PAGE = 30


@login_required
@require_safe
def stake(request: HttpRequest, pk: int) -> HttpResponse:
    """A stake at the end of a day: where its money stands, and everything that moved it."""
    shown = _stake(request, pk)
    form = StakesFilter(request.GET)
    on = (form.is_valid() and form.cleaned_data["on"]) or timezone.localdate()
    kind = shown.scheme.kind
    steps = presenters.steps(shown, request.user) if kind == SchemeKind.CHAIN else []
    movements = queries.movements_visible_to(request.user).filter(stake=shown, on__lte=on)
    is_savings, is_open = kind == SchemeKind.SAVINGS, shown.stage == StakeStage.RUNNING
    return list_page(
        request,
        "instruments/stake.html",
        movements.exclude(kind="STEP").order_by("-on", "-pk"),
        per_page=ON_A_PAGE,
        context=lambda page: {
            "stake": shown,
            "scheme": shown.scheme,
            "on": on,
            "day_field": form["on"],
            "tone": presenters.TONES[StakeStage(shown.stage)],
            "sums": presenters.headline(kind, queries.figures_of([shown], on)[shown.pk]),
            "payers": presenters.payer_rows(shown, on) if is_savings else [],
            "steps": steps,
            "path": presenters.path(steps),
            "rows": presenters.movement_rows(page, request.user),
            "may_run": permissions.may_run(request.user),
            "may_read_ledger": may_read_ledger(request.user),
            "is_open": is_open,
            "breadcrumb": _crumbs(shown),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what a founder paid in."""
    shown = _office_stake(request, pk, SchemeKind.FUND)
    form = PayInForm(request.POST or None, reader=request.user)
    return _on(
        request, shown, form,
        lambda given: operations.pay_in(stake=shown, **given, by=request.user, at=timezone.now()),
        title=_("Payment of the founder"), button=_("Enter it"),
        done=_("Entered, and posted to the ledger."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End savings before their time."""
    shown = _office_stake(request, pk, SchemeKind.SAVINGS)
    form = LeaveForm(request.POST or None, reader=request.user)
    return _on(
        request, shown, form,
        lambda given: operations.leave(stake=shown, **given, by=request.user, at=timezone.now()),
        title=_("Leave early"), button=_("End the savings"), done=_("Ended, and shared out."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mature(request: HttpRequest, pk: int) -> HttpResponse:
    """Pay savings out at the end of their term."""
    shown = _office_stake(request, pk, SchemeKind.SAVINGS)
    form = DayForm(request.POST or None, reader=request.user)
    return _on(
        request, shown, form,
        lambda given: operations.mature(stake=shown, **given, by=request.user, at=timezone.now()),
        title=_("Pay out at the end"), button=_("Pay out"), done=_("Paid out."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a voucher that was asked for."""
    shown = _office_stake(request, pk, SchemeKind.VOUCHER)
    form = ReasonForm(request.POST or None, reader=request.user)
    return _on(
        request, shown, form,
        lambda given: operations.refuse(stake=shown, **given, by=request.user, at=timezone.now()),
        title=_("Refuse the voucher"), button=_("Refuse"), done=_("Refused."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Tie a way to the agreement that it leads to."""
    shown = _office_stake(request, pk, SchemeKind.CHAIN)
    form = AgreementForm(
        request.POST or None, reader=request.user, agreements=queries.agreements_led_to(shown)
    )
    return _on(
        request, shown, form,
        lambda given: operations.lead_to(stake=shown, **given, by=request.user, at=timezone.now()),
        title=_("The agreement that it leads to"), button=_("Save"), done=_("Saved."),
    )  # fmt: skip


@login_required
@require_POST
def confirm_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the use of one's voucher."""
    movement = _movement(request, pk)
    with flash_outcome(request, _("Confirmed. The institution is paid.")):
        operations.confirm_use(use=movement, by=request.user, at=timezone.now())
    return redirect(movement.stake)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one's voucher was not so used."""
    movement = _movement(request, pk)
    or_404(permissions.may_answer_use(request.user, movement))
    form = ReasonForm(request.POST or None, reader=request.user)
    return _on(
        request, movement.stake, form,
        lambda given: operations.refuse_use(
            use=movement, **given, by=request.user, at=timezone.now()
        ),
        title=_("Not so used"), button=_("Say so"), done=_("Said. The institution is told."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the step of one's institution."""
    movement = _movement(request, pk)
    or_404(permissions.may_confirm_step(request.user, movement.stake, movement.organisation))
    form = StepForm(request.POST or None, reader=request.user, step=movement)
    return _on(
        request, movement.stake, form,
        lambda given: operations.confirm_step(
            step=movement, **{"amount": 0} | given, by=request.user, at=timezone.now()
        ),
        title=_("Confirm the step"), button=_("Confirm"),
        done=_("Confirmed, and posted to the ledger."),
    )  # fmt: skip


@login_required
@require_safe
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """What a fund gives to a project: instalments, and of each founder what it still owes."""
    shown = _commitment(request, pk)
    left = queries.left_of(shown)
    founders = queries.stakes_visible_to(request.user).filter(pk__in=left)
    [row] = presenters.commitment_rows([shown])
    return list_page(
        request,
        "instruments/commitment.html",
        founders,
        per_page=100,
        context=lambda page: {
            **row,
            "instalments": queries.fund_instalments(shown),
            "rows": [{"stake": stake, "left": left[stake.pk]} for stake in page],
            "may_run": permissions.may_run(request.user),
            "breadcrumb": presenters.crumbs(
                (str(shown.scheme), shown.scheme.get_absolute_url()), (str(shown.agreement), "")
            ),
        },
    )


@login_required
@require_POST
def draw(request: HttpRequest, pk: int, instalment: int) -> HttpResponse:
    """Pay an instalment out of the fund."""
    shown = _commitment(request, pk)
    fund_instalment = get_object_or_404(queries.fund_instalments(shown), pk=instalment)
    or_404(permissions.may_run(request.user))
    now = timezone.now()
    with flash_outcome(request, _("Paid, of every founder its part.")):
        operations.draw(
            commitment=shown,
            instalment=fund_instalment,
            on=timezone.localdate(now),
            by=request.user,
            at=now,
        )
    return redirect("instruments:commitment", shown.pk)


@login_required
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Free what a project that has ended no longer needs."""
    shown = _commitment(request, pk)
    or_404(permissions.may_run(request.user))
    with flash_outcome(request, _("The rest is free again.")):
        operations.release(commitment=shown, by=request.user, at=timezone.now())
    return redirect("instruments:commitment", shown.pk)


def _stake(request: HttpRequest, pk: int) -> Stake:
    return get_object_or_404(queries.stakes_visible_to(request.user), pk=pk)


def _office_stake(request: HttpRequest, pk: int, kind: SchemeKind) -> Stake:
    or_404(permissions.may_run(request.user))
    return get_object_or_404(queries.stakes_visible_to(request.user), pk=pk, scheme__kind=kind)


def _movement(request: HttpRequest, pk: int) -> Movement:
    return get_object_or_404(queries.movements_visible_to(request.user), pk=pk)


def _commitment(request: HttpRequest, pk: int) -> Commitment:
    return get_object_or_404(queries.commitments_visible_to(request.user), pk=pk)


def _crumbs(shown: Stake, title: str = "") -> list[dict[str, str]]:
    way = [(str(shown.scheme), shown.scheme.get_absolute_url())]
    way.append((str(shown), shown.get_absolute_url() if title else ""))
    return presenters.crumbs(*way, *([(title, "")] if title else []))


def _on(
    request: HttpRequest,
    shown: Stake,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    done: str,
) -> HttpResponse:
    """A page with one form about a stake."""
    return form_page(
        request, form, act, title=title, button=button, done=done, lead=str(shown),
        back=shown.get_absolute_url(), breadcrumb=_crumbs(shown, title),
    )  # fmt: skip
