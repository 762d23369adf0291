"""Before a fair in a real browser: wishes by keyboard, plan and release, two officers at once."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.fairs.models import Level, Meeting, Timetable, Wish
from dure.apps.fairs.operations import propose_wishes, record_wish
from dure.apps.fairs.queries import meeting_slots
from dure.apps.fairs.stages import FairStage
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import run
from dure.apps.matches.models import Direction
from tests.accessibility import faults_of
from tests.apps.matches.conftest import suggest
from tests.conftest import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def fair(cast):
    """A fair that collects wishes; the supplier and the stranger are proposed to the buyer."""
    fair = cast.fair(most_musts=2)
    for name in ("buyer", "rival", "supplier", "stranger"):
        setattr(fair, name, cast.registration(fair, getattr(cast, name)))
    need = cast.need(trl=7)
    suggest(need, cast.technology(trl=4))
    suggest(need, cast.technology(organisation=cast.stranger, title="배기 온도 센서"), rank=2)
    suggest(need, cast.technology(title="또 다른 열교환기"), Direction.FOR_TECHNOLOGY)
    propose_wishes(fair=fair, by=cast["officer"], at=NOON)
    return fair


@pytest.fixture
def planned(cast, fair):
    """The same fair with a draft."""
    for registration, other in ((fair.buyer, fair.supplier), (fair.rival, fair.stranger)):
        record_wish(
            registration=registration, other=other, level=Level.MUST, by=cast["officer"], at=NOON
        )
    fair.stage = FairStage.PLANNING
    fair.save()
    job = Job.objects.create(
        kind="plan_fair", title="x", requested_by=cast["officer"],
        arguments={"fair": fair.pk, "is_near": False},
    )  # fmt: skip
    run(job_id=str(job.pk), clock=timezone.now)
    fair.draft = Timetable.objects.get()
    return fair


def pages(fair):
    return {
        "officer": [
            "/fairs/",
            "/fairs/new/",
            f"/fairs/{fair.pk}/",
            f"/fairs/{fair.pk}/room/",
            f"/fairs/{fair.pk}/registrations/",
            f"/fairs/{fair.pk}/wishes/overview/",
            f"/fairs/{fair.pk}/timetable/",
            f"/fairs/{fair.pk}/board/",
            f"/fairs/{fair.pk}/board/?by=demand",
            f"/fairs/timetables/{fair.draft.pk}/release/",
            f"/fairs/{fair.pk}/import/",
        ],
        "member": ["/fairs/", f"/fairs/{fair.pk}/", f"/fairs/{fair.pk}/wishes/"],
        "supplier": [f"/fairs/{fair.pk}/register/", f"/fairs/{fair.pk}/wishes/"],
    }


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 360)])
@pytest.mark.parametrize("role", ["officer", "member", "supplier"])
def test_the_pages_before_a_fair_are_accessible(
    cast,
    planned,
    live_server,
    sit_down,
    role,
    language,
    width,
):
    page = sit_down(cast[role], language, width=width)
    complaints: list[str] = []
    page.on(
        "console",
        lambda console_message: (
            console_message.type == "error" and complaints.append(console_message.text)
        ),
    )

    faults = []
    for address in pages(planned)[role]:
        answer = page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        faults += faults_of(page, answer.status)

    assert faults == []
    assert complaints == []


def test_a_scout_answers_wishes_from_the_keyboard(
    cast,
    fair,
    live_server,
    sit_down,
):
    page = sit_down(cast["member"])
    page.goto(f"{live_server.url}/fairs/{fair.pk}/wishes/")
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.locator("#wishes-left")).to_contain_text("1/2")
    expect(page.locator("[data-triage-item]")).to_have_count(1)
    page.keyboard.press("n")
    expect(page.locator("[data-triage-item]")).to_have_count(0)
    assert set(Wish.objects.exclude(answered_at=None).values_list("level", flat=True)) == {
        "MUST",
        "NO",
    }

    page.keyboard.press("u")
    expect(page.locator("[data-triage-item]")).to_have_count(1)
    assert Wish.objects.filter(side="DEMAND", answered_at=None).count() == 1


def test_an_officer_plans_and_releases(cast, planned, live_server, sit_down):
    page = sit_down(cast["officer"])
    page.goto(f"{live_server.url}/fairs/{planned.pk}/timetable/")
    page.get_by_role("button", name="가장 적게 옮겨 다시 편성").click()
    expect(page.locator(".krds-progress")).to_be_visible()
    job = Job.objects.exclude(stage="DONE").get(kind="plan_fair")
    run(job_id=str(job.pk), clock=timezone.now)
    expect(page.get_by_role("heading", name=re.compile("2판"))).to_be_visible()

    page.get_by_role("link", name="공개…").click()
    with page.expect_navigation():
        page.get_by_role("button", name="공개하고 알리기").click()
    page.wait_for_load_state("networkidle")

    assert Timetable.objects.get(stage="RELEASED").number == 2
    planned.refresh_from_db()
    assert planned.stage == FairStage.RELEASED


def cell(page, meeting):
    return page.locator(f'td:has([data-meeting="{meeting.pk}"])')


def test_a_meeting_is_moved_with_the_keyboard_and_back(
    cast,
    planned,
    live_server,
    sit_down,
):
    meeting = planned.draft.meetings.select_related("slot").order_by("pk").first()
    page = sit_down(cast["officer"])
    page.goto(f"{live_server.url}/fairs/{planned.pk}/board/")
    cell(page, meeting).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#board-verdict")).to_contain_text("할 수 있어요")
    page.keyboard.press("Enter")
    expect(page.locator(".board-said")).to_contain_text("옮겼어요")
    moved = Meeting.objects.get(pk=meeting.pk)
    assert moved.slot != meeting.slot

    page.keyboard.press("u")
    expect(page.locator(".board-said")).to_contain_text("되돌렸어요")
    assert Meeting.objects.get(pk=meeting.pk).slot == meeting.slot


def test_a_meeting_is_dragged_with_a_pointer(cast, planned, live_server, sit_down):
    meeting = planned.draft.meetings.order_by("pk").first()
    page = sit_down(cast["officer"])
    page.goto(f"{live_server.url}/fairs/{planned.pk}/board/")
    row = page.locator("tbody tr").nth(2)
    page.locator(f'[data-meeting="{meeting.pk}"]').hover()
    page.mouse.down()
    row.locator("td").nth(4).hover()
    expect(page.locator(".tile-ghost")).to_be_visible()
    page.mouse.up()
    expect(page.locator(".board-said")).to_contain_text("옮겼어요")

    moved = Meeting.objects.get(pk=meeting.pk)
    assert moved.slot == list(meeting_slots(planned))[4]
    assert moved.table.number == 3


def test_two_officers_lose_no_move_silently(cast, planned, live_server, sit_down):
    meeting = planned.draft.meetings.order_by("pk").first()
    first, second = sit_down(cast["officer"]), sit_down(cast["officer2"])
    for page in (first, second):
        page.goto(f"{live_server.url}/fairs/{planned.pk}/board/")
    # While something is picked up, nobody's board is exchanged under the hand.
    cell(second, meeting).focus()
    second.keyboard.press("Enter")
    cell(first, meeting).focus()
    first.keyboard.press("Enter")
    first.keyboard.press("ArrowRight")
    first.keyboard.press("ArrowRight")
    first.keyboard.press("Enter")
    expect(first.locator(".board-said")).to_contain_text("옮겼어요")
    place = Meeting.objects.get(pk=meeting.pk).slot

    second.keyboard.press("ArrowRight")
    second.keyboard.press("Enter")

    expect(second.locator(".board-said")).to_contain_text("officer")
    expect(second.locator(".board-said")).to_contain_text("적용하지 않았어요")
    assert Meeting.objects.get(pk=meeting.pk).slot == place
