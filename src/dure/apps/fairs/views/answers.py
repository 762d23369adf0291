"""What doors share: saying what was done or why not, and who may come in at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from dure.apps.fairs import queries
from dure.apps.fairs.models import Fair
from dure.apps.people.queries import standing_of
from dure.foundation.verdict import Refused

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@contextmanager
def answered(request: HttpRequest, done: str) -> Iterator[None]:
    """Say `done` after the block, or the reason when an operation refused."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal.reason.label))
    else:
        if done:
            messages.success(request, done)


def officers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let officers in; for everybody else the page does not exist."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        if not standing_of(request.user).is_officer:
            raise Http404
        return view(request, *args, **more)

    return guarded


def staff_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let all staff read; for everybody else the page does not exist."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        if not standing_of(request.user).is_staff:
            raise Http404
        return view(request, *args, **more)

    return guarded


def fair_or_404(request: HttpRequest, fair_id: int) -> Fair:
    """A fair that the reader sees, with its counts."""
    fairs = queries.with_counts(queries.fairs_visible_to(request.user))
    return get_object_or_404(fairs, pk=fair_id)


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook to download."""
    return HttpResponse(
        content,
        content_type=SPREADSHEET,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )
