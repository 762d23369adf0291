"""A firm takes a proof, an officer looks after the record, a judge has only the file."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

import dure_verify
from dure.apps.ndas.operations import move
from dure.apps.ndas.stages import NdaStage
from dure.apps.records.operations import check, seal
from tests.accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def box(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.DURE_KEYS = str(tmp_path / "keys")


@pytest.fixture
def agreement(cast):
    """One that both sides signed, in a record that is signed."""
    nda = cast.nda(cast.need(title="냉각 설비", title_en="Cooling plant", visibility="TEASER"))

    def sign():
        move(nda=nda, stage=NdaStage.SIGNED, by=cast["manager"], at=timezone.now())
        seal(at=timezone.now())
        connection.close()

    with ThreadPoolExecutor(1) as elsewhere:  # the browser's loop runs in this thread
        elsewhere.submit(sign).result()
    return nda


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_a_firm_takes_a_proof_and_a_judge_checks_it(
    agreement, cast, sit_down, live_server, tmp_path, language, width
):
    page = sit_down(cast["supplier"], language, width=width)
    page.goto(f"{live_server.url}/ndas/{agreement.pk}/")
    assert faults_of(page) == []
    page.locator("#sealed-record th a").last.click()
    assert faults_of(page) == []
    with page.expect_download() as waiting:
        page.locator(".page-actions a, a[href$='/proof/']").first.click()
    waiting.value.save_as(tmp_path / "proof.zip")
    page.goto(f"{live_server.url}/records/")
    assert faults_of(page) == []

    judge = sit_down(None, language, width=width)
    judge.goto(f"{live_server.url}/records/proofs/")
    assert faults_of(judge) == []
    key = judge.locator("table code").first.inner_text()
    shutil.copy(dure_verify.__file__, tmp_path / "dure_verify.py")
    ran = subprocess.run(
        [sys.executable, "-I", "dure_verify.py", "proof.zip", "--key", key],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout.decode()
    assert cast.supplier.name in ran.stdout.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_officer_looks_after_the_record_and_after_hand_overs(
    agreement, cast, sit_down, live_server, language
):
    check(at=timezone.now())
    page = sit_down(cast["officer"], language)
    for path in ("records/standing", "ndas/exchanges", "ndas/sheets", "ndas/exchanges/new"):
        page.goto(f"{live_server.url}/{path}/")
        assert faults_of(page) == []
    page.goto(f"{live_server.url}/records/standing/")
    page.locator(".page-actions button[type=submit]").click()
    expect(page.locator(".krds-alert").first).to_be_visible()


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_a_buyer_asks_in_writing_and_the_firm_agrees(cast, sit_down, live_server, language, width):
    sheet = cast.request_sheet()
    page = sit_down(cast["manager"], language, width=width)
    page.goto(f"{live_server.url}/ndas/sheets/new/")
    assert faults_of(page) == []
    firm = sit_down(cast["supplier"], language, width=width)
    firm.goto(f"{live_server.url}/ndas/sheets/{sheet.pk}/")
    assert faults_of(firm) == []
    firm.locator("a[href='#move-agreed']").click()
    with firm.expect_navigation():
        firm.locator("#move-agreed button[type=submit]").click()
    page.goto(f"{live_server.url}/ndas/sheets/{sheet.pk}/agreement/")
    assert faults_of(page) == []
