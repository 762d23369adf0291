"""Schemes: the list, one with its stakes, and what the office does in it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.instruments import adapter, operations, permissions, presenters, queries
from dure.apps.instruments.forms import (
    AskForm,
    CommitForm,
    InstitutionsForm,
    JoinForm,
    ListForm,
    PledgeForm,
    SchemeForm,
    StakesFilter,
    UseForm,
    WayForm,
)
from dure.apps.instruments.kinds import COLLECTION, SchemeKind
from dure.apps.instruments.models import Scheme
from dure.apps.jobs.queries import jobs_visible_to
from dure.apps.people.queries import organisations_managed_by
from dure.foundation.sheets import template
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in, workbook_response
from dure.foundation.ui.form_page import form_page, render_forms
from dure.foundation.ui.listing import list_page
from dure.foundation.web import takes_files

ON_A_PAGE = 30


@login_required
@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """The schemes that the reader takes part in; all for the office."""
    return list_page(
        request,
        "instruments/schemes.html",
        queries.schemes_visible_to(request.user),
        per_page=ON_A_PAGE,
        context=lambda page: {
            "rows": presenters.scheme_rows(page, request.user),
            "may_run": permissions.may_run(request.user),
            "breadcrumb": presenters.crumbs(),
        },
    )


@login_required
@require_safe
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """A scheme with its stakes at the end of a day; also as Excel."""
    shown = _scheme(request, pk)
    form = StakesFilter(request.GET)
    cleaned = form.cleaned_data if form.is_valid() else {}
    on = cleaned.get("on") or timezone.localdate()
    stakes = queries.narrowed(
        queries.stakes_visible_to(request.user).filter(scheme=shown),
        words=cleaned.get("words", ""), stage=cleaned.get("stage", ""),
    )  # fmt: skip
    sums = queries.total(queries.figures_of(stakes, on).values())
    commitments = queries.commitments_visible_to(request.user).filter(scheme=shown)
    return list_page(
        request,
        "instruments/scheme.html",
        stakes,
        form=form,
        per_page=ON_A_PAGE,
        sheet=lambda rows: presenters.stake_sheet(shown, on, rows),
        context=lambda page: {
            "scheme": shown,
            "on": on,
            "sums": presenters.headline(shown.kind, sums),
            "rows": presenters.stake_rows(page, on),
            "commitments": presenters.commitment_rows(commitments),
            "may_run": permissions.may_run(request.user),
            "may_ask": shown.kind == SchemeKind.VOUCHER
            and organisations_managed_by(request.user).exists(),
            "may_use": queries.institutions_of(request.user, shown).exists(),
            "waiting": queries.vouchers_in_line(shown).count(),
            "reads_all": queries.reads_all(request.user, shown),
            "breadcrumb": presenters.crumbs((str(shown), "")),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set a scheme up."""
    _office(request)
    form = SchemeForm(request.POST or None, reader=request.user)
    title = _("New scheme")
    return form_page(
        request, form,
        lambda given: operations.set_up(
            **given | {"kind": SchemeKind(given["kind"])}, by=request.user, at=timezone.now()
        ),
        title=title, button=_("Save"), done=_("Set up."),
        back=reverse("instruments:schemes"), breadcrumb=presenters.crumbs((title, "")),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what a founder pledges."""
    shown = _of_kind(request, pk, SchemeKind.FUND)
    form = PledgeForm(request.POST or None, reader=request.user)
    return _on(
        request, shown, form,
        lambda given: operations.pledge(
            scheme=shown, **given, by=request.user, at=timezone.now()
        ),
        title=_("Pledge of a founder"), button=_("Enter it"),
        done=_("Entered, and posted to the ledger."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Bind a part of a fund to a project."""
    shown = _of_kind(request, pk, SchemeKind.FUND)
    form = CommitForm(
        request.POST or None, reader=request.user, agreements=queries.agreements_to_commit(shown)
    )
    return _on(
        request, shown, form,
        lambda given: operations.commit(
            scheme=shown, **given, by=request.user, at=timezone.now()
        ),
        title=_("Commit to a project"), button=_("Commit"),
        done=_("Committed, of every founder its part."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a saver in."""
    shown = _of_kind(request, pk, SchemeKind.SAVINGS)
    form = JoinForm(request.POST or None, reader=request.user)
    return _on(
        request, shown, form,
        lambda given: operations.join(scheme=shown, **given, by=request.user, at=timezone.now()),
        title=_("New saver"), button=_("Take in"), done=_("Taken in. Collection can begin."),
    )  # fmt: skip


@takes_files
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in a list of monthly payments; a job takes it in, all of it or nothing."""
    shown = _of_kind(request, pk, SchemeKind.SAVINGS)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form, "file"):
            job = operations.ask_to_take(
                scheme=shown, file=form.cleaned_data["file"], by=request.user
            )
            return redirect("instruments:collection", job.pk)
    context = {
        "scheme": shown,
        "form": form,
        "breadcrumb": _crumbs(shown, _("Monthly payments")),
    }
    return render_forms(request, "instruments/collect.html", context)


@login_required
@require_safe
def collection(request: HttpRequest, job_id: str) -> HttpResponse:
    """How far a list is taken in, what came of it, or what is wrong by cell."""
    _office(request)
    imports = jobs_visible_to(request.user).filter(kind=COLLECTION)
    job = get_object_or_404(imports, pk=job_id)
    shown = _scheme(request, job.arguments["scheme"])
    again = reverse("instruments:collect", args=[shown.pk])
    context = {
        "job": job,
        "scheme": shown,
        "again_url": again,
        "results_url": shown.get_absolute_url(),
        "breadcrumb": presenters.crumbs(
            (str(shown), shown.get_absolute_url()), (_("Monthly payments"), again), (job.title, "")
        ),
    }
    return render(request, "instruments/collection.html", context)


@login_required
@require_safe
def collection_template(request: HttpRequest, pk: int) -> HttpResponse:
    """An empty list of monthly payments to fill in."""
    _of_kind(request, pk, SchemeKind.SAVINGS)
    title = _("Monthly payments")
    return workbook_response(template(title, adapter.COLUMNS, get_language()), title)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def institutions(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where vouchers can be spent."""
    shown = _of_kind(request, pk, SchemeKind.VOUCHER)
    known = shown.institutions.order_by("name").values_list("business_number", flat=True)
    form = InstitutionsForm(
        request.POST or None, reader=request.user, initial={"institutions": "\n".join(known)}
    )
    return _on(
        request, shown, form,
        lambda given: operations.set_institutions(scheme=shown, **given, by=request.user),
        title=_("Operating institutions"), button=_("Save"), done=_("Saved."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a voucher for one's firm."""
    shown = _scheme(request, pk)
    own = organisations_managed_by(request.user)
    if shown.kind != SchemeKind.VOUCHER or not own.exists():
        raise Http404
    form = AskForm(request.POST or None, reader=request.user, own=own, scheme=shown)
    return _on(
        request, shown, form,
        lambda given: operations.ask(scheme=shown, **given, by=request.user, at=timezone.now()),
        title=_("Ask for a voucher"), button=_("Ask"), done=_("Asked. You are told when it is issued."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what a voucher was used for, by its number, at one of the operating institutions."""
    shown = _scheme(request, pk)
    own = queries.institutions_of(request.user, shown)
    if not own.exists():
        raise Http404
    form = UseForm(request.POST or None, reader=request.user, own=own, scheme=shown)
    return _on(
        request, shown, form,
        lambda given: operations.enter_use(**given, by=request.user, at=timezone.now()),
        title=_("Use of a voucher"), button=_("Enter it"),
        done=_("Entered. The firm is asked to confirm it."),
    )  # fmt: skip


@login_required
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the vouchers whose turn it is."""
    shown = _of_kind(request, pk, SchemeKind.VOUCHER)
    with flash_outcome(request) as outcome:
        made = operations.issue_in_line(scheme=shown, by=request.user, at=timezone.now())
        outcome.done = ngettext(
            "%(count)s voucher issued.", "%(count)s vouchers issued.", len(made)
        ) % {"count": len(made)}
    return redirect(shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the way of a firm through the institutions."""
    shown = _of_kind(request, pk, SchemeKind.CHAIN)
    form = WayForm(
        request.POST or None, reader=request.user, scheme=shown, language=get_language() or "ko"
    )
    return _on(
        request, shown, form,
        lambda given: operations.begin(
            scheme=shown, organisation=given["organisation"], on=given["on"],
            institutions=form.institutions(), by=request.user, at=timezone.now(),
        ),
        title=_("New way"), button=_("Begin"), done=_("Begun. The first institution can confirm."),
    )  # fmt: skip


def _scheme(request: HttpRequest, pk: int) -> Scheme:
    return get_object_or_404(queries.schemes_visible_to(request.user), pk=pk)


def _of_kind(request: HttpRequest, pk: int, kind: SchemeKind) -> Scheme:
    _office(request)
    return get_object_or_404(queries.schemes_visible_to(request.user), pk=pk, kind=kind)


def _office(request: HttpRequest) -> None:
    or_404(permissions.may_run(request.user))


def _crumbs(shown: Scheme, title: str) -> list[dict[str, str]]:
    return presenters.crumbs((str(shown), shown.get_absolute_url()), (title, ""))


def _on(
    request: HttpRequest,
    shown: Scheme,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    done: str,
) -> HttpResponse:
    """A page with one form about a scheme."""
    return form_page(
        request, form, act, title=title, button=button, done=done, lead=str(shown),
        back=shown.get_absolute_url(), breadcrumb=_crumbs(shown, title),
    )  # fmt: skip
