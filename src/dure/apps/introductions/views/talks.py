"""Introductions: the list, one of them, and everything that is done in it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dure.apps.catalog.models import Need
from dure.apps.catalog.queries import entry_to_protect
from dure.apps.introductions import operations, permissions, presenters, queries
from dure.apps.introductions.forms import (
    ContactForm,
    IntroductionsForm,
    MessageForm,
    TimesForm,
    first_offer,
)
from dure.apps.introductions.models import Introduction, MeetingProposal
from dure.apps.ndas.queries import newest_ndas
from dure.apps.people.queries import people_in_any
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.web import takes_files

ON_A_PAGE = 30


@require_safe
@login_required
def introductions(request: HttpRequest) -> HttpResponse:
    """The introductions of one's own organisations, all for the office; also as a workbook."""
    or_404(permissions.may_read_introductions(request.user))
    now = timezone.now()
    form = IntroductionsForm(request.GET)

    def context(page: Page) -> dict[str, Any]:
        return {
            "rows": [
                {
                    "introduction": introduction,
                    "title": presenters.title_for(introduction, request.user),
                    "tone": presenters.TONES.get(introduction.stage, ""),
                    "turn": presenters.turn_of(introduction),
                    "days": presenters.silence(introduction, now),
                    "is_silent": introduction.stage in presenters.WAITING,
                }
                for introduction in page
            ],
            "breadcrumb": [{"label": _("Introductions")}],
        }

    return listing.list_page(
        request,
        "introductions/introductions.html",
        form.narrow(queries.introductions_visible_to(request.user), now).prefetch_related(
            "messages", "proposals"
        ),
        form=form,
        per_page=ON_A_PAGE,
        sheet=presenters.as_rows,
        people=lambda introductions: (
            people_in_any(introductions.order_by().values("need__organisation"))
            | people_in_any(introductions.order_by().values("technology__organisation"))
        ),
        context=context,
    )


@never_cache
@require_safe
@login_required
def introduction(request: HttpRequest, pk: int) -> HttpResponse:
    """One introduction: who speaks for whom, what was written, when they meet, what comes next."""
    return _page(request, _found(request, pk))


@require_POST
@takes_files
@login_required
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the other side."""
    introduction = _found(request, pk)
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        with refusal_in(form) as outcome:
            operations.write(
                introduction=introduction, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            messages.success(request, _("Sent. The other side is told."))
            return redirect(introduction)
    return _page(request, introduction, message=form)


@require_POST
@login_required
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose times for a meeting."""
    introduction = _found(request, pk)
    form = TimesForm(request.POST)
    if form.is_valid():
        cleaned = form.cleaned_data
        with refusal_in(form) as outcome:
            operations.propose_times(
                introduction=introduction,
                times=form.times(),
                minutes=cleaned["minutes"],
                is_online=cleaned["is_online"],
                place=cleaned["place"],
                by=request.user,
                at=timezone.now(),
            )
        if outcome.is_done:
            messages.success(request, _("Proposed. The other side chooses one."))
            return redirect(introduction)
    return _page(request, introduction, times=form)


@require_POST
@login_required
def answer(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Accept, decline or cancel a proposed meeting."""
    proposal = _proposal(request, proposal_id)
    with flash_outcome(request, _("Done. The other side is told.")):
        operations.answer_proposal(
            proposal=proposal,
            stage=request.POST.get("stage", ""),
            by=request.user,
            at=timezone.now(),
        )
    return redirect(proposal.introduction)


@require_safe
@login_required
def calendar(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """A meeting as a calendar file."""
    proposal = _proposal(request, proposal_id)
    return HttpResponse(
        presenters.calendar(proposal, request.user),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(True, f"{_('Meeting')}.ics"),
        },
    )


@require_POST
@login_required
def choose_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who speaks for one's own side."""
    introduction = _found(request, pk)
    form = ContactForm(request.POST, people=queries.contacts_to_choose(request.user, introduction))
    if form.is_valid():
        with flash_outcome(request, _("Saved.")):
            operations.choose_contact(
                introduction=introduction, person=form.cleaned_data["person"], by=request.user
            )
    return redirect(introduction)


@require_POST
@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the two cooperate, or that it ended."""
    introduction = _found(request, pk)
    with flash_outcome(request, _("Done. The other side is told.")):
        operations.move(
            introduction=introduction,
            stage=request.POST.get("stage", ""),
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=timezone.now(),
        )
    return redirect(introduction)


@require_POST
@login_required
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask both sides for a word."""
    introduction = _found(request, pk)
    with flash_outcome(request, _("Both sides are reminded.")):
        operations.remind(introduction=introduction, by=request.user, at=timezone.now())
    return redirect(introduction)


@require_safe
@login_required
def file(request: HttpRequest, file_id: int) -> FileResponse:
    """A file sent with a message, to be saved, never shown: it may hold anything."""
    sent = get_object_or_404(queries.files_visible_to(request.user), pk=file_id)
    return FileResponse(
        sent.file.open("rb"),
        as_attachment=True,
        filename=sent.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )


def _found(request: HttpRequest, pk: int) -> Introduction:
    return get_object_or_404(queries.introductions_visible_to(request.user), pk=pk)


def _proposal(request: HttpRequest, proposal_id: int) -> MeetingProposal:
    return get_object_or_404(queries.proposals_visible_to(request.user), pk=proposal_id)


def _page(
    request: HttpRequest,
    introduction: Introduction,
    *,
    message: MessageForm | None = None,
    times: TimesForm | None = None,
) -> HttpResponse:
    user, now = request.user, timezone.now()
    people = queries.contacts_to_choose(user, introduction)
    known_times = queries.proposals_visible_to(user).filter(introduction=introduction)
    context = {
        "introduction": introduction,
        "title": presenters.title_for(introduction, user),
        "stages": presenters.path_of(introduction),
        "turn": presenters.turn_of(introduction),
        "contacts": presenters.contacts(introduction),
        "contact_form": ContactForm(people=people) if len(people) > 1 else None,
        "thread": [
            {"message": written, "speaker": presenters.speaker(written, introduction)}
            for written in queries.thread_of(introduction)
        ],
        "meetings": presenters.meetings(known_times, user, now),
        "may_write": permissions.may_write(user, introduction),
        "may_propose": permissions.may_propose(user, introduction),
        "may_remind": permissions.may_remind(user, introduction, now),
        "reads_all": permissions.may_read_all(user),
        "moves": presenters.moves_for(user, introduction),
        "move_url": reverse("introductions:move", args=[introduction.pk]),
        "message_form": message or MessageForm(),
        "times_form": times or TimesForm(initial={"time_1": first_offer(timezone.localtime(now))}),
        "breadcrumb": [
            {"label": _("Introductions"), "url": reverse("introductions:list")},
            {"label": presenters.title_for(introduction, user)},
        ],
        **_agreement(request, introduction),
    }
    has_errors = (message and message.errors) or (times and times.errors)
    return render(
        request, "introductions/introduction.html", context, status=422 if has_errors else 200
    )


def _agreement(request: HttpRequest, introduction: Introduction) -> dict[str, Any]:
    """Where an agreement on secrecy between the two stands, and the one step to it."""
    both = {introduction.pk: frozenset(side.pk for side in introduction.sides)}
    entry = entry_to_protect(
        request.user,
        sides=introduction.sides,
        need=introduction.need_id,
        technology=introduction.technology_id,
    )
    kind = "need" if isinstance(entry, Need) else "technology"
    return {
        "nda": newest_ndas(both, request.user).get(introduction.pk),
        "ask_url": reverse(f"catalog:{kind}_ask", args=[entry.pk]) if entry else "",
    }
