"""Letters to the lists of a call: written, looked at once more, sent, and what became of them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.calls import operations, permissions, presenters, queries
from dure.apps.calls.forms import LetterForm
from dure.apps.calls.models import Call
from dure.foundation.ui.answers import refusal_in
from dure.foundation.ui.listing import page_of


@login_required
@require_safe
def letter_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written about a call."""
    shown = _call(request, pk)
    found = queries.letters_visible_to(request.user).filter(call=shown)
    context = {
        "title": _("Letters"),
        "breadcrumb": presenters.crumbs(shown, _("Letters")),
        "call": shown,
        "page": page_of(request, queries.with_counts(found), 20),
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
    }
    return render(request, "calls/write.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter, and to whom it went."""
    shown = get_object_or_404(queries.with_counts(queries.letters_visible_to(request.user)), pk=pk)
    context = {
        "title": shown.subject,
        "breadcrumb": presenters.crumbs(shown.call, _("Letters")),
        "letter": shown,
        "page": page_of(request, shown.recipients.select_related("user"), 50),
    }
    return render(request, "calls/letter.html", context)


def _call(request: HttpRequest, pk: int) -> Call:
    if not permissions.may_run(request.user):
        raise Http404
    return get_object_or_404(queries.calls_visible_to(request.user), pk=pk)
