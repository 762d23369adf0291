"""What a reader watches, asks, and wants to be told of."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dure.apps.calls import operations, presenters, queries
from dure.apps.calls.forms import AlertForm, QuestionForm
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.ui.listing import page_of
from dure.values.text import clean


@never_cache
@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The calls that one watches, the address of their calendar, alerts to new ones."""
    reach = queries.reach_of(request.user)
    page = page_of(request, queries.watched_by(request.user).prefetch_related("rounds"), 20)
    path = reverse("calls:own_feed", args=[reach.feed_token]) if reach else ""
    context = {
        "title": _("Calls that I watch"),
        "breadcrumb": presenters.crumbs(None, _("Calls that I watch")),
        "page": page,
        "rows": presenters.rows(page, timezone.now()),
        "feed_url": f"{settings.BASE_URL}{path}?lang={get_language()}" if reach else "",
        "mobile": reach.mobile if reach else "",
        "alerts": queries.alerts_of(request.user),
        "form": AlertForm(initial=request.GET.dict()),
        "questions": queries.questions_visible_to(request.user).filter(requested_by=request.user),
    }
    return render(request, "calls/own.html", context)


@login_required
@require_POST
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch a call, or no more."""
    call = get_object_or_404(queries.calls_visible_to(request.user), pk=pk)
    if request.POST.get("end"):
        operations.unwatch(call=call, by=request.user)
        return redirect("calls:call", pk)
    with flash_outcome(request, _("You are told of everything that is announced about this call.")):
        operations.watch(call=call, by=request.user, at=timezone.now())
    return redirect("calls:call", pk)


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask something about a call."""
    call = get_object_or_404(queries.calls_visible_to(request.user), pk=pk)
    form = QuestionForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    with flash_outcome(
        request, _("Your question is with the office. You are told when it is answered.")
    ):
        operations.ask(call=call, text=text, by=request.user, at=timezone.now())
    return redirect("calls:call", pk)


@login_required
@require_POST
def renew_feed(request: HttpRequest) -> HttpResponse:
    """Give one's calendar an address, or a new one."""
    with flash_outcome(
        request, _("Your calendar has an address. Enter it in your calendar program.")
    ):
        operations.renew_feed(by=request.user)
    return redirect("calls:own")


@login_required
@require_POST
def set_mobile(request: HttpRequest) -> HttpResponse:
    """Say where text messages go."""
    with flash_outcome(request, _("Saved.")):
        operations.set_mobile(mobile=clean(request.POST.get("mobile", "")[:30]), by=request.user)
    return redirect("calls:own")


@login_required
@require_POST
def be_alerted(request: HttpRequest) -> HttpResponse:
    """Be told of new calls."""
    form = AlertForm(request.POST)
    if form.is_valid():
        with flash_outcome(request, _("You are told when such a call is announced.")):
            operations.be_alerted(**form.cleaned_data, by=request.user, at=timezone.now())
    return redirect("calls:own")


@login_required
@require_POST
def end_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Be told of these no more."""
    alert = get_object_or_404(queries.alerts_of(request.user), pk=pk)
    operations.end_alert(alert=alert, by=request.user)
    return redirect("calls:own")
