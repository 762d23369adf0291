"""Who may do what on the day and after, role by role: permissions.csv.

The reviewer stands at the desk; the supplier's task is the next step.
"""

from pathlib import Path

import pytest

from dure.apps.consultations import permissions, queries
from dure.apps.consultations.models import ConsultationRecord, NextStep, Outcome, WalkIn
from dure.apps.fairs.stages import FairStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    fair = cast.fair(stage=FairStage.HELD)
    fair.desk_duties.create(person=cast["reviewer"], given_by=cast["officer"], given_at=NOON)
    pair = cast.pair(fair)
    record = ConsultationRecord.objects.create(
        pair=pair,
        outcome=Outcome.KEPT,
        next_step=NextStep.PURCHASE_TALK,
        due_on=NOON.date(),
        recorded_by=cast["member"],
        recorded_at=NOON,
        owner=cast["supplier"],
    )
    WalkIn.objects.create(fair=fair, pair=pair, requested_by=cast["reviewer"], requested_at=NOON)
    return {
        "may_read_report": permissions.may_read_report,
        "may_print_badges: of a fair being held": lambda user: permissions.may_print_badges(
            user, fair
        ),
        "may_record: a meeting of buyer and supplier": lambda user: permissions.may_record(
            user, pair
        ),
        "may_finish_task: of the supplier": lambda user: permissions.may_finish_task(user, record),
        "may_renew_feed: of the buyer": lambda user: permissions.may_renew_feed(user, pair.demand),
        "agendas_visible_to: of the buyer": lambda user: queries.agendas_visible_to(user).filter(
            pk=pair.demand_id
        ),
        "records_visible_to: of buyer and supplier": queries.records_visible_to,
        "walk_ins_visible_to": queries.walk_ins_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
