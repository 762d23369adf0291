"""What must never be, the database refuses; each constraint is broken by name."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from dure.apps.briefings.models import Briefing, BriefingSeat
from dure.apps.consultations.models import CheckIn, ConsultationRecord, WalkIn
from dure.apps.fairs.models import (
    Absence,
    Attendee,
    DeskDuty,
    Fair,
    Hall,
    Meeting,
    Pair,
    Registration,
    Slot,
    Table,
    Timetable,
    Unplaced,
    Wish,
)
from dure.apps.fairs.queries import meeting_slots
from tests.conftest import NOON

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def scene(cast):
    """One valid row of each kind, and what is needed to make a second, invalid one."""
    fair, officer = cast.fair(), cast["officer"]
    pair = cast.pair(fair)
    timetable = Timetable.objects.create(fair=fair, number=1, created_by=officer, created_at=NOON)
    meeting = {
        "timetable": timetable,
        "pair": pair,
        "slot": meeting_slots(fair).first(),
        "table": fair.tables.first(),
    }
    Meeting.objects.create(**meeting)
    attendee = Attendee.objects.create(registration=pair.supply, name="김하늘")
    briefing = {"fair": fair, "title": "x", "starts_at": NOON, "ends_at": LATER, "seats": 1}
    seat = {"briefing": Briefing.objects.create(**briefing), "taken_at": NOON}
    record = {"pair": pair, "outcome": "KEPT", "recorded_by": officer, "recorded_at": NOON}
    registration = {
        "fair": fair, "organisation": cast.rival, "side": "DEMAND", "applied_by": officer,
        "applied_at": NOON,
    }  # fmt: skip
    answered = {"answered_by": officer, "answered_at": NOON}
    walk_in = {"fair": fair, "pair": pair, "requested_by": officer, "requested_at": NOON}
    WalkIn.objects.create(**walk_in)
    Wish.objects.create(pair=pair, side="DEMAND", **answered)
    Absence.objects.create(registration=pair.supply, slot=meeting["slot"])
    Unplaced.objects.create(timetable=timetable, pair=pair, weight=1, cause="x")
    BriefingSeat.objects.create(holder=officer, **seat)
    CheckIn.objects.create(attendee=attendee, on=NOON.date(), at=NOON, by=officer)
    duty = {"fair": fair, "person": officer, "given_by": officer, "given_at": NOON}
    DeskDuty.objects.create(**duty)
    other = Pair.objects.create(
        fair=fair, demand=pair.demand, supply=cast.registration(fair, cast.stranger)
    )
    return {
        "fair_says_why_when_cancelled": (
            Fair,
            {"name": "x", "place": "y", "created_by": officer, "stage": "CANCELLED"},
        ),
        "hall_name_once_per_fair": (Hall, {"fair": fair, "name": "1관"}),
        "table_number_once_per_fair": (
            Table,
            {"fair": fair, "hall": fair.halls.first(), "number": 1},
        ),
        "table_numbers_start_at_1": (
            Table,
            {"fair": fair, "hall": fair.halls.first(), "number": 0},
        ),
        "slot_start_once_per_fair": (
            Slot,
            {
                "fair": fair,
                "starts_at": meeting["slot"].starts_at,
                "ends_at": meeting["slot"].ends_at,
            },
        ),
        "slot_ends_after_it_starts": (Slot, {"fair": fair, "starts_at": NOON, "ends_at": NOON}),
        "one_desk_duty_each": (DeskDuty, duty),
        "one_registration_per_organisation": (
            Registration,
            registration | {"organisation": cast.buyer},
        ),
        "registration_parallel_from_1_to_20": (Registration, registration | {"parallel": 0}),
        "registration_at_least_one_meeting": (Registration, registration | {"max_meetings": 0}),
        "registration_says_why_when_refused": (
            Registration,
            registration | answered | {"stage": "REFUSED"},
        ),
        "registration_answered_by_somebody": (Registration, registration | {"stage": "APPROVED"}),
        "attendee_once_per_registration": (
            Attendee,
            {"registration": pair.supply, "name": "김하늘"},
        ),
        "attendee_has_a_name": (Attendee, {"registration": pair.supply, "name": ""}),
        "one_absence_per_slot": (
            Absence,
            {"registration": pair.supply, "slot": meeting["slot"]},
        ),
        "one_pair_of_two": (Pair, {"fair": fair, "demand": pair.demand, "supply": pair.supply}),
        "pair_of_two_different": (
            Pair,
            {"fair": fair, "demand": pair.demand, "supply": pair.demand},
        ),
        "one_wish_per_side": (Wish, {"pair": pair, "side": "DEMAND", **answered}),
        "wish_answered_by_somebody_at_some_time": (
            Wish,
            {"pair": pair, "side": "SUPPLY", "answered_at": NOON},
        ),
        "wish_unanswered_only_when_proposed": (
            Wish,
            {"pair": pair, "side": "SUPPLY", "origin": "PROPOSED", "rank": 1, "level": "NO"},
        ),
        "timetable_number_once": (
            Timetable,
            {
                "fair": fair,
                "number": 1,
                "created_by": officer,
                "created_at": NOON,
                "stage": "DISCARDED",
            },
        ),
        "one_draft_timetable_per_fair": (
            Timetable,
            {"fair": fair, "number": 2, "created_by": officer, "created_at": NOON},
        ),
        "timetable_released_by_matches_stage": (
            Timetable,
            {
                "fair": fair,
                "number": 2,
                "created_by": officer,
                "created_at": NOON,
                "stage": "RELEASED",
            },
        ),
        "one_meeting_per_table_and_slot": (Meeting, meeting | {"pair": other}),
        "one_meeting_per_pair": (Meeting, meeting | {"table": fair.tables.last()}),
        "meeting_says_why_when_freed": (Meeting, meeting | {"freed_at": NOON}),
        "unplaced_once": (
            Unplaced,
            {"timetable": timetable, "pair": pair, "weight": 1, "cause": "x"},
        ),
        "one_check_in_per_day": (
            CheckIn,
            {"attendee": attendee, "on": NOON.date(), "at": LATER, "by": officer},
        ),
        "record_no_show_matches_outcome": (ConsultationRecord, record | {"outcome": "NO_SHOW"}),
        "record_says_why_when_no_fit": (ConsultationRecord, record | {"next_step": "NO_FIT"}),
        "record_next_step_has_owner_and_date": (ConsultationRecord, record | {"next_step": "NDA"}),
        "one_waiting_walk_in_per_pair": (WalkIn, walk_in),
        "placed_walk_in_has_a_meeting": (WalkIn, walk_in | {"pair": other, "stage": "PLACED"}),
        "refused_walk_in_says_the_cause": (WalkIn, walk_in | {"pair": other, "stage": "REFUSED"}),
        "briefing_ends_after_it_starts": (Briefing, briefing | {"ends_at": NOON}),
        "briefing_has_a_seat": (Briefing, briefing | {"seats": 0}),
        "one_seat_each": (BriefingSeat, seat | {"holder": officer}),
        "seat_has_a_holder_or_a_name": (BriefingSeat, seat),
    }


def test_every_constraint_holds(scene):
    broken = {}
    for name, (model, values) in scene.items():
        try:
            with transaction.atomic():
                model.objects.create(**values)
            broken[name] = "let through"
        except IntegrityError as error:
            if name not in str(error):
                broken[name] = str(error)

    assert broken == {}


def test_a_freed_place_can_be_given_again(scene):
    Meeting.objects.update(freed_at=NOON, freed_reason="NO_SHOW")

    model, values = scene["one_meeting_per_table_and_slot"]

    assert model.objects.create(**values).pk
