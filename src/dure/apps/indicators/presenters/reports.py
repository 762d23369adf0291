"""The yearly report: sections with texts and figures, what changed since, sources, the workbook."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.indicators import adapter, permissions
from dure.apps.indicators.models import Comment, Report, Revision
from dure.apps.indicators.presenters.words import as_text, reached
from dure.apps.indicators.stages import ReportStage
from dure.foundation.documents import Block, Cell, Heading, Paragraph, Table, hwpx
from dure.foundation.promotion_plans import Indicator as IndicatorFile
from dure.foundation.promotion_plans import Strategy, Task, year_of
from dure.foundation.sheets import Sheet

WIDTHS = (44, 18, 18, 20)
TWICE = 200  # percent: a bar that went further hides all others


@dataclass(slots=True)
class Section:
    """A strategy or task in the report: its text, its figures, and what stands under it."""

    id: str
    name: str
    text: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    tasks: "list[Section]" = field(default_factory=list)


def sections(
    report: Report, revisions: Iterable[Revision], texts: Mapping[str, str]
) -> list[Section]:
    """Every strategy and task with its text and its figures, beside the year before and the target.

    A released report keeps the figures that it was released with.
    """
    plan_file, language = adapter.file_of(report.plan), get_language()
    figures = _figures(report, revisions)

    def section(place: Strategy | Task) -> Section:
        rows = [
            _row(indicator, figures, report.year) for indicator in plan_file.indicators_of(place)
        ]
        return Section(
            place.id, place.name.in_language(language), texts.get(place.id, ""),
            [row for row in rows if row],
        )  # fmt: skip

    sections = []
    for strategy in plan_file.strategies:
        made = section(strategy)
        made.tasks = [section(task) for task in plan_file.tasks_of(strategy)]
        sections.append(made)
    return sections


def without_english(sections: Iterable[Section], places: Collection[str]) -> list[dict[str, str]]:
    """The sections that stand in Korean alone, in their order, each with where it is written."""
    parts = [("", "summary", _("Summary"))]
    for section in sections:
        parts += [
            (part.id, part.id, f"{part.id} {part.name}") for part in (section, *section.tasks)
        ]
    return [{"place": place, "name": name} for code, place, name in parts if code in places]


def _figures(report: Report, revisions: Iterable[Revision]) -> dict[str, dict[str, Decimal]]:
    """The figures that count for a report, by indicator and period."""
    figures: dict[str, dict[str, Decimal]] = {}
    if report.stage == ReportStage.RELEASED:
        for key, value in report.figures.items():
            code, _space, period = key.partition(" ")
            figures.setdefault(code, {})[period] = Decimal(value)
        return figures
    for revision in revisions:
        figures.setdefault(revision.figure.indicator.code, {})[revision.figure.period] = (
            revision.value
        )
    return figures


def _row(
    indicator_file: IndicatorFile, figures: Mapping[str, Mapping[str, Decimal]], year: int
) -> dict[str, Any] | None:
    by_year = {
        year_of(period): value for period, value in figures.get(indicator_file.id, {}).items()
    }
    targets = {year_of(period): value for period, value in indicator_file.targets.items()}
    target_year = year if year in targets else min((y for y in targets if y > year), default=None)
    target = targets.get(target_year) if target_year else None
    now, before = by_year.get(year), by_year.get(year - 1)
    if now is None and before is None and target is None:
        return None
    return {
        "name": indicator_file.name.in_language(get_language()),
        "now": as_text(now, indicator_file.unit),
        "before": as_text(before, indicator_file.unit),
        "change": _change(now, before),
        "target": as_text(target, indicator_file.unit),
        "target_year": target_year if target_year != year else None,
        "reached": reached(now, target),
        "plain": [now, before, target],
    }


def _change(now: Decimal | None, before: Decimal | None) -> str:
    if now is None or not before:
        return ""
    return f"{100 * (now - before) / before:+.1f}%"


def section_choices(report: Report) -> list[tuple[str, str]]:
    """The sections of a report with their names."""
    plan_file, language = adapter.file_of(report.plan), get_language()
    return [
        (place.id, f"{place.id} {place.name.in_language(language)}")
        for strategy in plan_file.strategies
        for place in (strategy, *plan_file.tasks_of(strategy))
    ]


def comment_rows(comments: Iterable[Comment], user: Any) -> list[dict[str, Any]]:
    """The remarks on a report, each with its section and whether the reader may settle it."""
    rows = []
    for comment in comments:
        sections = dict(section_choices(comment.report))
        rows.append(
            {
                "comment": comment,
                "section": sections.get(comment.place, _("The whole report")),
                "may_settle": bool(permissions.may_settle(user, comment)),
            }
        )
    return rows


def reached_bars(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Each indicator against its target, in percent of it; a bar ends at twice the target."""
    return [
        {
            "label": row["name"],
            "value": min(row["reached"], TWICE),
            "plan": 100,
            "text": row["now"],
            "plan_text": row["target"],
        }
        for section in sections
        for part in (section, *section.tasks)
        for row in part.rows
        if row["reached"] is not None
    ]


def errata(report: Report, revisions: Iterable[Revision]) -> list[dict[str, Any]]:
    """What was published otherwise after the release: the figure then and now, and why."""
    if report.stage != ReportStage.RELEASED:
        return []
    rows = []
    for revision in revisions:
        key = f"{revision.figure.indicator.code} {revision.figure.period}"
        figure = report.figures.get(key)
        if figure is not None and Decimal(figure) != revision.value:
            unit = revision.figure.indicator.unit
            rows.append(
                {
                    "figure": revision.figure,
                    "then": as_text(Decimal(figure), unit),
                    "now": as_text(revision.value, unit),
                    "reason": revision.reason,
                    "on": revision.published_at,
                }
            )
    return rows


def sources(report: Report, revisions: Iterable[Revision]) -> list[dict[str, Any]]:
    """Where each figure of the report's year is from."""
    return [
        {
            "figure": str(revision.figure),
            "origin": revision.get_origin_display(),
            "source": revision.evidence
            or _("Records of the platform as known on %(on)s") % {"on": revision.as_of},
            "revision": revision.number,
        }
        for revision in revisions
        if revision.figure.year == report.year
    ]


def report_sheets(
    sections: Iterable[Section],
    year: int,
    corrected: Iterable[Mapping[str, Any]] = (),
    known: Iterable[Mapping[str, Any]] = (),
) -> list[Sheet]:
    """Every table of the report as a workbook: figures, what was corrected since, and sources."""
    rows = [
        [f"{part.id} {part.name}", row["name"], *row["plain"], row["reached"]]
        for section in sections
        for part in (section, *section.tasks)
        for row in part.rows
    ]
    headers = [
        _("Strategy or task"), _("Indicator"), str(year), str(year - 1), _("Target"),
        _("Reached (%)"),
    ]  # fmt: skip
    return [
        Sheet(_("Figures"), headers, rows),
        Sheet(_("Errata"), _errata_heads(), _errata_rows(corrected)),
        Sheet(_("Sources"), _source_heads(), _source_rows(known)),
    ]


def _errata_heads() -> list[str]:
    return [_("Figure"), _("In this report"), _("Now"), _("Why it changed")]


def _errata_rows(corrected: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    return [[str(row["figure"]), row["then"], row["now"], row["reason"]] for row in corrected]


def _source_heads() -> list[str]:
    return [_("Figure"), _("Origin"), _("Where it is from")]


def _source_rows(known: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    return [[row["figure"], str(row["origin"]), row["source"]] for row in known]


def as_document(
    report: Report,
    sections: Iterable[Section],
    summary: str,
    corrected: Iterable[Mapping[str, Any]] = (),
    known: Iterable[Mapping[str, Any]] = (),
) -> bytes:
    """The report as a Hangul document (HWPX), with what was corrected since and its sources."""
    blocks: list[Block] = [Paragraph(summary)] if summary else []
    for section in sections:
        for level, part in [(1, section), *((2, task) for task in section.tasks)]:
            blocks.append(Heading(f"{part.id} {part.name}", level))
            if part.text:
                blocks.append(Paragraph(part.text))
            if part.rows:
                blocks.append(_table(part, report.year))
    if rows := _errata_rows(corrected):
        blocks += [Heading(_("Errata"), 1), _plain_table(_errata_heads(), rows, (40, 18, 18, 24))]
    if rows := _source_rows(known):
        blocks += [Heading(_("Sources"), 1), _plain_table(_source_heads(), rows, (40, 20, 40))]
    return hwpx(f"{report.plan} {report.year}", blocks)


def _plain_table(
    heads: Iterable[str], rows: Iterable[Iterable[str]], widths: tuple[int, ...]
) -> Table:
    return Table(
        (
            tuple(Cell(head, is_label=True) for head in heads),
            *(tuple(Cell(text) for text in row) for row in rows),
        ),
        widths,
    )


def _table(part: Section, year: int) -> Table:
    heads = (_("Indicator"), str(year), str(year - 1), _("Target"))
    rows = [(row["name"], row["now"], row["before"], row["target"]) for row in part.rows]
    return _plain_table(heads, rows, WIDTHS)
