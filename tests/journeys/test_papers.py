"""A firm's manager names a delegate and files a paper, wholly on a phone; the office reads neither."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.papers.models import PaperVersion
from dure.apps.people.models import Mandate
from dure.foundation.paper import pdf
from tests.accessibility import faults_at, faults_of
from tests.apps.papers.conftest import make_paper
from tests.apps.registers.conftest import make_fact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def box(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.DURE_KEYS = str(tmp_path / "keys")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_manager_names_a_delegate_on_a_phone(cast, sit_down, live_server, language):
    page = sit_down(cast["manager"], language, width=390)
    address = f"{live_server.url}/organisations/{cast.buyer.pk}/"
    page.goto(address)
    page.locator(f"a[href='/organisations/{cast.buyer.pk}/mandates/']").click()
    assert faults_of(page) == []

    page.select_option("#id_kind", "DELEGATE")
    page.select_option("#id_person", str(cast["member"].pk))
    page.locator("form .btn-group button[type=submit]").click()
    expect(page.locator("#name")).to_contain_text(re.compile("위임이 끝나는 날|until when"))
    page.fill("#id_last_on", (timezone.localdate() + timedelta(days=30)).isoformat())
    page.locator("form .btn-group button[type=submit]").click()
    expect(page.locator("table")).to_contain_text("member@example.org")

    assert faults_of(page) == []
    mandate = Mandate.objects.get()
    assert (mandate.user, mandate.kind) == (cast["member"], "DELEGATE")
    page.goto(f"{live_server.url}/mandates/{mandate.pk}/end/")
    assert faults_of(page) == []
    with page.expect_navigation():
        page.locator("form .btn-group button[type=submit]").click()
    assert Mandate.objects.get().ended_on is not None


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_manager_files_a_paper_on_a_phone(cast, sit_down, live_server, language):
    page = sit_down(cast["supplier"], language, width=390)
    page.goto(f"{live_server.url}/papers/")
    assert faults_of(page) == []
    page.locator("main a[href='/papers/new/']").first.click()
    assert faults_of(page) == []
    page.select_option("#id_kind", "BUSINESS_REGISTRATION")
    content = pdf(
        "<!doctype html><html lang='ko'><head><title>a</title></head><body>a</body></html>"
    )
    file = {"name": "사업자등록증.pdf", "mimeType": "application/pdf", "buffer": content}
    page.set_input_files("input[type=file]", file)
    page.locator("main form .btn-group button[type=submit]").click()
    page.wait_for_url(re.compile(r"/papers/\d+/$"))

    version = PaperVersion.objects.get()
    assert version.name == "사업자등록증.pdf"
    assert faults_of(page) == []
    with page.expect_download() as download:
        page.locator("form[action$='/file/'] button").click()
    assert download.value.suggested_filename == "사업자등록증.pdf"
    assert download.value.path().read_bytes() == content


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_every_page_of_papers_and_facts_is_accessible(cast, sit_down, live_server, language, width):
    make_paper(cast, at=timezone.now(), issued_on=timezone.localdate() - timedelta(days=28))
    fact = make_fact(cast)
    firm = sit_down(cast["supplier"], language, width=width)
    office = sit_down(cast["officer"], language, width=width)

    faults = [
        fault
        for page, paths in (
            (firm, ("papers/", "papers/new/", f"registers/organisations/{cast.supplier.pk}/")),
            (office, ("registers/", "registers/import/", f"registers/{fact.pk}/withdraw/")),
        )
        for path in paths
        for fault in faults_at(page, f"{live_server.url}/{path}")
    ]

    assert faults == []
