"""Who sees which fair, registration, wish, meeting and record; and in how many queries."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.signing import Signer

from dure.apps.briefings.permissions import may_tell_stories
from dure.apps.briefings.queries import briefings_visible_to, seats_visible_to, stories_visible_to
from dure.apps.consultations.models import ConsultationRecord, Outcome, WalkIn
from dure.apps.consultations.permissions import may_record
from dure.apps.consultations.queries import (
    agenda_of,
    attendee_of_badge,
    badge_of,
    meetings_with_records,
    records_visible_to,
    walk_ins_visible_to,
)
from dure.apps.fairs import permissions
from dure.apps.fairs.models import Attendee, DeskDuty, Meeting, Timetable, Unplaced, Wish
from dure.apps.fairs.queries import (
    fairs_visible_to,
    meeting_slots,
    meetings_visible_to,
    pairs_visible_to,
    registration_of,
    registrations_visible_to,
    timetables_visible_to,
    unplaced_visible_to,
    wishes_visible_to,
    with_counts,
)
from dure.apps.fairs.stages import FairStage, TimetableStage
from tests.cast import ROLES
from tests.conftest import NOON


@pytest.fixture
def fair(cast):
    """A fair on its day: a meeting of buyer and supplier in a released timetable, and its record.

    The reviewer stands at the desk; the stranger's firm is registered too.
    """
    fair = cast.fair(stage=FairStage.HELD)
    pair = cast.pair(fair)
    cast.registration(fair, cast.stranger)
    timetable = Timetable.objects.create(
        fair=fair, number=1, stage=TimetableStage.RELEASED, created_by=cast["officer"], created_at=NOON,
        released_by=cast["officer"], released_at=NOON,
    )  # fmt: skip
    meeting = Meeting.objects.create(
        timetable=timetable, pair=pair, slot=meeting_slots(fair).first(), table=fair.tables.first()
    )
    ConsultationRecord.objects.create(
        pair=pair, meeting=meeting, outcome=Outcome.KEPT, recorded_by=cast["member"],
        recorded_at=NOON,
    )  # fmt: skip
    Wish.objects.create(
        pair=pair, side="DEMAND", answered_by=cast["member"], answered_at=NOON, level="MUST"
    )
    Unplaced.objects.create(timetable=timetable, pair=pair, weight=1, cause="x")
    WalkIn.objects.create(fair=fair, pair=pair, requested_by=cast["officer"], requested_at=NOON)
    DeskDuty.objects.create(
        fair=fair, person=cast["reviewer"], given_by=cast["officer"], given_at=NOON
    )
    return fair


STAFF = {"officer", "officer2", "centre_officer", "auditor", "administrator"}
DEMAND, SUPPLY, DESK = {"member", "manager"}, {"supplier"}, {"reviewer"}


@pytest.mark.parametrize(
    ("query", "readers"),
    [
        (fairs_visible_to, set(ROLES) - {"visitor", "newcomer"}),
        (timetables_visible_to, STAFF),
        (meetings_visible_to, STAFF | DEMAND | SUPPLY | DESK),
        (pairs_visible_to, STAFF | DEMAND | SUPPLY | DESK),
        (records_visible_to, STAFF | DEMAND | SUPPLY | DESK),
        (wishes_visible_to, STAFF | DEMAND),
        (unplaced_visible_to, STAFF | DEMAND),
        (walk_ins_visible_to, STAFF | DESK),
        (registrations_visible_to, STAFF | DEMAND | SUPPLY | DESK),
        (briefings_visible_to, set()),
        (seats_visible_to, set()),
        (stories_visible_to, set()),
    ],
)
def test_each_sees_their_own(cast, fair, query, readers):
    people = {role: cast.people.get(role, AnonymousUser()) for role in ROLES}

    assert {role for role, person in people.items() if query(person).exists()} == readers


def test_a_draft_fair_and_a_draft_timetable_are_for_staff(cast, fair):
    Timetable.objects.update(stage=TimetableStage.DRAFT, released_by=None, released_at=None)
    cast.fair(stage=FairStage.DRAFT)

    assert not meetings_visible_to(cast["member"]).exists()
    assert fairs_visible_to(cast["member"]).count() == 1
    assert fairs_visible_to(cast["officer"]).count() == 2


def test_one_sees_the_other_side_and_oneself(cast, fair):
    seen = {r.organisation for r in registrations_visible_to(cast["supplier"])}

    assert seen == {cast.supplier, cast.buyer}
    assert registration_of(fair, cast["supplier"]).organisation == cast.supplier
    assert registration_of(fair, cast["rival"]) is None


def test_fairs_count_who_comes(cast, fair):
    [counted] = with_counts(fairs_visible_to(cast["officer"]))

    assert (counted.demand_count, counted.supply_count, counted.applied_count) == (1, 2, 0)
    assert counted.starts_at == fair.slots.order_by("starts_at").first().starts_at


def test_an_agenda_is_one_query(cast, fair, django_assert_num_queries):
    registration = fair.registrations.get(organisation=cast.supplier)

    for meetings in (agenda_of(registration), meetings_with_records(Timetable.objects.get())):
        with django_assert_num_queries(1):
            rows = [
                (
                    str(meeting.pair.demand.organisation), str(meeting.pair.supply.organisation),
                    meeting.table.number, str(meeting.table.hall), meeting.pair.record.outcome,
                )
                for meeting in meetings
            ]  # fmt: skip
        assert rows == [("한빛중공업", "열림테크", 1, "1관", "KEPT")]


def test_a_badge_cannot_be_made_up(cast, fair):
    registration = fair.registrations.get(organisation=cast.supplier)
    attendee = Attendee.objects.create(registration=registration, name="김하늘")
    other_fair = cast.fair()

    assert attendee_of_badge(badge_of(attendee), fair) == attendee
    assert attendee_of_badge(badge_of(attendee), other_fair) is None
    assert attendee_of_badge(Signer(salt="other").sign(str(attendee.pk)), fair) is None
    assert attendee_of_badge(f"{attendee.pk}", fair) is None


@pytest.mark.parametrize(
    ("ask", "allowed"),
    [
        (lambda user, fair: permissions.may_set_up(user), {"officer", "administrator"}),
        (permissions.may_plan, {"officer", "administrator"}),
        (lambda user, fair: may_tell_stories(user), {"officer", "administrator"}),
        (
            permissions.may_give_desk_duty,
            {"officer", "administrator"},
        ),
        (
            permissions.may_run_desk,
            {"officer", "administrator", "reviewer"},
        ),
        (
            lambda user, fair: may_record(user, fair.pairs.get()),
            {"officer", "administrator", "reviewer", "member", "manager", "supplier"},
        ),
    ],
)
def test_who_may(cast, fair, ask, allowed):
    people = {role: cast.people.get(role, AnonymousUser()) for role in ROLES}

    may = {role for role, person in people.items() if ask(person, fair)}

    assert may - {"officer2"} == allowed


def test_the_desk_opens_on_the_day(cast, fair):
    fair.stage = FairStage.RELEASED

    assert permissions.may_run_desk(cast["reviewer"], fair).reason == "NOT_YET"
