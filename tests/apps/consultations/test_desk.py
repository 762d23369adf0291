"""Check-in, no-shows, walk-ins, and places that are given to others."""

import time

import pytest
from django.urls import reverse

from dure.apps.consultations.models import CheckIn, ConsultationRecord, WalkIn
from dure.apps.consultations.operations import desk
from dure.apps.consultations.operations.filling import candidates_for
from dure.apps.consultations.queries import badge_of, slots_to_come
from dure.apps.consultations.reasons import Reason as ConsultationReason
from dure.apps.consultations.stages import WalkInStage
from dure.apps.fairs.models import Attendee, DeskDuty, Meeting, Pair
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import FairStage
from dure.apps.notices.models import Notice
from dure.foundation.verdict import Refused
from tests.apps.consultations.conftest import at
from tests.conftest import NOON

TODAY = at(10).date()


@pytest.fixture
def helper(cast, hall):
    """A newcomer whom an officer put at the desk."""
    DeskDuty.objects.create(
        fair=hall.fair, person=cast["newcomer"], given_by=cast["officer"], given_at=NOON
    )
    return cast["newcomer"]


@pytest.fixture
def others(cast, hall):
    """The rival and the stranger's firm, at the fair without a meeting."""
    return (
        cast.registration(hall.fair, cast.rival),
        cast.registration(hall.fair, cast.stranger),
    )


def arrive(registration, by):
    """Somebody of a registered organisation is checked in."""
    somebody = Attendee.objects.create(registration=registration, name="한사람")
    desk.check_in(attendee=somebody, on=TODAY, by=by, at=at(9, 30))


def walk_in(hall, demand, supply, by, **values):
    when = at(10, 10)
    return desk.take_walk_in(
        demand=demand,
        supply=supply,
        slots=slots_to_come(hall.fair, when),
        by=by,
        at=when,
        **values,
    )


def test_a_phone_opens_a_badge_and_one_tap_checks_in(as_role, helper, attendee, hall, clock):
    browser = as_role("newcomer")
    address = reverse("consultations:badge", args=[hall.fair.pk, badge_of(attendee)])

    seen = browser.get(address).content.decode()
    came = browser.post(
        reverse("consultations:check_in", args=[hall.fair.pk, attendee.pk]),
        {"from": "badge"},
        follow=True,
    ).content.decode()

    assert "김열림" in seen
    assert "한빛중공업" in seen
    assert "Here since 10:10." in came
    assert CheckIn.objects.get().by == helper


def test_checking_in_twice_counts_once_and_can_be_undone(cast, attendee):
    for minute in (1, 2):
        desk.check_in(attendee=attendee, on=TODAY, by=cast["officer"], at=at(10, minute))
    [came] = CheckIn.objects.all()
    desk.undo_check_in(attendee=attendee, on=TODAY, by=cast["officer"])

    assert came.at == at(10, 1)
    assert not CheckIn.objects.exists()
    with pytest.raises(Refused) as refusal:
        desk.undo_check_in(attendee=attendee, on=TODAY, by=cast["officer"])
    assert refusal.value.reason == Reason.NOTHING_TO_TAKE_BACK


@pytest.mark.parametrize("role", ["supplier", "auditor", "newcomer"])
def test_only_the_desk_checks_in(cast, attendee, role):
    with pytest.raises(Refused) as refusal:
        desk.check_in(attendee=attendee, on=TODAY, by=cast[role], at=at(10))

    assert refusal.value.reason == Reason.NOT_AT_THE_DESK


def test_a_forged_badge_is_nobodys(as_role, hall, attendee, clock):
    browser = as_role("officer")

    for token in (f"{attendee.pk}:forged", str(attendee.pk)):
        assert (
            browser.get(reverse("consultations:badge", args=[hall.fair.pk, token])).status_code
            == 404
        )


def test_the_list_finds_people_by_organisation(as_role, hall, attendee, clock):
    browser = as_role("officer")
    address = reverse("consultations:desk", args=[hall.fair.pk])

    assert "김열림" in browser.get(address, {"q": "열림테크"}).content.decode()
    assert "김열림" not in browser.get(address, {"q": "한빛"}).content.decode()


def test_a_no_show_frees_the_place_and_is_kept(cast, meeting):
    desk.note_no_show(meeting=meeting, no_show="SUPPLY", by=cast["officer"], at=at(10, 12))

    meeting.refresh_from_db()
    record = ConsultationRecord.objects.get()
    assert (meeting.freed_reason, meeting.freed_at) == ("NO_SHOW", at(10, 12))
    assert (record.outcome, record.no_show, record.meeting) == ("NO_SHOW", "SUPPLY", meeting)
    assert meeting.timetable.__class__.objects.get().revision == 1


def test_a_no_show_can_be_undone_while_the_place_is_free(cast, meeting):
    desk.note_no_show(meeting=meeting, no_show="SUPPLY", by=cast["officer"], at=at(10, 12))
    desk.restore_meeting(meeting=meeting, by=cast["officer"], at=at(10, 13))

    meeting.refresh_from_db()
    assert meeting.freed_at is None
    assert not ConsultationRecord.objects.exists()


def test_a_place_that_others_have_is_not_taken_back(cast, hall, meeting, others):
    desk.note_no_show(meeting=meeting, no_show="SUPPLY", by=cast["officer"], at=at(10, 4))
    pair = Pair.objects.create(fair=hall.fair, demand=others[0], supply=others[1])
    placed = desk.fill_place(freed=meeting, pair=pair, by=cast["officer"], at=at(10, 5))
    assert placed.slot == meeting.slot
    Meeting.objects.filter(pk=placed.pk).update(table=meeting.table)

    with pytest.raises(Refused) as refusal:
        desk.restore_meeting(meeting=meeting, by=cast["officer"], at=at(10, 6))

    assert refusal.value.reason == Reason.PLACE_TAKEN


def test_a_free_place_is_offered_to_whoever_waits_then_to_those_here(cast, hall, meeting, others):
    rival, stranger = others
    here = Pair.objects.create(fair=hall.fair, demand=rival, supply=stranger)
    hall.wish(here)
    arrive(rival, cast["officer"])
    waiting = Pair.objects.create(fair=hall.fair, demand=rival, supply=meeting.pair.supply)
    WalkIn.objects.create(
        fair=hall.fair,
        pair=waiting,
        requested_by=cast["officer"],
        requested_at=NOON,
        cause="TABLES_FULL",
    )
    desk.note_no_show(meeting=meeting, no_show="DEMAND", by=cast["officer"], at=at(10, 2))
    meeting.refresh_from_db()

    offered = candidates_for(meeting, TODAY)

    assert [(candidate.pair, candidate.is_waiting) for candidate in offered] == [
        (waiting, True),
        (here, False),
    ]


def test_a_place_is_never_offered_to_a_buyer_who_has_not_come(cast, hall, meeting, others):
    rival, stranger = others
    hall.wish(Pair.objects.create(fair=hall.fair, demand=rival, supply=stranger))
    arrive(stranger, cast["officer"])
    desk.note_no_show(meeting=meeting, no_show="DEMAND", by=cast["officer"], at=at(10, 2))
    meeting.refresh_from_db()
    assert candidates_for(meeting, TODAY) == []

    arrive(rival, cast["officer"])

    assert len(candidates_for(meeting, TODAY)) == 1


def test_the_board_is_searched_and_shows_problems_only(as_role, cast, hall, meeting, others, clock):
    second = hall.meeting(
        Pair.objects.create(fair=hall.fair, demand=others[0], supply=others[1]), table=1
    )
    for side in others:
        arrive(side, cast["officer"])
    address = reverse("consultations:day", args=[hall.fair.pk])
    browser = as_role("officer")

    whole = browser.get(address).content.decode()
    problems = browser.get(address, {"show": "problems"}).content.decode()
    page = browser.get(address, {"q": str(second.table.number)}).content.decode()

    assert "Problems only (1)" in whole
    assert "not checked in" in whole
    assert ("한빛중공업" in problems, str(others[0].organisation) in problems) == (True, False)
    assert ("한빛중공업" in page, str(others[0].organisation) in page) == (False, True)


def test_on_its_day_the_fair_comes_first_on_the_officers_desk(as_role, hall, clock):
    page = as_role("officer").get("/").content.decode()

    sections = page[page.index("<main") :]
    assert sections.index("<section") == sections.rindex(
        "<section", 0, sections.index("Today at the desk")
    )


def test_a_place_is_not_offered_to_the_absent_or_the_busy(cast, hall, meeting, others):
    rival, stranger = others
    pair = Pair.objects.create(fair=hall.fair, demand=rival, supply=stranger)
    hall.wish(pair)
    arrive(rival, cast["officer"])
    rival.absences.create(slot=hall.slots[0])
    desk.note_no_show(meeting=meeting, no_show="DEMAND", by=cast["officer"], at=at(10, 2))
    meeting.refresh_from_db()

    assert candidates_for(meeting, TODAY) == []


def test_a_firm_that_nobody_knows_is_registered_in_two_fields_and_meets_at_once(
    cast, hall, meeting, others, as_role
):
    desk_page = as_role("officer")
    sent = {"name": "처음기업", "number": "601-81-00777"}

    answer = desk_page.post(reverse("consultations:newcomer", args=[hall.fair.pk]), sent)
    again = desk_page.post(
        reverse("consultations:newcomer", args=[hall.fair.pk]), sent | {"name": "다른 이름"}
    )

    registration = hall.fair.registrations.get(organisation__name="처음기업")
    assert (registration.stage, registration.side) == ("APPROVED", "SUPPLY")
    assert registration.organisation.verified_at is None
    for location in (answer["Location"], again["Location"]):
        assert location.endswith(f"?supply={registration.pk}")
    taken = walk_in(hall, others[0], registration, cast["officer"])
    assert taken.stage == WalkInStage.PLACED


def test_a_number_that_cannot_be_one_registers_nobody(hall, as_role):
    desk_page = as_role("officer")
    count = hall.fair.registrations.count()

    page = desk_page.post(
        reverse("consultations:newcomer", args=[hall.fair.pk]),
        {"name": "x", "number": "123-45-67890"}, follow=True,
    )  # fmt: skip

    assert "check digit" in page.content.decode()
    assert hall.fair.registrations.count() == count


def test_only_the_desk_registers_newcomers(cast, hall):
    with pytest.raises(Refused):
        desk.let_newcomer_in(
            fair=hall.fair, name="x", number="1248100998", by=cast["rival"], at=at(10)
        )


def test_a_walk_in_gets_a_place_and_moves_nothing(cast, hall, meeting, others):
    before = list(Meeting.objects.values_list("pk", "slot", "table"))

    taken = walk_in(hall, *others, cast["officer"])

    assert taken.stage == WalkInStage.PLACED
    assert taken.meeting.slot.starts_at > at(10, 10)
    assert taken.meeting.is_locked
    assert list(
        Meeting.objects.exclude(pk=taken.meeting.pk).values_list("pk", "slot", "table")
    ) == (before)


@pytest.mark.parametrize(
    ("obstacle", "cause", "stage"),
    [
        ("absent", "NO_COMMON_SLOT", WalkInStage.REFUSED),
        ("limit", "LIMIT_REACHED", WalkInStage.REFUSED),
        ("group", "FORBIDDEN", WalkInStage.REFUSED),
        ("tables", "TABLES_FULL", WalkInStage.WAITING),
    ],
)
def test_a_walk_in_without_a_place_hears_why(cast, hall, meeting, others, obstacle, cause, stage):
    demand, supply = others
    match obstacle:
        case "absent":
            for slot in hall.slots:
                demand.absences.create(slot=slot)
        case "limit":
            supply, meeting.pair.supply.max_meetings = meeting.pair.supply, 1
            supply.save()
        case "group":
            supply = cast.registration(hall.fair, cast.sister)
            demand = meeting.pair.demand
        case "tables":
            Meeting.objects.filter(pk=meeting.pk).update(slot=hall.slots[7])
            hall.fair.tables.exclude(pk=meeting.table_id).delete()
            demand.absences.bulk_create(
                demand.absences.model(registration=demand, slot=slot) for slot in hall.slots[:7]
            )

    taken = walk_in(hall, demand, supply, cast["officer"], keep_waiting=True)

    assert (taken.stage, taken.cause) == (stage, cause)


def test_two_who_meet_already_are_not_placed_again(cast, hall, meeting):
    with pytest.raises(Refused) as refusal:
        walk_in(hall, meeting.pair.demand, meeting.pair.supply, cast["officer"])

    assert refusal.value.reason == ConsultationReason.MEET_ALREADY


def test_two_who_were_given_a_place_meanwhile_are_not_placed_again(cast, hall, meeting):
    waiting = WalkIn.objects.create(
        fair=hall.fair, pair=meeting.pair, requested_by=cast["officer"], requested_at=at(10, 0)
    )

    with pytest.raises(Refused) as refusal:
        desk.try_again(walk_in=waiting, slots={meeting.slot_id}, by=cast["officer"], at=at(10, 10))

    assert refusal.value.reason == ConsultationReason.MEET_ALREADY


def test_a_late_absence_keeps_nobody_from_being_placed(cast, hall, meeting, others):
    meeting.pair.demand.absences.create(slot=meeting.slot)

    assert walk_in(hall, *others, cast["officer"]).stage == WalkInStage.PLACED


def test_who_waits_is_placed_when_asked_again(cast, hall, meeting, others):
    demand, supply = others
    absences = [demand.absences.create(slot=slot) for slot in hall.slots]
    refused = walk_in(hall, demand, supply, cast["officer"])
    for absence in absences:
        absence.delete()

    placed = desk.try_again(
        walk_in=refused,
        slots=slots_to_come(hall.fair, at(11)),
        by=cast["officer"],
        at=at(11),
    )

    assert (refused.stage, placed.stage) == (WalkInStage.REFUSED, WalkInStage.PLACED)


def test_who_waits_can_leave(cast, hall, others):
    pair = Pair.objects.create(fair=hall.fair, demand=others[0], supply=others[1])
    waiting = WalkIn.objects.create(
        fair=hall.fair,
        pair=pair,
        requested_by=cast["officer"],
        requested_at=NOON,
        cause="TABLES_FULL",
    )

    assert desk.leave(walk_in=waiting, by=cast["officer"], at=at(11)).stage == WalkInStage.LEFT


def test_the_desk_is_closed_before_and_after_the_day(cast, hall, others):
    for stage in (FairStage.RELEASED, FairStage.CLOSED):
        hall.fair.stage = stage
        hall.fair.save()
        others[0].refresh_from_db()
        with pytest.raises(Refused):
            walk_in(hall, *others, cast["officer"])


def test_a_cancelled_meeting_is_told_to_both(cast, meeting):
    desk.cancel_meeting(meeting=meeting, by=cast["officer"], at=at(10))

    recipients = {notice.recipient for notice in Notice.objects.all()}
    assert recipients == {cast["member"], cast["manager"], cast["supplier"]}
    assert not ConsultationRecord.objects.exists()


def test_the_board_walks_through_a_no_show(as_role, cast, hall, meeting, others, helper, clock):
    pair = Pair.objects.create(fair=hall.fair, demand=others[0], supply=others[1])
    hall.wish(pair)
    arrive(others[0], cast["officer"])
    clock(at(10, 3))
    browser = as_role("newcomer")

    board = browser.get(reverse("consultations:day", args=[hall.fair.pk])).content.decode()
    offered = browser.post(
        reverse("consultations:no_show", args=[meeting.pk]), {"no_show": "SUPPLY"}, follow=True
    ).content.decode()
    browser.post(reverse("consultations:fill_place", args=[meeting.pk]), {"pair": pair.pk})

    assert "한빛중공업" in board
    assert "Give them the place" in offered
    placed = Meeting.objects.get(pair=pair)
    assert (placed.slot, placed.is_locked) == (meeting.slot, True)


def test_a_place_whose_time_is_over_is_looked_back_at_but_not_offered(
    as_role, cast, hall, meeting, others, clock
):
    hall.wish(Pair.objects.create(fair=hall.fair, demand=others[0], supply=others[1]))
    arrive(others[0], cast["officer"])
    desk.note_no_show(meeting=meeting, no_show="SUPPLY", by=cast["officer"], at=at(10, 3))
    address = reverse("consultations:day", args=[hall.fair.pk])
    pages = {}
    for when in (at(10, 4), at(17)):
        clock(when)
        page = as_role("officer").get(address, {"freed": meeting.pk}).content.decode()
        pages[when.hour] = [
            words
            for words in ("Offer it", "Give them the place", "Look back", "Its time is over")
            if words in page
        ]

    assert pages == {
        10: ["Offer it", "Give them the place"],
        17: ["Look back", "Its time is over"],
    }


def test_the_walk_in_page_says_where_or_why(as_role, hall, meeting, others, clock):
    browser = as_role("officer")
    address = reverse("consultations:walk_in", args=[hall.fair.pk])

    begun = time.perf_counter()
    placed = browser.post(
        address, {"demand": others[0].pk, "supply": others[1].pk}, follow=True
    ).content.decode()
    again = browser.post(
        address, {"demand": others[0].pk, "supply": others[1].pk}, follow=True
    ).content.decode()

    assert time.perf_counter() - begun < 5
    assert "Placed" in placed
    assert "These two meet already, or have met." in again


def test_the_hall_screen_shows_now_and_next_in_both_languages(client, hall, meeting, others, clock):
    from dure.apps.consultations.queries import screen_of

    pair = Pair.objects.create(fair=hall.fair, demand=others[0], supply=others[1])
    hall.meeting(pair, slot=1)
    token = screen_of(hall.fair)

    page = client.get(reverse("consultations:screen", args=[token])).content.decode()
    state = client.get(reverse("consultations:screen_state", args=[token])).content.decode()

    for words in ("지금", "Now", "다음", "Next", "한빛중공업", "새솔화학", "Technology Fair"):
        assert words in page
        assert words in state
    assert client.get(reverse("consultations:screen", args=["1.forged"])).status_code == 404
