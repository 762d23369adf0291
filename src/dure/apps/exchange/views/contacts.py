"""Open exchanges, and requests to the office."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.exchange import operations, permissions, queries
from dure.apps.exchange.forms.things import (
    MessageForm,
    ReportForm,
    RequestForm,
    RequestsFilter,
    TakeForm,
)
from dure.apps.exchange.models import Contact, HelpRequest
from dure.apps.exchange.presenters import lists
from dure.apps.exchange.views.guards import ON_A_PAGE, asked, crumbs, listed, seen, sorted_as_asked
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.ui.form_page import render_forms


@login_required
@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """The exchanges that one's organisations are in."""
    or_404(permissions.may_see_exchange(request.user))
    return listing.list_page(
        request,
        "exchange/contacts.html",
        sorted_as_asked(request, queries.contacts_visible_to(request.user), "contacts", "-opened"),
        per_page=ON_A_PAGE,
        context=lambda page: listed(request, "contacts", _("Open exchange")),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """What two write to each other, each in their own language."""
    contact = _contact(request, pk)
    form = MessageForm(request.POST or None)
    if request.method == "POST":
        or_404(permissions.may_write(request.user, contact))
        if form.is_valid():
            with refusal_in(form) as outcome:
                operations.write(
                    contact=contact, **form.cleaned_data, by=request.user, at=timezone.now()
                )
            if outcome.is_done:
                return redirect(contact)
    may_read = bool(permissions.may_read_messages(request.user, contact))
    context = {
        "contact": contact,
        "form": form,
        "may_read": may_read,
        "messages_of": lists.message_rows(request.user, contact) if may_read else [],
        "may_write": bool(permissions.may_write(request.user, contact)),
        "breadcrumb": crumbs(
            (_("Open exchange"), reverse("exchange:contacts")), (str(contact), "")
        ),
    }
    return render_forms(request, "exchange/contact.html", context)


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an exchange."""
    contact = _contact(request, pk)
    with flash_outcome(request, _("Closed. What was written stays.")):
        operations.close(contact=contact, by=request.user, at=timezone.now())
    return redirect(contact)


@login_required
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Requests to the office; also as Excel."""
    or_404(permissions.may_see_exchange(request.user))
    form = RequestsFilter(request.GET)
    return listing.list_page(
        request,
        "exchange/requests.html",
        sorted_as_asked(
            request, form.narrow(queries.requests_visible_to(request.user)), "requests", "-asked"
        ),
        form=form,
        per_page=ON_A_PAGE,
        sheet=lists.request_sheet,
        context=lambda page: {
            **listed(request, "requests", pgettext("exchange", "Requests")),
            "today": timezone.localdate(),
            "may_ask": bool(permissions.may_apply_at_all(request.user)),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: HttpRequest) -> HttpResponse:
    """Ask for support of negotiations, or for a check of a buyer."""
    or_404(permissions.may_apply_at_all(request.user))
    form = RequestForm(request.POST or None, user=request.user)

    def act(values: dict[str, Any]) -> None:
        operations.ask(**values, by=request.user, at=timezone.now())

    return asked(
        request, form, act, title=_("Ask for help"), button=_("Ask"),
        back=reverse("exchange:requests"), done=_("Asked. The office says until when it answers."),
    )  # fmt: skip


@login_required
@require_safe
def one_request(request: HttpRequest, pk: int) -> HttpResponse:
    """A request: what is asked, who took it on until when, the report."""
    help_request = _request(request, pk)
    context = lists.request_page(request.user, help_request)
    context["is_late"] = _is_late(help_request)
    context["breadcrumb"] = crumbs(
        (pgettext("exchange", "Requests"), reverse("exchange:requests")), (help_request.number, "")
    )
    return render(request, "exchange/request.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request on until a day."""
    help_request = _request(request, pk)
    or_404(permissions.may_take(request.user, help_request))

    def act(values: dict[str, Any]) -> None:
        operations.take(request=help_request, **values, by=request.user, at=timezone.now())

    return asked(
        request, TakeForm(request.POST or None, initial={"due_on": help_request.due_on}), act,
        title=_("Take the request on"), button=pgettext("exchange", "Take on"), back=help_request.get_absolute_url(),
        under=(help_request.number, help_request.get_absolute_url()), lead=help_request.text,
        done=_("Taken on. Who asked is told."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report on a request."""
    help_request = _request(request, pk)
    or_404(permissions.may_report(request.user, help_request))

    def act(values: dict[str, Any]) -> None:
        operations.report(request=help_request, **values, by=request.user, at=timezone.now())

    return asked(
        request, ReportForm(request.POST or None, asked=help_request), act, title=pgettext("exchange", "Report"),
        button=_("Give the report"), back=help_request.get_absolute_url(),
        under=(help_request.number, help_request.get_absolute_url()), lead=help_request.text,
        done=_("Reported. Who asked is told."),
    )  # fmt: skip


def _contact(request: HttpRequest, pk: int) -> Contact:
    return seen(request, queries.contacts_visible_to(request.user), pk)


def _request(request: HttpRequest, pk: int) -> HelpRequest:
    return seen(request, queries.requests_visible_to(request.user), pk)


def _is_late(help_request: HelpRequest) -> bool:
    return help_request.stage == "TAKEN" and help_request.due_on < timezone.localdate()
