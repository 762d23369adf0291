"""What the office does with applications: counts, late ones, the opening, the list after it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.applications import adapter, operations, permissions, presenters, queries
from dure.apps.applications.forms import AdmissionForm, OpeningForm
from dure.apps.applications.models import Application
from dure.apps.applications.views.parts import file_response
from dure.apps.calls.models import Call, Round
from dure.apps.calls.permissions import is_openable
from dure.apps.calls.queries import calls_visible_to
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.ui.form_page import show_form
from dure.foundation.ui.listing import list_page
from dure.values.text import clean


@never_cache
@require_safe
@login_required
def of_call(request: HttpRequest, call_id: int) -> HttpResponse:
    """How many applications a call has; after the opening, which."""
    call, now, user = _call(request, call_id), timezone.now(), request.user
    counts = queries.counts(call, user)
    if counts is None:
        raise Http404
    parts = [
        {
            "round": within,
            "opening": (opening := queries.live_opening(call, within)),
            "opens_at": queries.opens_at(call, within),
            "is_openable": is_openable(call, now, within),
            "may_request": permissions.may_request_opening(user, call, within),
            "may_confirm": opening and permissions.may_confirm_opening(user, opening),
            "may_drop": opening and permissions.may_drop_opening(user, opening),
        }
        for within in queries.rounds_to_open(call)
    ]
    return list_page(
        request,
        "applications/of_call.html",
        queries.opened_submissions(call, user),
        per_page=50,
        sheet=presenters.sheet,
        context=lambda page: {
            "title": _("Applications"),
            "breadcrumb": presenters.call_crumbs(call),
            "call": call,
            "counts": counts,
            "figures": presenters.figures(counts),
            "parts": parts,
            "rows": presenters.office_rows(page),
            "late": [
                {
                    "submission": late_submission,
                    "admission": getattr(late_submission, "admission", None),
                    "may_propose": permissions.may_propose_admission(user, late_submission),
                    "may_confirm": _may_confirm(user, late_submission),
                }
                for late_submission in queries.late_submissions(call)
            ],
            "admitted": queries.admitted_in(call),
            "bodies": queries.bodies_of(call),
            "overbooked": adapter.overbooked_in(queries.opened_submissions(call, user)),
        },
    )


def _may_confirm(user: Any, submission: Any) -> Any:
    admission = getattr(submission, "admission", None)
    return admission and permissions.may_confirm_admission(user, admission)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def request_opening(request: HttpRequest, call_id: int) -> HttpResponse:
    """Open after the deadline, or ask to open before it."""
    call, now = _call(request, call_id), timezone.now()
    _office_only(request)
    within = _round(call, request.GET.get("round") or request.POST.get("round"))
    form = OpeningForm(request.POST or None)
    form.fields["reason"].required = not is_openable(call, now, within)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            made = operations.request_opening(
                call=call,
                within=within,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=now,
            )
            message = (
                _("A second officer has to confirm it.")
                if made.is_early
                else _("They are being opened.")
            )
            messages.success(request, message)
            return redirect("applications:of_call", call_id)
    return show_form(
        request, form, title=_("Open the applications"), button=_("Ask for the opening"),
        breadcrumb=presenters.call_crumbs(call, _("Open the applications")),
        back=reverse("applications:of_call", args=[call_id]),
        lead=_("Before the deadline only two officers together open them."),
    )  # fmt: skip


@require_POST
@login_required
def settle_opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm as the second officer that a call is opened before its deadline, or take it back."""
    opening = get_object_or_404(queries.openings_visible_to(request.user), pk=pk)
    if request.POST.get("answer") == "confirm":
        with flash_outcome(request, _("They are being opened, and every applicant is told.")):
            operations.confirm_opening(opening=opening, by=request.user, at=timezone.now())
    else:
        with flash_outcome(request, _("Taken back.")):
            operations.drop_opening(opening=opening, by=request.user, at=timezone.now())
    return redirect("applications:of_call", opening.call_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to let a late submission in."""
    _office_only(request)
    submission = get_object_or_404(queries.late_visible_to(request.user), pk=pk)
    call = submission.application.call
    form = AdmissionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            operations.propose_admission(
                submission=submission,
                reason=clean(form.cleaned_data["reason"]),
                by=request.user,
                at=timezone.now(),
            )
            return redirect("applications:of_call", call.pk)
    return show_form(
        request, form, title=_("Admit a late submission"), button=_("Propose it"),
        breadcrumb=presenters.call_crumbs(call, _("Late submission")),
        back=reverse("applications:of_call", args=[call.pk]),
        lead=_("Only for a fault of the platform; a second officer confirms it."),
        template="applications/admit.html", submission=submission,
    )  # fmt: skip


@require_POST
@login_required
def settle_admission(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an admission as the second officer, or take it back."""
    admission = get_object_or_404(queries.admissions_visible_to(request.user), pk=pk)
    if request.POST.get("answer") == "confirm":
        with flash_outcome(request, _("Admitted. The applicant is told.")):
            operations.confirm_admission(admission=admission, by=request.user, at=timezone.now())
    else:
        with flash_outcome(request, _("Taken back.")):
            operations.drop_admission(admission=admission, by=request.user, at=timezone.now())
    return redirect("applications:of_call", admission.submission.application.call_id)


@never_cache
@require_safe
@login_required
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """An application as it was submitted, after the opening."""
    submission = _opened(request, pk)
    application: Application = submission.application
    context = {
        "title": application.title or application.number,
        "breadcrumb": presenters.opened_crumbs(application, request.user),
        "application": application,
        "submission": submission,
        "files": "applications:opened_file",
        "about": application.pk,
        "checks": presenters.kept_checks(submission),
        "overbooked": adapter.overbooked_in([submission]),
    }
    return render(
        request,
        "applications/opened.html",
        context | presenters.content_rows(application, submission.content),
    )


@never_cache
@require_safe
@login_required
def opened_file(request: HttpRequest, pk: int, uid: Any) -> HttpResponse:
    """A file of an application that was opened."""
    submission = _opened(request, pk)
    for member in submission.content["members"]:
        for row in member["documents"]:
            if row["file"] == str(uid):
                return file_response(submission.application, row, submission.file_keys[row["file"]])
    raise Http404


def _opened(request: HttpRequest, pk: int) -> Any:
    application = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    submission = queries.opened_submission(application, request.user)
    if submission is None:
        raise Http404
    return submission


def _office_only(request: HttpRequest) -> None:
    or_404(permissions.may_run(request.user))


def _call(request: HttpRequest, pk: int) -> Call:
    return get_object_or_404(calls_visible_to(request.user), pk=pk)


def _round(call: Call, text: str | None) -> Round | None:
    if call.mode != "ROUNDS":
        return None
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
    return get_object_or_404(call.rounds, pk=number)
