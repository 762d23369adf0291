"""Yearly reports: begun, written, released by a second person; and data requests."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.indicators import adapter, permissions, queries
from dure.apps.indicators.models import Comment, DataRequest, Plan, Report, TextBlock
from dure.apps.indicators.reasons import Reason
from dure.apps.indicators.stages import ReportStage
from dure.apps.people.models import User
from dure.foundation.measures import MEASURES
from dure.foundation.verdict import Refused


@transaction.atomic
def begin_report(*, plan: Plan, year: int, by: User, at: datetime) -> Report:
    """Begin a version of the report of a year, with the texts of the version before. Raises Refused."""
    permissions.may_work(by).require()
    Plan.objects.select_for_update().get(pk=plan.pk)
    if not plan.first_year <= year <= plan.last_year:
        raise Refused(Reason.NOT_A_YEAR)
    before = plan.reports.filter(year=year).order_by("-number").first()
    if before and before.stage == ReportStage.DRAFT:
        return before
    report = Report.objects.create(
        plan=plan, year=year, number=before.number + 1 if before else 1,
        created_by=by, created_at=at,
    )  # fmt: skip
    if before:
        TextBlock.objects.bulk_create(
            TextBlock(
                report=report, place=block.place, text=block.text, text_en=block.text_en,
                edited_by=block.edited_by, edited_at=block.edited_at,
            )
            for block in before.blocks.select_related("edited_by")
        )  # fmt: skip
    return report


@transaction.atomic
def write_block(
    *, report: Report, place: str, text: str, text_en: str = "", by: User, at: datetime
) -> TextBlock:
    """Write the text of a section, if wished in both languages: the whole (empty), a strategy or a task.

    Raises Refused.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.may_write(by, report).require()
    _require_section(report, place)
    block, _is_new = TextBlock.objects.update_or_create(
        report=report,
        place=place,
        defaults={
            "text": text.strip(),
            "text_en": text_en.strip(),
            "edited_by": by,
            "edited_at": at,
        },
    )
    return block


@transaction.atomic
def comment(*, report: Report, place: str, text: str, by: User, at: datetime) -> Comment:
    """Remark on a section of a report in work: the whole (empty), a strategy or a task. Raises Refused."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.may_comment(by, report).require()
    _require_section(report, place)
    return Comment.objects.create(
        report=report, place=place, text=text.strip(), written_by=by, written_at=at
    )


@transaction.atomic
def settle(*, comment: Comment, by: User, at: datetime) -> Comment:
    """Settle a comment. Raises Refused."""
    Report.objects.select_for_update().get(pk=comment.report_id)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    permissions.may_settle(by, comment).require()
    comment.settled_by, comment.settled_at = by, at
    comment.save(update_fields=["settled_by", "settled_at"])
    return comment


def _require_section(report: Report, place: str) -> None:
    file = adapter.file_of(report.plan)
    if place and place not in {section.id for section in (*file.strategies, *file.tasks)}:
        raise Refused(Reason.NO_SECTION)


@transaction.atomic
def release_report(*, report: Report, by: User, at: datetime) -> Report:
    """Release a report as a second person; its figures are kept as they are now. Raises Refused."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    permissions.may_release(by, report).require()
    file = adapter.file_of(report.plan)
    blocks = queries.blocks_of(report)
    if not all(blocks.get(place) for place in ["", *(strategy.id for strategy in file.strategies)]):
        raise Refused(Reason.NOT_READY)
    report.figures = {
        f"{revision.figure.indicator.code} {revision.figure.period}": f"{revision.value.normalize():f}"
        for revision in queries.published_in(report.plan)
        if revision.figure.year <= report.year
    }
    report.stage = ReportStage.RELEASED
    report.released_by, report.released_at = by, at
    report.save()
    return report


def save_request(
    *,
    name: str,
    asked_by: str,
    measure: str,
    by: list[str],
    first_on: date,
    last_on: date,
    as_of: date,
    who: User,
    at: datetime,
) -> DataRequest:
    """Keep a table that was asked for. Raises Refused."""
    permissions.may_work(who).require()
    if as_of > localdate(at):
        raise Refused(Reason.TOO_EARLY)
    if measure not in MEASURES or any(MEASURES[measure].dimension(code) is None for code in by):
        raise Refused(Reason.NO_DIMENSION)
    values: dict[str, Any] = {"first_on": first_on, "last_on": last_on, "as_of": as_of}
    return DataRequest.objects.create(
        name=name,
        asked_by=asked_by,
        measure=measure,
        by=by,
        created_by=who,
        created_at=at,
        **values,
    )
