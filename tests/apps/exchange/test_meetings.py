"""Selection, consultations and interpreters: every refusal, and two people at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dure.apps.exchange import operations
from dure.apps.exchange.kinds import Side
from dure.apps.exchange.models import Part, Talk
from dure.apps.exchange.operations import NewAbroad
from dure.apps.exchange.reasons import Reason
from dure.apps.exchange.stages import MeetingStage, PartStage, TalkStage
from dure.apps.notices.models import Notice
from dure.apps.people.models import Appointment
from dure.apps.people.operations import verify_organisation
from dure.foundation.verdict import Refused

pytestmark = pytest.mark.django_db
HALF = timedelta(minutes=30)


def refusal(act, *, timed=True, **named):
    with pytest.raises(Refused) as caught:
        act(**named, **({"at": timezone.now()} if timed else {}))
    return caught.value.reason


def entry(**more):
    values = {
        "name": "PT Baru", "kind": "SME", "country": "ID", "scheme": "LEI",
        "number": "213800KUD8LAJWSQ9D15", "zone": "Asia/Jakarta",
    }  # fmt: skip
    return NewAbroad(**values | more)


def test_an_organisation_from_abroad_is_known_by_a_checked_number_and_verified_by_a_second_person(
    cast,
):
    newcomer = cast["newcomer"]
    act = operations.register_abroad
    assert refusal(act, new=entry(number="213800KUD8LAJWSQ9D16"), by=newcomer) == Reason.BAD_LEI
    assert refusal(act, new=entry(zone="Jakarta"), by=newcomer) == Reason.UNKNOWN_ZONE
    blank = entry(scheme="REGISTER", number="77")
    assert refusal(act, new=blank, by=newcomer) == Reason.REGISTER_MISSING

    made = act(new=entry(number="2138 00kud8lajwsq9d15"), by=newcomer, at=timezone.now())
    assert made.organisation.other_id == "LEI 213800KUD8LAJWSQ9D15"
    assert made.organisation.business_number is None
    assert made.organisation.verified_at is None
    meeting = cast.exchange_meeting()
    newcomer.__dict__.pop("_roles", None)
    applying = {
        "meeting": meeting, "organisation": made.organisation, "wish": "x", "by": newcomer,
    }  # fmt: skip
    assert refusal(operations.apply, **applying) == Reason.ORGANISATION_NOT_VERIFIED
    verify_organisation(organisation=made.organisation, by=cast["officer"], at=timezone.now())
    newcomer.__dict__.pop("_roles", None)
    made.organisation.refresh_from_db()
    assert operations.apply(**applying, at=timezone.now()).side == Side.ABROAD


def test_a_technology_is_registered_once_and_with_an_english_name(cast):
    technology = cast.technology()
    act = {"act": operations.register_listing, "technology": technology}
    assert refusal(**act, by=cast["supplier"]) == Reason.NO_ENGLISH_NAME
    assert refusal(**act, by=cast["rival"]) == Reason.NOT_A_SIDE
    cast.exchange_listing(technology=technology)
    technology.refresh_from_db()
    assert refusal(**act, by=cast["supplier"]) == Reason.LISTED_ALREADY


def test_applications_are_taken_in_time_and_once(cast):
    listing = cast.exchange_listing()
    planned = cast.exchange_meeting(MeetingStage.PLANNED)
    own = {"organisation": cast.supplier, "by": cast["supplier"]}
    applying = {**own, "listing": listing}
    assert refusal(operations.apply, meeting=planned, **applying) == Reason.CLOSED_FOR_APPLICATIONS
    late = cast.exchange_meeting(apply_until=timezone.now() - timedelta(minutes=1))
    assert refusal(operations.apply, meeting=late, **applying) == Reason.CLOSED_FOR_APPLICATIONS
    meeting = cast.exchange_meeting()
    assert refusal(operations.apply, meeting=meeting, **own) == Reason.NOT_LISTED
    operations.apply(meeting=meeting, **applying, at=timezone.now())
    assert refusal(operations.apply, meeting=meeting, **applying) == Reason.APPLIED_ALREADY
    notices = Notice.objects.filter(recipient=cast["officer"], kind="EXCHANGE")
    assert [notice.facts["what"] for notice in notices] == ["APPLIED"]


def test_a_second_person_decides_and_says_why_not(cast):
    meeting = cast.exchange_meeting()
    home, _other = cast.exchange_parts(meeting, answered=False)
    answer = {"act": operations.answer, "part": home}
    assert refusal(**answer, is_selected=False, by=cast["officer"]) == Reason.WHY_MISSING
    asked = operations.invite(
        meeting=meeting, organisation=cast.abroad(cast.foreigner("b@example.org")).organisation,
        wish="pumps", by=cast["officer"], at=timezone.now(),
    )  # fmt: skip
    own = {"act": operations.answer, "part": asked, "is_selected": True}
    assert refusal(**own, by=cast["officer"]) == Reason.OWN_APPLICATION
    part = operations.answer(
        part=home, is_selected=False, reason="분야가 다름", by=cast["officer"], at=timezone.now()
    )
    assert (part.stage, part.reason) == (PartStage.REFUSED, "분야가 다름")
    assert refusal(**answer, is_selected=True, by=cast["officer"]) == Reason.STAGE_CLOSED


def test_places_are_a_limit(cast):
    meeting = cast.exchange_meeting(places=1)
    cast.exchange_parts(meeting)
    cast.buyer.name_en = "Hanbit"
    cast.buyer.save()
    second = cast.technology(title="열교환기", organisation=cast.buyer)
    listing = operations.register_listing(technology=second, by=cast["officer"], at=timezone.now())
    part = operations.apply(
        meeting=meeting, organisation=cast.buyer, listing=listing, by=cast["member"],
        at=timezone.now(),
    )  # fmt: skip
    answer = {"act": operations.answer, "part": part, "is_selected": True}
    assert refusal(**answer, by=cast["officer"]) == Reason.FULL
    operations.withdraw(part=Part.objects.get(organisation=cast.supplier), by=cast["supplier"])
    part = operations.answer(part=part, is_selected=True, by=cast["officer"], at=timezone.now())
    assert part.stage == PartStage.SELECTED


def test_consultations_keep_to_the_meeting_and_to_one_at_a_time(cast):
    talk = cast.talk()
    meeting = talk.meeting
    again = {
        "act": operations.arrange, "meeting": meeting, "home": talk.home, "abroad": talk.abroad,
        "by": cast["officer"],
    }  # fmt: skip
    first = talk.during.lower
    assert refusal(**again, starts_at=first + HALF / 2, ends_at=first + 2 * HALF) == (
        Reason.FIRM_TAKEN
    )
    assert refusal(**again, starts_at=first, ends_at=first) == Reason.BAD_TIME
    early = {"starts_at": first - HALF, "ends_at": first}
    assert refusal(**again, **early) == Reason.OUTSIDE_MEETING
    turned = again | {"home": talk.abroad, "abroad": talk.home}
    assert refusal(**turned, starts_at=first + HALF, ends_at=first + 2 * HALF) == Reason.WRONG_SIDE
    after = {"starts_at": first + HALF, "ends_at": first + 2 * HALF}
    again.pop("act")
    assert operations.arrange(**again, **after, at=timezone.now()).stage == TalkStage.PLANNED

    operations.withdraw(part=talk.home, by=cast["supplier"])
    assert set(Talk.objects.values_list("stage", flat=True)) == {TalkStage.CANCELLED}


def test_a_meeting_is_not_moved_away_from_its_consultations(cast):
    meeting = cast.talk().meeting
    later = {"starts_at": meeting.starts_at + timedelta(hours=1)}
    change = {"act": operations.change_meeting, "meeting": meeting, "values": later}
    assert refusal(**change, timed=False, by=cast["officer"]) == Reason.OUTSIDE_MEETING


def test_interpreters_are_planned_without_double_booking(cast):
    both, only = cast.interpreter("id", "en"), cast.interpreter("id")
    first, second, third = cast.talk(), cast.talk(), cast.talk(language="vi")
    same = second.during.lower - first.during.lower < HALF
    assert same  # two meetings at one time
    for meeting, result in ((first.meeting, (1, 0)), (second.meeting, (1, 0)),
                            (third.meeting, (0, 1))):  # fmt: skip
        planned = operations.plan_interpreters(meeting=meeting, by=cast["officer"])
        assert planned == result
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.interpreter, second.interpreter) == (only, both)  # who speaks fewest goes first

    assign = {"act": operations.assign, "timed": False, "by": cast["officer"]}
    assert refusal(**assign, talk=second, interpreter=only) == Reason.INTERPRETER_TAKEN
    assert refusal(**assign, talk=third, interpreter=only) == Reason.LANGUAGE_NOT_SPOKEN
    operations.assign(talk=first, interpreter=None, by=cast["officer"])
    second = operations.assign(talk=second, interpreter=only, by=cast["officer"])
    assert second.interpreter == only


def test_what_is_to_come_is_neither_recorded_nor_held(cast):
    talk = cast.talk()
    record = {"act": operations.record_talk, "talk": talk, "by": cast["supplier"]}
    assert refusal(**record, stage="HELD", note="x") == Reason.NOT_YET
    assert refusal(**record, stage="PLANNED") == Reason.STAGE_CLOSED
    moving = {"act": operations.move, "meeting": talk.meeting, "by": cast["officer"]}
    assert refusal(**moving, stage=MeetingStage.HELD) == Reason.NOT_YET
    assert refusal(operations.open_contact, talk=talk, by=cast["supplier"]) == Reason.STAGE_CLOSED
    held = cast.held_talk()
    assert refusal(operations.open_contact, talk=held, by=cast["rival"]) == Reason.NOT_A_SIDE


def test_an_exchange_officer_is_a_role_and_not_the_programme_office(cast):
    planning = {"values": {}, "by": cast["coordinator"]}
    assert refusal(operations.plan_meeting, **planning) == Reason.NOT_A_RUNNER
    Appointment.objects.create(user=cast["coordinator"], role="EXCHANGE_OFFICER")
    cast["coordinator"].__dict__.pop("_roles", None)
    assert operations.enter_partner(
        country="ID", name="BRIN", by=cast["coordinator"], at=timezone.now()
    ).pk
    again = {"country": "ID", "name": "BRIN", "by": cast["coordinator"]}
    assert refusal(operations.enter_partner, **again) == Reason.PARTNER_EXISTS
