"""Somebody meets a word they do not know: asks the page, by keyboard or on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_word_beside_a_label_is_explained_from_the_keyboard(cast, live_server, sit_down):
    page = sit_down(cast["supplier"])
    page.goto(f"{live_server.url}/technologies/new/")
    mark = page.get_by_role("button", name="‘기술성숙도(TRL)’ 뜻 보기")
    explanation = page.get_by_text("기술이 어디까지 와 있는지")

    page.get_by_label("분야", exact=True).focus()
    page.keyboard.press("Tab")
    expect(mark).to_be_focused()
    expect(explanation).to_be_hidden()
    page.keyboard.press("Enter")
    expect(explanation).to_be_visible()
    assert faults_of(page) == []

    page.keyboard.press("Escape")
    expect(explanation).to_be_hidden()
    expect(mark).to_be_focused()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#trl")
    expect(page.locator("#trl")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("language", "address", "meaning"),
    [
        ("ko", "/technologies/new/", "누가 이 글을 볼 수"),
        ("en", "/technologies/new/", "Who may read an entry"),
        ("ko", "/organisations/{buyer}/edit/", "한국표준산업분류 번호예요"),
    ],
)
def test_a_word_is_explained_within_the_screen_of_a_phone(
    cast, live_server, sit_down, language, address, meaning
):
    page = sit_down(cast["manager"], language, width=360)
    page.goto(live_server.url + address.format(buyer=cast.buyer.pk))

    for mark in page.locator(".krds-term").all():
        mark.click()
        box = page.locator(":popover-open").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["y"] + box["height"] <= 900

    expect(page.get_by_text(meaning)).to_be_visible()
    assert faults_of(page) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_visitor_searches_the_glossary_while_typing(live_server, sit_down, language):
    page = sit_down(language=language, width=1280 if language == "ko" else 360)
    page.goto(f"{live_server.url}/glossary/")
    assert faults_of(page) == []

    page.get_by_role("searchbox").press_sequentially("공급기술")
    expect(page.locator("#nda")).to_have_count(0)

    expect(page.locator("#technology")).to_be_visible()
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^\s*1(개| word)\s*$"))
    assert "q=%EA%B3%B5" in page.locator("#terms-export a").get_attribute("href")
    assert page.url.endswith("/glossary/?q=%EA%B3%B5%EA%B8%89%EA%B8%B0%EC%88%A0")
    assert faults_of(page) == []
