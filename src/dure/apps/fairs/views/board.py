"""The board: every meeting of the draft, moved by hand; the server says at once what it costs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dure.apps.fairs import operations, permissions, queries
from dure.apps.fairs.forms.board import ChangeForm
from dure.apps.fairs.models import Fair, Meeting, Pair, Slot, Table, Timetable
from dure.apps.fairs.operations import Done, Step, What
from dure.apps.fairs.presenters import board as words
from dure.apps.fairs.presenters import undoing
from dure.apps.fairs.presenters.timetables import place_of, quality_of, why
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import RegistrationStage, TimetableStage
from dure.apps.fairs.views.guards import fair_or_404, officers_only, staff_only
from dure.foundation.parsing import row_id
from dure.foundation.ui.answers import attempted, flash_outcome
from dure.foundation.ui.pages import breadcrumb, tabs_for
from dure.foundation.verdict import Refused

SHELF = 60


@never_cache
@require_safe
@staff_only
def board(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The draft, or what was released where there is no draft."""
    fair = fair_or_404(request, fair_id)
    shown = queries.draft_timetable(fair) or queries.released_timetable(fair)
    if shown is None:
        messages.info(request, _("There is no timetable yet. Make it first."))
        return redirect("fairs:timetable", fair_id)
    context = {
        **_board(request, fair, shown),
        "title": _("Board"),
        "breadcrumb": breadcrumb(fair, _("Board")),
        "tabs": tabs_for(request.user, fair, "board"),
        **_picked(request, shown),
    }
    return render(request, "fairs/board.html", context)


@require_POST
@officers_only
def copy_released(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Begin a draft that is what was released."""
    fair = fair_or_404(request, fair_id)
    with flash_outcome(request, _("A draft like the released version is open for changes.")):
        operations.copy_released(fair=fair, by=request.user, at=timezone.now())
    return redirect("fairs:board", fair_id)


@never_cache
@require_safe
@officers_only
def try_it(request: HttpRequest, timetable_id: int) -> HttpResponse:
    """What a move would break or cost; nothing is changed."""
    timetable = _draft(request, timetable_id)
    form = ChangeForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest()
    cleaned = form.cleaned_data
    slot, table = _slot(timetable.fair, cleaned), _table(timetable.fair, cleaned)
    step = {"slot": slot, "table": table, "by": request.user, "at": timezone.now()}
    with attempted() as tried:
        if cleaned["what"] == "place":
            outcome = operations.try_place(
                timetable=timetable, pair=_pair(request, timetable, cleaned), **step
            )
        else:
            outcome = operations.try_move(meeting=_meeting(timetable, cleaned), **step)
    if tried.is_done:
        context = _board_context(request, timetable, outcome)
    else:
        context = {"conflicts": [tried.why_not]}
    return render(request, "fairs/_board_verdict.html", context)


@require_POST
@officers_only
def change(request: HttpRequest, timetable_id: int) -> HttpResponse:
    """Move, swap, place, take out, lock or unlock; the board comes back as it stands now."""
    timetable = _draft(request, timetable_id)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    with attempted() as outcome:
        step = _step(request, timetable, form.cleaned_data)
        done = operations.arrange(
            timetable=timetable, step=step, by=request.user, at=timezone.now()
        )
    if outcome.refusal:
        return _refused(request, timetable, outcome.refusal)
    undoing.Stack(request.session, timetable).did(step, done)
    return _reply(request, timetable, _done(request, timetable, step, done))


@require_POST
@officers_only
def undo(request: HttpRequest, timetable_id: int) -> HttpResponse:
    """Take back one's own last change on this board."""
    timetable = _draft(request, timetable_id)
    stack = undoing.Stack(request.session, timetable)
    step = stack.pop()
    if step is None:
        return _reply(request, timetable, _("There is nothing to undo."))
    with attempted() as outcome:
        done = operations.arrange(
            timetable=timetable, step=step, by=request.user, at=timezone.now()
        )
    if outcome.refusal:
        return _refused(request, timetable, outcome.refusal)
    stack.undid(step, done)
    return _reply(request, timetable, _("Undone."))


@never_cache
@require_safe
@staff_only
def since(request: HttpRequest, timetable_id: int) -> HttpResponse:
    """The board, if it changed since `revision`; nothing (204) if it did not."""
    timetable = get_object_or_404(queries.timetables_visible_to(request.user), pk=timetable_id)
    if request.GET.get("revision") == str(timetable.revision) and _is_open(timetable):
        return HttpResponse(status=204)
    shown = timetable
    if not _is_open(timetable):
        shown = queries.draft_timetable(timetable.fair) or queries.released_timetable(
            timetable.fair
        )
    if shown is None:
        return HttpResponse(status=204)
    context = _board(request, timetable.fair, shown)
    context["news"] = _("Somebody else changed the board. You see it as it is now.")
    return render(request, "fairs/_board.html", context)


def _step(request: HttpRequest, timetable: Timetable, values: dict[str, Any]) -> Step:
    """What is asked for; a form without script does not know what stands where."""
    what, fair = What(values["what"]), timetable.fair
    if what == What.PLACE:
        _pair(request, timetable, values)
    if what in (What.PLACE, What.MOVE):
        slot, table = _slot(fair, values), _table(fair, values)
    revision, onto = values["revision"], values["onto"]
    if what != What.PLACE:
        meeting = _meeting(timetable, values)
        revision = meeting.revision if revision is None else revision
        if what == What.MOVE and values["is_blind"]:
            onto = _roles(timetable, slot, table, exclude=meeting.pk)
    return Step(
        what,
        meeting=values["meeting"] if what != What.PLACE else None,
        pair=values["pair"],
        slot=values["slot"],
        table=values["table"] or None,
        onto=onto,
        revision=revision or 0,
    )


def _done(request: HttpRequest, timetable: Timetable, step: Step, done: Done) -> str:
    """What was done, in words."""
    match step.what:
        case What.PLACE:
            return _("Placed: %(place)s.") % {"place": place_of(done.placed)}
        case What.OUT:
            return _("Taken out. The request stands among those without a place.")
        case What.LOCK:
            return _("Locked.")
        case What.UNLOCK:
            return _("Unlocked.")
    return " ".join([_("Moved."), *_board_context(request, timetable, done.outcome)["costs"]])


def _board(request: HttpRequest, fair: Fair, shown: Timetable) -> dict[str, Any]:
    """Everything that the board shows; the same number of queries for any number of meetings."""
    asked = request.GET.get("by") or request.POST.get("by") or words.BY_TABLE
    view = asked if asked in words.VIEWS else words.BY_TABLE
    slots = list(queries.meeting_slots(fair))
    approved = queries.registrations_visible_to(request.user).filter(
        fair=fair, stage=RegistrationStage.APPROVED
    )
    side = "SUPPLY" if view == words.BY_SUPPLY else "DEMAND"
    meetings = list(queries.meetings_of(shown))
    is_draft = shown.stage == TimetableStage.DRAFT
    released = queries.released_timetable(fair) if is_draft else None
    places = (
        {
            meeting.pair_id: (meeting.slot_id, meeting.table_id)
            for meeting in released.meetings.filter(freed_at__isnull=True)
        }
        if released
        else None
    )
    rows = words.rows_of(
        view,
        meetings,
        slots=slots,
        tables=list(fair.tables.select_related("hall").order_by("number")),
        registrations=list(approved.filter(side=side)) if view != words.BY_TABLE else [],
        absent=queries.unavailable_slots(fair) if view != words.BY_TABLE else {},
        released=places,
    )
    unplaced = queries.unplaced_visible_to(request.user).filter(timetable=shown)
    changed = sum(tile.change != "" for row in rows for cell in row.cells for tile in cell.tiles)
    board_url = reverse("fairs:board", args=[fair.pk])
    return {
        "fair": fair,
        "shown": shown,
        "is_draft": is_draft,
        "may_change": is_draft and permissions.may_plan(request.user, fair),
        "may_plan": permissions.may_plan(request.user, fair),
        "view": view,
        "views": [
            {"label": label, "url": f"{board_url}?by={name}", "current": name == view}
            for name, label in words.VIEWS.items()
        ],
        "columns": words.columns_of(slots),
        "rows": rows,
        "count": len(meetings),
        "locked": sum(meeting.is_locked for meeting in meetings),
        "changed": changed,
        "released": released,
        "quality": quality_of(shown),
        "shelf": [{"it": row, "why": why(row)} for row in unplaced[:SHELF]],
        "shelf_count": unplaced.count(),
        "undo_count": len(undoing.Stack(request.session, shown)),
    }


def _picked(request: HttpRequest, shown: Timetable) -> dict[str, Any]:
    """The meeting or request that is picked up without script, with where it could go."""
    number = row_id(request.GET.get("pick"))
    pair = row_id(request.GET.get("place"))
    picked = place = None
    if number is not None:
        picked = queries.meetings_of(shown).filter(pk=number).first()
    elif pair is not None:
        rows = queries.unplaced_visible_to(request.user).filter(timetable=shown, pair=pair)
        place = rows.first()
    if not (picked or place):
        return {}
    return {
        "picked": picked,
        "place": place,
        "slot_options": [
            (column["slot"].pk, f"{column['day']} {column['time']}".strip())
            for column in words.columns_of(list(queries.meeting_slots(shown.fair)))
        ],
        "table_options": [
            (table.pk, f"{table.number} · {table.hall}")
            for table in shown.fair.tables.select_related("hall").order_by("number")
        ],
    }


def _board_context(
    request: HttpRequest, timetable: Timetable, outcome: operations.Outcome
) -> dict[str, Any]:
    fair = timetable.fair
    names = words.names_of(
        queries.registrations_visible_to(request.user).filter(fair=fair, stage="APPROVED")
    )
    slots = list(queries.meeting_slots(fair))
    tables = list(fair.tables.order_by("is_spare", "number"))
    minutes = round((slots[0].ends_at - slots[0].starts_at).total_seconds() / 60)
    other = outcome.swapped_with
    return {
        "conflicts": words.conflicts(outcome.violations, names, slots, tables),
        "costs": words.cost_words(outcome.cost, names, minutes),
        "swap": f"{other.pair.demand.organisation} – {other.pair.supply.organisation}"
        if other
        else "",
    }


def _refused(request: HttpRequest, timetable: Timetable, refusal: Refused) -> HttpResponse:
    """The board as it stands, with why not in words, and what changed meanwhile."""
    text = str(refusal.reason.label)
    if "violations" in refusal.details:
        fair = timetable.fair
        text = " ".join(
            words.conflicts(
                refusal.details["violations"],
                words.names_of(queries.registrations_visible_to(request.user).filter(fair=fair)),
                list(queries.meeting_slots(fair)),
                list(fair.tables.order_by("is_spare", "number")),
            )
        )
    elif refusal.reason == Reason.CHANGED_MEANWHILE and "meeting" in refusal.details:
        pk = refusal.details["meeting"]
        now = queries.meetings_of(timetable).filter(pk=pk).first() if pk else None
        changed = words.what_changed(pk, timetable, now)
        text = (
            f"{changed} {_('Your move was not made. Look, and move again if you still want to.')}"
        )
    return _reply(request, timetable, text, is_refused=True)


def _reply(
    request: HttpRequest, timetable: Timetable, text: str, *, is_refused: bool = False
) -> HttpResponse:
    """The board anew for the script; a redirect to it for a form."""
    if request.headers.get("X-Board") != "1":
        (messages.error if is_refused else messages.success)(request, text)
        view = request.POST.get("by", "")
        return redirect(f"{reverse('fairs:board', args=[timetable.fair_id])}?by={view}")
    timetable = get_object_or_404(queries.timetables_visible_to(request.user), pk=timetable.pk)
    context = _board(request, timetable.fair, timetable)
    context |= {"said": text, "is_refused": is_refused}
    return render(request, "fairs/_board.html", context, status=409 if is_refused else 200)


def _draft(request: HttpRequest, timetable_id: int) -> Timetable:
    return get_object_or_404(queries.timetables_visible_to(request.user), pk=timetable_id)


def _is_open(timetable: Timetable) -> bool:
    return timetable.stage in (TimetableStage.DRAFT, TimetableStage.RELEASED)


def _meeting(timetable: Timetable, values: dict[str, Any]) -> Meeting:
    """The meeting that is meant; one that is gone was changed meanwhile."""
    meeting = queries.meetings_of(timetable).filter(pk=values.get("meeting")).first()
    if meeting is None:
        raise Refused(Reason.CHANGED_MEANWHILE, meeting=values.get("meeting"))
    meeting.timetable = timetable
    return meeting


def _pair(request: HttpRequest, timetable: Timetable, values: dict[str, Any]) -> Pair:
    pairs = queries.pairs_visible_to(request.user).filter(fair=timetable.fair_id)
    return get_object_or_404(pairs, pk=values.get("pair"))


def _slot(fair: Fair, values: dict[str, Any]) -> Slot:
    slot = queries.meeting_slots(fair).filter(pk=values.get("slot")).first()
    if slot is None:
        raise Http404
    return slot


def _table(fair: Fair, values: dict[str, Any]) -> Table | None:
    if not values.get("table"):
        return None
    return get_object_or_404(fair.tables.select_related("hall"), pk=values["table"])


def _roles(timetable: Timetable, slot: Slot, table: Table | None, exclude: int) -> int | None:
    """Which meeting stands at a place, for a form that cannot know."""
    if table is None:
        return None
    there = (
        queries.meetings_of(timetable).filter(slot=slot, table=table).exclude(pk=exclude).first()
    )
    return there.pk if there else None
