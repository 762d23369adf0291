"""Who may do what in the screening, role by role: permissions.csv."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from dure.apps.screening import operations, permissions, queries
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    made = cast.project()
    case = cast.audit_case(made)
    question = cast.audit_question(case)
    other = cast.audit_case(cast.project("P-2"))
    closed = operations.close(case=other, note="-", by=cast["auditor"], at=NOON)
    cast.claimed_twice(made)
    cast.screening()
    cast.screened_files()
    rules = cast.drafted_rules()
    later = timezone.localdate() + timedelta(days=40)
    may = permissions
    return {
        "may_screen": may.may_screen,
        "may_ask": lambda user: may.may_ask(user, case),
        "may_ask: closed": lambda user: may.may_ask(user, closed),
        "may_hold: without an agreement": lambda user: may.may_hold(user, case),
        "may_release: without an agreement": lambda user: may.may_release(user, case),
        "may_answer": lambda user: may.may_answer(user, question),
        "may_judge": lambda user: may.may_judge(
            user, question, timezone.localdate(question.asked_at)
        ),
        "may_judge: after the term": lambda user: may.may_judge(user, question, later),
        "may_close": lambda user: may.may_close(user, case),
        "places_visible_to": queries.places_visible_to,
        "cases_visible_to": queries.cases_visible_to,
        "questions_visible_to": queries.questions_visible_to,
        "may_release_rules: not measured": lambda user: may.may_release_rules(user, rules),
        "rules_visible_to": queries.rules_visible_to,
        "file_runs_visible_to": queries.file_runs_visible_to,
        "file_places_visible_to": queries.file_places_visible_to,
    }


@pytest.mark.django_db
def test_permissions(cast, cases):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


@pytest.mark.django_db
def test_nothing_is_left_out(cases):
    assert_whole(cases, permissions, queries)
