"""Pages of the ledger, for the office and auditors: balances, accounts, entries, budgets."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.ledger import operations, permissions, presenters, queries
from dure.apps.ledger.forms import AppropriationForm, DayForm, JournalForm, SpanForm, YearForm
from dure.foundation.ui.answers import (
    flash_outcome,
    or_404,
    refusal_in,
    sheet_response,
    wants_workbook,
)
from dure.foundation.ui.form_page import render_forms
from dure.foundation.ui.listing import chips, list_page

ON_A_PAGE = 50
MOST_IN_A_SHEET = 20_000  # entries


@login_required
@require_safe
def trial(request: HttpRequest) -> HttpResponse:
    """The trial balance at the end of a day; also as Excel."""
    _readers_only(request)
    form, today = DayForm(request.GET), timezone.localdate()
    on = (form.is_valid() and form.cleaned_data["on"]) or today
    rows = queries.trial_balance(None if on >= today else on)
    if wants_workbook(request):
        return sheet_response(**presenters.trial_sheet(rows, on))
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "on": on,
        "rows": presenters.trial_rows(rows),
        "debit": sum(row.debit for row in rows),
        "credit": sum(row.credit for row in rows),
        "breadcrumb": presenters.crumbs(),
    }
    return render(request, "ledger/trial.html", context)


@login_required
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts, of one kind or all; also as Excel."""
    _readers_only(request)
    kind = request.GET.get("kind", "")
    rows = queries.accounts_visible_to(request.user).order_by("kind", "pk")
    if kind:
        rows = rows.filter(kind=kind)
    label = presenters.kind_label(kind) if kind else _("Accounts")
    return list_page(
        request,
        "ledger/accounts.html",
        rows,
        per_page=ON_A_PAGE,
        sheet=presenters.account_sheet,
        context=lambda page: {
            "title": label,
            "rows": presenters.account_rows(page),
            "breadcrumb": presenters.crumbs((label, "")),
        },
    )


@login_required
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """An account line by line; also as Excel."""
    shown = get_object_or_404(queries.accounts_visible_to(request.user), pk=pk)
    form = SpanForm(request.GET)
    span = form.cleaned_data if form.is_valid() else {}
    label = presenters.account_label(shown)
    return list_page(
        request,
        "ledger/account.html",
        queries.lines_of(shown, span.get("since"), span.get("until")),
        form=form,
        per_page=ON_A_PAGE,
        sheet=lambda lines: presenters.line_sheet(shown, lines),
        context=lambda page: {
            "title": label,
            "kind": presenters.kind_label(shown.kind),
            "account": shown,
            "balance": queries.own_side(shown.kind) * shown.balance,
            "rows": presenters.line_rows(page),
            "breadcrumb": presenters.crumbs(
                (_("Accounts"), reverse("ledger:accounts")), (label, "")
            ),
        },
    )


@login_required
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """The entries, the latest first, all or those of one thing such as an agreement; a few as Excel."""
    _readers_only(request)
    form = JournalForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = queries.journal(queries.entries_visible_to(request.user), **wanted)
    is_short = rows.count() <= MOST_IN_A_SHEET
    subject = presenters.mentions([wanted["of"]])[wanted["of"]] if wanted.get("of") else None
    return list_page(
        request,
        "ledger/journal.html",
        rows,
        form=form,
        per_page=ON_A_PAGE,
        sheet=presenters.journal_sheet if is_short else None,
        context=lambda page: {
            "rows": presenters.journal_rows(page),
            "subject": subject,
            "is_short": is_short,
            "breadcrumb": presenters.crumbs((_("Journal"), "")),
        },
    )


@login_required
@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry: both sides, its cause, and what it corrects or is corrected by."""
    shown = get_object_or_404(queries.entries_visible_to(request.user), pk=pk)
    context = {
        "entry": shown,
        "title": f"{presenters.entry_label(shown)} #{shown.pk}",
        "cause": presenters.mentions([shown.cause])[shown.cause],
        "facts": presenters.entry_facts(shown),
        "sides": presenters.sides(shown),
        "corrected_by": queries.entries_visible_to(request.user).filter(corrects=shown).first(),
        "breadcrumb": presenters.crumbs((f"{_('Entry')} #{shown.pk}", "")),
    }
    return render(request, "ledger/entry.html", context)


@login_required
@require_safe
def budgets(request: HttpRequest) -> HttpResponse:
    """The budgets of programmes: appropriated, free, reserved, committed, paid; also as Excel."""
    _readers_only(request)
    form = YearForm(request.GET)
    appropriations = queries.appropriations_visible_to(request.user).order_by(
        "-year", "programme__name"
    )
    if form.is_valid() and form.cleaned_data["year"]:
        appropriations = appropriations.filter(year=form.cleaned_data["year"])
    return list_page(
        request,
        "ledger/budgets.html",
        appropriations,
        form=form,
        per_page=ON_A_PAGE,
        sheet=presenters.budget_sheet,
        context=lambda page: {
            "rows": presenters.budget_rows(page),
            "may_appropriate": permissions.may_appropriate(request.user),
            "breadcrumb": presenters.crumbs((_("Budgets"), "")),
        },
    )


@login_required
@require_safe
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """The budget of a programme and year month by month, with its rate of execution; also as Excel."""
    shown = get_object_or_404(queries.appropriations_visible_to(request.user), pk=pk)
    months = queries.budget_by_month(shown, timezone.localdate())
    if wants_workbook(request):
        return sheet_response(**presenters.month_sheet(shown, months))
    [row] = presenters.budget_rows([shown])
    context = {
        **row,
        "months": presenters.month_rows(months),
        "accounts": presenters.account_rows(
            queries.accounts_visible_to(request.user).filter(subject=shown.subject).order_by("pk")
        ),
        "breadcrumb": presenters.crumbs(
            (_("Budgets"), reverse("ledger:budgets")), (str(shown), "")
        ),
    }
    return render(request, "ledger/budget.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appropriate(request: HttpRequest) -> HttpResponse:
    """Enter what a programme has for a year, or a change of it."""
    or_404(permissions.may_appropriate(request.user))
    now = timezone.now()
    start = {"year": timezone.localdate(now).year, "programme": request.GET.get("programme")}
    form = AppropriationForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | {"key": str(form.cleaned_data["key"])}
        with refusal_in(form) as outcome:
            made = operations.appropriate(
                **values, day=timezone.localdate(now), by=request.user, at=now
            )
        if outcome.is_done:
            with flash_outcome(request, _("Entered. Agreements can be made with it.")):
                return redirect("ledger:budget", made.pk)
    context = {
        "form": form,
        "breadcrumb": presenters.crumbs(
            (_("Budgets"), reverse("ledger:budgets")), (_("Money for a programme"), "")
        ),
    }
    return render_forms(request, "ledger/appropriate.html", context)


def _readers_only(request: HttpRequest) -> None:
    or_404(permissions.may_read(request.user))
