"""A fund's investor reads its part on a phone, a guarantor confirms its step and the firm sees it."""

import os
from pathlib import Path

import pytest

from dure.apps.instruments import queries
from tests.accessibility import faults_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("DURE_SHOTS")


def shot(page, name):
    """Keep what the page looks like, where somebody asks for it."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def test_an_investor_reads_its_part_of_a_fund_on_a_phone(cast, sit_down, live_server):
    fund = cast.founded_fund(pledges=((600, 500), (400, 400)))
    address = f"{live_server.url}{fund.get_absolute_url()}"

    investor = sit_down(cast["manager"], width=390)
    investor.goto(address)
    investor.get_by_role("link", name="한빛중공업").click()
    investor.get_by_text("납입").first.wait_for()
    assert faults_at(investor, address) == []
    shot(investor, "stake-390-ko")

    office = sit_down(cast["officer"], language="en")
    office.goto(address)
    office.get_by_role("link", name="Pledge of a founder").wait_for()
    assert faults_at(office, address) == []
    shot(office, "scheme-1280-en")


def test_a_guarantor_confirms_its_step_and_the_firm_sees_it(cast, sit_down, live_server):
    stake = cast.way()
    address = f"{live_server.url}{stake.get_absolute_url()}"

    guarantor = sit_down(cast["rival"])
    guarantor.goto(address)
    assert faults_at(guarantor, address) == []
    guarantor.get_by_role("link", name="확인").first.click()
    guarantor.locator("[name=amount]").fill("2억")
    guarantor.get_by_role("button", name="확인").click()
    guarantor.get_by_text("확인했고 장부에 기록했어요.").first.wait_for()
    shot(guarantor, "way-1280-ko")

    firm = sit_down(cast["supplier"], language="en", width=390)
    firm.goto(address)
    firm.get_by_text("Special guarantee").first.wait_for()
    assert faults_at(firm, address) == []
    assert list(queries.steps_done(stake)) == ["guarantee"]
