"""Requests that were answered with 500 before somebody reported them."""

import ics
import pytest
from django.urls import reverse

from dure.apps.consultations.queries import feed_of
from dure.apps.fairs.stages import FairStage
from dure.apps.people.models import Organisation
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
NO_NUMBERS = ("²", "9" * 5000, "abc", "-1", "１２", "")


@pytest.mark.parametrize("what", ["move", "out", "lock", "place"])
@pytest.mark.parametrize("number", ["999999", "9" * 19, *NO_NUMBERS])
def test_unknown_meeting_on_the_board(as_role, cast, what, number):
    fair = cast.fair(stage=FairStage.PLANNING)
    slot = fair.slots.first()
    draft = fair.timetables.create(number=1, created_by=cast["officer"], created_at=NOON)
    move = {"what": what, "meeting": number, "pair": number, "slot": slot.pk, "revision": 0}
    client = as_role("officer")

    for view, send in (("try_board", client.get), ("change_board", client.post)):
        answer = send(reverse(f"fairs:{view}", args=[draft.pk]), move)
        assert answer.status_code < 500
    assert not draft.meetings.exists()


def test_firm_founded_in_a_year_that_no_column_holds(as_role):
    form = {"business_number": "211-87-00616", "name": "새별", "kind": "SME", "founded": "99999"}

    answer = as_role("newcomer").post(reverse("people:organisation_new"), form)

    assert answer.status_code < 500
    assert not Organisation.objects.filter(name="새별").exists()


def test_line_break_in_the_name_of_a_firm_on_its_own_calendar(client, cast):
    fair = cast.fair(stage=FairStage.HELD)
    pair = cast.pair(fair)
    timetable = fair.timetables.create(
        number=1, stage="RELEASED", created_by=cast["officer"], created_at=NOON,
        released_by=cast["officer"], released_at=NOON,
    )  # fmt: skip
    timetable.meetings.create(pair=pair, slot=fair.slots.first(), table=fair.tables.first())
    name = "열림\r\nBEGIN:VEVENT\r\nSUMMARY:made up\r\nEND:VEVENT"
    Organisation.objects.filter(pk__in=[cast.supplier.pk, cast.buyer.pk]).update(name=name)

    for registration in (pair.supply, pair.demand):
        answer = client.get(reverse("consultations:feed", args=[feed_of(registration)]))
        assert answer.status_code == 200
        assert len(ics.Calendar(answer.content.decode()).events) == 1
        assert b"\r\nSUMMARY:made up" not in answer.content


@pytest.mark.parametrize("number", NO_NUMBERS)
@pytest.mark.parametrize(
    "address",
    [
        "/needs/?organisation={}",
        "/technologies/?organisation={}",
        "/organisations/?q={}",
        "/needs/similar/?title=a&but={}",
        "/fairs/capacity/?fair={}",
        "/challenges/?page={}",
        "/jobs/?page={}",
        "/history/?user={}",
    ],
)
def test_number_that_is_none_in_an_address(as_role, address, number):
    assert as_role("officer").get(address.format(number)).status_code < 500


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_number_that_is_none_in_a_form(as_role, cast, number):
    fair = cast.fair(stage=FairStage.REGISTRATION)
    client = as_role("officer")

    for address, field in (
        (reverse("people:join"), "organisation"),
        (reverse("fairs:approve", args=[fair.pk]), "ids"),
        (reverse("fairs:refuse", args=[fair.pk]), "ids"),
        (reverse("fairs:give_desk_duty", args=[fair.pk]), "person"),
        (reverse("fairs:register", args=[fair.pk]), "organisation"),
    ):
        assert client.post(address, {field: number}).status_code < 500, address
