"""In a real browser: the fingerprint is computed where the file lies, and somebody without an account checks it."""

import hashlib

import pytest
from playwright.sync_api import expect

from dure.apps.origins.models import Origin
from tests.accessibility import faults_at, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTENT = b"coating process, third draft"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DURE_KEYS = str(tmp_path / "keys")


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_a_firm_registers_a_file_that_never_leaves_it(
    cast, sit_down, live_server, tmp_path, language, width
):
    file = tmp_path / "coating.pdf"
    file.write_bytes(CONTENT)
    firm = sit_down(cast["supplier"], language, width)
    assert faults_at(firm, f"{live_server.url}/origins/") == []
    assert faults_at(firm, f"{live_server.url}/origins/new/") == []
    firm.fill("#id_title", "코팅 공정")
    firm.set_input_files("#id_file", file)
    expect(firm.locator("#id_sha256")).to_have_value(SHA256)
    expect(firm.locator("#id_file_name")).to_have_value("coating.pdf")
    with firm.expect_request(lambda request: request.method == "POST") as sent:
        firm.locator("main button[type=submit]").click()
    assert CONTENT not in (sent.value.post_data_buffer or b"")
    expect(firm.locator("main th a")).to_have_text("코팅 공정")
    origin = Origin.objects.get()
    assert origin.sha256 == SHA256
    assert faults_at(firm, f"{live_server.url}{origin.get_absolute_url()}") == []
    assert faults_at(firm, f"{live_server.url}{origin.get_absolute_url()}certificate/") == []

    judge = sit_down(None, language, width)
    assert faults_at(judge, f"{live_server.url}/origins/check/") == []
    judge.fill("#id_number", origin.number)
    judge.set_input_files("#id_file", file)
    expect(judge.locator("#id_sha256")).to_have_value(SHA256)
    judge.locator("main button[type=submit]").click()
    expect(judge.locator(".krds-alert").first).to_contain_text(cast.supplier.name)
    assert faults_of(judge) == []
