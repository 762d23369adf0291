"""One calendar over all programmes: the page of a month, and feeds for calendar programs."""

from datetime import date, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.apps.calls import queries
from dure.apps.calls.presenters import calendars, crumbs

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """What opens and closes in a month (`?month=2027-01`), in all programmes."""
    first = _month(request.GET.get("month", ""))
    before, after = first - timedelta(days=1), first + timedelta(days=32)
    context = {
        "title": _("Calendar of calls"),
        "breadcrumb": crumbs(None, _("Calendar")),
        "first": first,
        "before": before.replace(day=1),
        "after": after.replace(day=1),
        "today": timezone.localdate(),
        "days": calendars.month(queries.calls_in_month(request.user, first), first),
        "feed_url": f"{settings.BASE_URL}{request.path.rstrip('/')}.ics",
    }
    return render(request, "calls/calendar.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The deadlines of all calls, for calendar programs."""
    with translation.override(_language(request)):
        calls = queries.calls_of_feed(queries.public_calls(), timezone.now())
        return _answer(calendars.feed(calls, _("Deadlines of calls")), "public")


@require_safe
def own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The deadlines that somebody watches, at a secret address."""
    reach = queries.reach_by_token(token)
    if reach is None:
        raise Http404
    with translation.override(_language(request)):
        calls = queries.calls_of_feed(queries.watched_by(reach.user), timezone.now())
        return _answer(calendars.feed(calls, _("Deadlines that I watch")), "private")


def _answer(written: bytes, whose: str) -> HttpResponse:
    return HttpResponse(
        written,
        content_type=CALENDAR,
        headers={
            "Content-Disposition": 'attachment; filename="dure-calls.ics"',
            "Cache-Control": f"{whose}, max-age=300",
        },
    )


def _language(request: HttpRequest) -> str:
    language = request.GET.get("lang", "")
    known = {code for code, _name in settings.LANGUAGES}
    return language if language in known else settings.LANGUAGE_CODE


def _month(wish: str) -> date:
    """The first day of the month that is asked for; of this month where that is none."""
    try:
        month = date.fromisoformat(f"{wish}-01")
    except ValueError:
        month = timezone.localdate().replace(day=1)
    is_sane = 2000 <= month.year < 2100
    return month.replace(day=1) if is_sane else timezone.localdate().replace(day=1)
