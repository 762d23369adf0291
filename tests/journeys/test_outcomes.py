"""In a real browser: a firm reports what came of its project, the buyer confirms it, the office merges
two reports and undoes it."""

import pytest
from playwright.sync_api import expect

from dure.apps.outcomes.models import Outcome, Twins
from tests.accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAYS = {
    "ko": {
        "report": "성과 보고", "contract": "계약", "what": "내용", "amount": "금액", "on": "체결일",
        "send": "보고하기", "confirm": "확인하기", "confirmed": "확인됨", "project": "과제",
        "keep": "같은 건, 첫째 남기기", "undo": "되돌리기",
    },
    "en": {
        "report": "Report an outcome", "contract": "Contract", "what": "What", "amount": "Amount",
        "on": "Concluded", "send": "Report", "confirm": "Confirm", "confirmed": "Confirmed",
        "project": "Project", "keep": "One deal; keep the first", "undo": "Undo",
    },
}  # fmt: skip


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_a_firm_reports_and_the_buyer_confirms(
    cast, live_server, sit_down, tmp_path, language, width
):
    says, project = SAYS[language], cast.project()
    paper = tmp_path / "contract.pdf"
    paper.write_bytes(b"%PDF-1.7 a contract")
    firm = sit_down(cast["supplier"], language, width)

    firm.goto(live_server.url + project.get_absolute_url())
    firm.get_by_role("link", name=says["report"]).click()
    assert faults_of(firm) == []
    firm.get_by_role("link", name=says["contract"], exact=True).click()
    expect(firm.locator("#id_counterpart")).to_have_value("124-81-00998")
    firm.fill("#id_title", "배기열 회수기 8대 공급")
    firm.get_by_label(says["on"]).fill("2026-10-05")
    firm.fill("#id_amount", "3억 2천만원")
    firm.set_input_files("#id_files", paper)
    assert faults_of(firm) == []
    firm.get_by_role("button", name=says["send"], exact=True).click()
    expect(firm.get_by_role("heading", name="배기열 회수기 8대 공급")).to_be_visible()
    expect(firm.locator(".way")).to_contain_text(project.title)
    assert faults_of(firm) == []
    firm.context.close()

    made = Outcome.objects.get()
    assert (made.amount, made.chain.anchor) == (320_000_000, "project")
    buyer = sit_down(cast["manager"], language, width)
    buyer.goto(live_server.url + made.get_absolute_url())
    buyer.get_by_role("button", name=says["confirm"]).click()
    expect(buyer.locator(".page-lead")).to_contain_text(says["confirmed"])
    assert faults_of(buyer) == []
    buyer.goto(live_server.url + "/outcomes/")
    expect(buyer.locator(".krds-figures")).to_contain_text("₩320,000,000")
    assert faults_of(buyer) == []


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 390)])
def test_the_office_merges_two_reports_and_undoes_it(cast, live_server, sit_down, language, width):
    says = SAYS[language]
    cast.outcome()
    cast.outcome(by="manager", title="배기열 회수 설비 구매 계약")
    page = sit_down(cast["officer"], language, width)

    page.goto(live_server.url + "/outcomes/twins/")
    assert faults_of(page) == []
    page.get_by_role("button", name=says["keep"]).click()
    expect(page.get_by_role("button", name=says["undo"])).to_be_visible()
    assert Twins.objects.get().answer == "SAME"
    page.get_by_role("button", name=says["undo"]).click()

    expect(page.get_by_role("button", name=says["keep"])).to_be_visible()
    assert {outcome.stage for outcome in Outcome.objects.all()} == {"CLAIMED"}
