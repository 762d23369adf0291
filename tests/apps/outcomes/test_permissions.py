"""Who may do what with outcomes, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.outcomes import operations, permissions, queries
from dure.apps.outcomes.models import Twins
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    made = cast.outcome()
    shown = cast.outcome(title="증빙 있음", files=[cast.proof()])
    twins = Twins.objects.get()
    done = cast.outcome(title="확인됨", number="K-1")
    done = operations.confirm(outcome=done, by=cast["manager"], at=NOON)
    merged = Twins.objects.get(second=done, first=shown)
    operations.keep_apart(twins=merged, by=cast["officer"], at=NOON)
    merged.refresh_from_db()
    return {
        "may_read_outcomes": permissions.may_read_outcomes,
        "may_report": permissions.may_report,
        "may_report_for: the supplier": lambda user: permissions.may_report_for(
            user, cast.supplier
        ),
        "may_run": permissions.may_run,
        "may_import": permissions.may_import,
        "may_add_evidence": lambda user: permissions.may_add_evidence(user, made),
        "may_answer: of the supplier": lambda user: permissions.may_answer(user, made),
        "may_confirm: without evidence": lambda user: permissions.may_confirm(user, made),
        "may_confirm: with evidence": lambda user: permissions.may_confirm(user, shown),
        "may_confirm: confirmed already": lambda user: permissions.may_confirm(user, done),
        "may_withdraw": lambda user: permissions.may_withdraw(user, done),
        "may_tie": lambda user: permissions.may_tie(user, made),
        "may_judge_twins": lambda user: permissions.may_judge_twins(user, twins),
        "may_part: two that were kept apart": lambda user: permissions.may_part(user, merged),
        "outcomes_visible_to: of the supplier with the buyer": queries.outcomes_visible_to,
        "evidence_visible_to": queries.evidence_visible_to,
        "twins_visible_to": queries.twins_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
