"""A firm changes its agreement, on a phone and in Korean; an officer answers; nobody retypes a sum.

A demand organisation approves internally on a phone, and accepts the scan of the sealed agreement.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from dure.apps.agreements.models import Acceptance, Change
from dure.apps.agreements.operations import NewCost, name_approver
from dure.apps.agreements.stages import ChangeStage
from tests.accessibility import faults_at, faults_of
from tests.conftest import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MILLION = 1_000_000


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.DURE_KEYS = str(tmp_path / "keys")


def _signed(cast):
    try:
        return cast.signed_agreement(
            costs=[
                NewCost(2, "materials", "cash", 265 * MILLION, 1),
                NewCost(2, "activity", "cash", 50 * MILLION, 1),
                NewCost(2, "personnel", "in_kind", 35 * MILLION, 1),
            ]
        )
    finally:
        connection.close()


def test_a_firm_changes_its_agreement_and_an_officer_answers(cast, sit_down, live_server):
    with ThreadPoolExecutor(1) as beside:  # signing wants a loop of its own, as Playwright has one
        agreement = beside.submit(_signed, cast).result()
    address = f"{live_server.url}/agreements/{agreement.pk}/"
    material, activity = agreement.costs.filter(kind="cash").order_by("pk")

    firm = sit_down(cast["supplier"], width=390)
    firm.goto(address)
    firm.get_by_role("link", name="협약 변경하기").click()
    firm.locator(f"[name=cost_{material.pk}]").fill(str(264 * MILLION))
    firm.locator(f"[name=cost_{activity.pk}]").fill(str(51 * MILLION))
    firm.locator("[name=goal]").fill("영하 253도에서 누설이 없다")
    firm.locator("[name=reason]").fill("수요기관이 더 낮은 누설률을 원한다")
    firm.get_by_role("button", name="변경 제출").click()
    firm.get_by_text("제출했어요.").first.wait_for()
    firm.get_by_role("button", name="나누기").click()
    firm.get_by_text("나눴어요.").first.wait_for()
    assert Change.objects.filter(stage=ChangeStage.DONE).count() == 1
    assert faults_at(firm, address) == []

    officer = sit_down(cast["officer"], language="en")
    officer.goto(f"{address}#changes")
    officer.get_by_role("link", name="Answer").click()
    officer.get_by_label("Approve").check()
    officer.get_by_role("button", name="Answer").click()
    officer.get_by_text("Being signed anew").first.wait_for()

    firm.goto(address)
    firm.get_by_role("button", name="서명하기").click()
    firm.get_by_text("열림테크: 서명했어요.").first.wait_for()


def test_a_demand_organisation_approves_and_accepts_sealed_paper(cast, sit_down, live_server):
    with ThreadPoolExecutor(1) as beside:  # so does writing the text
        agreement = beside.submit(_opened, cast).result()
    address = f"{live_server.url}/agreements/{agreement.pk}/"

    office = sit_down(cast["officer"])
    office.goto(f"{address}outside/")
    office.locator("[name=way][value=PAPER]").check()
    scan = {"name": "협약서.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 scan"}
    office.set_input_files("[name=file]", scan)
    office.get_by_role("button", name="파일 올리기").click()
    office.get_by_text("스캔본은 전자서명이 아니고").first.wait_for()
    assert faults_of(office) == []

    approver = sit_down(cast["member"], width=390)
    approver.goto(address)
    assert faults_of(approver) == []
    approver.get_by_role("button", name="이 판 승인하기").click()
    approver.get_by_text("승인했어요.").first.wait_for()

    signatory = sit_down(cast["manager"], language="en")
    signatory.goto(address)
    signatory.get_by_role("button", name="Accept this file").click()
    signatory.get_by_text("Accepted. Once all have").first.wait_for()
    assert faults_of(signatory) == []
    assert Acceptance.objects.get().party.role == "demand"


def _opened(cast):
    try:
        name_approver(organisation=cast.buyer, user=cast["member"], by=cast["manager"], at=NOON)
        return cast.opened_agreement()
    finally:
        connection.close()
