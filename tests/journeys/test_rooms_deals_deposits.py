"""In a real browser: a firm shows a drawing to a buyer on a phone, a broker brings a deal to its contract, a
regional body sees what became of its find, two officers release a deposit, and a firm renews one in time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.deals import operations as deals
from dure.apps.deals.models import Proposal
from dure.apps.deals.operations import NewPayment
from dure.apps.deals.roles import Role
from dure.apps.deposits import operations as deposits
from dure.apps.people.models import Appointment, OrganisationKind
from dure.apps.rooms.models import FileView
from dure.foundation.paper import pdf
from tests.accessibility import faults_at, faults_of
from tests.apps.deposits.cast import PASSPHRASE, PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])


@pytest.fixture(autouse=True)
def apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DURE_KEYS = str(tmp_path / "keys")


def send(page):
    page.locator("main form.stack-wide button[type=submit]").first.click()


def elsewhere(act):
    """Do something in another thread, for the browser's loop runs in this one."""

    def alone():
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(alone).result()


@SCREENS
def test_a_firm_shows_a_buyer_what_it_can_and_finds_out_whose_copy_leaked(
    cast, sit_down, live_server, tmp_path, language, width
):
    room = cast.room()
    drawing = tmp_path / "valve.pdf"
    drawing.write_bytes(pdf("<html lang='ko'><title>x</title><body><p>밸브</p></body></html>"))
    url = live_server.url + room.get_absolute_url()
    firm = sit_down(cast["supplier"], language, width)
    assert faults_at(firm, f"{url}enter/?kind=HAND_OVER") == []
    firm.select_option("#id_kind", "HAND_OVER")
    firm.fill("#id_text", "밸브 외형도")
    firm.fill("#id_purpose", "공동 개발 검토")
    firm.set_input_files("#id_files", drawing)
    send(firm)
    expect(firm.locator("#register")).to_contain_text("밸브 외형도")
    assert faults_of(firm) == []

    buyer = sit_down(cast["member"], language, width)
    assert faults_at(buyer, url) == []
    with buyer.expect_download() as waiting:
        buyer.locator("button[value=DOWNLOAD]").click()
    waiting.value.save_as(tmp_path / "leaked.pdf")
    assert FileView.objects.get().reader == cast["member"]

    assert faults_at(firm, f"{live_server.url}/rooms/mark/") == []
    firm.set_input_files("#id_file", tmp_path / "leaked.pdf")
    send(firm)
    expect(firm.locator(".krds-alert").first).to_contain_text(FileView.objects.get().code)


@SCREENS
def test_a_broker_brings_a_deal_to_its_contract(cast, sit_down, live_server, language, width):
    Appointment.objects.create(user=cast["reviewer"], role=Role.BROKER)
    technology = cast.technology()
    cast.rival.kind = OrganisationKind.CENTRE
    cast.rival.save()
    deal = cast.filed_deal(who="rival", finder=cast.rival)
    url = live_server.url + deal.get_absolute_url()

    broker = sit_down(cast["reviewer"], language, width)
    assert faults_at(broker, f"{url}judge/") == []
    broker.check("input[name=is_fit][value=yes]")
    broker.fill("#id_judgement", "규격이 분명해요.")
    send(broker)
    expect(broker).to_have_url(url)
    assert faults_at(broker, f"{url}propose/") == []
    broker.select_option("#id_technology", str(technology.pk))
    broker.fill("#id_note", "효율이 높아요.")
    send(broker)
    expect(broker.locator("#proposals")).to_contain_text("효율이 높아요.")

    buyer = sit_down(cast["manager"], language, width)
    assert faults_at(buyer, url) == []
    take = f"form[action$='/proposals/{Proposal.objects.get().pk}/take/'] button"
    buyer.locator(take).click()
    expect(buyer.locator(take)).to_have_count(0)
    firm = sit_down(cast["supplier"], language, width)
    firm.goto(url)
    firm.locator("form[action$='/negotiate/'] button").click()
    expect(firm.locator("form[action$='/negotiate/']")).to_have_count(0)
    assert faults_at(firm, f"{url}terms/") == []
    deal.refresh_from_db()
    deals.set_terms(
        deal=deal, kind="licence", terms="국내 통상실시권", amount=3_000_000,
        payments=[NewPayment(timezone.localdate(), 3_000_000)], by=cast["supplier"],
        at=timezone.now(),
    )  # fmt: skip
    for page in (firm, buyer):
        page.goto(url)
        page.locator("form[action$='/sign/'] button").click()
        expect(page.locator("form[action$='/sign/']")).to_have_count(0)
    buyer.goto(url)
    expect(buyer.locator("a[href$='/contract/']")).to_have_count(1)
    assert faults_of(buyer) == []

    body = sit_down(cast["rival"], language, width)
    assert faults_at(body, url) == []
    expect(body.locator("main")).not_to_contain_text("국내 통상실시권")
    office = sit_down(cast["officer"], language, width)
    assert faults_at(office, f"{live_server.url}/deals/figures/") == []


@SCREENS
def test_two_officers_release_a_deposit_and_one_alone_does_not(
    cast, sit_down, live_server, tmp_path, language, width
):
    now = timezone.now()
    before = now - timedelta(days=40)
    elsewhere(lambda: cast.secrecy_papers(at=before))
    releases = []
    for title in ("먼저", "나중"):
        kept = cast.kept_deposit(at=before, title=title, users=[cast.buyer])
        releases.append(
            deposits.ask_release(
                deposit=kept, organisation=cast.buyer, ground="CLOSURE", statement="폐업 증명원",
                by=cast["manager"], at=before,
            )
        )  # fmt: skip
    deposits.grant(release=releases[1], passphrase=PASSPHRASE, by=cast["officer"], at=before)
    first, second = (f"{live_server.url}/deposits/releases/{release.pk}/" for release in releases)
    grant = "form[action$='/grant/'] button"

    officer = sit_down(cast["officer"], language, width)
    assert faults_at(officer, first) == []
    officer.fill("#pass-grant", PASSPHRASE)
    officer.locator(grant).click()
    expect(officer.locator(grant)).to_have_count(0)
    officer.goto(second)
    expect(officer.locator(grant)).to_have_count(0)
    assert faults_of(officer) == []

    other = sit_down(cast["officer2"], language, width)
    other.goto(second)
    other.fill("#pass-grant", PASSPHRASE)
    other.locator(grant).click()
    expect(other.locator(grant)).to_have_count(0)
    buyer = sit_down(cast["manager"], language, width)
    assert faults_at(buyer, second) == []
    buyer.locator("input[name=passphrase]").first.fill(PASSPHRASE)
    with buyer.expect_download() as waiting:
        buyer.locator("form[action*='/released/'] button").first.click()
    waiting.value.save_as(tmp_path / "released.pdf")
    assert (tmp_path / "released.pdf").read_bytes() == PDF


@SCREENS
def test_a_firm_renews_what_is_about_to_lapse(cast, sit_down, live_server, language, width):
    kept = cast.kept_deposit(at=timezone.now() - timedelta(days=340))
    ends_on = kept.ends_on
    firm = sit_down(cast["supplier"], language, width)
    assert faults_at(firm, f"{live_server.url}/deposits/") == []
    assert faults_at(firm, f"{live_server.url}/deposits/{kept.pk}/") == []
    with firm.expect_navigation():
        firm.locator("form[action$='/renew/'] button").first.click()
    kept.refresh_from_db()
    assert kept.ends_on > ends_on
