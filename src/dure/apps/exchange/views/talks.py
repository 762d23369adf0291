"""Consultations of a meeting and interpreters."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.exchange import adapter, operations, permissions, queries
from dure.apps.exchange.forms.meetings import (
    AssignForm,
    InterpreterForm,
    PlaceForm,
    RecordForm,
    TalkForm,
)
from dure.apps.exchange.models import Talk
from dure.apps.exchange.presenters import meetings as presenters
from dure.apps.exchange.presenters.calendars import calendar_of
from dure.apps.exchange.views.guards import ON_A_PAGE, asked, crumbs, listed, seen
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a consultation into the time of a meeting."""
    meeting = seen(request, queries.meetings_visible_to(request.user), pk)
    or_404(permissions.may_arrange(request.user, meeting))

    def act(values: dict[str, Any]) -> None:
        operations.arrange(meeting=meeting, **values, by=request.user, at=timezone.now())

    return asked(
        request, TalkForm(request.POST or None, meeting=meeting), act,
        title=_("Arrange a consultation"), button=_("Arrange"), back=meeting.get_absolute_url(),
        under=(str(meeting), meeting.get_absolute_url()), done=_("Arranged. Both sides are told."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the timetable engine place the consultations that are missing."""
    meeting = seen(request, queries.meetings_visible_to(request.user), pk)
    or_404(permissions.may_arrange(request.user, meeting))

    def act(values: dict[str, Any]) -> None:
        placing = operations.place_talks(
            meeting=meeting, frame=adapter.Frame(**values), by=request.user, at=timezone.now()
        )
        messages.success(request, presenters.placing_said(placing))

    return asked(
        request, PlaceForm(request.POST or None, initial={"form": meeting.form}), act,
        title=_("Place consultations"), button=_("Place them"), back=meeting.get_absolute_url(),
        under=(str(meeting), meeting.get_absolute_url()), done="",
        lead=_("Selected firms that have no consultation with each other yet get one, as many as fit; "
               "first those whose technology and wish share words. What stands is not moved."),
    )  # fmt: skip


@login_required
@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """A consultation as a calendar file."""
    return HttpResponse(
        calendar_of(_talk(request, pk), request.user),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(True, f"{_('Consultation')}.ics")
        },
    )


@require_POST
@login_required
def plan_interpreters(request: HttpRequest, pk: int) -> HttpResponse:
    """Give every consultation that lacks one an interpreter who is free."""
    meeting = seen(request, queries.meetings_visible_to(request.user), pk)
    with flash_outcome(request) as outcome:
        given, lacking = operations.plan_interpreters(meeting=meeting, by=request.user)
        counts = {"given": given, "lacking": lacking}
        outcome.done = _("Interpreters given: %(given)s. Still without: %(lacking)s.") % counts
    return redirect(meeting)


@login_required
@require_safe
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation: who, when on both clocks, who interprets, what was said."""
    shown = _talk(request, pk)
    context = presenters.talk_page(request.user, shown)
    name = str(context["name"]) or pgettext("exchange", "Meeting")
    context["breadcrumb"] = crumbs((name, shown.meeting.get_absolute_url()), (str(shown), ""))
    return render(request, "exchange/talk.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose an interpreter who is free."""
    talk = _talk(request, pk)
    or_404(permissions.may_assign(request.user, talk))
    return asked(
        request,
        AssignForm(request.POST or None, talk=talk),
        lambda values: operations.assign(talk=talk, **values, by=request.user),
        title=_("Choose an interpreter"),
        button=_("Choose"),
        back=talk.get_absolute_url(),
        under=(str(talk), talk.get_absolute_url()),
        lead=_("Only those who are free at this time are listed."),
        done=_("Saved."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of a consultation."""
    talk = _talk(request, pk)
    or_404(permissions.may_record(request.user, talk))

    def act(values: dict[str, Any]) -> None:
        operations.record_talk(talk=talk, **values, by=request.user, at=timezone.now())

    return asked(
        request, RecordForm(request.POST or None), act, title=_("Record the consultation"),
        button=_("Record"), back=talk.get_absolute_url(),
        under=(str(talk), talk.get_absolute_url()), lead=_("Both sides read it."),
        done=_("Recorded. Both sides are told."),
    )  # fmt: skip


@require_POST
@login_required
def open_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Stay in exchange after a consultation."""
    talk = _talk(request, pk)
    with flash_outcome(request, _("The exchange is open. The other side is told.")) as outcome:
        contact = operations.open_contact(talk=talk, by=request.user, at=timezone.now())
    return redirect(contact if outcome.is_done else talk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interpreters(request: HttpRequest) -> HttpResponse:
    """Who can interpret; another one is entered here."""
    or_404(permissions.may_run(request.user))
    form = InterpreterForm(request.POST or None)
    if request.method == "POST":

        def act(values: dict[str, Any]) -> None:
            operations.enter_interpreter(**values, by=request.user, at=timezone.now())

        return asked(
            request, form, act, title=_("Interpreters"), button=_("Enter"),
            back=request.path, done=_("Entered."),
        )  # fmt: skip
    return listing.list_page(
        request,
        "exchange/interpreters.html",
        queries.interpreters(),
        per_page=ON_A_PAGE,
        context=lambda page: {
            **listed(request, "interpreters", _("Interpreters")),
            "form": form,
            "rows": presenters.interpreter_rows(page),
        },
    )


def _talk(request: HttpRequest, pk: int) -> Talk:
    return seen(request, queries.talks_visible_to(request.user), pk)
