"""The agenda as page, PDF and calendar feed; badges."""

import shutil
import subprocess
from datetime import timedelta

import ics
import pytest
import vobject
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from dure.apps.briefings.models import Briefing
from dure.apps.briefings.operations.briefings import edit_briefing
from dure.apps.consultations.operations.agendas import renew_feed
from dure.apps.consultations.operations.desk import cancel_meeting, restore_meeting
from dure.apps.consultations.queries import feed_of
from dure.apps.consultations.views.agenda import _context
from dure.apps.fairs.models import Registration
from dure.apps.fairs.reasons import Reason
from dure.foundation.verdict import Refused
from tests.apps.consultations.conftest import at


def feed_address(registration):
    return reverse("consultations:feed", args=[feed_of(registration)])


def test_the_agenda_says_whom_when_and_where(as_role, hall, meeting, clock):
    page = (
        as_role("supplier")
        .get(reverse("consultations:agenda", args=[hall.fair.pk]))
        .content.decode()
    )

    assert "한빛중공업" in page
    assert "10:00–10:30" in page
    assert "Hall 1, table 1" in page
    assert meeting.pair.need.title in page
    assert "Lunch" in page


def test_nobody_reads_the_agenda_of_others(as_role, hall, meeting, clock):
    other = hall.cast.registration(hall.fair, hall.cast.rival)

    for name in ("agenda_of", "agenda_pdf"):
        address = reverse(f"consultations:{name}", args=[meeting.pair.supply_id])
        assert as_role("rival").get(address).status_code == 404
        assert as_role("member").get(address).status_code == 404
    assert (
        as_role("rival").get(reverse("consultations:agenda_of", args=[other.pk])).status_code == 200
    )


def test_a_draft_is_on_no_agenda(as_role, hall, meeting, clock):
    hall.timetable.stage = "DRAFT"
    hall.timetable.released_at = hall.timetable.released_by = None
    hall.timetable.save()

    page = (
        as_role("supplier")
        .get(reverse("consultations:agenda", args=[hall.fair.pk]))
        .content.decode()
    )

    assert "한빛중공업" not in page
    assert "No meetings" in page


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no poppler-utils on this machine")
def test_the_pdf_holds_korean_letters_and_embeds_its_font(
    as_role, hall, meeting, attendee, clock, tmp_path
):
    answer = as_role("supplier").get(
        reverse("consultations:agenda_pdf", args=[meeting.pair.supply_id]),
        headers={"accept-language": "ko"},
    )
    file = tmp_path / "agenda.pdf"
    file.write_bytes(answer.content)
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout.decode()
    fonts = subprocess.run(["pdffonts", file], capture_output=True, check=True).stdout.decode()

    assert answer["Content-Type"] == "application/pdf"
    assert "한빛중공업" in text
    assert "김열림" in text
    assert "Pretendard" in fonts
    assert all(line.split()[-5:-2] == ["yes"] * 3 for line in fonts.splitlines()[2:])


def test_two_foreign_readers_understand_the_calendar(client, hall, meeting):
    calendar = client.get(feed_address(meeting.pair.supply)).content.decode()

    [by_ics] = ics.Calendar(calendar).events
    [by_vobject] = vobject.readOne(calendar).vevent_list
    assert by_ics.begin.datetime == by_vobject.dtstart.value == at(10)
    assert by_ics.end.datetime == by_vobject.dtend.value == at(10, 30)
    assert by_vobject.dtstart.value.utcoffset() == timedelta(hours=9)
    assert by_ics.name == by_vobject.summary.value == "한빛중공업 상담"
    assert by_ics.location == by_vobject.location.value == "세종 1관, 테이블 1"
    assert by_ics.uid == by_vobject.uid.value
    assert by_vobject.validate(raiseException=True)
    assert "TZID=Asia/Seoul" in calendar


@pytest.fixture
def briefing(cast, hall):
    """A session at eleven in which one of the supplier and one of the rival have a seat."""
    made = Briefing.objects.create(
        fair=hall.fair, title="구매방침설명회", title_en="Purchasing policy", speaker="김한빛",
        hall=hall.fair.halls.first(), starts_at=at(11), ends_at=at(11, 40), seats=50,
    )  # fmt: skip
    for who in ("supplier", "rival"):
        made.taken.create(holder=cast[who], taken_at=at(9, day=1))
    return made


def test_a_seat_in_a_briefing_stands_on_the_page_and_on_paper(
    as_role, hall, meeting, briefing, clock
):
    browser = as_role("supplier")
    page = browser.get(reverse("consultations:agenda", args=[hall.fair.pk])).content.decode()
    meeting.delete()
    without = browser.get(reverse("consultations:agenda", args=[hall.fair.pk])).content.decode()
    with translation.override("en"):
        paper = render_to_string("consultations/agenda_paper.html", _context(meeting.pair.supply))

    assert page.index("10:30–11:00") < page.index("Purchasing policy") < page.index("Lunch")
    assert "11:00–11:40" in page
    assert "Seats: supplier" in page
    assert "No meetings" in without
    assert "Purchasing policy" in without
    assert "Purchasing policy" in paper


def test_two_foreign_readers_find_the_briefing_in_the_calendar(client, hall, meeting, briefing):
    text = client.get(feed_address(meeting.pair.supply)).content.decode()
    others = client.get(feed_address(meeting.pair.demand)).content.decode()

    by_ics = next(e for e in ics.Calendar(text).events if e.name == "구매방침설명회")
    calendar = vobject.readOne(text)
    by_vobject = next(e for e in calendar.vevent_list if e.summary.value == "구매방침설명회")
    assert by_ics.begin.datetime == by_vobject.dtstart.value == at(11)
    assert by_ics.end.datetime == by_vobject.dtend.value == at(11, 40)
    assert by_ics.location == by_vobject.location.value == "세종 1관"
    assert "참석: supplier" in by_ics.description
    assert calendar.validate(raiseException=True)
    assert "구매방침설명회" not in others


def test_a_meeting_keeps_its_uid_and_its_sequence_grows(client, cast, hall, meeting, clock):
    address = feed_address(meeting.pair.demand)
    [before] = vobject.readOne(client.get(address).content.decode()).vevent_list

    cancel_meeting(meeting=meeting, by=cast["officer"], at=at(9))
    [after] = vobject.readOne(client.get(address).content.decode()).vevent_list
    hall.timetable.number = 2
    hall.timetable.save()
    meeting.refresh_from_db()
    [later] = vobject.readOne(client.get(address).content.decode()).vevent_list

    assert before.uid.value == after.uid.value == later.uid.value
    assert int(before.sequence.value) < int(after.sequence.value) < int(later.sequence.value)
    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")


def test_what_is_put_back_is_newer_than_what_was_cancelled(client, cast, meeting, clock):
    address = feed_address(meeting.pair.demand)
    stamps = []

    for change in (None, cancel_meeting, restore_meeting):
        if change:
            change(meeting=meeting, by=cast["officer"], at=at(9, len(stamps)))
        [event] = vobject.readOne(client.get(address).content.decode()).vevent_list
        stamps.append((int(event.sequence.value), event.dtstamp.value))

    assert stamps == sorted(stamps)
    assert len(set(stamps)) == len({stamp for _, stamp in stamps}) == 3


def test_a_moved_session_says_so_in_the_calendar(client, cast, meeting, briefing):
    address = feed_address(meeting.pair.supply)

    def session():
        events = vobject.readOne(client.get(address).content.decode()).vevent_list
        return next(event for event in events if event.summary.value == "구매방침설명회")

    before = session()
    moved = {"starts_at": at(12), "ends_at": at(12, 40)}
    edit_briefing(briefing=briefing, values=moved, by=cast["officer"], at=at(9, 30))
    after = session()

    assert before.uid.value == after.uid.value
    assert (before.dtstart.value, after.dtstart.value) == (at(11), at(12))
    assert int(before.sequence.value) < int(after.sequence.value)
    assert before.dtstamp.value < after.dtstamp.value == at(9, 30)


def test_a_new_address_stops_the_old_one(client, cast, meeting):
    registration = meeting.pair.supply
    old = feed_address(registration)

    renew_feed(registration=registration, by=cast["supplier"])

    assert client.get(old).status_code == 404
    assert client.get(feed_address(Registration.objects.get(pk=registration.pk))).status_code == 200
    assert client.get(reverse("consultations:feed", args=["1-0.forged"])).status_code == 404


def test_strangers_renew_no_address(cast, meeting):
    with pytest.raises(Refused) as refusal:
        renew_feed(registration=meeting.pair.supply, by=cast["rival"])

    assert refusal.value.reason == Reason.NOT_YOUR_REGISTRATION


def test_the_calendar_speaks_english_when_asked(client, meeting):
    calendar = client.get(f"{feed_address(meeting.pair.supply)}?lang=en").content.decode()

    assert vobject.readOne(calendar).vevent.summary.value == "Meeting with 한빛중공업"


def test_an_agenda_costs_the_same_few_queries_however_full(
    as_role, hall, meeting, attendee, clock, django_assert_max_num_queries
):
    hall.fair.registrations.update(parallel=5)
    browser = as_role("supplier")
    address = reverse("consultations:agenda", args=[hall.fair.pk])
    for number, organisation in enumerate((hall.cast.rival, hall.cast.sister), 1):
        other = hall.cast.registration(hall.fair, organisation, side="DEMAND")
        pair = type(meeting.pair).objects.create(
            fair=hall.fair, demand=other, supply=meeting.pair.supply
        )
        hall.meeting(pair, slot=number, table=1)
        browser.get(address)

    with django_assert_max_num_queries(15):
        page = browser.get(address).content.decode()

    assert "새솔화학" in page
