"""Letters to the lists of a call and of the platform: written, looked at once more, sent."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.calls import operations, permissions, presenters, queries
from dure.apps.calls.forms import LetterForm, ListLetterForm
from dure.apps.calls.models import Call
from dure.apps.calls.reasons import Reason
from dure.apps.people.models import User
from dure.foundation.ui.answers import or_404, refusal_in
from dure.foundation.ui.form_page import render_forms
from dure.foundation.ui.listing import page_of

SALT = "letter"


@login_required
@require_safe
def letter_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written about a call."""
    shown = _call(request, pk)
    letters = queries.letters_visible_to(request.user).filter(call=shown)
    context = {
        "title": _("Letters"),
        "breadcrumb": presenters.crumbs(shown, _("Letters")),
        "call": shown,
        "page": page_of(request, queries.with_counts(letters), 20),
        "may_write": permissions.may_write_letters(request.user, shown),
    }
    return render(request, "calls/letters.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a letter; first it is shown with its number of recipients, then it is sent."""
    shown = _call(request, pk)
    form = LetterForm(request.POST or None)
    preview = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if data["expected"] is not None and request.POST.get("send"):
            with refusal_in(form) as outcome:
                job = operations.write(call=shown, **data, by=request.user, at=timezone.now())
            if outcome.is_done:
                return redirect("jobs:detail", job.pk)
        reached, unreached = operations.addresses(shown, data["audience"], data["channel"])
        preview = {
            **data,
            "to": dict(form.fields["audience"].choices)[data["audience"]],
            "by": dict(form.fields["channel"].choices)[data["channel"]],
            "count": len(reached),
            "unreached": unreached,
        }
    context = {
        "title": _("Write a letter"),
        "breadcrumb": presenters.crumbs(shown, _("Write a letter")),
        "call": shown,
        "form": form,
        "preview": preview,
        "may_write": permissions.may_write_letters(request.user, shown),
        "back": reverse("calls:letters", args=[pk]),
    }
    return render_forms(request, "calls/write.html", context)


@login_required
@require_safe
def all_letters(request: HttpRequest) -> HttpResponse:
    """Every letter of the office, also those to lists that are of no call."""
    _office_only(request)
    letters = queries.letters_visible_to(request.user)
    context = {
        "title": _("Letters"),
        "breadcrumb": presenters.crumbs(None, _("Letters")),
        "page": page_of(request, queries.with_counts(letters), 20),
    }
    return render(request, "calls/letters.html", context)


def begin_for_list(request: HttpRequest, people: Iterable[User], name: str) -> HttpResponse:
    """A letter to the people of a list, from the page of the list."""
    listed = {"people": sorted({person.pk for person in people}), "name": name}
    signed = signing.dumps(listed, salt=f"{SALT}:{request.user.pk}", compress=True)
    return _list_letter(request, ListLetterForm(initial={"people": signed}), listed)


@login_required
@require_POST
def write_to_list(request: HttpRequest) -> HttpResponse:
    """A letter to the people of a list: first shown with their number, then sent."""
    _office_only(request)
    form = ListLetterForm(request.POST)
    try:
        listed = signing.loads(
            request.POST.get("people", ""),
            salt=f"{SALT}:{request.user.pk}",
            max_age=timedelta(hours=12),
        )
    except signing.BadSignature:
        messages.error(request, Reason.LIST_CHANGED.label)
        return redirect("calls:all_letters")
    if not form.is_valid():
        return _list_letter(request, form, listed)
    data = {name: form.cleaned_data[name] for name in ("channel", "subject", "body")}
    if request.POST.get("send"):
        with refusal_in(form) as outcome:
            job = operations.write_to(
                people=listed["people"], list_name=listed["name"], **data,
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        if outcome.is_done:
            return redirect("jobs:detail", job.pk)
    people = queries.people_with(listed["people"])
    reached, unreached = operations.addresses_of(people, data["channel"])
    preview = data | {"people": form.cleaned_data["people"], "to": listed["name"]}
    preview |= {"count": len(reached), "unreached": unreached}
    preview["by"] = dict(form.fields["channel"].choices)[data["channel"]]
    return _list_letter(request, form, listed, preview)


def _list_letter(
    request: HttpRequest,
    form: ListLetterForm,
    listed: dict[str, Any],
    preview: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "title": _("Write a letter"),
        "breadcrumb": presenters.crumbs(None, _("Write a letter")),
        "list_name": listed["name"],
        "count": len(listed["people"]),
        "form": form,
        "preview": preview,
        "action": reverse("calls:write_to_list"),
        "back": reverse("calls:all_letters"),
    }
    return render_forms(request, "calls/write.html", context)


@login_required
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter, and to whom it went."""
    shown = get_object_or_404(queries.with_counts(queries.letters_visible_to(request.user)), pk=pk)
    context = {
        "title": shown.subject,
        "breadcrumb": presenters.crumbs(shown.call, _("Letters")),
        "about": shown.call or shown.list_name,
        "letter": shown,
        "page": page_of(request, shown.recipients.select_related("user"), 50),
    }
    return render(request, "calls/letter.html", context)


def _office_only(request: HttpRequest) -> None:
    or_404(permissions.may_run(request.user))


def _call(request: HttpRequest, pk: int) -> Call:
    _office_only(request)
    return get_object_or_404(queries.calls_visible_to(request.user), pk=pk)
