"""In a real browser: a buyer on a phone compares what arrived; the files stay where they are."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.dataproducts.operations import answer, hand_over
from tests.accessibility import faults_at, faults_of
from tests.apps.dataproducts.cast import FILES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_a_buyer_compares_what_arrived(
    cast, sit_down, live_server, settings, tmp_path, language, width
):
    settings.DURE_KEYS = str(tmp_path / "keys")
    now = timezone.now()
    given = answer(transfer=cast.data_transfer(), agrees=True, by=cast["supplier"], at=now)
    given = hand_over(transfer=given, how="sftp", by=cast["supplier"], at=now)
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)

    buyer = sit_down(cast["manager"], language, width)
    for path in ("data/", given.version.product.get_absolute_url()[1:], "data/transfers/"):
        assert faults_at(buyer, f"{live_server.url}/{path}") == []
    url = live_server.url + given.get_absolute_url()
    assert faults_at(buyer, url) == []
    assert faults_at(buyer, f"{url}compare/") == []
    buyer.set_input_files("#id_files", [tmp_path / name for name in FILES])
    lines = "\n".join(f"{file.sha256}  {file.name}" for file in _in_order(given))
    expect(buyer.locator("#id_lines")).to_have_value(lines)
    with buyer.expect_request(lambda request: request.method == "POST") as sent:
        buyer.locator("main form.stack-wide button[type=submit]").first.click()
    assert b"1,2" not in (sent.value.post_data_buffer or b"")
    expect(buyer).to_have_url(url)
    assert faults_of(buyer) == []
    given.refresh_from_db()
    assert given.stage == "RECEIVED"

    seller = sit_down(cast["supplier"], language, width)
    for path in ("data/new/", f"data/{given.version.product_id}/versions/new/"):
        assert faults_at(seller, f"{live_server.url}/{path}") == []


def _in_order(transfer):
    names = list(FILES)
    return sorted(transfer.version.files.all(), key=lambda file: names.index(file.name))
