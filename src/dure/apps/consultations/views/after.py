"""After a meeting and after the fair: records, tasks, the report."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.briefings.queries import briefings_visible_to
from dure.apps.catalog.models import Need
from dure.apps.catalog.queries import entry_to_protect
from dure.apps.consultations import permissions, queries
from dure.apps.consultations.forms.records import HandOverForm, RecordForm, RecordsForm
from dure.apps.consultations.models import ConsultationRecord, NextStep
from dure.apps.consultations.operations import records as operations
from dure.apps.consultations.presenters import statistics as shown
from dure.apps.consultations.presenters.agendas import place_of
from dure.apps.consultations.queries import (
    chain_of,
    ndas_between,
    released_meetings,
    statistics_of,
)
from dure.apps.consultations.stages import WalkInStage
from dure.apps.fairs.models import Fair, Pair, Side
from dure.apps.fairs.queries import fairs_visible_to, pairs_visible_to, registration_of
from dure.apps.introductions.models import Introduction
from dure.apps.introductions.queries import agreed_meeting, introductions_visible_to
from dure.apps.ndas.queries import newest_ndas
from dure.apps.people.queries import roles_of
from dure.foundation.paper import pdf
from dure.foundation.sheets import workbook_of
from dure.foundation.ui import listing
from dure.foundation.ui.answers import (
    flash_outcome,
    or_404,
    pdf_response,
    refusal_in,
    sheet_response,
    wants_workbook,
    workbook_response,
)
from dure.foundation.ui.form_page import render_forms, sent
from dure.foundation.ui.listing import page_of
from dure.foundation.ui.pages import breadcrumb, tabs_for

ON_A_PAGE = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def record(request: HttpRequest, pair_id: int) -> HttpResponse:
    """What came of one meeting: read by both sides, written by whoever may."""
    pair = get_object_or_404(pairs_visible_to(request.user), pk=pair_id)
    meeting = queries.meeting_of(pair)
    back = {
        "fair": pair.fair,
        "lead": f"{localtime(meeting.slot.starts_at):%m-%d %H:%M} · {place_of(meeting)}"
        if meeting
        else pair.fair,
        "breadcrumb": breadcrumb(pair.fair, _("What came of it")),
    }
    return _record_page(request, pair, back, _after_record(request, pair.fair))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def record_of_introduction(request: HttpRequest, introduction_id: int) -> HttpResponse:
    """The same of a meeting outside a fair, which followed from an introduction."""
    introduction = get_object_or_404(introductions_visible_to(request.user), pk=introduction_id)
    page = introduction.get_absolute_url()
    meeting = agreed_meeting(introduction)
    back = {
        "lead": f"{localtime(meeting.starts_at):%Y-%m-%d %H:%M} · {meeting.place}"
        if meeting
        else "",
        "breadcrumb": [
            {"label": _("Introductions"), "url": reverse("introductions:list")},
            {"label": " – ".join(str(side) for side in introduction.sides), "url": page},
            {"label": _("What came of it")},
        ],
    }
    return _record_page(request, introduction, back, page)


def _record_page(
    request: HttpRequest, of: Pair | Introduction, more: dict[str, Any], after: str
) -> HttpResponse:
    known = getattr(of, "record", None)
    may = permissions.may_record(request.user, of)
    form = RecordForm(
        request.POST or None,
        record=known,
        owners=queries.owners_for(of),
        today=timezone.localdate(),
        reader=request.user,
    )
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.record_consultation(
                of=of,
                values=form.values(),
                seen_at=form.seen(),
                by=request.user,
                at=timezone.now(),
            )
        if outcome.is_done:
            messages.success(request, _("Saved. Both sides can read it."))
            return redirect(after)
    context = {
        "of": of,
        **more,
        **(_agreement(request, of) if known and known.next_step == NextStep.NDA else {}),
        "record": known,
        "form": form,
        "may": may,
        "may_finish": permissions.may_finish_task(request.user, known) if known else None,
    }
    return render_forms(request, "consultations/record.html", context)


@require_safe
@login_required
def records(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The records of a fair: all for staff and the desk, one's own for others."""
    fair = get_object_or_404(fairs_visible_to(request.user), pk=fair_id)
    form = RecordsForm(request.GET)
    records = form.narrow(queries.records_visible_to(request.user).filter(pair__fair=fair))
    if wants_workbook(request):
        title = _("Consultation records")
        return sheet_response(title, *shown.record_rows(records), name=f"{fair}-{title}")
    context = {
        "fair": fair,
        "form": form,
        "chips": listing.chips(form, request.GET),
        "page": page_of(request, records, ON_A_PAGE),
        "today": timezone.localdate(),
        "tabs": tabs_for(request.user, fair, "records"),
        "breadcrumb": breadcrumb(fair, _("What came of it")),
    }
    return render(request, "consultations/records.html", context)


def _agreement(request: HttpRequest, of: Pair | Introduction) -> dict[str, Any]:
    """Where the agreement of the two stands, and where the reader asks for it, if they can."""
    nda = ndas_between([of], request.user).get(of.pk)
    entry = entry_to_protect(
        request.user, sides=of.sides, need=of.need_id, technology=of.technology_id
    )
    if entry is None:
        return {"nda": nda}
    kind = "need" if isinstance(entry, Need) else "technology"
    return {"nda": nda, "ask_url": reverse(f"catalog:{kind}_ask", args=[entry.pk])}


@never_cache
@require_safe
@login_required
def tasks(request: HttpRequest) -> HttpResponse:
    """The steps I see to, those I have done, and meetings of ours without a record."""
    now = timezone.now()
    tasks = list(queries.tasks_of(request.user))
    promised = [task for task in tasks if task.next_step == NextStep.NDA]
    sides = {task.pk: frozenset(side.pk for side in task.of.sides) for task in promised}
    ndas = newest_ndas(sides, request.user)
    context = {
        "tasks": [(task, ndas.get(task.pk)) for task in tasks],
        "done": queries.done_tasks_of(request.user),
        "unrecorded": queries.to_record(request.user, now),
        "own": roles_of(request.user).organisations,
        "today": timezone.localdate(now),
        "breadcrumb": [{"label": _("My next steps")}],
    }
    return render(request, "consultations/tasks.html", context)


@require_POST
@login_required
def finish(request: HttpRequest, record_id: int) -> HttpResponse:
    """A step is done."""
    record = _record(request, record_id)
    return _settled(
        request,
        record,
        lambda: operations.finish_task(record=record, by=request.user, at=timezone.now()),
    )


@require_POST
@login_required
def reopen(request: HttpRequest, record_id: int) -> HttpResponse:
    """A step is not done after all."""
    record = _record(request, record_id)
    return _settled(request, record, lambda: operations.reopen_task(record=record, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hand_over(request: HttpRequest, record_id: int) -> HttpResponse:
    """Somebody else sees to a step, or until another date."""
    record = _record(request, record_id)
    form = HandOverForm(
        sent(request),
        owners=queries.owners_for(record.of),
        initial={"owner": record.owner_id, "due_on": record.due_on},
    )
    if not form.is_valid():
        context = {
            "record": record,
            "form": form,
            "may": permissions.may_finish_task(request.user, record),
            "breadcrumb": [
                {"label": _("My next steps"), "url": reverse("consultations:tasks")},
                {"label": _("Hand over")},
            ],
        }
        status = 422 if form.is_bound else 200
        return render(request, "consultations/hand_over.html", context, status=status)
    return _settled(
        request,
        record,
        lambda: operations.hand_over(
            record=record, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
    )


@require_safe
@login_required
def report(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The fair in figures and charts, each a link to what is behind it."""
    context = _reported(request, fair_id)
    fair = context["fair"]
    context |= {
        "tabs": tabs_for(request.user, fair, "report"),
        "breadcrumb": breadcrumb(fair, _("Report")),
    }
    return render(request, "consultations/report.html", context)


@require_safe
@login_required
def report_paper(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The report on paper."""
    context = _reported(request, fair_id) | {"language": get_language(), "now": timezone.now()}
    return pdf_response(
        pdf(render_to_string("consultations/report_paper.html", context)),
        f"{context['fair']}-{_('Report')}",
    )


@require_safe
@login_required
def report_export(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The report as a workbook: its figures, and the chain of every pair behind them."""
    fair, now = _fair_for_staff(request, fair_id), timezone.now()
    meetings = released_meetings(fair)
    pairs = list(chain_of(fair))
    ndas = ndas_between(pairs, request.user)
    rows = (shown.row(pair, meetings.get(pair.pk), ndas.get(pair.pk), now) for pair in pairs)
    before = queries.fair_before(fair, request.user)
    earlier = (before, statistics_of(before, now)) if before else None
    return workbook_response(
        workbook_of(*shown.sheets(fair, statistics_of(fair, now), earlier, rows)),
        f"{fair}-{_('Report')}-{timezone.localdate(now).isoformat()}",
    )


def _reported(request: HttpRequest, fair_id: int) -> dict[str, Any]:
    fair, now = _fair_for_staff(request, fair_id), timezone.now()
    statistics, before = statistics_of(fair, now), queries.fair_before(fair, request.user)
    return {
        "fair": fair,
        "before": before,
        "compared": shown.compared(statistics, statistics_of(before, now) if before else None),
        "statistics": statistics,
        "figures": shown.figures(fair, statistics),
        "chain": shown.chain(statistics),
        "results": shown.results(fair, statistics),
        "whys": shown.whys(fair, statistics),
        "no_shows": shown.no_shows(statistics),
        "walk_ins": shown.walk_ins(WalkInStage, statistics.walk_ins),
        "by_demand": shown.held_by(statistics.rows, Side.DEMAND),
        "by_supply": shown.held_by(statistics.rows, Side.SUPPLY),
        "briefings": list(briefings_visible_to(request.user).filter(fair=fair)),
    }


def _fair_for_staff(request: HttpRequest, fair_id: int) -> Fair:
    or_404(permissions.may_read_report(request.user))
    return get_object_or_404(fairs_visible_to(request.user), pk=fair_id)


def _record(request: HttpRequest, record_id: int) -> ConsultationRecord:
    return get_object_or_404(queries.records_visible_to(request.user), pk=record_id)


def _settled(
    request: HttpRequest, consultation_record: ConsultationRecord, settle: Any
) -> HttpResponse:
    with flash_outcome(request):
        settle()
    if request.POST.get("from") == "record":
        return redirect(consultation_record)
    return redirect("consultations:tasks")


def _after_record(request: HttpRequest, fair: Fair) -> str:
    """Back to where the next meeting is: one's agenda, or the board of the desk."""
    own = registration_of(fair, request.user)
    return reverse("consultations:agenda" if own else "consultations:records", args=[fair.pk])
