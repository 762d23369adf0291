"""The report of a fair: figures and charts, each with the list behind it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.consultations.models import AGREED, ConsultationRecord, NextStep, NoShow, Outcome
from dure.apps.consultations.presenters.agendas import place_of
from dure.apps.consultations.queries import Row, Statistics
from dure.apps.fairs.models import Fair, Meeting, Pair, Side
from dure.apps.matches.models import NotForUs
from dure.apps.ndas.models import Nda
from dure.foundation.sheets import Sheet

BARS = 15
Figure = dict[str, Any]


def figures(fair: Fair, statistics: Statistics) -> list[Figure]:
    """The fair in six numbers, each a link to the list that adds up to it where there is one."""
    part = round(100 * statistics.held / statistics.placed) if statistics.placed else 0
    return [
        _figure(
            statistics.requests,
            _("Requests"),
            note=_("%(n)s of them have a meeting") % {"n": f"{statistics.granted:,}"},
        ),
        _figure(statistics.placed, _("Meetings placed")),
        _figure(
            statistics.held,
            _("Held"),
            _records(fair, outcome=Outcome.KEPT),
            _("%(n)s%% of those placed") % {"n": part} if statistics.placed else "",
        ),
        _figure(statistics.no_show_count, _("No-shows"), _records(fair, outcome=Outcome.NO_SHOW)),
        _figure(statistics.step_count, _("Next steps agreed"), _records(fair, step=AGREED)),
        _figure(statistics.unrecorded, _("Without a record yet")),
    ]


def chain(statistics: Statistics) -> list[Figure]:
    """From needs that were asked about to steps that are done."""
    labels = (
        _("Needs somebody wanted to talk about"),
        _("with a meeting in the timetable"),
        _("with a meeting that was held"),
        _("with a next step"),
        _("with the step done"),
    )
    return [
        {"label": label, "value": value, "text": f"{value:,}"}
        for label, value in zip(labels, statistics.chain, strict=True)
    ]


def results(fair: Fair, statistics: Statistics) -> list[Figure]:
    """What came of the meetings that were held, by kind."""
    rows = [
        _bar(step.label, statistics.results[step], _records(fair, step=step))
        for step in NextStep
        if statistics.results[step]
    ]
    if open_end := statistics.results[""]:
        rows.append(_bar(_("Nothing agreed yet"), open_end))
    return rows


def whys(fair: Fair, statistics: Statistics) -> list[Figure]:
    """Why meetings led to no fit."""
    return [
        _bar(why.label, statistics.whys[why], _records(fair, why=why))
        for why in NotForUs
        if statistics.whys[why]
    ]


def no_shows(statistics: Statistics) -> list[Figure]:
    """Who did not come."""
    return [_bar(who.label, statistics.no_shows[who]) for who in NoShow if statistics.no_shows[who]]


def walk_ins(stages: Any, counts: Counter[str]) -> list[Figure]:
    """What became of those who walked in."""
    return [_bar(stage.label, counts[stage]) for stage in stages if counts[stage]]


def held_by(rows: list[Row], side: Side) -> list[Figure]:
    """Meetings held by organisation of one side, the most first."""
    of_side = [row for row in rows if row.registration.side == side and row.held]
    best = sorted(of_side, key=lambda row: (-row.held, str(row.registration.organisation)))
    return [_bar(str(row.registration.organisation), row.held) for row in best[:BARS]]


def compared(statistics: Statistics, before: Statistics | None) -> list[dict[str, Any]]:
    """The figures of a fair as a table, with those of the fair before it beside them."""
    rows = [
        (_("Organisations with a request or a meeting"), lambda figures: len(figures.rows)),
        (_("Requests"), lambda figures: figures.requests),
        (_("Requests with a meeting"), lambda figures: figures.granted),
        (_("Meetings placed"), lambda figures: figures.placed),
        (_("Held"), lambda figures: figures.held),
        (_("No-shows"), lambda figures: figures.no_show_count),
        (_("Without a record yet"), lambda figures: figures.unrecorded),
        (_("Next steps agreed"), lambda figures: figures.step_count),
        (_("Steps done"), lambda figures: figures.done),
        (_("Walk-ins"), lambda figures: sum(figures.walk_ins.values())),
    ]
    return [
        {"label": label, "now": count(statistics), "before": count(before) if before else None}
        for label, count in rows
    ]


def sheets(
    fair: Fair,
    statistics: Statistics,
    before: tuple[Fair, Statistics] | None,
    chain_rows: Iterable[list[Any]],
) -> list[Sheet]:
    """The report as a workbook: its figures, each organisation, and every pair behind them."""
    earlier = [str(before[0])] if before else []
    figure_rows = [
        [row["label"], row["now"], *([row["before"]] if before else [])]
        for row in compared(statistics, before[1] if before else None)
    ]
    kinds = [
        *((step.label, statistics.results[step]) for step in NextStep),
        (_("Nothing agreed yet"), statistics.results[""]),
        *((why.label, statistics.whys[why]) for why in NotForUs),
        *((who.label, statistics.no_shows[who]) for who in NoShow),
    ]
    return [
        Sheet(_("Figures"), [_("Figure"), str(fair), *earlier], figure_rows),
        Sheet(_("Results"), [_("Result"), _("Meetings")], [row for row in kinds if row[1]]),
        Sheet(
            _("By organisation"),
            [
                _("Organisation"), _("Side"), _("Requests"), _("Placed"), _("Held"),
                _("Did not come"), _("Next steps"),
            ],
            [
                [
                    str(row.registration.organisation), row.registration.get_side_display(),
                    row.asked, row.placed, row.held, row.no_shows, row.steps,
                ]
                for row in statistics.rows
            ],
        ),
        Sheet(_("What came of it"), headers(), chain_rows),
    ]  # fmt: skip


def record_rows(records: Iterable[ConsultationRecord]) -> tuple[list[str], list[list[Any]]]:
    """Consultation records for a workbook: headers and rows."""
    names = [
        _("Demand organisation"), _("Small firm"), _("Time"), _("Meeting"), _("Who did not come"),
        _("What was said"), _("Next step"), _("Why not"), _("Who sees to it"), _("Until"),
        _("Done"), _("Written down"), _("Written down by"),
    ]  # fmt: skip
    rows = [
        [
            str(record.pair.demand.organisation),
            str(record.pair.supply.organisation),
            record.meeting.slot.starts_at if record.meeting else None,
            *_said(record),
            record.recorded_at,
            str(record.recorded_by),
        ]
        for record in records
    ]
    return names, rows


def headers() -> list[str]:
    """The columns of the workbook: the chain from the need to the next step."""
    return [
        _("Need"),
        _("Demand organisation"),
        _("Technology"),
        _("Small firm"),
        _("Time"),
        _("Place"),
        _("Meeting"),
        _("Who did not come"),
        _("What was said"),
        _("Next step"),
        _("Why not"),
        _("Who sees to it"),
        _("Until"),
        _("Done"),
        _("Non-disclosure agreement"),
        _("Agreement asked for on"),
    ]


def row(pair: Pair, meeting: Meeting | None, nda: Nda | None, now: datetime) -> list[Any]:
    """One pair as a line of the workbook."""
    language, record = get_language(), getattr(pair, "record", None)
    what = (
        _said(record)
        if record
        else [meeting.get_freed_because_display() if meeting and meeting.freed_at else ""]
        + [""] * 7
    )
    return [
        pair.need.title_in(language) if pair.need else "",
        str(pair.demand.organisation),
        pair.technology.title_in(language) if pair.technology else "",
        str(pair.supply.organisation),
        meeting.slot.starts_at if meeting else None,
        place_of(meeting) if meeting else "",
        *what,
        str(nda.standing(now).label) if nda else "",
        localdate(nda.requested_at) if nda else "",
    ]


def _said(record: ConsultationRecord) -> list[Any]:
    return [
        record.get_outcome_display(),
        record.get_no_show_display() if record.no_show else "",
        record.result,
        record.get_next_step_display() if record.next_step else "",
        record.get_why_display() if record.why else "",
        str(record.owner) if record.owner else "",
        record.due_on,
        record.done_at,
    ]


def _figure(number: int, label: str, url: str = "", note: str = "") -> Figure:
    return {"number": f"{number:,}", "label": label, "url": url, "note": note}


def _bar(label: Any, value: int, url: str = "") -> Figure:
    return {"label": str(label), "value": value, "text": f"{value:,}", "url": url}


def _records(fair: Fair, **filters: str) -> str:
    return f"{reverse('consultations:records', args=[fair.pk])}?{urlencode(filters)}"
