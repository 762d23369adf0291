"""The day of a fair in a real browser: firm and desk on a phone, the hall screen without a line."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.consultations.models import CheckIn, ConsultationRecord
from dure.apps.consultations.operations.desk import cancel_meeting, check_in
from dure.apps.consultations.queries import badge_of, screen_of
from dure.apps.fairs.models import Attendee, Meeting, Pair, Table
from dure.apps.fairs.stages import FairStage
from dure.apps.people.models import Organisation, OrganisationKind
from tests.accessibility import faults_of
from tests.apps.consultations.conftest import Hall

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hall(cast):
    """A fair whose first slot runs right now: the buyer and the supplier meet, two others wait."""
    fair = cast.fair(stage=FairStage.HELD, name_en="Technology Fair")
    begins = timezone.now() - timedelta(minutes=3)
    for number, slot in enumerate(fair.slots.order_by("starts_at")):
        slot.starts_at = begins + timedelta(minutes=30 * number)
        slot.ends_at = slot.starts_at + timedelta(minutes=30)
        slot.is_break = False
        slot.save()
    hall = Hall(cast, fair)
    pair = cast.pair(fair, need=cast.need(), technology=cast.technology())
    hall.running = hall.meeting(pair)
    hall.waiting = Pair.objects.create(
        fair=fair,
        demand=cast.registration(fair, cast.rival),
        supply=cast.registration(fair, cast.stranger),
    )
    hall.wish(hall.waiting)
    hall.guest = Attendee.objects.create(registration=pair.supply, name="김열림", position="대표")
    return hall


def pages(hall):
    fair, pair = hall.fair.pk, hall.running.pair_id
    return {
        "supplier": [f"/fairs/{fair}/agenda/", f"/fairs/pairs/{pair}/record/", "/fairs/tasks/"],
        "officer": [
            f"/fairs/{fair}/day/",
            f"/fairs/{fair}/desk/",
            f"/fairs/{fair}/badge/{badge_of(hall.guest)}/",
            f"/fairs/{fair}/walk-in/",
            f"/fairs/{fair}/records/",
            f"/fairs/{fair}/report/",
            f"/fairs/{fair}/briefings/",
            f"/fairs/{fair}/briefings/new/",
            f"/fairs/{fair}/stories/",
            f"/fairs/{fair}/stories/new/",
        ],
        "visitor": [f"/fairs/screens/{screen_of(hall.fair)}/", "/fairs/stories/"],
    }


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("role", ["supplier", "officer", "visitor"])
def test_the_pages_of_the_day_are_accessible(cast, hall, live_server, sit_down, role, language):
    user = None if role == "visitor" else cast[role]
    page = sit_down(user, language, width=1280 if language == "ko" else 360)
    complaints: list[str] = []
    page.on(
        "console",
        lambda console_message: (
            console_message.type == "error" and complaints.append(console_message.text)
        ),
    )

    faults = []
    for address in pages(hall)[role]:
        answer = page.goto(live_server.url + address)
        page.wait_for_load_state("load")
        faults += faults_of(page, answer.status)

    assert faults == []
    assert complaints == []


def test_a_firm_goes_from_its_agenda_to_the_record(cast, hall, live_server, sit_down):
    page = sit_down(cast["supplier"], width=360)

    page.goto(f"{live_server.url}/fairs/{hall.fair.pk}/agenda/")
    page.get_by_role("link", name="상담 결과 적기").click()
    page.get_by_label("비밀유지협약").check()
    expect(page.get_by_label("왜 맞지 않나요?")).to_be_hidden()
    page.get_by_role("button", name="저장").click()
    page.wait_for_url("**/agenda/")

    kept = ConsultationRecord.objects.get()
    assert (kept.next_step, kept.owner) == ("NDA", cast["supplier"])


def test_the_desk_checks_in_notes_a_no_show_and_gives_the_place_away(
    cast, hall, live_server, sit_down
):
    page = sit_down(cast["officer"], width=360)

    page.goto(f"{live_server.url}/fairs/{hall.fair.pk}/badge/{badge_of(hall.guest)}/")
    page.get_by_role("button", name="입장 확인").click()
    expect(page.get_by_text("에 입장했어요.")).to_be_visible()
    buyer = Attendee.objects.create(registration=hall.waiting.demand, name="한사람")
    check_in(attendee=buyer, on=timezone.localdate(), by=cast["officer"], at=timezone.now())
    page.goto(f"{live_server.url}/fairs/{hall.fair.pk}/day/")
    page.get_by_role("button", name="한빛중공업 불참").click()
    with page.expect_navigation():
        page.get_by_role("button", name="이 자리 주기").first.click()

    assert CheckIn.objects.filter(attendee=hall.guest).exists()
    assert Meeting.objects.get(pair=hall.waiting).slot == hall.running.slot


def test_two_walk_in_and_get_a_table(cast, hall, live_server, sit_down):
    page = sit_down(cast["officer"], "en", width=360)

    page.goto(f"{live_server.url}/fairs/{hall.fair.pk}/walk-in/")
    page.get_by_label("Demand organisation").select_option(label="새솔화학")
    page.get_by_label("Small firm").select_option(label="바른센서")
    page.get_by_role("button", name="Find a place").click()

    expect(page.get_by_role("status").filter(has_text="새솔화학 – 바른센서")).to_be_visible()


def meet_now(cast, hall, names):
    """One more meeting of the buyer in the running slot for each of `names`, at a table each."""
    room = hall.fair.halls.first()
    buyer = hall.running.pair.demand
    for number, name in enumerate(names, 100):
        firm = Organisation.objects.create(
            name=name, kind=OrganisationKind.SME, other_id=name,
            verified_at=timezone.now(), verified_by=cast["officer"],
        )  # fmt: skip
        supply = cast.registration(hall.fair, firm)
        Meeting.objects.create(
            timetable=hall.running.timetable,
            pair=Pair.objects.create(fair=hall.fair, demand=buyer, supply=supply),
            slot=hall.running.slot,
            table=Table.objects.create(fair=hall.fair, hall=room, number=number),
        )


IN_VIEW = """() => {
  const list = document.querySelector(".now .screen-rows");
  const box = list.getBoundingClientRect();
  const isInView = ({top, bottom}) => top >= box.top - 1 && bottom <= box.bottom + 1;
  return [...list.children]
    .filter((row) => isInView(row.getBoundingClientRect()))
    .map((row) => row.innerText).join();
}"""


def test_more_tables_than_the_hall_screen_is_high_take_turns(cast, hall, live_server, sit_down):
    names = [f"기업{number:02}" for number in range(24)]
    meet_now(cast, hall, names)
    page = sit_down()
    page.set_viewport_size({"width": 1280, "height": 560})
    page.goto(f"{live_server.url}/fairs/screens/{screen_of(hall.fair)}/")
    expect(page.locator("html[data-begun]")).to_be_attached()

    views = [page.evaluate(IN_VIEW)]
    while len(views) < 12:
        page.evaluate("turn()")
        views.append(page.evaluate(IN_VIEW))

    assert names[0] in views[0]
    assert names[-1] not in views[0]
    assert [name for name in names if not any(name in view for view in views)] == []
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_the_hall_screen_outlives_a_lost_connection(cast, hall, live_server, sit_down):
    page = sit_down()
    page.goto(f"{live_server.url}/fairs/screens/{screen_of(hall.fair)}/")
    expect(page.get_by_text("한빛중공업").first).to_be_visible()

    page.context.set_offline(True)
    expect(page.locator("#lost")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("한빛중공업").first).to_be_visible()
    cancel_meeting(meeting=hall.running, by=cast["officer"], at=timezone.now())
    page.context.set_offline(False)

    expect(page.locator("#lost")).to_be_hidden(timeout=40_000)
    expect(page.get_by_text("한빛중공업")).to_have_count(0, timeout=40_000)


def test_the_hall_screen_comes_back_when_it_is_reloaded_without_a_line(
    cast, hall, live_server, sit_down
):
    page = sit_down()
    complaints: list[str] = []
    page.on(
        "console",
        lambda console_message: (
            "Content Security" in console_message.text and complaints.append(console_message.text)
        ),
    )
    address = f"{live_server.url}/fairs/screens/{screen_of(hall.fair)}/"
    page.goto(address)
    expect(page.locator("html[data-begun]")).to_be_attached()
    expect(page.locator("#lost")).to_be_hidden()

    page.context.set_offline(True)
    page.reload()

    expect(page.locator("#lost")).to_be_visible()
    expect(page.locator("#lost-at")).to_have_text(timezone.localtime().strftime("%H:%M"))
    expect(page.locator("#lost-age")).to_have_text(re.compile(r"00:0[3-9]"))
    expect(page.get_by_text("한빛중공업").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(11, 23, 38)"

    page.context.set_offline(False)
    expect(page.locator("#lost")).to_be_hidden(timeout=30_000)
    assert complaints == []
