"""From a candidate to the announcement in a real browser, and a programme's figure changed."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.challenges import operations
from dure.apps.challenges.models import Candidate, Discovery
from dure.apps.programmes import operations as programmes
from dure.apps.programmes.models import Version
from tests.accessibility import faults_at, faults_of
from tests.apps.challenges.conftest import make_world
from tests.apps.operators.conftest import make_world as make_operators
from tests.apps.surveys.conftest import WISH
from tests.apps.surveys.conftest import make_world as make_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = timezone.now() + timezone.timedelta(days=30)


@pytest.fixture
def discovered(cast):
    """A discovery that gathers until next month."""
    made = make_world(cast)
    Discovery.objects.update(gathers_until=LATER)
    return made


def test_a_centre_officer_brings_a_candidate_on_a_phone(cast, discovered, sit_down, live_server):
    page = sit_down(cast["centre_officer"], width=390)
    address = f"{live_server.url}/challenges/{discovered.discovery.pk}/"
    discovered.centre.quota = 4
    discovered.centre.save()
    page.goto(address)
    page.goto(f"{address}gather/")
    page.select_option("#id_organisation", str(cast.buyer.pk))
    page.fill("#id_title", "무인 매장 비전")
    page.fill("#id_problem", "계산대 없이 물건을 알아보아야 합니다.")
    page.locator(".btn-group button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("무인 매장 비전")
    assert faults_of(page) == []


def test_committee_owner_and_two_officers_come_to_an_announcement(
    cast, discovered, sit_down, live_server
):
    operations.start_verification(discovery=discovered.discovery, by=cast["officer"])
    operations.open_round(
        discovery=discovered.discovery, held_on=timezone.localdate(), by=cast["officer"]
    )
    chair = sit_down(cast["reviewer"], "en")
    chair.goto(f"{live_server.url}/challenges/candidates/{discovered.candidates['wall'].pk}/judge/")
    for decision, why in (("KEEP", ""), ("DROP", "narrow"), ("DROP", "sold already")):
        chair.check(f"input[name=decision][value={decision}]")
        chair.fill("#id_reason", why)
        with chair.expect_navigation():
            chair.locator("form .btn-group button[type=submit]").first.click()
    operations.close_round(discovery=discovered.discovery, by=cast["officer"], at=timezone.now())
    wall = Candidate.objects.get(pk=discovered.candidates["wall"].pk)
    operations.select(
        discovery=discovered.discovery, candidates=[wall], by=cast["officer"], at=timezone.now()
    )

    owner = sit_down(cast["manager"], "en")
    owner.goto(f"{live_server.url}/challenges/candidates/{wall.pk}/")
    with owner.expect_navigation():
        owner.locator(f"form[action$='/challenges/candidates/{wall.pk}/approve/'] button").click()
    wall.refresh_from_db()
    assert wall.approved is not None

    officer = sit_down(cast["officer2"], "en")
    officer.goto(f"{live_server.url}/challenges/{discovered.discovery.pk}/")
    with officer.expect_navigation():
        officer.locator("form:has(input[value=ANNOUNCED]) button").first.click()
    assert Discovery.objects.get().stage == "ANNOUNCED"
    visitor = sit_down(None, "en")
    assert faults_at(visitor, f"{live_server.url}/challenges/candidates/{wall.pk}/") == []


def test_a_figure_of_a_programme_is_changed_and_released_by_a_second_officer(
    cast, sit_down, live_server
):
    programmes.load_shipped(at=timezone.now())
    officer = sit_down(cast["officer"], "en")
    officer.goto(f"{live_server.url}/programmes/challenge/")
    officer.get_by_role("button", name="Copy into a draft").click()
    officer.wait_for_url("**/draft/**")
    first = officer.locator("input[inputmode=decimal]").first
    first.fill("1")
    officer.fill("input[name=note]", "One figure less")
    with officer.expect_navigation():
        officer.get_by_role("button", name="Change the figures").click()
    draft = Version.objects.get(stage="DRAFT")
    assert draft.note == "One figure less"
    second = sit_down(cast["officer2"], "en")
    second.goto(f"{live_server.url}/")
    second.get_by_role("link", name="Look at it").first.click()
    assert faults_of(second) == []


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_the_pages_of_discovery_surveys_and_operators_are_sound(
    cast, sit_down, live_server, language, width
):
    made = make_world(cast)
    Discovery.objects.update(gathers_until=LATER)
    survey = make_survey(cast)
    asked, operators = survey.asked["rival"], make_operators(cast)
    page = sit_down(cast["officer"], language, width)
    addresses = [
        "/challenges/",
        f"/challenges/{made.discovery.pk}/",
        f"/challenges/{made.discovery.pk}/candidates/",
        f"/challenges/candidates/{made.candidates['wall'].pk}/",
        "/surveys/",
        "/surveys/new/",
        f"/surveys/{survey.survey.pk}/",
        "/operators/",
        f"/operators/{operators.programme.slug}/",
        f"/operators/calls/{operators.call.pk}/",
        f"/operators/applications/{operators.applications['rival'].pk}/",
    ]
    faults = [
        fault for address in addresses for fault in faults_at(page, live_server.url + address)
    ]
    answering = sit_down(cast["rival"], language, width)
    faults += faults_at(answering, f"{live_server.url}/surveys/answers/{asked.pk}/")
    faults += faults_at(answering, f"{live_server.url}/needs/new/")
    assert faults == []
    assert WISH.title not in answering.content()
