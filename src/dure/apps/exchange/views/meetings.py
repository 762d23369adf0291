"""Exchange meetings and who takes part in them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.exchange import operations, permissions, queries
from dure.apps.exchange.forms.meetings import (
    AnswerForm,
    ApplyForm,
    DelegationForm,
    InviteForm,
    MeetingForm,
    MeetingsForm,
    initial_of,
)
from dure.apps.exchange.models import ExchangeMeeting
from dure.apps.exchange.presenters import meetings as presenters
from dure.apps.exchange.stages import MeetingStage
from dure.apps.exchange.views.guards import ON_A_PAGE, asked, crumbs, listed, seen, sorted_as_asked
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404


@login_required
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings that one sees; also as Excel."""
    or_404(permissions.may_see_exchange(request.user))
    form = MeetingsForm(request.GET)
    return listing.list_page(
        request,
        "exchange/meetings.html",
        sorted_as_asked(
            request, form.narrow(queries.meetings_visible_to(request.user)), "meetings", "-day"
        ),
        form=form,
        per_page=ON_A_PAGE,
        sheet=presenters.sheet,
        context=lambda page: {
            **listed(request, "meetings", pgettext("exchange", "Meetings")),
            "rows": presenters.rows(request.user, page),
            "runs": bool(permissions.may_run(request.user)),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    or_404(permissions.may_run(request.user))
    return asked(
        request,
        MeetingForm(request.POST or None),
        lambda values: operations.plan_meeting(values=values, by=request.user, at=timezone.now()),
        title=_("Plan a meeting"),
        button=_("Plan"),
        back=reverse("exchange:meetings"),
        done=_("Planned. Open it once it is complete."),
    )


@login_required
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: when and where, who takes part, consultations."""
    shown = _meeting(request, pk)
    context = presenters.page_of(request.user, shown, timezone.now())
    context["breadcrumb"] = crumbs((_name(context), ""))
    return render(request, "exchange/meeting.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a meeting."""
    meeting = _meeting(request, pk)
    or_404(permissions.may_change_meeting(request.user, meeting))
    return asked(
        request,
        MeetingForm(request.POST or None, initial=initial_of(meeting)),
        lambda values: operations.change_meeting(meeting=meeting, values=values, by=request.user),
        title=_("Change the meeting"),
        button=_("Save"),
        back=meeting.get_absolute_url(),
        under=_way(meeting),
        done=_("Saved."),
    )


@require_POST
@login_required
def move(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Take a meeting to its next stage."""
    meeting = _meeting(request, pk)
    if stage not in MeetingStage.values:
        raise Http404
    with flash_outcome(request, _("Done.")):
        operations.move(meeting=meeting, stage=stage, by=request.user, at=timezone.now())
    return redirect(meeting)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take part for one's organisation."""
    meeting = _meeting(request, pk)
    or_404(permissions.may_apply_at_all(request.user))
    form = ApplyForm(request.POST or None, user=request.user)

    def act(values: dict[str, Any]) -> None:
        operations.apply(meeting=meeting, **values, by=request.user, at=timezone.now())

    return asked(
        request, form, act, title=_("Take part"), button=_("Apply for a place"),
        back=meeting.get_absolute_url(), under=_way(meeting),
        done=_("Applied. The office selects and tells you."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an organisation from abroad that the office asked."""
    meeting = _meeting(request, pk)
    or_404(permissions.may_change_meeting(request.user, meeting))
    form = InviteForm(request.POST or None, user=request.user, meeting=meeting)

    def act(values: dict[str, Any]) -> None:
        operations.invite(meeting=meeting, **values, by=request.user, at=timezone.now())

    return asked(
        request, form, act, title=_("Ask a firm from abroad"), button=_("Enter"),
        back=meeting.get_absolute_url(), under=_way(meeting),
        lead=_("It is told. A colleague selects it, as everybody else."), done=_("Entered."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter firms that come together."""
    meeting = _meeting(request, pk)
    or_404(permissions.may_change_meeting(request.user, meeting))

    def act(values: dict[str, Any]) -> None:
        operations.add_delegation(meeting=meeting, **values, by=request.user, at=timezone.now())

    return asked(
        request, DelegationForm(request.POST or None), act, title=_("Enter a delegation"),
        button=_("Enter"), back=meeting.get_absolute_url(), under=_way(meeting), done=_("Entered."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Select who applied, or say why not."""
    part = seen(request, queries.parts_visible_to(request.user), pk)
    or_404(permissions.may_answer(request.user, part))

    def act(values: dict[str, Any]) -> None:
        operations.answer(part=part, **values, by=request.user, at=timezone.now())

    return asked(
        request, AnswerForm(request.POST or None), act, title=_("Decide on an application"),
        button=pgettext("exchange meeting", "Decide"), back=part.meeting.get_absolute_url(), under=_way(part.meeting),
        lead=str(part.organisation), done=_("Decided. The applicant is told."),
    )  # fmt: skip


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's application or place back."""
    part = seen(request, queries.parts_visible_to(request.user), pk)
    or_404(permissions.may_withdraw(request.user, part))
    with flash_outcome(request, _("Withdrawn.")):
        operations.withdraw(part=part, by=request.user)
    return redirect(part.meeting)


def _meeting(request: HttpRequest, pk: int) -> ExchangeMeeting:
    return seen(request, queries.meetings_visible_to(request.user), pk)


def _way(exchange_meeting: ExchangeMeeting) -> tuple[str, str]:
    return pgettext("exchange", "Meeting"), exchange_meeting.get_absolute_url()


def _name(context: dict[str, Any]) -> str:
    return str(context["name"]) or pgettext("exchange", "Meeting")
