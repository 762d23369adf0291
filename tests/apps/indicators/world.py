"""A plan with a published figure, a draft and one that is asked for, for the test of routes."""

from datetime import date

from dure.apps.indicators import operations
from tests.conftest import NOON


def things(cast, world):
    plan = cast.small_plan()
    published = cast.published_figure()
    draft = cast.drafted_figure("2026", 70)
    operations.ask(
        indicator=cast.indicator("factories"), period="2025-06", of=cast.buyer,
        due_on=date(2026, 12, 1), by=cast["officer"], at=NOON,
    )  # fmt: skip
    written = operations.begin_report(plan=plan, year=2025, by=cast["officer"], at=NOON)
    released = operations.begin_report(plan=plan, year=2024, by=cast["officer"], at=NOON)
    commented = operations.begin_report(plan=plan, year=2026, by=cast["officer"], at=NOON)
    remark = operations.comment(
        report=commented, place="S1", text="근거를 적어 주세요.", by=cast["officer"], at=NOON
    )
    for report in (written, released):
        for place in ("", "S1"):
            operations.write_block(
                report=report, place=place, text="글", by=cast["officer"], at=NOON
            )
    released = operations.release_report(report=released, by=cast["officer2"], at=NOON)
    asked = operations.save_request(
        name="표", asked_by="", measure="needs", by=["region"], first_on=date(2026, 1, 1),
        last_on=date(2026, 11, 22), as_of=date(2026, 11, 22), who=cast["officer"], at=NOON,
    )  # fmt: skip
    shown = operations.draft_reported(
        indicator=cast.indicator("factories"), period="2026-03", value=5, evidence="표", reason="",
        by=cast["officer"], at=NOON, files=[cast.text_file()],
    )  # fmt: skip
    drafted = cast.year_plan(2026)
    resolved = operations.resolve(year_plan=cast.year_plan(2025), by=cast["officer2"], at=NOON)
    return {
        "plan_slug": plan.slug,
        "code": "needs",
        "indicators:figure": published.figure_id,
        "indicators:move": draft.pk,
        "indicators:report": released.pk,
        "indicators:report_paper": released.pk,
        "indicators:report_document": released.pk,
        "indicators:release": written.pk,
        "indicators:comment": commented.pk,
        "indicators:settle": remark.pk,
        "indicators:add_files": shown.pk,
        "indicators:figure_file": shown.files.get().pk,
        "indicators:board:board": "ministry",
        "indicators:board_records:board": "ministry",
        "indicators:board_records:chart": "results",
        "indicators:write": written.pk,
        "indicators:write:place": "S1",
        "indicators:request": asked.pk,
        "indicators:request_document": asked.pk,
        "indicators:year_plan": resolved.pk,
        "indicators:resolve": drafted.pk,
        "indicators:new_action": drafted.pk,
        "indicators:change_action": drafted.actions.get().pk,
        "indicators:drop_action": drafted.actions.get().pk,
        "indicators:add_result": resolved.actions.get().pk,
    }
