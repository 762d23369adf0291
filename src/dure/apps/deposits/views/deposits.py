"""The list of deposits, one of them, handing files in, opening them, and what the desk does."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.deposits import operations, permissions, presenters, queries
from dure.apps.deposits.forms import (
    DepositForm,
    DepositsForm,
    PaidForm,
    PassphraseForm,
    ReasonForm,
)
from dure.apps.deposits.kinds import rules
from dure.apps.deposits.models import Deposit
from dure.apps.deposits.stages import DepositStage
from dure.apps.people.queries import people_in_any
from dure.foundation import tus
from dure.foundation.paper import pdf
from dure.foundation.ui.answers import flash_outcome, or_404, pdf_response, refusal_in, saved_pieces
from dure.foundation.ui.form_page import form_page, render_forms, sent
from dure.foundation.ui.listing import in_order, list_page
from dure.foundation.web import takes_files_in_memory

SORTS = {
    "title": ("title", "pk"),
    "depositor": ("depositor__name", "pk"),
    "number": ("number", "pk"),
    "until": ("ends_on", "pk"),
    "applied": ("created_at", "pk"),
}


@login_required
@require_safe
def deposit_list(request: HttpRequest) -> HttpResponse:
    """Deposits of one's own organisations, all for the keeper's staff; also as Excel."""
    form, user, today = DepositsForm(request.GET), request.user, timezone.localdate()
    narrowed = queries.narrowed(queries.deposits_visible_to(user), on=today, **form.wanted())
    is_keeper = queries.is_keeper(user)
    return list_page(
        request,
        "deposits/deposits.html",
        in_order(narrowed, request.GET.get("sort"), SORTS, "-applied"),
        form=form,
        per_page=30,
        sheet=presenters.sheet,
        people=lambda listed: people_in_any(listed.order_by().values("depositor")),
        context=lambda page: {
            "rows": presenters.rows(page, today),
            "figures": presenters.figures() if is_keeper else [],
            "may_deposit": queries.manages_any(user),
            "is_officer": bool(permissions.may_keep_officer_key(user)),
            "breadcrumb": [{"label": _("Technology deposits")}],
        },
    )


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
def new(request: HttpRequest) -> HttpResponse:
    """Hand files in."""
    user = request.user
    if not queries.manages_any(user):
        raise Http404
    if not queries.organisations_with_key(user).exists():
        messages.info(request, _("Set a passphrase first: only it opens what you deposit."))
        return redirect("deposits:keys")
    form = DepositForm(sent(request), request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            made = operations.deposit(
                **form.cleaned_data,
                by=user,
                at=timezone.now(),
            )
        if outcome.is_done:
            messages.success(request, _("Handed in, encrypted. The office accepts it next."))
            return redirect("deposits:deposit", made.pk)
    context = {
        "form": form,
        "contracts": rules().contracts.values(),
        "can_take": queries.can_take_deposits(),
        "breadcrumb": presenters.crumbs(None, _("New deposit")),
    }
    return render_forms(request, "deposits/new.html", context)


@require_POST
@login_required
def begin_upload(request: HttpRequest) -> HttpResponse:
    """Announce a large file for a deposit (tus); its pieces are sent to the address in the answer."""
    or_404(permissions.may_send_files(request.user))
    return tus.begun(
        request,
        lambda announced: operations.begin_upload(
            announced=announced, by=request.user, at=timezone.now()
        ),
    )


@login_required
@require_safe
def deposit(request: HttpRequest, pk: int) -> HttpResponse:
    """A deposit: until when, what is in it, who opened it, and what can be done."""
    shown = _deposit(request, pk)
    context = presenters.page(shown, request.user, timezone.now())
    context |= {"passphrase_form": PassphraseForm(), "paid_form": PaidForm(initial=_today())}
    return render(request, "deposits/deposit.html", context)


@login_required
@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate (임치증) of a deposit in keeping, as a file."""
    shown = _deposit(request, pk)
    if shown.stage not in (DepositStage.KEPT, DepositStage.LAPSED):
        raise Http404
    context = {
        "deposit": shown,
        "files": shown.files.all(),
        "users": shown.users.select_related("organisation"),
        "operator": settings.DURE_OPERATOR,
        "sealed": presenters.sealed(shown),
        "language": get_language(),
    }
    paper = render_to_string("deposits/certificate_paper.html", context)
    return pdf_response(pdf(paper), f"{_('Certificate of deposit')} {shown.number}")


@never_cache
@sensitive_post_parameters("passphrase")
@require_POST
@login_required
def open_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out a file of a deposit to its depositor, to be saved."""
    file = get_object_or_404(queries.files_visible_to(request.user), pk=pk)
    with flash_outcome(request) as outcome:
        content = operations.open_file(
            file=file,
            passphrase=request.POST.get("passphrase", ""),
            by=request.user,
            at=timezone.now(),
        )
    if not outcome.is_done:
        return redirect("deposits:deposit", file.deposit_id)
    return saved_pieces(content, file.name, file.size)


@require_POST
@login_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take files into keeping."""
    with flash_outcome(request) as outcome:
        made = operations.accept(deposit=_deposit(request, pk), by=request.user, at=timezone.now())
        outcome.done = _("In keeping under number %(number)s.") % {"number": made.number}
    return redirect("deposits:deposit", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Not accept what was handed in."""
    shown = _deposit(request, pk)
    or_404(permissions.may_accept(request.user, shown))
    return _on(
        request,
        shown,
        lambda given: operations.send_back(
            deposit=shown, **given, by=request.user, at=timezone.now()
        ),
        title=_("Do not accept"),
        button=_("Send it back"),
        lead=_("The files are destroyed. The depositor reads the reason."),
    )


@require_POST
@login_required
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it for another year."""
    with flash_outcome(request) as outcome:
        term = operations.renew(deposit=_deposit(request, pk), by=request.user, at=timezone.now())
        outcome.done = _("Renewed until %(until)s.") % {"until": term.ends_on.isoformat()}
    return redirect("deposits:deposit", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End a deposit."""
    shown = _deposit(request, pk)
    or_404(permissions.may_withdraw(request.user, shown))
    return _on(
        request,
        shown,
        lambda given: operations.withdraw(
            deposit=shown, **given, by=request.user, at=timezone.now()
        ),
        title=_("End the deposit"),
        button=_("End it and destroy the files"),
        lead=_("The files cannot be brought back. That they were deposited, and when, stays."),
    )


@require_POST
@login_required
def paid(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that a fee came in."""
    term = get_object_or_404(queries.terms_visible_to(request.user), pk=pk)
    form = PaidForm(request.POST)
    if form.is_valid():
        with flash_outcome(request, _("Entered.")):
            operations.enter_payment(
                term=term, **form.cleaned_data, by=request.user, at=timezone.now()
            )
    else:
        messages.error(request, _("Enter the day on which it was paid."))
    return redirect("deposits:deposit", term.deposit_id)


def _on(
    request: HttpRequest, shown: Deposit, act: Any, *, title: str, button: str, lead: str
) -> HttpResponse:
    return form_page(
        request,
        ReasonForm(request.POST or None),
        act,
        title=title,
        button=button,
        lead=lead,
        back=reverse("deposits:deposit", args=[shown.pk]),
        breadcrumb=presenters.crumbs(shown, title),
    )


def _deposit(request: HttpRequest, pk: int) -> Deposit:
    return get_object_or_404(queries.deposits_visible_to(request.user), pk=pk)


def _today() -> dict[str, date]:
    return {"paid_on": timezone.localdate()}
