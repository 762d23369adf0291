"""A small firm applies, on a phone, from the check to the receipt; its demand organisation takes part and
confirms; its signatory approves; after the deadline the officer reads it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dure.apps.applications import adapter, operations, queries
from dure.apps.applications.models import Application
from dure.apps.calls.operations import close_due
from dure.apps.people.models import Membership, MembershipStage
from tests.accessibility import faults_of
from tests.apps.applications.cast import _attach, _lead_of
from tests.apps.applications.cast import _save as save
from tests.apps.calls.conftest import announced_call
from tests.conftest import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
WORDS = {
    "ko": {
        "check": "신청할 수 있나요?", "start": "신청서 쓰기 시작", "title": "과제명과 기간",
        "save": "저장하고 다음", "saved": "저장함", "nothing": "아직 아무것도 접수되지 않았어요",
        "file": "제출 요청", "approve": "승인하고 제출", "received": "접수됨", "list": "목록으로",
        "take part": "참여함", "confirm": "우리 부분을 그대로 확인", "confirmed": "확인했어요",
    },
    "en": {
        "check": "May we apply?", "start": "Start the application", "title": "Title and time",
        "save": "Save and go on", "saved": "Saved at", "nothing": "Nothing has been received yet",
        "file": "File it", "approve": "Approve and submit", "received": "Received:",
        "list": "To the list", "take part": "We take part", "confirm": "Confirm our part as it is",
        "confirmed": "Confirmed.",
    },
}  # fmt: skip


@pytest.fixture
def call(cast):
    now = timezone.now()
    return announced_call(cast, opens_at=now - DAY, closes_at=now + 3 * DAY)


@pytest.fixture
def writer(cast):
    """Somebody of the small firm who does not sign for it."""
    Membership.objects.create(
        user=cast["newcomer"], organisation=cast.supplier, stage=MembershipStage.ACTIVE
    )
    return cast["newcomer"]


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_a_small_firm_applies(call, writer, cast, live_server, sit_down, language, width):
    words = WORDS[language]
    page = sit_down(writer, language, width=width)
    page.goto(f"{live_server.url}/calls/{call.pk}/")
    page.get_by_role("link", name=words["check"]).click()
    assert faults_of(page) == []
    page.get_by_role("button", name=words["start"]).click()
    page.wait_for_url("**/applications/*/")
    expect(page.get_by_text(words["nothing"]).first).to_be_visible()
    assert faults_of(page) == []

    page.get_by_role("link", name=words["title"]).click()
    page.locator("#id_title").fill("도금 공정 무인 검사 장치")
    page.locator("#id_months").fill("24")
    expect(page.locator("#saved")).to_contain_text(words["saved"])
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator("#counter")).to_contain_text("0/600")
    page.locator("#id_text").fill("전기도금 라인의 불량을 스스로 찾는 장치를 개발합니다.")
    expect(page.locator("#counter")).to_contain_text("30/600")
    expect(page.locator("#saved")).to_contain_text(words["saved"])
    assert faults_of(page) == []
    page.get_by_role("link", name=words["list"]).click()
    expect(page.get_by_role("heading", name="도금 공정 무인 검사 장치")).to_be_visible()

    application = Application.objects.get()
    the_rest(application, writer)
    lead = _lead_of(application)
    for part in (f"people/{lead.pk}", f"costs/{lead.pk}", f"money/{lead.pk}"):
        page.goto(f"{live_server.url}/applications/{application.pk}/parts/{part}/")
        assert faults_of(page) == []
    for address in ("members/", "preview/", "money/", f"import/costs/{lead.pk}/"):
        page.goto(f"{live_server.url}/applications/{application.pk}/{address}")
        assert faults_of(page) == []
    page.goto(f"{live_server.url}/applications/{application.pk}/")
    page.get_by_role("link", name=words["file"], exact=True).or_(
        page.get_by_role("button", name=words["file"], exact=True)
    ).first.click()
    page.get_by_role("dialog").get_by_role("button", name=words["file"], exact=True).click()
    expect(page.get_by_text(words["nothing"]).first).to_be_visible()
    assert faults_of(page) == []

    signatory = sit_down(cast["supplier"], language, width=width)
    signatory.goto(f"{live_server.url}/applications/{application.pk}/approve/")
    assert faults_of(signatory) == []
    signatory.get_by_role("button", name=words["approve"]).click()
    signatory.wait_for_url("**/receipt/")
    expect(signatory.get_by_text(words["received"]).first).to_be_visible()
    expect(
        signatory.get_by_text(queries.standing_submission(application).content_hash)
    ).to_be_visible()
    assert faults_of(signatory) == []


def the_rest(application, by):
    """What else a whole application needs, typed by nobody."""
    lead = _lead_of(application).pk
    for question in adapter.questions_of(application.call):
        if question.id != "summary":
            save(application, f"answers/{question.id}", {"text": "한 단락으로 적었습니다."}, by)
    for document in adapter.documents_of(application.call, "lead"):
        _attach(application, document, by)
    save(application, f"people/{lead}", {"rows": [
        {"name": "김연구", "monthly_won": 4_000_000, "rate": 50, "months": 24, "kind": "in_kind"},
    ]}, by)  # fmt: skip
    save(application, f"costs/{lead}", {"rows": [
        {"category": "materials", "won": 152_000_000},
    ]}, by)  # fmt: skip
    save(application, f"money/{lead}", {"rows": [
        {"role": "government", "instrument": "grant", "won": 147_000_000},
        {"role": "lead", "instrument": "own_share", "won": 5_000_000},
        {"role": "lead", "instrument": "own_share", "kind": "in_kind", "won": 48_000_000},
    ]}, by)  # fmt: skip


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 390)])
def test_a_demand_organisation_takes_part_and_confirms(
    call, cast, live_server, sit_down, language, width
):
    words = WORDS[language]
    now = timezone.now()
    draft = operations.start(call=call, organisation=cast.supplier, by=cast["supplier"], at=now)
    invited = operations.invite(
        application=draft, organisation=cast.buyer, role="demand", sees_all=False,
        by=cast["supplier"], at=now,
    )  # fmt: skip
    page = sit_down(cast["manager"], language, width=width)
    page.goto(f"{live_server.url}/applications/{draft.pk}/members/")
    assert faults_of(page) == []
    page.get_by_role("button", name=words["take part"]).click()
    page.goto(f"{live_server.url}/applications/{draft.pk}/parts/commitment/{invited.pk}/")
    page.locator("#id_shows").select_option("purchase_contract")
    expect(page.locator("#saved")).to_contain_text(words["saved"])
    assert faults_of(page) == []
    page.goto(f"{live_server.url}/applications/{draft.pk}/members/")
    page.get_by_role("button", name=words["confirm"]).click()

    expect(page.get_by_text(words["confirmed"]).first).to_be_visible()
    assert faults_of(page) == []
    invited.refresh_from_db()
    assert invited.confirmed_by == cast["manager"]


def test_two_people_in_one_question_see_both_versions(call, writer, cast, live_server, sit_down):
    now = timezone.now()
    draft = operations.start(call=call, organisation=cast.supplier, by=cast["supplier"], at=now)
    address = f"{live_server.url}/applications/{draft.pk}/parts/answers/need/"
    first, second = sit_down(writer, "en"), sit_down(cast["supplier"], "en")
    first.goto(address)
    second.goto(address)
    first.locator("#id_text").fill("Written by the first.")
    expect(first.locator("#saved")).to_contain_text("Saved at")
    second.locator("#id_text").fill("Written by the second.")
    expect(second.locator("#saved")).to_contain_text("newcomer saved this part")

    second.get_by_role("button", name="Save", exact=True).click()

    expect(second.get_by_text("Written by the first.")).to_be_visible()
    expect(second.locator("#id_text")).to_have_value("Written by the second.")
    assert faults_of(second) == []
    with second.expect_navigation():
        second.get_by_role("button", name="Save", exact=True).click()
    assert adapter.read(queries.part_of(draft, "answers/need")) == {
        "text": "Written by the second."
    }


def test_an_officer_sees_counts_and_after_the_opening_applications(cast, live_server, sit_down):
    now = timezone.now()
    call = announced_call(cast, opens_at=NOON - DAY, closes_at=now - timedelta(hours=1))
    application = cast.submitted_application(call)
    page = sit_down(cast["officer"], "ko")
    address = f"{live_server.url}/applications/calls/{call.pk}/"
    page.goto(address)
    assert application.number not in page.content()
    assert faults_of(page) == []
    close_due(at=now)
    operations.open_due(at=now + 2 * DAY)

    page.goto(address)
    page.get_by_role("link", name="배관 수소취성 억제 코팅 개발").click()

    expect(page.get_by_role("heading", name="배관 수소취성 억제 코팅 개발").first).to_be_visible()
    assert faults_of(page) == []
