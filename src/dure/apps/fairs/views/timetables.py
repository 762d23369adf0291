"""The timetable: planned by a job, read as a draft, released with its differences, discarded."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.fairs import operations, permissions, queries
from dure.apps.fairs.models import Fair, Timetable
from dure.apps.fairs.presenters import timetables as words
from dure.apps.fairs.presenters.interpreters import interpreters_of
from dure.apps.fairs.stages import TimetableStage
from dure.apps.fairs.views.guards import fair_or_404, officers_only, staff_only
from dure.apps.jobs.queries import jobs_visible_to
from dure.foundation.parsing import whole_number
from dure.foundation.ui.answers import attempted, flash_outcome, sheet_response, wants_workbook
from dure.foundation.ui.listing import page_of
from dure.foundation.ui.pages import breadcrumb, tabs_for
from dure.foundation.verdict import Refused

ROWS = 50


@require_safe
@staff_only
def timetable(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The draft and what was released; as a workbook with `?format=xlsx`."""
    fair = fair_or_404(request, fair_id)
    versions = list(queries.timetables_visible_to(request.user).filter(fair=fair))
    by_stage = {version.stage: version for version in reversed(versions)}
    draft, released = by_stage.get(TimetableStage.DRAFT), by_stage.get(TimetableStage.RELEASED)
    shown = draft or released
    if wished := _asked_for(request, versions):
        shown = wished
    if shown and wants_workbook(request):
        return _as_workbook(request, fair, shown)
    verdict = permissions.may_plan(request.user, fair)
    context = {
        "fair": fair,
        "title": _("Timetable"),
        "breadcrumb": breadcrumb(fair, _("Timetable")),
        "tabs": tabs_for(request.user, fair, "timetable"),
        "versions": [
            {"it": version, "tone": words.TONES.get(version.stage, "")} for version in versions
        ],
        "draft": draft,
        "released": released,
        "shown": shown,
        "verdict": verdict,
        "may_run_fairs": permissions.may_run_fairs(request.user),
        **_progress(request, fair),
        **(_shown(request, shown) if shown else {}),
    }
    return render(request, "fairs/timetable.html", context)


@require_POST
@officers_only
def plan(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Start the making of a draft."""
    fair = fair_or_404(request, fair_id)
    with attempted() as outcome:
        operations.ask_plan(
            fair=fair,
            is_near=request.POST.get("how") == "near",
            by=request.user,
            at=timezone.now(),
        )
    if outcome.refusal:
        named = _named(request, outcome.refusal)
        messages.error(request, f"{outcome.why_not} {named}".strip())
    return redirect("fairs:timetable", fair_id)


@require_POST
@officers_only
def what_if(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Ask what more tables would bring."""
    fair = fair_or_404(request, fair_id)
    tables = whole_number(request.POST.get("tables"), low=1, high=operations.MOST_TABLES) or 2
    with flash_outcome(request, _("It is being worked out; the answer stands on this page.")):
        operations.ask_what_if(fair=fair, tables=tables, by=request.user, at=timezone.now())
    return redirect("fairs:timetable", fair_id)


@require_safe
@officers_only
def release_page(request: HttpRequest, timetable_id: int) -> HttpResponse:
    """What a release would change, and for whom."""
    draft = _timetable(request, timetable_id)
    released = queries.released_timetable(draft.fair)
    changes = operations.differences(released, draft)
    context = {
        "fair": draft.fair,
        "draft": draft,
        "released": released,
        "title": _("Release version %(n)d") % {"n": draft.number},
        "breadcrumb": breadcrumb(draft.fair, _("Release")),
        "tabs": tabs_for(request.user, draft.fair, "timetable"),
        "verdict": permissions.may_release(request.user, draft),
        "figures": words.change_figures(changes),
        "rows": words.change_rows(changes),
        "quality": words.quality_of(draft),
    }
    return render(request, "fairs/release.html", context)


@require_POST
@officers_only
def release(request: HttpRequest, timetable_id: int) -> HttpResponse:
    """Show a draft to the participants."""
    draft = _timetable(request, timetable_id)
    if request.POST.get("revision") != str(draft.revision):
        messages.error(request, _("The draft changed since you looked. Read the changes again."))
        return redirect("fairs:release", draft.pk)
    with flash_outcome(request, _("Released. Everybody whom it concerns has been told.")):
        operations.release(timetable=draft, by=request.user, at=timezone.now())
    return redirect("fairs:timetable", draft.fair_id)


@require_POST
@officers_only
def discard(request: HttpRequest, timetable_id: int) -> HttpResponse:
    """Throw a draft away."""
    draft = _timetable(request, timetable_id)
    with flash_outcome(request, _("The draft is discarded. What was released stands.")):
        operations.discard(timetable=draft, by=request.user)
    return redirect("fairs:timetable", draft.fair_id)


def _shown(request: HttpRequest, shown: Timetable) -> dict[str, Any]:
    everything = list(queries.unplaced_visible_to(request.user).filter(timetable=shown))
    cause = request.GET.get("cause", "")
    listed = [row for row in everything if cause in ("", row.cause)]
    silent = {"pair__demand__interpreter": "", "pair__supply__interpreter": ""}
    page = page_of(request, listed, ROWS)
    return {
        "quality": words.quality_of(shown),
        "figures": words.figures_of(shown),
        "causes": words.causes_of(everything),
        "interpreting": interpreters_of(queries.meetings_of(shown).exclude(**silent)),
        "cause": words.SHORT.get(cause, ""),
        "page": page,
        "unplaced": [{"it": row, "why": words.why(row)} for row in page],
    }


def _progress(request: HttpRequest, fair: Fair) -> dict[str, Any]:
    job = (
        jobs_visible_to(request.user)
        .filter(kind="plan_fair", arguments__fair=fair.pk)
        .order_by("-requested_at")
        .first()
    )
    asked = (
        jobs_visible_to(request.user)
        .filter(kind=operations.WHAT_IF, arguments__fair=fair.pk)
        .order_by("-requested_at")
        .first()
    )
    return {"job": job, "is_running": bool(job) and not job.has_ended, "what_if": asked}


def _asked_for(request: HttpRequest, versions: list[Timetable]) -> Timetable | None:
    number = request.GET.get("version", "")
    return next((version for version in versions if str(version.number) == number), None)


def _timetable(request: HttpRequest, timetable_id: int) -> Timetable:
    return get_object_or_404(queries.timetables_visible_to(request.user), pk=timetable_id)


def _named(request: HttpRequest, refusal: Refused) -> str:
    """The pairs that a refusal is about, by name."""
    pairs = queries.pairs_visible_to(request.user).filter(pk__in=refusal.details.get("pairs", ()))
    return ", ".join(f"{pair.demand.organisation} – {pair.supply.organisation}" for pair in pairs)


def _as_workbook(request: HttpRequest, fair: Fair, shown: Timetable) -> HttpResponse:
    if request.GET.get("what") == "unplaced":
        unplaced = queries.unplaced_visible_to(request.user).filter(timetable=shown)
        sheet = _("Requests without a place")
        headers, rows = words.unplaced_headers(), words.unplaced_cells(unplaced)
    else:
        sheet = _("Timetable")
        meetings = queries.meetings_of(shown)
        headers, rows = words.meeting_headers(), words.meeting_cells(meetings)
    return sheet_response(sheet, headers, rows, name=f"{fair}-{sheet}-{shown.number}")
