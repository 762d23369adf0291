"""Boards of figures: for the ministry, a centre, a demand organisation, a firm and the public."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.apps.indicators import adapter, presenters, queries
from dure.apps.indicators.forms import BoardFilter
from dure.apps.indicators.kinds import Board, Chart
from dure.apps.indicators.queries import Chain, Step
from dure.foundation.measures import MEASURES
from dure.foundation.ui.listing import chips, list_page

ON_A_PAGE = 50
YEARS = "[12][0-9]{3}"
Own = Collection[int] | None
Drawn = tuple[BoardFilter, list[Any], datetime | None]


@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """The first board that is for the reader; the public one for everybody."""
    return redirect("indicators:board", queries.boards_of(request.user)[0].id)


@require_safe
def board(request: HttpRequest, board: str) -> HttpResponse:
    """A board: few charts, each number with the way to its records, narrowed by what they say."""
    shown = _board_or_404(request, board)
    form, charts, counted_at = (_published if shown.scope == "published" else _counted)(
        request, shown
    )
    context = {
        "board": shown,
        "tabs": _tabs(request, shown),
        "charts": charts,
        "counted_at": counted_at,
        "form": form,
        "chips": chips(form, request.GET),
        "breadcrumb": presenters.crumbs(None, (str(shown), "")),
    }
    return render(request, "indicators/board.html", context)


@require_safe
@login_required
def board_records(request: HttpRequest, board: str, chart: str) -> HttpResponse:
    """The records behind a number of a board, as far as the reader may open them."""
    shown = _board_or_404(request, board)
    drawn = shown.chart(chart)
    if drawn is None or shown.scope == "published":
        raise Http404
    rows, label = (_chain_rows if drawn.show == "funnel" else _fact_rows)(request, shown, drawn)
    return list_page(
        request,
        "indicators/board_records.html",
        rows,
        per_page=ON_A_PAGE,
        context=lambda page: {
            "chart": drawn,
            "label": label,
            "is_money": drawn.show != "funnel" and MEASURES[drawn.measure].unit == "won",
            "breadcrumb": presenters.crumbs(
                None, (str(shown), reverse("indicators:board", args=[shown.id])), (label, "")
            ),
        },
        sheet=lambda listed_rows: {
            "title": _("Records behind the figure"),
            "headers": [_("Record"), _("Day"), _("Value"), _("Title")],
            "rows": [
                [row["id"], row["on"], row["value"], row["record"].title if row["record"] else ""]
                for row in listed_rows
            ],
        },
    )


def _board_or_404(request: HttpRequest, code: str) -> Board:
    board = queries.board_for(request.user, code)
    if board is None:
        raise Http404
    return board


def _tabs(request: HttpRequest, shown: Board) -> list[dict[str, Any]]:
    """The boards of the reader; nothing where there is but one."""
    offered = queries.boards_of(request.user)
    return [
        {
            "label": str(board),
            "url": reverse("indicators:board", args=[board.id]),
            "current": board.id == shown.id,
        }
        for board in (offered if len(offered) > 1 else ())
    ]


def _counted(request: HttpRequest, shown: Board) -> Drawn:
    today, own = timezone.localdate(), queries.counted_for(request.user, shown)
    counted = {
        chart.measure: adapter.groups_kept(MEASURES[chart.measure], today, own)
        for chart in shown.charts
        if chart.measure
    }
    known = presenters.choices_of((MEASURES[code], part.groups) for code, part in counted.items())
    form = BoardFilter(request.GET, known=known, region=_home_region(request, shown))
    chosen = form.chosen

    def link(chart: Chart, **wanted: str) -> str:
        page = reverse("indicators:board_records", args=[shown.id, chart.id])
        return f"{page}?{urlencode(wanted)}" if wanted else page

    def drawn(chart: Chart) -> Any:
        if chart.measure:
            return presenters.counted(chart, counted[chart.measure].groups, chosen, link)
        if chart.show == "funnel":
            return _funnel(chart, _chain(chosen, today, own), chosen, link)
        if chart.show == "plan":
            return _plan(chart)
        return presenters.late(
            chart,
            queries.late_for(request.user, timezone.now()),
            resolve_url(settings.LOGIN_REDIRECT_URL),
        )

    ahead = [part.at for part in counted.values() if part.at]
    return form, [drawn(chart) for chart in shown.charts], min(ahead, default=None)


def _home_region(request: HttpRequest, shown: Board) -> str:
    return queries.home_region(request.user) if shown.home_region else ""


def _published(request: HttpRequest, shown: Board) -> Drawn:
    revisions = list(queries.in_force())
    by_chart = {
        chart.id: adapter.published_of(revisions, chart.measure, chart.where)
        for chart in shown.charts
        if chart.measure
    }
    years = {str(revision.figure.year) for those in by_chart.values() for revision in those}
    form = BoardFilter(
        request.GET, known={"year": [(year, year) for year in sorted(years, reverse=True)]}
    )
    year = form.chosen.get("year", "")
    charts = [
        presenters.published(chart, by_chart[chart.id], year) if chart.measure else _plan(chart)
        for chart in shown.charts
    ]
    return form, charts, None


def _plan(chart: Chart) -> Any:
    plan, rows = presenters.newest_headlines()
    if plan is None or not rows:
        return presenters.Shown(chart)
    return presenters.Shown(chart, rows, str(plan), url=plan.get_absolute_url())


def _chain(chosen: Mapping[str, str], today: date, own: Own) -> Chain:
    year = int(chosen.get("year") or today.year)
    needs = queries.needs_narrowed(year, chosen, own)
    whose = "all" if own is None else ",".join(map(str, sorted(own)))
    narrowed = "/".join(chosen.get(name, "") for name in ("region", "field", "size"))
    return queries.chain_kept(needs, f"board/{year}/{narrowed}/{whose}")


def _funnel(chart: Chart, chain: Chain, chosen: Mapping[str, str], link: Any) -> Any:
    rows = presenters.funnel_of(chain, lambda step: link(chart, **chosen, step=step.value))
    return presenters.Shown(chart, rows, _("Needs of the year"))


def _chain_rows(request: HttpRequest, shown: Board, chart: Chart) -> tuple[list[Any], str]:
    chosen = _wanted(request, ("year", "region", "field", "size"))
    own = queries.counted_for(request.user, shown)
    step = request.GET.get("step", "")
    step = Step(step) if step in Step.values else Step.REGISTERED
    chain = _chain(chosen, timezone.localdate(), own)
    days = chain.days[Step.REGISTERED]
    ids = sorted(chain.reached[step])
    opened = MEASURES["needs"].records(request.user, [str(pk) for pk in ids])
    rows = [
        {"id": str(pk), "on": days.get(pk), "value": 1, "record": opened.get(str(pk))} for pk in ids
    ]
    return rows, str(step.label)


def _fact_rows(request: HttpRequest, shown: Board, chart: Chart) -> tuple[list[Any], str]:
    if not chart.measure:
        raise Http404
    kind, own = MEASURES[chart.measure], queries.counted_for(request.user, shown)
    names = [name for name in request.GET if adapter.is_known_by(kind, name)]
    wanted = {name: frozenset({value}) for name, value in _wanted(request, names).items()}
    where = {name: frozenset(values) for name, values in chart.where.items()} | wanted
    facts = adapter.facts_behind(kind, timezone.localdate(), own, where)
    opened = kind.records(request.user, {fact.id for fact in facts})
    rows = [
        {"id": fact.id, "on": fact.on, "value": fact.value, "record": opened.get(fact.id)}
        for fact in reversed(facts)
    ]
    return rows, str(kind.label)


def _wanted(request: HttpRequest, names: Collection[str]) -> dict[str, str]:
    """What the address asks for; a year that is none is left out."""
    asked = {name: request.GET[name] for name in names if name in request.GET}
    if not re.fullmatch(YEARS, asked.get("year", "2000")):
        del asked["year"]
    return asked
