"""Meetings of groups: planning, the page of one, who came, minutes, photos."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.groups import operations, permissions, presenters, queries
from dure.apps.groups.forms import MeetingForm, MinutesForm, PhotoForm, PresentForm
from dure.apps.groups.models import Meeting
from dure.apps.groups.pages import crumbs, meeting_for, own_group, own_meeting
from dure.foundation.ui.answers import flash_outcome, sheet_response, wants_workbook
from dure.foundation.ui.codes import qr
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.web import takes_files


@require_safe
@never_cache
@login_required
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: agenda, who came (also as Excel), minutes, photos; its code for who leads it."""
    shown, user, today = meeting_for(request, pk), request.user, localdate()
    presences = shown.presences.select_related("user", "entered_by")
    if wants_workbook(request):
        return sheet_response(**presenters.presence_sheet(shown, presences))
    may_act = permissions.may_act_for(user, shown.group, today)
    address = settings.BASE_URL + reverse("groups:door", args=[shown.code])
    context = {
        "meeting": shown,
        "tone": presenters.MEETING_TONES[shown.stage],
        "agenda": shown.agenda.splitlines(),
        "presences": presences,
        "photos": shown.photos.all(),
        "may_act": may_act,
        "may_change": may_act and shown.stage == "PLANNED",
        "may_write": may_act
        and shown.stage in ("PLANNED", "HELD")
        and shown.starts_at <= timezone.now(),
        "may_confirm": permissions.may_confirm(user, shown, today),
        "is_waiting": shown.stage == "HELD",
        "code": qr(address) if may_act and shown.stage in ("PLANNED", "HELD") else "",
        "address": address,
        "breadcrumb": crumbs(shown.group, str(shown)),
    }
    return render(request, "groups/meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a meeting."""
    shown = own_group(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.plan_meeting(group=shown, values=values, by=request.user, at=timezone.now())

    return form_page(
        request, MeetingForm(sent(request)), act, title=pgettext("group", "Plan a meeting"), lead=str(shown),
        button=_("Plan it and tell the members"), back=shown.get_absolute_url(),
        breadcrumb=crumbs(shown, pgettext("group", "Plan a meeting")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was planned."""
    shown = own_meeting(request, pk)
    wanted = {name: getattr(shown, name) for name in MeetingForm.Meta.fields}
    form = MeetingForm(sent(request), initial=wanted)

    def act(values: dict[str, Any]) -> None:
        operations.change_meeting(meeting=shown, values=values, by=request.user, at=timezone.now())

    return _form(request, shown, form, act, _("Change the meeting"))


@require_POST
@login_required
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off."""
    shown = own_meeting(request, pk)
    with flash_outcome(request, _("Called off. The members have been told.")):
        operations.call_off(meeting=shown, by=request.user, at=timezone.now())
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def present(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody without a phone on the list."""
    shown = own_meeting(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.note_present(
            meeting=shown, user=values["email"], name=values["name"], firm=values["firm"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    return _form(request, shown, PresentForm(sent(request)), act, _("Somebody came"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes."""
    shown = own_meeting(request, pk)
    form = MinutesForm(
        sent(request), initial={"minutes": shown.minutes or shown.agenda, "result": shown.result}
    )

    def act(values: dict[str, Any]) -> None:
        operations.write_minutes(meeting=shown, by=request.user, at=timezone.now(), **values)

    return _form(request, shown, form, act, pgettext("minutes", "Write the minutes"))


@require_POST
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the minutes that somebody else wrote."""
    shown = meeting_for(request, pk)
    with flash_outcome(request, _("Confirmed. The minutes stand from now on.")):
        operations.confirm_minutes(meeting=shown, by=request.user, at=timezone.now())
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@login_required
def photo_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a photo."""
    shown = own_meeting(request, pk)
    form = PhotoForm(sent(request), request.FILES or None)

    def act(values: dict[str, Any]) -> None:
        operations.add_photo(meeting=shown, by=request.user, at=timezone.now(), **values)

    return _form(request, shown, form, act, _("New photo"))


@require_safe
@login_required
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo, for people of the group."""
    shown = get_object_or_404(queries.photos_visible_to(request.user), pk=pk)
    with shown.file.open() as file:
        return HttpResponse(
            file.read(),
            content_type="image/jpeg",
            headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"},
        )


@require_POST
@login_required
def photo_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo away."""
    shown = get_object_or_404(queries.photos_visible_to(request.user), pk=pk)
    meeting = own_meeting(request, shown.meeting_id)
    with flash_outcome(request, _("The photo is gone.")):
        operations.remove_photo(photo=shown, by=request.user, at=timezone.now())
    return redirect(meeting)


def _form(request: HttpRequest, shown: Meeting, form: Any, act: Any, title: str) -> HttpResponse:
    return form_page(
        request, form, act, title=title, lead=str(shown), button=_("Save"),
        back=shown.get_absolute_url(),
        breadcrumb=[*crumbs(shown.group), {"label": str(shown), "url": shown.get_absolute_url()}, {"label": title}],
    )  # fmt: skip
