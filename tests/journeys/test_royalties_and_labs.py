"""A firm reports its income and the office bills it; a consumer tries something and the firm replies."""

import pytest
from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import expect

from dure.apps.livinglabs.models import Answer
from dure.apps.royalties.models import Royalty
from tests.accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def said(text, language, context=None):
    """What a button says in a language."""
    with translation.override(language):
        return pgettext(context, text) if context else gettext(text)


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 390)])
def test_income_is_reported_and_billed(cast, live_server, sit_down, language, width):
    royalty = cast.royalty()
    firm = sit_down(cast["supplier"], language, width)
    firm.goto(live_server.url + royalty.get_absolute_url())
    assert faults_of(firm) == []
    firm.get_by_role("link", name=said("Report the income", language), exact=True).click()
    firm.fill("#id_licence_income", "1천만원")
    firm.fill("#id_sales", "4억")
    firm.fill("#id_contribution", "20")
    assert faults_of(firm) == []
    firm.get_by_role("button", name=said("Report", language, "royalty"), exact=True).click()
    expect(firm.get_by_text("90,000,000").first).to_be_visible()
    assert faults_of(firm) == []

    office = sit_down(cast["officer"], language, width)
    office.goto(live_server.url + royalty.get_absolute_url())
    office.get_by_role("link", name=said("Bill it", language), exact=True).click()
    office.get_by_role("button", name=said("Bill it", language), exact=True).click()
    expect(office.get_by_text("2,250,000").first).to_be_visible()
    assert faults_of(office) == []
    assert Royalty.objects.get().amount == 2_250_000


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_a_consumer_tries_and_the_firm_replies(cast, live_server, sit_down, language, width):
    lab = cast.living_lab()
    cast.consumer_trial(lab)
    consumer = sit_down(cast["newcomer"], language, width)
    consumer.goto(live_server.url + lab.get_absolute_url())
    assert faults_of(consumer) == []
    consumer.get_by_role("button", name=said("Enrol", language), exact=True).click()
    consumer.get_by_role("link", name=said("Try and answer", language)).click()
    consumer.locator("[name=score][value='4']").check(force=True)
    consumer.locator("[name=is_ready][value='yes']").check(force=True)
    consumer.fill("#id_question_0", "조용했어요")
    assert faults_of(consumer) == []
    consumer.get_by_role("button", name=said("Send", language), exact=True).click()
    expect(consumer.get_by_text("조용했어요")).to_be_visible()

    firm = sit_down(cast["supplier"], language, width)
    firm.goto(live_server.url + lab.get_absolute_url())
    assert faults_of(firm) == []
    firm.get_by_role("link", name=said("Reply", language), exact=True).click()
    firm.fill("#id_text", "고맙습니다.")
    firm.get_by_role("button", name=said("Reply", language), exact=True).click()
    expect(firm.get_by_text("고맙습니다.")).to_be_visible()
    assert Answer.objects.get().reply == "고맙습니다."
