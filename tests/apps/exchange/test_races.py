"""Two people at once: the last place, one interpreter, one exchange of two, one entry of a firm."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dure.apps.exchange import operations
from dure.apps.exchange.models import Contact, Part, Talk
from dure.apps.exchange.stages import PartStage
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_place_is_given_once(cast):
    meeting = cast.exchange_meeting(places=1)
    home, _other = cast.exchange_parts(meeting, answered=False)
    cast.buyer.name_en = "Hanbit"
    cast.buyer.save()
    technology = cast.technology(title="열교환기", organisation=cast.buyer)
    now = timezone.now()
    listing = operations.register_listing(technology=technology, by=cast["officer"], at=now)
    second = operations.apply(
        meeting=meeting, organisation=cast.buyer, listing=listing, by=cast["member"], at=now
    )

    def select(part, who):
        return lambda: operations.answer(part=part, is_selected=True, by=cast[who], at=now)

    assert at_once(select(home, "officer"), select(second, "officer2")) == ["FULL", "done"]
    assert Part.objects.filter(stage=PartStage.SELECTED).count() == 1


def test_two_officers_decide_on_one_application_once(cast):
    meeting = cast.exchange_meeting()
    home, _other = cast.exchange_parts(meeting, answered=False)
    now = timezone.now()
    outcomes = at_once(
        lambda: operations.answer(part=home, is_selected=True, by=cast["officer"], at=now),
        lambda: operations.answer(
            part=home, is_selected=False, reason="분야", by=cast["officer2"], at=now
        ),
    )
    assert outcomes == ["STAGE_CLOSED", "done"]


def test_an_interpreter_is_given_to_one_of_two_meetings(cast):
    interpreter = cast.interpreter()
    first, other = cast.talk(), cast.talk()
    outcomes = at_once(
        *(
            lambda talk=talk, who=who: operations.assign(
                talk=talk, interpreter=interpreter, by=cast[who]
            )
            for talk, who in ((first, "officer"), (other, "officer2"))
        )
    )
    assert outcomes == ["INTERPRETER_TAKEN", "done"]
    assert Talk.objects.filter(interpreter=interpreter).count() == 1


def test_a_time_of_a_firm_is_given_once(cast):
    talk = cast.talk()
    begins = talk.during.lower + timedelta(hours=1)

    def arrange():
        operations.arrange(
            meeting=talk.meeting, home=talk.home, abroad=talk.abroad, starts_at=begins,
            ends_at=begins + timedelta(minutes=30), by=cast["officer"], at=timezone.now(),
        )  # fmt: skip

    assert at_once(arrange, arrange, arrange) == ["FIRM_TAKEN", "FIRM_TAKEN", "done"]


def test_both_sides_open_their_exchange_at_once(cast):
    firm = cast.foreigner()
    talk, now = cast.held_talk(firm), timezone.now()
    outcomes = at_once(
        lambda: operations.open_contact(talk=talk, by=cast["supplier"], at=now),
        lambda: operations.open_contact(talk=talk, by=firm, at=now),
    )
    assert outcomes == ["OPEN_ALREADY", "done"]
    assert Contact.objects.count() == 1
