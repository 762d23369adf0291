"""The agenda of one registration: page, PDF, calendar feed, badges."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dure.apps.consultations import permissions, queries
from dure.apps.consultations.operations.agendas import renew_feed as renew
from dure.apps.consultations.presenters import agendas
from dure.apps.consultations.presenters.badges import badges
from dure.apps.fairs.models import Registration
from dure.apps.fairs.permissions import may_run_desk
from dure.apps.fairs.queries import fairs_visible_to, registration_of
from dure.apps.fairs.stages import FAIR_SHOWN
from dure.foundation.paper import pdf
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.ui.pages import breadcrumb, tabs_for

PDF = "application/pdf"
CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@login_required
def agenda(request: HttpRequest, fair_id: int) -> HttpResponse:
    """My agenda at a fair; without one of my own, the day of the fair."""
    fair = get_object_or_404(fairs_visible_to(request.user), pk=fair_id)
    registration = registration_of(fair, request.user)
    if registration is not None:
        return _agenda(request, registration)
    if may_run_desk(request.user, fair):
        return redirect("consultations:day", fair.pk)
    raise Http404


@require_safe
@login_required
def agenda_of(request: HttpRequest, registration_id: int) -> HttpResponse:
    """The agenda of any registration, for its people, staff and the desk."""
    return _agenda(request, _registration(request, registration_id))


@require_safe
@login_required
def agenda_pdf(request: HttpRequest, registration_id: int) -> HttpResponse:
    """The agenda on paper, with the badges."""
    registration = _registration(request, registration_id)
    context = _context(registration) | {"language": translation.get_language()}
    context["badges"] = badges(queries.attendees_of(registration), registration.fair_id)
    name = f"agenda-{registration.pk}.pdf"
    return HttpResponse(
        pdf(render_to_string("consultations/agenda_paper.html", context)),
        content_type=PDF,
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The agenda for calendar programs, which know nothing but the secret address."""
    registration = queries.registration_of_feed(token)
    if registration is None:
        raise Http404
    language = request.GET.get("lang", settings.LANGUAGE_CODE)
    known = {code for code, _name in settings.LANGUAGES}
    with translation.override(language if language in known else settings.LANGUAGE_CODE):
        written = agendas.calendar(
            registration, queries.calendar_of(registration), queries.seats_of(registration)
        )
    return HttpResponse(
        written,
        content_type=CALENDAR,
        headers={
            "Content-Disposition": 'attachment; filename="dure.ics"',
            "Cache-Control": "private, max-age=300",
        },
    )


@require_POST
@login_required
def renew_feed(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Give the calendar a new address."""
    registration = _registration(request, registration_id)
    with flash_outcome(
        request, _("The calendar has a new address. Enter it again in your calendar program.")
    ):
        renew(registration=registration, by=request.user)
    return redirect("consultations:agenda_of", registration.pk)


def _registration(request: HttpRequest, registration_id: int) -> Registration:
    return get_object_or_404(queries.agendas_visible_to(request.user), pk=registration_id)


def _context(registration: Registration) -> dict[str, Any]:
    now = timezone.now()
    meetings = list(queries.agenda_of(registration))
    slots = queries.slots_of(registration.fair) if meetings else ()
    days = agendas.days(registration, slots, meetings, queries.seats_of(registration), now)
    return {
        "registration": registration,
        "fair": registration.fair,
        "days": days,
        "count": len(meetings),
        "next": agendas.next_appointment(days, now),
        "is_shown": registration.fair.stage in FAIR_SHOWN,
        "now": now,
    }


@never_cache
def _agenda(request: HttpRequest, registration: Registration) -> HttpResponse:
    fair = registration.fair
    path = reverse("consultations:feed", args=[queries.feed_of(registration)])
    language = translation.get_language()
    context = _context(registration) | {
        "badges": badges(queries.attendees_of(registration), fair.pk),
        "feed_url": f"{settings.BASE_URL}{path}?lang={language}",
        "may_renew": permissions.may_renew_feed(request.user, registration),
        "tabs": tabs_for(request.user, fair, "agenda", own=registration),
        "breadcrumb": breadcrumb(fair, _("Agenda")),
    }
    return render(request, "consultations/agenda.html", context)
