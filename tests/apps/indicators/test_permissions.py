"""Who may do what with figures and reports, role by role: permissions.csv."""

from datetime import date
from pathlib import Path

import pytest

from dure.apps.indicators import operations, permissions, queries
from dure.apps.indicators.stages import RevisionStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    draft = cast.drafted_figure()
    asked = operations.ask(
        indicator=cast.indicator("factories"), period="2026", of=cast.buyer,
        due_on=date(2026, 12, 1), by=cast["officer"], at=NOON,
    )  # fmt: skip
    report = operations.begin_report(plan=cast.small_plan(), year=2025, by=cast["officer"], at=NOON)
    operations.save_request(
        name="표", asked_by="", measure="needs", by=["region"], first_on=date(2026, 1, 1),
        last_on=date(2026, 11, 22), as_of=date(2026, 11, 22), who=cast["officer"], at=NOON,
    )  # fmt: skip
    drafted = cast.year_plan(2026)
    resolved = operations.resolve(year_plan=cast.year_plan(2025), by=cast["officer2"], at=NOON)
    commented = operations.begin_report(
        plan=cast.small_plan(), year=2026, by=cast["officer"], at=NOON
    )
    remark = operations.comment(
        report=commented, place="", text="무엇에서 왔나요?", by=cast["officer"], at=NOON
    )
    shown = operations.draft_reported(
        indicator=cast.indicator("factories"), period="2026", value=5, evidence="표", reason="",
        by=cast["manager"], at=NOON, files=[cast.text_file()],
    )  # fmt: skip
    return {
        "may_comment": lambda user: permissions.may_comment(user, report),
        "may_settle: a remark of the officer": lambda user: permissions.may_settle(user, remark),
        "may_add_file: asked of the buyer": lambda user: permissions.may_add_file(user, shown),
        "may_add_file: asked of nobody": lambda user: permissions.may_add_file(user, draft),
        "comments_visible_to": queries.comments_visible_to,
        "files_visible_to: of the buyer": queries.files_visible_to,
        "revisions_to_report: asked of the buyer": lambda user: queries.revisions_to_report(
            user
        ).filter(pk=shown.pk),
        "may_plan": lambda user: permissions.may_plan(user, drafted),
        "may_plan: resolved": lambda user: permissions.may_plan(user, resolved),
        "may_resolve: begun by the officer": lambda user: permissions.may_resolve(user, drafted),
        "may_add_result": lambda user: permissions.may_add_result(user, resolved),
        "may_add_result: a draft": lambda user: permissions.may_add_result(user, drafted),
        "year_plans_visible_to: a draft": lambda user: queries.year_plans_visible_to(user).filter(
            pk=drafted.pk
        ),
        "actions_visible_to: of a draft": lambda user: queries.actions_visible_to(user).filter(
            year_plan=drafted
        ),
        "may_work": permissions.may_work,
        "may_report: asked of the buyer": lambda user: permissions.may_report(user, asked),
        "may_report: asked of nobody": lambda user: permissions.may_report(user, draft.figure),
        "may_move: confirm the officer's draft": lambda user: permissions.may_move(
            user, draft, RevisionStage.CONFIRMED
        ),
        "may_move: publish a draft": lambda user: permissions.may_move(
            user, draft, RevisionStage.PUBLISHED
        ),
        "may_move: send back": lambda user: permissions.may_move(
            user, draft, RevisionStage.DROPPED
        ),
        "may_release: a comment is open": lambda user: permissions.may_release(user, commented),
        "may_write": lambda user: permissions.may_write(user, report),
        "may_release: begun by the officer": lambda user: permissions.may_release(user, report),
        "figures_visible_to: a draft": lambda user: queries.figures_visible_to(user).filter(
            pk=draft.figure_id
        ),
        "figures_visible_to: asked of the buyer": lambda user: queries.figures_visible_to(
            user
        ).filter(pk=asked.pk),
        "revisions_visible_to: a draft": lambda user: queries.revisions_visible_to(user).filter(
            pk=draft.pk
        ),
        "reports_visible_to: a draft": queries.reports_visible_to,
        "requests_visible_to": queries.requests_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)


def test_an_analyst_keeps_figures_and_runs_no_programme(cast):
    from dure.apps.people.permissions import may_run_programmes

    assert permissions.may_work(cast.analyst())
    assert not may_run_programmes(cast.analyst())
