"""Who may do what in a living lab, role by role: permissions.csv."""

from datetime import timedelta
from pathlib import Path

import pytest

from dure.apps.livinglabs import operations, permissions, queries
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    unopened = cast.project("L-8", programme="living-lab")
    without = cast.project("L-7")
    idle, lab = cast.living_lab("L-2"), cast.living_lab("L-9")
    full = cast.living_lab("L-3", places=1)
    for joined in (lab, full):
        operations.join(lab=joined, by=cast["newcomer"], at=NOON)
    trial = cast.consumer_trial(lab)
    answer = cast.consumer_answer(trial)
    may = permissions
    later = trial.closes_on + timedelta(days=1)
    return {
        "may_read_labs": may.may_read_labs,
        "may_open_lab": lambda user: may.may_open_lab(user, unopened),
        "may_open_lab: asks no consumers": lambda user: may.may_open_lab(user, without),
        "may_join": lambda user: may.may_join(user, lab),
        "may_join: full": lambda user: may.may_join(user, full),
        "may_leave": lambda user: may.may_leave(user, lab),
        "may_open_trial": lambda user: may.may_open_trial(user, idle),
        "may_open_trial: one is open": lambda user: may.may_open_trial(user, lab),
        "may_answer": lambda user: may.may_answer(user, trial),
        "may_reply": lambda user: may.may_reply(user, answer),
        "may_close: too few": lambda user: may.may_close(user, trial, trial.closes_on),
        "may_close": lambda user: may.may_close(user, trial, later),
        "labs_visible_to": queries.labs_visible_to,
        "trials_visible_to": queries.trials_visible_to,
        "answers_visible_to": queries.answers_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
