"""What is reached without the menu: the door of a meeting by its code, calendars by theirs."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.groups import operations, queries
from dure.apps.groups.forms import GuestForm
from dure.apps.groups.models import Meeting
from dure.apps.groups.pages import group_for
from dure.apps.groups.presenters import calendars
from dure.foundation.parsing import row_id
from dure.foundation.ui.answers import flash_outcome, refusal_in
from dure.foundation.ui.form_page import render_forms, sent


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def door(request: HttpRequest, code: str) -> HttpResponse:
    """Where the code leads: one press and one is there, a guest with name and firm."""
    meeting = queries.meeting_by_code(code)
    if meeting is None:
        raise Http404
    user = request.user if request.user.is_authenticated else None
    form = None if user else GuestForm(sent(request))
    context: dict[str, Any] = {
        "meeting": meeting,
        "form": form,
        "is_open": meeting.lets_in(timezone.now()),
        "done": "",
        "why_not": "",
        "sign_in": f"{reverse('account_login')}?next={request.path}",
    }
    if request.method == "POST" and (form is None or form.is_valid()):
        _come(meeting, form, context, request)
    return render_forms(request, "groups/door.html", context)


def _come(meeting: Meeting, form: Any, context: dict[str, Any], request: HttpRequest) -> None:
    user = request.user if request.user.is_authenticated else None
    given = form.cleaned_data if form else {}
    with refusal_in(form or GuestForm({})) as outcome:
        presence = operations.come(code=meeting.code, by=user, at=timezone.now(), **given)
        context["done"] = presence.name
    context["why_not"] = outcome.why_not if form is None else ""


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of a group, or of all groups of somebody, at a secret address."""
    address = queries.calendar_by_token(token)
    if address is None:
        raise Http404
    wish = request.GET.get("lang", "")
    known = {code for code, _name in settings.LANGUAGES}
    with translation.override(wish if wish in known else settings.LANGUAGE_CODE):
        meetings = queries.meetings_of_feed(address, timezone.now())
        name = str(address.group) if address.group else _("Meetings of my groups")
        return HttpResponse(
            calendars.feed(meetings, name),
            content_type="text/calendar; charset=utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="dure-groups.ics"',
                "Cache-Control": "private, max-age=300",
            },
        )


@require_POST
@login_required
def renew(request: HttpRequest) -> HttpResponse:
    """Make an address of a calendar, a new one, or end it; of a group or of all."""
    pk = row_id(request.POST.get("group"))
    group = group_for(request, pk) if pk else None
    if request.POST.get("end"):
        operations.end_calendar(group=group, by=request.user)
    else:
        with flash_outcome(request, _("The address is new. The one before no longer works.")):
            operations.renew_calendar(group=group, by=request.user)
    return redirect("groups:mine")
