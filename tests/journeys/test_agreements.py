"""A firm changes its agreement, on a phone and in Korean; an officer answers; nobody retypes a sum."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from dure.apps.agreements.models import Change
from dure.apps.agreements.operations import NewCost
from dure.apps.agreements.stages import ChangeStage
from tests.accessibility import faults_at

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
