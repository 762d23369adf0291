"""Who may do what with fairs, role by role: permissions.csv. The reviewer stands at the desk."""

from datetime import timedelta
from pathlib import Path

import pytest

from dure.apps.fairs import permissions, queries
from dure.apps.fairs.models import Meeting, Side, Timetable, Unplaced, Wish
from dure.apps.fairs.stages import FairStage, RegistrationStage, TimetableStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole

SOON = NOON + timedelta(hours=1)


@pytest.fixture
def cases(cast):
    fair = cast.fair(stage=FairStage.RELEASED)
    fair.desk_duties.create(person=cast["reviewer"], given_by=cast["officer"], given_at=NOON)
    pair = cast.pair(fair)
    timetable = Timetable.objects.create(
        fair=fair,
        number=1,
        stage=TimetableStage.RELEASED,
        created_by=cast["officer"],
        created_at=NOON,
        released_by=cast["officer"],
        released_at=NOON,
    )
    draft = Timetable.objects.create(
        fair=fair, number=2, base=timetable, created_by=cast["officer"], created_at=NOON
    )
    Meeting.objects.create(
        timetable=timetable, pair=pair, slot=fair.slots.first(), table=fair.tables.first()
    )
    Wish.objects.create(
        pair=pair, side=Side.DEMAND, level="MUST", answered_by=cast["member"], answered_at=NOON
    )
    Unplaced.objects.create(timetable=timetable, pair=pair, weight=1, cause="FULL")
    held = cast.fair(stage=FairStage.HELD, name="열린 박람회")
    held.desk_duties.create(person=cast["reviewer"], given_by=cast["officer"], given_at=NOON)
    set_up = cast.fair(stage=FairStage.DRAFT, name="준비 중인 박람회")
    applied = cast.fair(stage=FairStage.REGISTRATION, name="신청 받는 박람회")
    ours = cast.registration(applied, cast.buyer, stage=RegistrationStage.APPLIED)
    wishing = cast.registration(cast.fair(name="희망 받는 박람회"), cast.buyer)

    def asked(name, *things):
        return lambda user: getattr(permissions, name)(user, *things)

    def seen(name, **those):
        return lambda user: getattr(queries, name)(user).filter(**those)

    return {
        "may_run_fairs": permissions.may_run_fairs,
        "may_read_inside": permissions.may_read_inside,
        "may_read_registration: of the buyer": asked("may_read_registration", ours),
        "may_set_up: a new one": permissions.may_set_up,
        "may_set_up: a draft": asked("may_set_up", set_up),
        "may_move: a draft to registration": asked("may_move", set_up, FairStage.REGISTRATION),
        "may_register: the supplier": asked("may_register", applied, cast.supplier, SOON),
        "may_answer: the buyer": asked("may_answer", ours, RegistrationStage.APPROVED),
        "may_withdraw: the buyer": asked("may_withdraw", ours),
        "may_edit_registration: of the buyer": asked("may_edit_registration", ours),
        "may_wish: for the buyer": asked("may_wish", wishing, SOON),
        "may_propose: while wishes are made": asked("may_propose", wishing.fair),
        "may_plan: a released fair": asked("may_plan", fair),
        "may_release: a draft": asked("may_release", draft),
        "may_give_desk_duty": asked("may_give_desk_duty", fair),
        "may_see_desk: before the day": asked("may_see_desk", fair),
        "may_run_desk: before the day": asked("may_run_desk", fair),
        "may_run_desk: on the day": asked("may_run_desk", held),
        "may_import_participants": asked("may_import_participants", applied),
        "fairs_visible_to: a draft": seen("fairs_visible_to", pk=set_up.pk),
        "fairs_visible_to: a released one": seen("fairs_visible_to", pk=fair.pk),
        "registrations_visible_to: of the buyer": seen("registrations_visible_to", pk=ours.pk),
        "registrations_visible_to: at a released fair": seen(
            "registrations_visible_to", pk=pair.demand_id
        ),
        "wishes_visible_to: of the buyer": seen("wishes_visible_to", pair=pair),
        "timetables_visible_to": seen("timetables_visible_to", fair=fair),
        "meetings_visible_to: released": seen("meetings_visible_to", pair=pair),
        "pairs_visible_to: with a released meeting": seen("pairs_visible_to", pk=pair.pk),
        "unplaced_visible_to: wished by the buyer": seen("unplaced_visible_to", pair=pair),
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
