"""In a real browser: a firm from abroad in English on a phone, the office in Korean; axe finds nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.exchange import operations
from dure.apps.exchange.models import Contact, ExchangeMeeting, HelpRequest, Part, Talk
from dure.apps.exchange.queries import Text
from tests.accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def wide(page):
    """How many pixels of the page stand outside the screen."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def translate(cast, subject, **fields):
    for field, (source, text) in fields.items():
        operations.confirm_text(
            subject=subject, field=field, seen=Text(subject, field, source).digest, text=text,
            by=cast["officer"], at=timezone.now(),
        )  # fmt: skip


@pytest.mark.parametrize("width", [390, 1280])
def test_a_firm_from_abroad_applies_writes_and_asks_in_english(cast, live_server, sit_down, width):
    firm = cast.foreigner()
    contact, meeting = cast.contact(firm), cast.exchange_meeting(name="두 번째 상담회")
    translate(cast, f"meeting:{meeting.pk}", name=(meeting.name, "Second meeting"))
    page = sit_down(firm, "en", width)

    page.goto(live_server.url + reverse("exchange:meetings"))
    assert faults_of(page) == []
    page.get_by_role("link", name="Second meeting").click()
    expect(page.get_by_text("Jakarta (UTC+7)")).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("link", name="Take part").click()
    page.get_by_label("What you look for").fill("Heat pumps up to 120 degrees")
    assert faults_of(page) == []
    page.get_by_role("button", name="Apply for a place").click()
    expect(page.get_by_role("heading", name="Our part")).to_be_visible()
    assert wide(page) <= 0

    page.goto(live_server.url + contact.get_absolute_url())
    assert faults_of(page) == []
    page.get_by_label("Message").fill("Can the plates be cleaned in place?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Can the plates be cleaned in place?")).to_be_visible()
    page.get_by_role("link", name="Ask for help").click()
    page.get_by_label("What is asked").fill("Please look at the licence terms")
    assert faults_of(page) == []
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("table")).to_contain_text("Support of negotiations")
    assert wide(page) <= 0

    assert Part.objects.get(meeting=meeting).organisation == cast.abroad(firm).organisation
    assert Contact.objects.get().messages.count() == 3
    assert HelpRequest.objects.get().stage == "ASKED"


def test_the_office_selects_arranges_and_gives_an_interpreter(cast, live_server, sit_down):
    cast.interpreter("id")
    meeting = cast.exchange_meeting()
    cast.exchange_parts(meeting, answered=False)
    page = sit_down(cast["officer"], "ko", 1280)

    def decide():
        page.get_by_role("link", name="결정하기").first.click()
        page.get_by_label("선정", exact=True).check()
        assert faults_of(page) == []
        page.get_by_role("button", name="결정하기").click()

    page.goto(live_server.url + meeting.get_absolute_url())
    assert faults_of(page) == []
    decide()
    decide()
    page.get_by_role("button", name="상담 편성 중").click()
    page.get_by_role("link", name="상담 편성").click()
    for name in ("home", "abroad"):
        page.locator(f"#id_{name}").select_option(index=1)
    begins = timezone.localtime(meeting.starts_at + timedelta(hours=1))
    for name, moment in (("starts_at", begins), ("ends_at", begins + timedelta(minutes=30))):
        page.locator(f"#id_{name}").fill(moment.strftime("%Y-%m-%dT%H:%M"))
    page.locator("#id_language").select_option("id")
    assert faults_of(page) == []
    page.get_by_role("button", name="편성하기").click()
    page.get_by_role("button", name="통역 배정").click()
    expect(page.locator("#talks table")).to_contain_text("한소리")
    assert faults_of(page) == []

    assert Talk.objects.get().interpreter.name == "통역사 한소리"
    assert ExchangeMeeting.objects.get().stage == "ARRANGING"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_of_the_office_in_both_languages(cast, live_server, sit_down, language):
    firm = cast.foreigner()
    cast.contact(firm)
    accord = cast.accord(
        "contract", abroad=cast.abroad(firm).organisation, amount=10, currency="KRW"
    )
    cast.help_request(taken=True)
    page = sit_down(cast["officer"], language, 1280)
    addresses = [
        reverse(f"exchange:{name}")
        for name in (
            "listings", "contacts", "requests", "accords", "partners", "organisations",
            "interpreters", "rates", "words", "figures", "new", "new_organisation", "new_accord",
        )
    ]  # fmt: skip
    addresses += [accord.get_absolute_url(), Talk.objects.get().get_absolute_url()]
    faults_by_page = {}
    for address in addresses:
        page.goto(live_server.url + address)
        faults_by_page[address] = faults_of(page)
    assert {address: faults for address, faults in faults_by_page.items() if faults} == {}
