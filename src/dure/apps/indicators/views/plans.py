"""Plans, indicators and single figures: public as far as they are published."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.apps.indicators import adapter, permissions, presenters, queries
from dure.apps.indicators.forms import FilesForm
from dure.apps.indicators.models import Figure, Indicator, Plan, Revision
from dure.apps.indicators.stages import REVISION_NEXT, RevisionStage
from dure.foundation import promotion_plans
from dure.foundation.measures import MEASURES, Record
from dure.foundation.sheets import workbook_of
from dure.foundation.ui.answers import wants_workbook, workbook_response
from dure.foundation.ui.listing import list_page

ON_A_PAGE = 50


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """All plans side by side; public."""
    shown = [
        {"plan": plan, "indicators": queries.indicators_of(plan).count()}
        for plan in queries.plans()
    ]
    context = {
        "shown": shown,
        "is_inside": queries.reads_inside(request.user),
        "breadcrumb": [{"label": _("Plans and indicators")}],
    }
    return render(request, "indicators/plans.html", context)


@require_safe
def package(request: HttpRequest) -> HttpResponse:
    """Every published figure as a tabular data package; public."""
    now = timezone.now()
    name = f"dure-figures-{timezone.localdate(now).isoformat()}.zip"
    return HttpResponse(
        presenters.figures_package(queries.in_force(), at=now),
        content_type="application/zip",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


@require_safe
def plan(request: HttpRequest, plan_slug: str) -> HttpResponse:
    """Strategies, tasks and indicators of a plan with targets and actuals; public."""
    shown = get_object_or_404(queries.plans(), slug=plan_slug)
    revisions = queries.published_in(shown)
    if wants_workbook(request):
        content = workbook_of(*presenters.sheets(shown, revisions))
        return workbook_response(content, f"{shown}-{timezone.localdate().isoformat()}")
    file = adapter.file_of(shown)
    context = {
        "plan": shown,
        "said": file,
        "note": file.note.in_language(request.LANGUAGE_CODE) if file.note else "",
        "groups": presenters.plan_table(shown, revisions),
        "years": presenters.years_of(shown, revisions),
        "bars": presenters.headline_bars(shown, revisions),
        "oddities": [
            {
                "what": discrepancy.message(request.LANGUAGE_CODE),
                "why": discrepancy.explained.in_language(request.LANGUAGE_CODE)
                if discrepancy.explained
                else "",
            }
            for discrepancy in promotion_plans.discrepancies(file)
        ],
        "may_work": permissions.may_work(request.user),
        "breadcrumb": presenters.crumbs(None, (str(shown), "")),
    }
    return render(request, "indicators/plan.html", context)


@require_safe
def indicator(request: HttpRequest, plan_slug: str, code: str) -> HttpResponse:
    """What an indicator means and how it went; public."""
    shown = indicator_or_404(plan_slug, code)
    revisions = queries.published_in(shown.plan, [code])
    indicator_file = adapter.said_of(shown)
    open_ones = [
        figure
        for figure in queries.figures_visible_to(request.user).filter(indicator=shown)
        if figure.pk not in {revision.figure_id for revision in revisions}
    ]
    context = {
        "indicator": shown,
        "lines": presenters.definition(shown),
        "rows": presenters.figure_rows(shown, revisions),
        "bars": presenters.year_bars(shown, revisions),
        "open_ones": open_ones,
        "is_measured": indicator_file.measured is not None,
        "may_work": permissions.may_work(request.user),
        "breadcrumb": presenters.crumbs(shown.plan, (str(shown), "")),
    }
    return render(request, "indicators/indicator.html", context)


@require_safe
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """A figure with its revisions, what it breaks down into, and the records it is made of."""
    shown = get_object_or_404(queries.figures_visible_to(request.user), pk=pk)
    revisions = list(queries.revisions_of(shown, request.user))
    standing = next(
        (revision for revision in revisions if revision.stage == RevisionStage.PUBLISHED), None
    )
    looked_at = standing or (revisions[0] if revisions else None)
    is_inside = queries.reads_inside(request.user)
    unit = shown.indicator.unit

    def context(_page: Any) -> dict[str, Any]:
        return {
            "figure": shown,
            "standing": standing,
            "text": presenters.as_text(looked_at.value, unit) if looked_at else "",
            "looked_at": looked_at,
            "revisions": presenters.revision_rows(revisions, unit),
            "moves": _moves(request, revisions),
            "parts": presenters.breakdown(looked_at, in_the_open=not is_inside)
            if looked_at
            else [],
            **_files(request, shown, revisions),
            "is_inside": is_inside,
            "unit": unit,
            "may_report": permissions.may_report(request.user, shown),
            "breadcrumb": presenters.crumbs(
                shown.indicator.plan,
                (str(shown.indicator), shown.indicator.get_absolute_url()),
                (shown.period, ""),
            ),
        }

    rows = _records(request, shown, looked_at) if is_inside and looked_at else []
    return list_page(
        request,
        "indicators/figure.html",
        rows,
        context=context,
        per_page=ON_A_PAGE,
        sheet=lambda listed_rows: {
            "title": _("Records behind the figure"),
            "headers": [_("Record"), _("Day"), _("Value"), _("Title")],
            "rows": [
                [row["id"], row["on"], row["value"], row["record"].title if row["record"] else ""]
                for row in listed_rows
            ],
        },
    )


def _files(request: HttpRequest, shown: Figure, revisions: list[Revision]) -> dict[str, Any]:
    """The files that show what was reported, and the form for more while a draft is open."""
    draft = next(
        (revision for revision in revisions if revision.stage == RevisionStage.DRAFT), None
    )
    may_add = draft is not None and bool(permissions.may_add_file(request.user, draft))
    return {
        "files": queries.files_visible_to(request.user).filter(revision__figure=shown),
        "open_revision": draft,
        "may_add_files": may_add,
        "files_form": FilesForm() if may_add else None,
        "asks_for_file": adapter.said_of(shown.indicator).asks_for_file,
    }


def indicator_or_404(plan_slug: str, code: str) -> Indicator:
    """The indicator at an address."""
    plan: Plan = get_object_or_404(queries.plans(), slug=plan_slug)
    return get_object_or_404(queries.indicators_of(plan), code=code)


def _records(request: HttpRequest, shown: Figure, revision: Revision) -> list[dict[str, Any]]:
    indicator_file = adapter.said_of(shown.indicator)
    if (
        indicator_file.measured is None
        or indicator_file.measured.fact not in MEASURES
        or revision.behind is None
    ):
        return []
    ids = adapter.behind_of(revision)
    opened: dict[str, Record] = dict(
        MEASURES[indicator_file.measured.fact].records(request.user, ids)
    )
    return presenters.record_rows(revision, opened)


def _moves(request: HttpRequest, revisions: list[Revision]) -> list[dict[str, Any]]:
    """What the reader may do with the open revision."""
    labels = {
        RevisionStage.CONFIRMED: _("Confirm"),
        RevisionStage.PUBLISHED: _("Publish"),
        RevisionStage.DROPPED: _("Send back"),
    }
    return [
        {
            "revision": revision,
            "stage": stage.value,
            "label": labels[stage],
            "may": permissions.may_move(request.user, revision, stage),
            "is_main": stage != RevisionStage.DROPPED,
        }
        for revision in revisions
        for stage in labels
        if stage in REVISION_NEXT[RevisionStage(revision.stage)] and queries.is_worker(request.user)
    ]
