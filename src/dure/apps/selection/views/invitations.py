"""Calendar files of the day of a panel."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dure.apps.selection import presenters, queries


@never_cache
@login_required
@require_safe
def panel_day(request: HttpRequest, pk: int) -> HttpResponse:
    """The day of a panel, for its members and the office."""
    panel = get_object_or_404(queries.planned_panels_visible_to(request.user), pk=pk)
    return _file(presenters.panel_calendar(panel))


@never_cache
@login_required
@require_safe
def presentation(request: HttpRequest, pk: int) -> HttpResponse:
    """When an application is presented, for who presents it."""
    item = get_object_or_404(queries.presentations_visible_to(request.user), pk=pk)
    return _file(presenters.presentation_calendar(item))


def _file(content: bytes) -> HttpResponse:
    disposition = content_disposition_header(True, presenters.CALENDAR_FILE)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )
