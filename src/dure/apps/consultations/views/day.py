"""The day itself: check-in, the board of the hall desk, walk-ins, the hall screen."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.consultations import queries
from dure.apps.consultations.forms.desk import FillForm, NewcomerForm, NoShowForm, WalkInForm
from dure.apps.consultations.models import WalkIn
from dure.apps.consultations.operations import desk as operations
from dure.apps.consultations.operations.filling import candidates_for
from dure.apps.consultations.presenters import causes, hall
from dure.apps.consultations.presenters.agendas import place_of
from dure.apps.consultations.stages import WalkInStage
from dure.apps.fairs.models import Attendee, Fair, Meeting
from dure.apps.fairs.permissions import may_run_desk, may_see_desk
from dure.apps.fairs.queries import (
    fairs_visible_to,
    meetings_of,
    meetings_visible_to,
    pairs_visible_to,
    released_timetable,
)
from dure.foundation.parsing import whole_number
from dure.foundation.ui.answers import attempted, flash_outcome, refusal_in
from dure.foundation.ui.form_page import render_forms
from dure.foundation.ui.listing import page_of
from dure.foundation.ui.pages import breadcrumb, tabs_for
from dure.values.text import clean

PEOPLE_ON_A_PAGE = 60
WORDS_OF_SCREEN = {
    "now": gettext_noop("Now"),
    "next": gettext_noop("Next"),
    "left": gettext_noop("Time left"),
    "starts": gettext_noop("Starts in"),
    "table": gettext_noop("Table"),
    "break": gettext_noop("Break"),
    "before": gettext_noop("The fair has not begun yet"),
    "over": gettext_noop("All meetings are over. Thank you."),
    "nothing": gettext_noop("No meetings at this time"),
    "lost": gettext_noop("Connection lost. What stands here is of"),
    "ago": gettext_noop("ago"),
}


@never_cache
@require_safe
@login_required
def desk(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Everybody who comes, to be checked in with one tap."""
    fair = _fair_at_desk(request, fair_id)
    now = timezone.now()
    people = queries.check_ins_of(fair, timezone.localdate(now))
    total, here = people.count(), people.filter(came_at__isnull=False).count()
    words, only = clean(request.GET.get("q", ""))[:100], request.GET.get("show", "")
    if words:
        people = people.filter(
            Q(name__icontains=words)
            | Q(registration__organisation__name__icontains=words)
            | Q(registration__organisation__name_en__icontains=words)
        )
    if only == "missing":
        people = people.filter(came_at__isnull=True)
    context = {
        "fair": fair,
        "page": page_of(request, people, PEOPLE_ON_A_PAGE),
        "total": total,
        "here": here,
        "words": words,
        "only": only,
        "may": may_run_desk(request.user, fair),
        "tabs": tabs_for(request.user, fair, "desk"),
        "breadcrumb": breadcrumb(fair, _("Check-in")),
    }
    return render(request, "consultations/desk.html", context)


@never_cache
@require_safe
@login_required
def badge(request: HttpRequest, fair_id: int, token: str) -> HttpResponse:
    """What a phone at the desk shows after it read a badge: who it is, and one button."""
    fair = _fair_at_desk(request, fair_id)
    attendee = queries.attendee_of_badge(token, fair)
    if attendee is None:
        raise Http404
    now = timezone.now()
    known = queries.check_ins_of(fair, timezone.localdate(now)).get(pk=attendee.pk)
    upcoming = queries.agenda_of(attendee.registration).filter(slot__ends_at__gt=now)
    context = {
        "fair": fair,
        "attendee": known,
        "token": token,
        "may": may_run_desk(request.user, fair),
        "upcoming": [
            {
                "meeting": meeting,
                "place": place_of(meeting),
                "other": meeting.pair.supply
                if meeting.pair.demand_id == attendee.registration_id
                else meeting.pair.demand,
            }
            for meeting in upcoming[:3]
        ],
        "breadcrumb": breadcrumb(fair, _("Check-in")),
    }
    return render(request, "consultations/badge.html", context)


@require_POST
@login_required
def check_in(request: HttpRequest, fair_id: int, attendee_id: int) -> HttpResponse:
    """Note that somebody is here."""
    attendee = _attendee(request, fair_id, attendee_id)
    now = timezone.now()
    with attempted() as outcome:
        operations.check_in(attendee=attendee, on=timezone.localdate(now), by=request.user, at=now)
    return _after_check_in(request, attendee, outcome.why_not)


@require_POST
@login_required
def undo_check_in(request: HttpRequest, fair_id: int, attendee_id: int) -> HttpResponse:
    """Take a check-in back."""
    attendee = _attendee(request, fair_id, attendee_id)
    with attempted() as outcome:
        operations.undo_check_in(attendee=attendee, on=timezone.localdate(), by=request.user)
    return _after_check_in(request, attendee, outcome.why_not)


@never_cache
@require_safe
@login_required
def day(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The board of the hall desk: what runs, what comes, which places are free again."""
    fair = _fair_at_desk(request, fair_id)
    now = timezone.now()
    timetable = released_timetable(fair)
    meetings = list(queries.meetings_with_records(timetable)) if timetable else []
    slots = list(queries.slots_of(fair))
    running, coming = hall.now_and_next(slots, now)
    asked = request.GET.get("slot", "")
    wanted = next((slot for slot in slots if str(slot.pk) == asked), None)
    first = wanted or running or coming
    shown = [first] if wanted else [slot for slot in (running, coming) if slot]
    here = queries.organisations_here(fair, timezone.localdate(now))
    stretches = [hall.stretch(slot, meetings, here, now) for slot in shown]
    words, only = clean(request.GET.get("q", ""))[:100], request.GET.get("show", "")
    freed = list(queries.freed_meetings(fair)[:12])
    just = next((m for m in freed if str(m.pk) == request.GET.get("freed", "")), None)
    context = {
        "fair": fair,
        "now": now,
        "has_timetable": timetable is not None,
        "slot_tabs": hall.slot_tabs(
            fair.pk, slots, wanted or running, Counter(m.slot_id for m in meetings)
        ),
        "stretches": [
            hall.narrowed(part, words, problems_only=only == "problems") for part in stretches
        ],
        "problem_count": sum(row.is_problem for part in stretches for row in part.rows),
        "words": words,
        "only": only,
        "slot": wanted.pk if wanted else "",
        "freed": [(meeting, place_of(meeting)) for meeting in freed],
        "just": just,
        "just_place": place_of(just) if just else "",
        "candidates": (
            candidates_for(just, timezone.localdate(now))
            if just and just.slot.ends_at > now
            else []
        ),
        "screen_url": reverse("consultations:screen", args=[queries.screen_of(fair)]),
        "may": may_run_desk(request.user, fair),
        "tabs": tabs_for(request.user, fair, "day"),
        "breadcrumb": breadcrumb(fair, _("Today")),
    }
    return render(request, "consultations/day.html", context)


@require_POST
@login_required
def no_show(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Give a place free because one side did not come; the board then offers it to others."""
    form = NoShowForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    return _freeing(
        request,
        meeting_id,
        lambda meeting, at: operations.note_no_show(
            meeting=meeting, no_show=form.cleaned_data["no_show"], by=request.user, at=at
        ),
    )


@require_POST
@login_required
def cancel(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Call a meeting off."""
    return _freeing(
        request,
        meeting_id,
        lambda meeting, at: operations.cancel_meeting(meeting=meeting, by=request.user, at=at),
    )


@require_POST
@login_required
def restore(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Put a meeting back in its place."""
    meeting = _meeting(request, meeting_id)
    with flash_outcome(request, _("The meeting is back in its place.")):
        operations.restore_meeting(meeting=meeting, by=request.user, at=timezone.now())
    return _to_board(meeting)


@require_POST
@login_required
def fill(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Give a free place to a pair that waits."""
    freed, form = _meeting(request, meeting_id), FillForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    pair = get_object_or_404(pairs_visible_to(request.user), pk=form.cleaned_data["pair"])
    with flash_outcome(request) as outcome:
        placed = operations.fill_place(freed=freed, pair=pair, by=request.user, at=timezone.now())
    if not outcome.is_done:
        return redirect(f"{_board(freed)}?freed={freed.pk}")
    messages.success(
        request,
        _("%(demand)s and %(supply)s meet at %(when)s, %(place)s. Both were told.")
        % {
            "demand": pair.demand.organisation,
            "supply": pair.supply.organisation,
            "when": f"{timezone.localtime(placed.slot.starts_at):%H:%M}",
            "place": place_of(placed),
        },
    )
    return _to_board(placed)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def walk_in(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Two ask at the desk: placed at once, or told why not."""
    fair = _fair_at_desk(request, fair_id)
    now = timezone.now()
    form = WalkInForm(request.POST or None, registrations=queries.to_choose_at_desk(fair))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusal_in(form) as outcome:
            taken = operations.take_walk_in(
                demand=cleaned["demand"],
                supply=cleaned["supply"],
                slots=queries.slots_to_come(fair, now),
                keep_waiting=cleaned["keep_waiting"],
                by=request.user,
                at=now,
            )
        if outcome.is_done:
            return redirect(f"{reverse('consultations:walk_in', args=[fair.pk])}?just={taken.pk}")
    asked = queries.walk_ins_visible_to(request.user).select_related("meeting__table__hall")
    listed = list(asked.filter(fair=fair).order_by("-pk")[:100])
    rows = [_walk_in_row(walk_in) for walk_in in listed]
    if supply := whole_number(request.GET.get("supply")):
        form.initial["supply"] = supply
    just = request.GET.get("just", "")
    context = {
        "fair": fair,
        "form": form,
        "just": next((row for row in rows if str(row["walk_in"].pk) == just), None),
        "waiting": [row for row in rows if row["walk_in"].stage == WalkInStage.WAITING][::-1],
        "settled": [row for row in rows if row["walk_in"].stage != WalkInStage.WAITING],
        "newcomer": NewcomerForm(),
        "may": may_run_desk(request.user, fair),
        "tabs": tabs_for(request.user, fair, "walk_in"),
        "breadcrumb": breadcrumb(fair, _("Walk-ins")),
    }
    return render_forms(request, "consultations/walk_in.html", context)


@require_POST
@login_required
def newcomer(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Register a firm that stands at the desk, and take it on to the walk-ins."""
    fair = _fair_at_desk(request, fair_id)
    form = NewcomerForm(request.POST)
    page = reverse("consultations:walk_in", args=[fair.pk])
    if not form.is_valid():
        for error in form.errors.values():
            messages.error(request, error[0])
        return redirect(page)
    with flash_outcome(request) as outcome:
        registration = operations.let_newcomer_in(
            fair=fair, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        outcome.done = _("%(firm)s is registered.") % {"firm": registration.organisation}
    return redirect(f"{page}?supply={registration.pk}" if outcome.is_done else page)


@require_POST
@login_required
def walk_in_again(request: HttpRequest, walk_in_id: int) -> HttpResponse:
    """Look once more for a place for two who wait."""
    walk_in, now = _walk_in(request, walk_in_id), timezone.now()
    with flash_outcome(request):
        operations.try_again(
            walk_in=walk_in,
            slots=queries.slots_to_come(walk_in.fair, now),
            by=request.user,
            at=now,
        )
    return redirect(f"{reverse('consultations:walk_in', args=[walk_in.fair_id])}?just={walk_in.pk}")


@require_POST
@login_required
def walk_in_leave(request: HttpRequest, walk_in_id: int) -> HttpResponse:
    """Two who waited went away."""
    walk_in = _walk_in(request, walk_in_id)
    with flash_outcome(request):
        operations.leave(walk_in=walk_in, by=request.user, at=timezone.now())
    return redirect("consultations:walk_in", walk_in.fair_id)


@never_cache
@require_safe
def screen(request: HttpRequest, token: str) -> HttpResponse:
    """The screen in the hall, by its own address; nobody signs in there."""
    return render(request, "consultations/screen.html", _state(token) | {"token": token})


@never_cache
@require_safe
def screen_state(request: HttpRequest, token: str) -> HttpResponse:
    """What the hall screen shows now; it asks every few seconds."""
    return render(request, "consultations/_screen.html", _state(token))


@require_safe
def screen_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps hall screens alive without a line; it rules only below its address."""
    return render(request, "consultations/screen_worker.js", content_type="text/javascript")


def _state(token: str) -> dict[str, Any]:
    fair = queries.fair_of_screen(token)
    if fair is None:
        raise Http404
    now = timezone.now()
    timetable = released_timetable(fair)
    meetings = list(meetings_of(timetable)) if timetable else []
    slots = list(queries.slots_of(fair))
    running, coming = hall.now_and_next(slots, now)
    return {
        "fair": fair,
        "now": now,
        "running": running,
        "coming": coming,
        "has_begun": bool(slots) and slots[0].starts_at <= now,
        "running_rows": hall.screen_rows(meetings, running),
        "coming_rows": hall.screen_rows(meetings, coming),
        "words": {name: hall.both(text) for name, text in WORDS_OF_SCREEN.items()},
        "base_url": settings.BASE_URL,
    }


def _fair_at_desk(request: HttpRequest, fair_id: int) -> Fair:
    """A fair whose desk the reader may see: officers also before and after the day."""
    fair = get_object_or_404(fairs_visible_to(request.user), pk=fair_id)
    if not may_see_desk(request.user, fair):
        raise Http404
    return fair


def _attendee(request: HttpRequest, fair_id: int, attendee_id: int) -> Attendee:
    fair = _fair_at_desk(request, fair_id)
    people = queries.check_ins_of(fair, timezone.localdate()).select_related("registration__fair")
    return get_object_or_404(people, pk=attendee_id)


def _after_check_in(request: HttpRequest, attendee: Attendee, refusal: str | None) -> HttpResponse:
    fair = attendee.registration.fair
    if request.htmx:
        known = queries.check_ins_of(fair, timezone.localdate()).get(pk=attendee.pk)
        people = queries.check_ins_of(fair, timezone.localdate())
        context = {
            "attendee": known,
            "fair": fair,
            "refusal": refusal,
            "total": people.count(),
            "here": people.filter(came_at__isnull=False).count(),
            "is_answer": True,
            "may": may_run_desk(request.user, fair),
        }
        return render(request, "consultations/_attendee.html", context)
    if refusal:
        messages.error(request, refusal)
    if request.POST.get("from") == "badge":
        return redirect("consultations:badge", fair.pk, queries.badge_of(attendee))
    words = request.POST.get("q", "")
    return redirect(
        f"{reverse('consultations:desk', args=[fair.pk])}?q={words}#person-{attendee.pk}"
    )


def _freeing(request: HttpRequest, meeting_id: int, free: Any) -> HttpResponse:
    meeting = _meeting(request, meeting_id)
    with flash_outcome(request) as outcome:
        free(meeting, timezone.now())
    if not outcome.is_done:
        return _to_board(meeting)
    return redirect(f"{_board(meeting)}?freed={meeting.pk}#freed")


def _meeting(request: HttpRequest, meeting_id: int) -> Meeting:
    """A meeting of the released timetable at whose desk the reader stands."""
    meetings = meetings_visible_to(request.user).select_related("timetable__fair")
    meeting = get_object_or_404(meetings, pk=meeting_id)
    _fair_at_desk(request, meeting.timetable.fair_id)
    return meeting


def _walk_in(request: HttpRequest, walk_in_id: int) -> WalkIn:
    walk_ins = queries.walk_ins_visible_to(request.user).select_related("fair")
    walk_in = get_object_or_404(walk_ins, pk=walk_in_id)
    _fair_at_desk(request, walk_in.fair_id)
    return walk_in


def _walk_in_row(walk_in: WalkIn) -> dict[str, Any]:
    return {
        "walk_in": walk_in,
        "cause": causes.sentence(walk_in) if walk_in.cause else "",
        "place": place_of(walk_in.meeting) if walk_in.meeting else "",
    }


def _board(meeting: Meeting) -> str:
    return reverse("consultations:day", args=[meeting.timetable.fair_id])


def _to_board(meeting: Meeting) -> HttpResponse:
    return redirect(f"{_board(meeting)}?slot={meeting.slot_id}")
