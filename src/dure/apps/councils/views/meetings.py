"""Meetings: agenda, papers, who is there, interests, proxies, minutes."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.councils import operations, permissions, presenters, queries
from dure.apps.councils.forms import (
    AttendanceFilter,
    ConfirmForm,
    InterestForm,
    ItemForm,
    MeetingForm,
    MinutesForm,
    PaperForm,
    ProxyForm,
)
from dure.apps.councils.kinds import Way
from dure.apps.councils.models import Item
from dure.apps.councils.pages import council_for, crumbs, meeting_for, secretary_only, under_meeting
from dure.apps.councils.stages import MeetingStage
from dure.foundation.parsing import whole_number
from dure.foundation.ui.answers import flash_outcome, or_404, saved_file
from dure.foundation.ui.codes import qr
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.ui.listing import list_page
from dure.foundation.web import takes_files


@require_safe
@login_required
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its agenda, who is there, its minutes."""
    shown, user = meeting_for(request, pk), request.user
    is_running, own = shown.stage == MeetingStage.OPEN, queries.seat_at(shown, user)
    context = {
        "meeting": shown,
        "council": shown.file,
        "agenda": presenters.agenda(user, shown),
        "room": presenters.room(shown, own),
        "own": own,
        "is_running": is_running,
        "may_declare": shown.stage in (MeetingStage.CALLED, MeetingStage.OPEN),
        "may_run": permissions.may_run(user),
        "may_confirm": permissions.may_confirm(user, shown),
        "is_held": shown.stage == MeetingStage.CLOSED,
        "moves": presenters.meeting_moves(shown),
        "unconfirmed": queries.unconfirmed(shown) if shown.minutes else [],
        "objections": shown.confirmations.exclude(objection="").select_related("seat__user"),
        "proxies": shown.proxies.select_related("giver__user", "holder__user"),
        "breadcrumb": crumbs(shown.file, str(shown)),
    }
    return render(request, "councils/meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def meeting_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a meeting."""
    secretary_only(request)
    shown = council_for(slug)

    def act(values: dict[str, Any]) -> None:
        operations.plan(council=shown, values=values, by=request.user, at=timezone.now())

    return form_page(
        request,
        MeetingForm(sent(request)),
        act,
        title=_("New meeting"),
        lead=str(shown),
        button=_("Plan it"),
        back=reverse("councils:council", args=[shown.id]),
        breadcrumb=crumbs(shown, _("New meeting")),
        done=_("Planned. Members see it once you call it."),
    )


@require_POST
@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting, open it, end it, call it off."""
    secretary_only(request)
    shown = meeting_for(request, pk)
    if request.POST.get("stage") not in MeetingStage.values:
        raise Http404
    with flash_outcome(request, _("Done.")):
        operations.move_meeting(
            meeting=shown, stage=request.POST["stage"], by=request.user, at=timezone.now()
        )
    return redirect(shown)


@require_POST
@login_required
def attend(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody came or left: `seat`, and `way` or nothing."""
    shown, now = meeting_for(request, pk), timezone.now()
    seats = queries.seats_to_name(request.user, shown)
    seat = get_object_or_404(seats, pk=whole_number(request.POST.get("seat", "")))
    way = request.POST.get("way")
    with flash_outcome(request, _("Noted.")):
        if way in Way.values:
            operations.come(meeting=shown, seat=seat, way=way, by=request.user, at=now)
        else:
            operations.leave(meeting=shown, seat=seat, by=request.user, at=now)
    if "list" in request.POST:
        kept = QueryDict(request.POST["list"]).urlencode()
        return redirect(f"{reverse('councils:attendance', args=[shown.pk])}?{kept}")
    return redirect(shown)


@require_safe
@login_required
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Every seat of a meeting and who came, found by name; also as Excel. Who runs it notes who
    comes, and shows the code with which members open the meeting on their phones."""
    shown = meeting_for(request, pk)
    may_run, form = permissions.may_run(request.user), AttendanceFilter(request.GET)
    is_running = shown.stage == MeetingStage.OPEN
    present = shown.attendances.filter(left_at=None)
    return list_page(
        request,
        "councils/attendance.html",
        form.narrow(queries.seats_at(shown)),
        form=form,
        per_page=30,
        sheet=presenters.attendance_sheet,
        context=lambda page: {
            "meeting": shown,
            "rows": page,
            "present": present.count(),
            "members": queries.members_of(shown).count(),
            "may_note": is_running and may_run,
            "code": qr(settings.BASE_URL + shown.get_absolute_url()) if may_run else "",
            "kept": request.GET.urlencode(),
            "breadcrumb": under_meeting(shown, _("Attendance")),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def item_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put something on the agenda."""
    secretary_only(request)
    shown = meeting_for(request, pk)
    models = queries.models_visible_to(request.user).filter(council=shown.council)
    form = ItemForm(sent(request), models=models)
    return form_page(
        request,
        form,
        lambda values: operations.add_item(meeting=shown, by=request.user, **values),
        title=_("New item"),
        lead=str(shown),
        button=_("Put it on the agenda"),
        back=shown.get_absolute_url(),
        breadcrumb=under_meeting(shown, _("New item")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@takes_files
def paper_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a paper to an item."""
    secretary_only(request)
    item = _item(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.add_paper(item=item, file=values["file"], by=request.user, at=timezone.now())

    return form_page(
        request,
        PaperForm(sent(request), request.FILES),
        act,
        title=_("New paper"),
        lead=str(item),
        button=_("Add the paper"),
        back=item.meeting.get_absolute_url(),
        breadcrumb=under_meeting(item.meeting, _("New paper")),
        field="file",
    )


@require_safe
@login_required
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper as it came in."""
    shown = get_object_or_404(queries.papers_visible_to(request.user), pk=pk)
    model = shown.item.model
    if model is not None and not permissions.may_read(request.user, model):
        raise Http404
    with shown.file.open() as file:
        return saved_file(file.read(), shown.name)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare an interest in an item."""
    item = _item(request, pk)
    seats = queries.seats_to_name(request.user, item.meeting)
    if not seats.exists():
        raise Http404
    form = InterestForm(sent(request), seats=seats, initial={"seat": seats.first()})

    def act(values: dict[str, Any]) -> None:
        operations.declare_interest(item=item, by=request.user, at=timezone.now(), **values)

    return form_page(
        request,
        form,
        act,
        title=_("Declare an interest"),
        lead=_("Who has an interest in an item leaves for it and has no vote on it."),
        button=_("Declare"),
        back=item.meeting.get_absolute_url(),
        breadcrumb=under_meeting(item.meeting, _("Declare an interest")),
        done=_("Declared. It stands in the minutes."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def proxy(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another member vote for one who does not come."""
    shown = meeting_for(request, pk)
    givers = queries.seats_to_name(request.user, shown).filter(stands_in_for=None)
    if not givers.exists():
        raise Http404
    holders = queries.seats_on(shown.council, timezone.localdate(shown.starts_at)).filter(
        stands_in_for=None
    )
    form = ProxyForm(
        sent(request), givers=givers, holders=holders, initial={"giver": givers.first()}
    )

    def act(values: dict[str, Any]) -> None:
        operations.give_proxy(meeting=shown, by=request.user, at=timezone.now(), **values)

    return form_page(
        request,
        form,
        act,
        title=_("Give a proxy"),
        lead=str(shown),
        button=_("Give it"),
        back=shown.get_absolute_url(),
        breadcrumb=under_meeting(shown, _("Give a proxy")),
        done=_("Given. Whoever comes themselves votes themselves."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes."""
    secretary_only(request)
    shown = meeting_for(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.write_minutes(
            meeting=shown, text=values["text"], by=request.user, at=timezone.now()
        )

    return form_page(
        request,
        MinutesForm(sent(request), initial={"text": shown.minutes}),
        act,
        title=pgettext("meeting", "Minutes"),
        lead=_("A change asks everybody again who was there."),
        button=_("Save and ask"),
        back=shown.get_absolute_url(),
        breadcrumb=under_meeting(shown, pgettext("meeting", "Minutes")),
        done=_("Saved. All who were there are asked."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes to the minutes, or what is wrong."""
    shown = meeting_for(request, pk)
    or_404(permissions.may_confirm(request.user, shown))

    def act(values: dict[str, Any]) -> None:
        operations.confirm_minutes(meeting=shown, by=request.user, at=timezone.now(), **values)

    return form_page(
        request,
        ConfirmForm(sent(request), initial={"digest": shown.minutes_digest}),
        act,
        title=_("Confirm the minutes"),
        lead=shown.minutes,
        button=pgettext("minutes", "Answer"),
        back=shown.get_absolute_url(),
        breadcrumb=under_meeting(shown, _("Confirm the minutes")),
        done=_("Thank you. Your word stands with the minutes."),
    )


def _item(request: HttpRequest, pk: int) -> Item:
    meetings = queries.meetings_visible_to(request.user)
    return get_object_or_404(queries.items_in(meetings), pk=pk)
