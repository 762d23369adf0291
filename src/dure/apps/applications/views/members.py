"""The consortium: invited, taking part, confirming, leaving."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dure.apps.applications import operations, permissions, presenters, queries
from dure.apps.applications.forms import InviteForm
from dure.apps.applications.reasons import Reason
from dure.apps.applications.views.shared import draft_or_404, frame, note_look, participant_or_404
from dure.apps.people.queries import organisation_with_number
from dure.foundation.sheets import digits_and_dashes
from dure.foundation.ui.answers import flash_outcome, refusal_in
from dure.foundation.ui.form_page import render_forms
from dure.values.ids import business_number


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes part, what they see and have confirmed; the lead invites here."""
    application, now = draft_or_404(request, pk), timezone.now()
    note_look(request, application, "members", now)
    known = {"number": request.GET.get("number", "")}
    form = InviteForm(request.POST or None, application=application, initial=known)
    if request.method == "POST" and form.is_valid():
        number = business_number(digits_and_dashes(form.cleaned_data["number"]))
        organisation = organisation_with_number(number) if number else None
        if organisation is None:
            form.add_error("number", Reason.NO_SUCH_ORGANISATION.label)
        else:
            with refusal_in(form):
                operations.invite(
                    application=application,
                    organisation=organisation,
                    role=form.cleaned_data["role"],
                    sees_all=form.cleaned_data["sees_all"],
                    by=request.user,
                    at=now,
                )
                return redirect("applications:members", pk)
    context = frame(application, now, _("Members")) | {
        "form": form,
        "members": presenters.members(application, request.user, now),
        "may_lead": permissions.may_lead(request.user, application),
    }
    return render_forms(request, "applications/members.html", context)


@require_POST
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take part, or not."""
    is_yes = request.POST.get("answer") == "yes"
    message = _("You take part. Fill in your part and confirm it.") if is_yes else _("Declined.")
    return _done(request, pk, operations.answer_invitation, message, is_yes=is_yes)


@require_POST
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one's own part as it is."""
    message = _("Confirmed. If anybody changes your part later, you are asked again.")
    return _done(request, pk, operations.confirm_part, message)


@require_POST
@login_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's organisation out; what was submitted is void."""
    return _done(request, pk, operations.leave, _("You have left. Everybody in it is told."))


@require_POST
@login_required
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member out of the draft."""
    return _done(request, pk, operations.drop_member, _("The member is out of the draft."))


def _done(
    request: HttpRequest, pk: int, operation: Callable[..., Any], message: str, **more: Any
) -> HttpResponse:
    participant = participant_or_404(request, pk)
    with flash_outcome(request, message):
        operation(participant=participant, by=request.user, at=timezone.now(), **more)
    still_in = queries.applications_visible_to(request.user)
    if still_in.filter(pk=participant.application_id).exists():
        return redirect("applications:members", participant.application_id)
    return redirect("applications:list")
