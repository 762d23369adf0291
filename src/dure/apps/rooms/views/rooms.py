"""Rooms: the list, opening one from the chain, its register, its files."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.rooms import operations, permissions, presenters, queries
from dure.apps.rooms.forms import ItemForm, MarkForm, RoomsForm
from dure.apps.rooms.models import Room, RoomFile, ViewWay
from dure.apps.rooms.operations import NewItem
from dure.apps.uploads.queries import coming, whole
from dure.foundation import tus
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404, saved_pieces
from dure.foundation.ui.form_page import form_page, sent, show_form
from dure.foundation.web import takes_files_in_memory

ON_A_PAGE = 30


@login_required
@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    """The rooms of one's own organisations; also as Excel."""
    or_404(permissions.may_use_rooms(request.user))
    form = RoomsForm(request.GET)
    return listing.list_page(
        request,
        "rooms/rooms.html",
        form.narrow(queries.rooms_visible_to(request.user)),
        form=form,
        per_page=ON_A_PAGE,
        sheet=presenters.rooms_sheet,
        context=lambda page: {"breadcrumb": [{"label": _("Rooms")}]},
    )


@require_POST
@login_required
def open_room(request: HttpRequest) -> HttpResponse:
    """Open a room from an introduction, a consultation or a match, or go to the one that is open."""
    link = _link(request)
    if link is None:
        raise Http404
    with flash_outcome(request, _("The room is open. Both sides see what is entered.")) as outcome:
        made = operations.open_room(**link, by=request.user, at=timezone.now())
    return redirect(made) if outcome.is_done else redirect("rooms:rooms")


@never_cache
@login_required
@require_safe
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """A room: what was asked, proposed, shown and handed over, and who looked at it."""
    this_room = _room(request, pk)
    context = {
        "room": this_room,
        "lines": presenters.register_of(request.user, this_room, timezone.now()),
        "own": queries.own_side(request.user, this_room),
        "may_enter": bool(permissions.may_enter(request.user, this_room)),
        "may_close": bool(permissions.may_close(request.user, this_room)),
        "tone": presenters.ROOM_TONES.get(this_room.stage, ""),
        "breadcrumb": [_rooms(), {"label": this_room.title}],
    }
    return render(request, "rooms/room.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a line in the register."""
    this_room = _room(request, pk)
    or_404(permissions.may_enter(request.user, this_room))
    form = ItemForm(
        sent(request),
        request.FILES if request.method == "POST" else None,
        items=queries.items_visible_to(request.user).filter(room=this_room),
        today=timezone.localdate(),
        initial={"kind": request.GET.get("kind", "")},
    )
    purpose = operations.purpose_of(this_room)
    form.fields["large"].at(
        reverse("rooms:begin_upload", args=[this_room.pk]),
        beside="id_files",
        arrived=whole(request.user, purpose),
        coming=coming(request.user, purpose),
    )

    def act(values: dict[str, Any]) -> None:
        files, large = values.pop("files"), values.pop("large")
        made = operations.enter(
            room=this_room,
            item=NewItem(**values),
            files=files,
            large=large,
            by=request.user,
            at=timezone.now(),
        )
        if made.stage == "HELD":
            messages.warning(
                request, _("Entered, and held until request sheet and agreement are there.")
            )

    return form_page(
        request,
        form,
        act,
        title=_("Enter in the register"),
        lead=_(
            "Both sides see it, and the sealed record keeps when, by whom, for what and for whom, with"
            " the hashes of files. It cannot be changed afterwards."
        ),
        button=_("Enter"),
        back=this_room.get_absolute_url(),
        breadcrumb=[_rooms(), {"label": this_room.title, "url": this_room.get_absolute_url()}],
        done=_("Entered, in the sealed record too."),
        template="rooms/enter.html",
    )


@require_POST
@login_required
def begin_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce a large file for the register (tus); its pieces are sent to the address in the answer."""
    this_room = _room(request, pk)
    or_404(permissions.may_enter(request.user, this_room))
    return tus.begun(
        request,
        lambda announced: operations.begin_upload(
            room=this_room, announced=announced, by=request.user, at=timezone.now()
        ),
    )


@require_POST
@login_required
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over what was held."""
    item = get_object_or_404(queries.items_visible_to(request.user), pk=pk)
    with flash_outcome(request, _("Handed over. The other side is told.")):
        operations.release(item=item, by=request.user, at=timezone.now())
    return redirect(item.room)


@require_POST
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it was so."""
    item = get_object_or_404(queries.items_visible_to(request.user), pk=pk)
    with flash_outcome(request, _("Confirmed. The other side is told.")):
        operations.confirm(item=item, by=request.user, at=timezone.now())
    return redirect(item.room)


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a room."""
    this_room = _room(request, pk)
    with flash_outcome(request, _("Closed. What is in it stays to be read.")):
        operations.close(room=this_room, by=request.user, at=timezone.now())
    return redirect(this_room)


@never_cache
@require_POST
@login_required
def open_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A marked copy of a file, to be viewed or saved; that it was opened is kept for both sides."""
    file = get_object_or_404(queries.files_visible_to(request.user), pk=pk)
    is_view = request.POST.get("way") == ViewWay.VIEW and file.is_marked
    if file.upload:
        return _large(request, file)
    with flash_outcome(request) as outcome:
        content = operations.open_file(
            file=file,
            way=ViewWay.VIEW if is_view else ViewWay.DOWNLOAD,
            by=request.user,
            at=timezone.now(),
        )
    if not outcome.is_done:
        return redirect(file.item.room)
    return HttpResponse(
        content,
        content_type=file.content_type if is_view else "application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(not is_view, file.name),
            "X-Content-Type-Options": "nosniff",
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
def mark(request: HttpRequest) -> HttpResponse:
    """Read from a file that turned up somewhere whose copy it is."""
    or_404(permissions.may_use_rooms(request.user))
    is_post = request.method == "POST"
    form = MarkForm(request.POST if is_post else None, request.FILES if is_post else None)
    leaked_copy, is_read = None, False
    if is_post and form.is_valid():
        content = form.cleaned_data["file"].read()
        leaked_copy, is_read = operations.read_mark(content=content, reader=request.user), True
    return show_form(
        request,
        form,
        title=_("Whose copy is it?"),
        lead=_(
            "Each PDF, PNG or JPEG that is opened in a room carries the mark of its reader. Choose a file that"
            " turned up elsewhere; only marks of your own rooms are read, and the file is not kept."
        ),
        button=_("Read the mark"),
        back=reverse("rooms:rooms"),
        breadcrumb=[_rooms(), {"label": _("Whose copy is it?")}],
        template="rooms/mark.html",
        match=leaked_copy,
        is_read=is_read,
    )


def _large(request: HttpRequest, file: RoomFile) -> HttpResponseBase:
    """A large file, sent as it is read."""
    with flash_outcome(request) as outcome:
        pieces = operations.open_large(file=file, by=request.user, at=timezone.now())
    if not outcome.is_done:
        return redirect(file.item.room)
    return saved_pieces(pieces, file.name, file.size)


def _link(request: HttpRequest) -> dict[str, Any] | None:
    """From which link of the chain a room is opened, with its need and technology."""
    user, posted = request.user, request.POST
    numbers = {name: int(value) for name, value in posted.items() if value.isdecimal()}
    if "introduction" in numbers:
        introduction = queries.introduction_for(user, numbers["introduction"])
        return introduction and _ends(introduction) | {"introduction": introduction}
    if "record" in numbers:
        record = queries.record_for(user, numbers["record"])
        pair = record and (record.introduction or record.pair)
        return pair and _ends(pair) | {"record": record, "introduction": record.introduction}
    if {"need", "technology"} <= numbers.keys():
        pair = queries.match_for(user, numbers["need"], numbers["technology"])
        return pair and {"need": pair[0], "technology": pair[1]}
    return None


def _ends(link: Any) -> dict[str, Any]:
    return {"need": link.need, "technology": link.technology}


def _room(request: HttpRequest, pk: int) -> Room:
    return get_object_or_404(queries.rooms_visible_to(request.user), pk=pk)


def _rooms() -> dict[str, str]:
    return {"label": _("Rooms"), "url": reverse("rooms:rooms")}
