"""The owner of a small firm on a phone: a technology, one question at a time."""

import re

import pytest
from playwright.sync_api import expect

from dure.apps.catalog.models import Technology

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_technology_is_written_on_a_phone_and_kept_while_typing(cast, live_server, sit_down):
    page = sit_down(cast["supplier"], width=390)
    page.goto(f"{live_server.url}/technologies/new/questions/")

    page.locator("#id_title").fill("배기가스 폐열 회수")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/questions/body/$"))
    page.locator("#id_body").press_sequentially("350도 배기가스에서 열을 회수해요.")
    expect(page.locator("#saved p")).to_contain_text(re.compile(r"\d\d:\d\d:\d\d"))
    assert Technology.objects.get().body == "350도 배기가스에서 열을 회수해요."

    # What is typed on goes on from there, and the next question follows.
    page.locator("#id_body").press_sequentially(" 회수율 70%예요.")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/questions/track_record/$"))
    assert Technology.objects.get().body.endswith("회수율 70%예요.")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
