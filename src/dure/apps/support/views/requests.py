"""Asking for support; the list of requests; one request and what is done with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.people.queries import people_in_any
from dure.apps.support import operations, permissions, presenters, queries
from dure.apps.support.forms import (
    AskForm,
    BodyForm,
    HandOverForm,
    PostponeForm,
    RequestsFilter,
    StepForm,
    TakeOnForm,
)
from dure.apps.support.models import SupportRequest
from dure.apps.support.pages import crumbs, service_for
from dure.foundation.ui.answers import or_404, refusal_in
from dure.foundation.ui.form_page import form_page, sent, show_form
from dure.foundation.ui.listing import in_order, list_page

SORTS = {
    "title": ("title", "pk"),
    "organisation": ("organisation__name", "pk"),
    "due": ("due_on", "pk"),
    "asked": ("asked_at", "pk"),
}


def seen(request: HttpRequest, pk: int) -> SupportRequest:
    """A request that the reader sees; 404 for any other."""
    return get_object_or_404(queries.requests_visible_to(request.user), pk=pk)


@require_safe
@login_required
def requests(request: HttpRequest) -> HttpResponse:
    """The requests that the reader sees; also as Excel."""
    form, today = RequestsFilter(request.GET, user=request.user), localdate()
    narrowed = form.narrow(queries.requests_visible_to(request.user))
    return list_page(
        request,
        "support/requests.html",
        in_order(narrowed, request.GET.get("sort"), SORTS, "-asked"),
        form=form,
        per_page=30,
        sheet=presenters.sheet_of,
        people=lambda rows: people_in_any(rows.order_by().values("organisation")),
        context=lambda page: {
            "rows": presenters.rows_of(page, today),
            "breadcrumb": crumbs(pgettext("support", "Requests")),
        },
    )


@require_safe
@login_required
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is asked, who owns it, until when, what came of it."""
    this_request, user, today = seen(request, pk), request.user, localdate()
    is_inside = permissions.may_read_inside(user, this_request)
    context = {
        "shown": this_request,
        "service": this_request.file,
        "tone": presenters.tone_of(this_request, today),
        "is_overdue": presenters.is_overdue(this_request, today),
        "due": presenters.due_in_words(this_request, today),
        "outcome": presenters.outcome_of(this_request),
        "asked_by": presenters.asked_by_words(this_request),
        "values": presenters.values_of(this_request, user),
        "stages": presenters.stages_of(this_request),
        "history": presenters.history_of(this_request) if is_inside else [],
        "candidates": presenters.candidates_of(this_request, user) if is_inside else [],
        "visits": this_request.visits.select_related("by", "candidate__profile")
        if is_inside
        else [],
        "reports": this_request.reports.select_related("by") if is_inside else [],
        "evidence": this_request.evidence.select_related("by") if is_inside else [],
        "panel": this_request.panel.all(),
        "professions": {p.id: str(p) for p in this_request.file.panel.professions}
        if this_request.file.panel
        else {},
        "caps": presenters.caps_in_words(this_request),
        "nexts": presenters.steps_for(user, this_request),
        "may_take_on": permissions.may_take_on(user, this_request),
        "may_hand_over": permissions.may_hand_over(user, this_request),
        "may_work": permissions.may_work(user, this_request),
        "may_assign_body": permissions.may_assign_body(user, this_request),
        "may_propose": permissions.may_propose(user, this_request),
        "may_note_visit": permissions.may_note_visit(user, this_request),
        "may_report": permissions.may_report(user, this_request),
        "may_rate": permissions.may_rate(user, this_request),
        "may_gather": permissions.may_gather(user, this_request),
        "may_name_panelist": permissions.may_name_panelist(user, this_request),
        "breadcrumb": crumbs(request=this_request),
    }
    return render(request, "support/request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a service: for the own firm, or for a member of a group."""
    service = service_for(slug)
    firms = queries.firms_to_ask_for(request.user, service, localdate())
    or_404(firms.exists())
    form = AskForm(
        sent(request),
        service=service,
        firms=firms,
        user=request.user,
    )
    if form.is_valid():
        with refusal_in(form) as outcome:
            made = operations.ask(
                service=service, organisation=form.cleaned_data["organisation"],
                title=form.cleaned_data["title"], values=form.values(), by=request.user,
                at=timezone.now(), **form.sides(),
            )  # fmt: skip
        if outcome.is_done:
            messages.success(request, _("Sent. You are told who looks after it and until when."))
            return redirect(made)
    return show_form(
        request,
        form,
        title=str(service),
        lead=str(service.about),
        button=_("Ask"),
        back=crumbs()[-1]["url"],
        breadcrumb=crumbs(str(service)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Own a request, until a day."""
    support_request = seen(request, pk)
    or_404(permissions.may_take_on(request.user, support_request))
    form = TakeOnForm(sent(request))

    def act(values: dict[str, Any]) -> None:
        operations.take_on(
            request=support_request, due_on=values["due_on"], by=request.user, at=timezone.now()
        )

    return on_request(
        request, support_request, form, act, title=_("Take on"), button=_("Take on"), field="due_on",
        lead=_("Without a day the step ends after %(days)s days.")
        % {"days": support_request.file.taking_on.days},
        done=_("It is yours. The firm is told."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a request to somebody else of the body."""
    support_request = seen(request, pk)
    or_404(permissions.may_hand_over(request.user, support_request))
    people = queries.people_of_body(support_request).exclude(pk=support_request.owner_id)
    form = HandOverForm(sent(request), people=people)

    def act(values: dict[str, Any]) -> None:
        operations.hand_over(request=support_request, by=request.user, at=timezone.now(), **values)

    return on_request(
        request, support_request, form, act, title=_("Hand over"), button=_("Hand over"),
        done=_("Handed over. Both and the firm are told."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Set another day for the present step."""
    support_request = seen(request, pk)
    or_404(permissions.may_work(request.user, support_request))
    form = PostponeForm(sent(request), initial={"due_on": support_request.due_on})

    def act(values: dict[str, Any]) -> None:
        operations.postpone(request=support_request, by=request.user, at=timezone.now(), **values)

    return on_request(
        request, support_request, form, act, title=_("Set another day"), button=_("Save"), field="due_on",
        done=_("Saved. The firm is told."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assign_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which body answers."""
    support_request = seen(request, pk)
    or_404(permissions.may_assign_body(request.user, support_request))
    form = BodyForm(sent(request), user=request.user, has_region=False)

    def act(values: dict[str, Any]) -> None:
        operations.assign_body(
            request=support_request,
            organisation=values["organisation"],
            by=request.user,
            at=timezone.now(),
        )

    return on_request(
        request, support_request, form, act, title=_("Who answers?"), button=_("Save"),
        field="organisation", done=_("Saved. The body is told."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Bring a request to its next step."""
    support_request = seen(request, pk)
    wanted = support_request.file.step(step)
    or_404(permissions.may_take(request.user, support_request, wanted))
    form = StepForm(sent(request), request=support_request, step=wanted)

    def act(values: dict[str, Any]) -> None:
        operations.take(
            request=support_request, step=wanted, values=form.values(), outcome=values.get("outcome", ""),
            note_text=values["note"], by=request.user, at=timezone.now(),
        )  # fmt: skip

    return on_request(
        request, support_request, form, act, title=str(wanted), button=_("Save"),
        done=_("Saved. Those whom it concerns are told."),
    )  # fmt: skip


def on_request(
    request: HttpRequest,
    support_request: SupportRequest,
    form: Any,
    act: Any,
    *,
    title: str,
    button: str,
    done: str,
    lead: str = "",
    field: str | None = None,
) -> HttpResponse:
    """A form that does something with a request and leads back to it."""
    return form_page(
        request, form, act, title=title, lead=lead or str(support_request), button=button,
        back=support_request.get_absolute_url(), breadcrumb=crumbs(title, request=support_request), done=done,
        field=field,
    )  # fmt: skip
