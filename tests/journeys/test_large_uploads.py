"""In a real browser: a firm hands over a large drawing while its connection breaks and its browser is closed."""

import pytest
from playwright.sync_api import expect

from dure.apps.uploads.models import Upload
from tests.accessibility import faults_at, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PIECE = 1024**2
DRAWING = b"ISO-10303-21;\n" + bytes(range(256)) * 4096 * 5


@pytest.fixture(autouse=True)
def apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DURE_KEYS = str(tmp_path / "keys")


class Line:
    """The connection of a page: it lets `pieces` through, then breaks until it is mended."""

    def __init__(self, page, pieces):
        self.left, self.offsets = pieces, []
        page.route("**/uploads/*/", self.carry)

    def carry(self, route):
        request = route.request
        if request.method == "PATCH":
            if self.left <= 0:
                route.abort("connectionreset")
                return
            self.left -= 1
            self.offsets.append(int(request.headers["upload-offset"]))
        route.continue_()


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_a_large_file_goes_on_after_a_lost_connection_and_a_closed_browser(
    cast, sit_down, live_server, tmp_path, language, width
):
    room = cast.room()
    drawing = tmp_path / "valve.step"
    drawing.write_bytes(DRAWING)
    url = f"{live_server.url}/rooms/{room.pk}/enter/?kind=HAND_OVER"

    firm = sit_down(cast["supplier"], language, width)
    line = Line(firm, 2)
    firm.goto(url)
    firm.set_input_files("#id_files", drawing)
    note = firm.locator(".krds-progress output")
    lost = firm.locator("[data-uploads]").get_attribute("data-lost")
    expect(note).to_have_text(lost)
    assert faults_of(firm) == []
    line.left = 1
    expect(firm.locator(".krds-progress .progress-figures")).to_contain_text("3")
    expect(note).to_have_text(lost)
    assert line.offsets == [0, PIECE, 2 * PIECE]
    firm.context.close()

    again = sit_down(cast["supplier"], language, width)
    line = Line(again, 100)
    assert faults_at(again, url) == []
    expect(again.locator("[data-coming] li")).to_have_count(1)
    again.fill("#id_text", "밸브 모델")
    again.fill("#id_purpose", "공동 개발 검토")
    again.set_input_files("#id_files", drawing)
    expect(again.locator("[data-arrived] input:checked")).to_have_count(1)
    assert line.offsets == [3 * PIECE, 4 * PIECE, 5 * PIECE]
    assert faults_of(again) == []
    again.locator("main form.stack-wide > .btn-group button[type=submit]").click()
    expect(again.locator("#register")).to_contain_text("valve.step")
    assert Upload.objects.get().stage == "KEPT"

    buyer = sit_down(cast["member"], language, width)
    assert faults_at(buyer, live_server.url + room.get_absolute_url()) == []
    with buyer.expect_download() as waiting:
        buyer.locator("button[value=DOWNLOAD]").click()
    waiting.value.save_as(tmp_path / "received.step")
    assert (tmp_path / "received.step").read_bytes() == DRAWING
