"""Yearly reports, and tables that were asked for."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.indicators import adapter, operations, permissions, presenters, queries
from dure.apps.indicators.forms import BlockForm, CommentForm, ReportForm, RequestForm
from dure.apps.indicators.models import Plan, Report
from dure.apps.indicators.stages import ReportStage
from dure.foundation.paper import pdf
from dure.foundation.sheets import workbook_of
from dure.foundation.ui.answers import (
    flash_outcome,
    or_404,
    pdf_response,
    sheet_response,
    wants_workbook,
    workbook_response,
)
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.listing import list_page

ON_A_PAGE = 30
SUMMARY = "summary"


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Yearly reports, the newest first; released ones are public."""
    return list_page(
        request,
        "indicators/reports.html",
        queries.reports_visible_to(request.user),
        per_page=ON_A_PAGE,
        context=lambda page: {
            "breadcrumb": presenters.crumbs(None, (_("Execution reports"), "")),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def begin(request: HttpRequest, plan_slug: str) -> HttpResponse:
    """Begin the report of a year, or a new version of it."""
    _workers_only(request)
    plan: Plan = get_object_or_404(queries.plans(), slug=plan_slug)
    year = min(max(timezone.localdate().year, plan.first_year), plan.last_year)
    form = ReportForm(request.POST or None, initial={"year": year})
    return form_page(
        request,
        form,
        lambda values: operations.begin_report(
            plan=plan, **values, by=request.user, at=timezone.now()
        ),
        title=_("Begin a report"),
        lead=str(plan),
        button=_("Begin"),
        back=reverse("indicators:reports"),
        breadcrumb=_crumbs((_("Begin a report"), "")),
    )


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report: texts that people wrote, figures that the platform filled in; as Excel its tables."""
    shown = _report(request, pk)
    context = _content(shown)
    if wants_workbook(request):
        content = workbook_of(
            *presenters.report_sheets(
                context["sections"], shown.year, context["errata"], context["sources"]
            )
        )
        return workbook_response(content, _name(shown))
    context |= {
        "may_write": permissions.may_write(request.user, shown),
        "may_release": permissions.may_release(request.user, shown),
        "may_comment": permissions.may_comment(request.user, shown),
        "comments": presenters.comment_rows(
            queries.comments_visible_to(request.user).filter(report=shown), request.user
        ),
        "is_worker": queries.is_worker(request.user),
        "without_english": presenters.without_english(
            context["sections"], queries.places_without_english(shown)
        ),
        "breadcrumb": _crumbs((f"{shown.year} v{shown.number}", "")),
    }
    return render(request, "indicators/report.html", context)


@require_safe
def report_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A report on paper, with its table of contents."""
    shown = _report(request, pk)
    context = _content(shown) | {"language": request.LANGUAGE_CODE, "now": timezone.now()}
    return pdf_response(
        pdf(render_to_string("indicators/report_paper.html", context)), _name(shown)
    )


@require_safe
def report_document(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as a Hangul document."""
    shown = _report(request, pk)
    content = _content(shown)
    return HttpResponse(
        presenters.as_document(
            shown,
            content["sections"],
            content["summary"],
            content["errata"],
            content["sources"],
        ),
        content_type="application/hwp+zip",
        headers={"Content-Disposition": content_disposition_header(True, f"{_name(shown)}.hwpx")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write(request: HttpRequest, pk: int, place: str) -> HttpResponse:
    """Write the text of a section."""
    shown = _report(request, pk)
    or_404(permissions.may_write(request.user, shown))
    code = "" if place == SUMMARY else place
    block = queries.block_at(shown, code)
    written = {"text": block.text, "text_en": block.text_en} if block else {}
    form = BlockForm(request.POST or None, initial=written)
    return form_page(
        request,
        form,
        lambda values: operations.write_block(
            report=shown, place=code, **values, by=request.user, at=timezone.now()
        ),
        title=_("Write a section"),
        lead=code or _("Summary"),
        button=_("Save"),
        back=shown.get_absolute_url(),
        breadcrumb=_crumbs(
            (f"{shown.year} v{shown.number}", shown.get_absolute_url()), (_("Write a section"), "")
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Remark on a section of a report in work."""
    shown = _report(request, pk)
    or_404(permissions.may_comment(request.user, shown))
    form = CommentForm(
        request.POST or None,
        sections=presenters.section_choices(shown),
        initial={"place": request.GET.get("place", "")},
    )
    return form_page(
        request,
        form,
        lambda values: operations.comment(
            report=shown, **values, by=request.user, at=timezone.now()
        ),
        title=_("Comment on the report"),
        lead=str(shown.plan),
        button=_("Comment"),
        back=shown.get_absolute_url(),
        breadcrumb=_crumbs(
            (f"{shown.year} v{shown.number}", shown.get_absolute_url()),
            (_("Comment on the report"), ""),
        ),
        done=_("Written. The report is released once every comment is settled."),
    )


@require_POST
@login_required
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a comment."""
    remark = get_object_or_404(queries.comments_visible_to(request.user), pk=pk)
    with flash_outcome(request, _("The comment is settled.")):
        operations.settle(comment=remark, by=request.user, at=timezone.now())
    return redirect(remark.report)


@require_POST
@login_required
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a report as a second person."""
    shown = _report(request, pk)
    _workers_only(request)
    with flash_outcome(request, _("Released. Its figures stay as they are now.")):
        operations.release_report(report=shown, by=request.user, at=timezone.now())
    return redirect(shown)


@require_safe
@login_required
def requests(request: HttpRequest) -> HttpResponse:
    """Tables that were asked for, the newest first."""
    _readers_only(request)
    return list_page(
        request,
        "indicators/requests.html",
        queries.requests_visible_to(request.user),
        per_page=ON_A_PAGE,
        context=lambda page: {
            "may_work": permissions.may_work(request.user),
            "breadcrumb": presenters.crumbs(None, (_("Data requests"), "")),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_request(request: HttpRequest) -> HttpResponse:
    """Save a table that was asked for."""
    _workers_only(request)
    today = timezone.localdate()
    first = today.replace(month=1, day=1)
    form = RequestForm(
        request.POST or None, initial={"first_on": first, "last_on": today, "as_of": today}
    )
    return form_page(
        request,
        form,
        lambda values: operations.save_request(**values, who=request.user, at=timezone.now()),
        title=_("New data request"),
        button=_("Save"),
        back=reverse("indicators:requests"),
        breadcrumb=presenters.crumbs(
            None,
            (_("Data requests"), reverse("indicators:requests")),
            (_("New data request"), ""),
        ),
        done=_("Saved. It is counted anew for its day whenever it is opened."),
    )


@require_safe
@login_required
def data_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The table that was asked for, counted as known on its day; as Excel."""
    shown = get_object_or_404(queries.requests_visible_to(request.user), pk=pk)
    table = presenters.request_table(shown)
    if wants_workbook(request):
        rows = [[*row["groups"], row["value"]] for row in table["rows"]]
        return sheet_response(str(shown)[:31], table["headers"], rows, name=str(shown))
    context = {
        "asked": shown,
        "table": table,
        "breadcrumb": presenters.crumbs(
            None, (_("Data requests"), reverse("indicators:requests")), (str(shown), "")
        ),
    }
    return render(request, "indicators/request.html", context)


@require_safe
@login_required
def request_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The table that was asked for as a Hangul document."""
    shown = get_object_or_404(queries.requests_visible_to(request.user), pk=pk)
    return HttpResponse(
        presenters.request_document(shown),
        content_type="application/hwp+zip",
        headers={"Content-Disposition": content_disposition_header(True, f"{shown}.hwpx")},
    )


def _content(shown: Report) -> dict[str, Any]:
    revisions = queries.published_in(shown.plan)
    texts = queries.blocks_of(shown)
    sections = presenters.sections(shown, revisions, texts)
    return {
        "report": shown,
        "is_released": shown.stage == ReportStage.RELEASED,
        "summary": texts.get("", ""),
        "sections": sections,
        "reached": presenters.reached_bars(sections),
        "errata": presenters.errata(shown, revisions),
        "sources": presenters.sources(shown, revisions),
        "before": shown.year - 1,
        "plan_note": adapter.file_of(shown.plan).source,
    }


def _report(request: HttpRequest, pk: int) -> Report:
    report: Report = get_object_or_404(queries.reports_visible_to(request.user), pk=pk)
    return report


def _name(shown: Report) -> str:
    return f"{shown.plan}-{_('Execution report')}-{shown.year}-v{shown.number}"


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    return presenters.crumbs(None, (_("Execution reports"), reverse("indicators:reports")), *more)


def _workers_only(request: HttpRequest) -> None:
    or_404(permissions.may_work(request.user))


def _readers_only(request: HttpRequest) -> None:
    if not queries.reads_inside(request.user):
        raise Http404
