"""The component page in a real browser: accessible, inside the content security policy, usable."""

import os
import threading
from pathlib import Path

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.urls import include, path
from playwright.sync_api import expect, sync_playwright

from dure.foundation import navigation
from tests.accessibility import faults_at

CHROMIUM = Path(os.environ.get("DURE_CHROMIUM", "/usr/bin/chromium"))
PAGES = ["/ui/", "/ui/examples/list/", "/ui/examples/detail/"]

urlpatterns = [
    path("ui/", include("dure.foundation.ui.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
pytestmark = [
    pytest.mark.urls(__name__),
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine"),
]


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_args):
        pass


@pytest.fixture
def site(settings, monkeypatch):
    monkeypatch.setattr(navigation, "links", lambda menu, user: [])
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    yield page
    page.close()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_and_asks_nobody_else(site, page, address, language, width):
    complaints, asked = [], []
    page.on(
        "console",
        lambda console_message: (
            console_message.type == "error" and complaints.append(console_message.text)
        ),
    )
    page.on("request", lambda request: asked.append(request.url))
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    page.set_viewport_size({"width": width, "height": 800})

    assert faults_at(page, site + address) == []
    assert complaints == []
    assert [url for url in asked if not url.startswith(site)] == []


def test_the_queue_is_answered_from_the_keyboard(site, page):
    page.goto(site + "/ui/examples/detail/")
    page.evaluate(
        """addEventListener("click", (event) => {
             const button = event.target.closest("[data-key]");
             if (button) button.closest("li").remove();
           })"""
    )

    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("n")

    assert first == "match-1"
    expect(page.locator("#match-2")).to_be_focused()
    assert page.locator("[data-triage-item]").count() == 1


def test_the_keys_can_be_switched_off(site, page):
    page.goto(site + "/ui/examples/detail/")

    page.locator("[data-triage-toggle]").uncheck()
    page.keyboard.press("j")

    assert page.locator("[data-current]").count() == 0


def test_a_dialog_opens_and_gives_the_focus_back(site, page):
    page.goto(site + "/ui/")

    page.click("a[data-dialog]")
    opened = page.evaluate("document.querySelector('#withdraw').open")
    page.click("#withdraw .modal-btn [data-dialog-close]")

    assert opened
    assert page.evaluate("document.querySelector('#withdraw').open") is False
    assert page.evaluate("document.activeElement.matches('a[data-dialog]')")


def test_selected_rows_are_counted_and_shift_takes_a_range(site, page):
    page.goto(site + "/ui/")
    boxes = page.locator("#table [data-select]")

    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])

    assert page.text_content("#table [data-selected]") == "3"
    assert page.locator("#table [data-needs-selection]").first.is_enabled()


def test_progress_moves_by_itself(site, page):
    page.goto(site + "/ui/")

    expect(page.locator("#progress progress").first).to_have_attribute("value", "174")


def test_without_script_the_dialog_and_the_menus_still_open(site, browser):
    page = browser.new_page(java_script_enabled=False, viewport={"width": 360, "height": 800})

    page.goto(site + "/ui/#withdraw")
    page.click(".header-toggle > summary")

    assert page.locator("#withdraw").is_visible()
    assert page.locator(".header-panel").is_visible()
    page.close()
