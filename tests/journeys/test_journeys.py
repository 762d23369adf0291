"""People at work in a real browser, in both languages, with axe looking over their shoulder."""

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from dure.apps.catalog.models import Need
from dure.apps.catalog.operations import save_search
from dure.apps.catalog.stages import NeedStage
from dure.apps.matches.models import Answer, Direction
from tests.accessibility import faults_at, faults_of
from tests.apps.matches.conftest import suggest
from tests.conftest import NOON

PAGES = {
    "visitor": [
        "/",
        "/needs/",
        "/technologies/",
        "/organisations/",
        "/matches/try/",
        "/accounts/login/",
    ],
    "member": [
        "/",
        "/needs/",
        "/matches/",
        "/account/",
        "/needs/new/",
        "/import/needs/",
        "/searches/",
        "/notices/",
    ],
    "supplier": ["/", "/matches/?one=1", "/technologies/"],
    "officer": [
        "/",
        "/needs/review/",
        "/matches/mutual/",
        "/matches/quality/",
        "/jobs/",
        "/organisations/",
    ],
    "auditor": ["/", "/history/"],
}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(cast):
    need, technology = cast.need(trl=7), cast.technology(trl=4)
    other = cast.technology(title="판형 열교환기 세정 기술")
    suggest(need, technology)
    suggest(need, other, rank=2)
    suggest(need, technology, Direction.FOR_TECHNOLOGY)
    cast.need(title="검토 중인 수요", stage=NeedStage.UNDER_REVIEW)
    query = "field=SMARTFAC&q=배기"
    save_search(kind="needs", name="배기열", query=query, by=cast["member"], at=NOON)
    return cast


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("role", PAGES)
def test_the_pages_of_a_role_are_accessible(world, live_server, sit_down, role, language):
    user = None if role == "visitor" else world[role]
    page = sit_down(user, language, width=1280 if language == "ko" else 360)
    complaints: list[str] = []
    page.on(
        "console",
        lambda console_message: (
            console_message.type == "error" and complaints.append(console_message.text)
        ),
    )

    faults = []
    for address in PAGES[role]:
        answer = page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        faults += faults_of(page, answer.status)

    assert faults == []
    assert complaints == []


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("main.append(new Image())", "image-alt"),
        ("main.append(document.createElement('input'))", "label"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
        ("main.style.color = '#ddd'", "color-contrast"),
        ("main.style.width = '3000px'", "wider than the screen"),
    ],
)
def test_a_fault_made_on_purpose_is_found(world, live_server, sit_down, fault, expected):
    page = sit_down()
    page.goto(live_server.url + "/needs/")
    page.wait_for_load_state("networkidle")
    assert faults_of(page) == []

    page.evaluate(f"const main = document.querySelector('main'); {fault}")

    [fault_found] = faults_of(page)
    assert expected in fault_found


def test_a_page_that_is_not_there_is_found(live_server, sit_down):
    page = sit_down()

    [fault] = faults_at(page, f"{live_server.url}/needs/999/")
    assert fault.endswith("answered 404")


def test_a_scout_answers_from_the_keyboard(world, live_server, sit_down):
    page = sit_down(world["member"])
    need = Need.objects.get(title="도장 건조로 배기열 회수")

    page.goto(f"{live_server.url}/matches/needs/{need.pk}/")
    expect(page.get_by_text("저온 배기가스 폐열회수 열교환기").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("y")

    expect(page.get_by_text("관심 있음").first).to_be_visible()
    page.wait_for_timeout(500)
    assert Answer.objects.get().kind == "INTERESTED"
    assert Answer.objects.get().answered_by == world["member"]


def test_a_second_officer_publishes_and_the_visitor_finds_it(world, live_server, sit_down):
    officer, visitor = sit_down(world["officer"]), sit_down()

    officer.goto(live_server.url + "/needs/review/")
    with officer.expect_navigation():
        officer.get_by_role("button", name="게시", exact=False).first.click()
    officer.wait_for_load_state("networkidle")
    visitor.goto(live_server.url + "/needs/?q=검토")

    expect(visitor.get_by_role("link", name="검토 중인 수요")).to_be_visible()


def test_a_person_signs_in_and_switches_the_language(world, live_server, sit_down):
    EmailAddress.objects.create(
        user=world["supplier"], email=world["supplier"].email, verified=True, primary=True
    )
    page = sit_down(width=360)

    page.goto(live_server.url + "/accounts/login/")
    page.fill("input[name=login]", world["supplier"].email)
    page.fill("input[name=password]", "pass-word-1")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(live_server.url + "/")
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
    page.goto(live_server.url + "/technologies/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Technologies")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_search_is_saved_found_again_and_forgotten(world, live_server, sit_down, language):
    page = sit_down(world["manager"], language, width=1280 if language == "ko" else 360)
    words = {
        "ko": ("이 검색 저장", "저장", "이름 바꾸기", "지우기"),
        "en": ("Save this search", "Save", "Rename", "Delete"),
    }[language]
    page.goto(f"{live_server.url}/needs/?q=배기")

    page.get_by_role("button", name=words[0]).or_(page.get_by_role("link", name=words[0])).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert faults_of(page) == []
    dialog.get_by_role("textbox").fill("나의 배기")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        dialog.get_by_role("button", name=words[1], exact=True).click()
    page.goto(f"{live_server.url}/searches/")
    page.get_by_role("link", name="나의 배기").click()
    expect(page.locator("#id_q")).to_have_value("배기")
    page.goto(f"{live_server.url}/searches/")
    page.get_by_role("button", name=words[3]).or_(page.get_by_role("link", name=words[3])).click()
    page.get_by_role("dialog").get_by_role("button", name=words[3]).click()

    expect(page.get_by_role("link", name="나의 배기")).to_have_count(0)


@pytest.mark.parametrize(("language", "width"), [("ko", 1280), ("en", 360)])
def test_details_open_when_both_sides_have_signed(cast, live_server, sit_down, language, width):
    teaser = cast.need(
        title="냉각 설비", title_en="Cooling plant", body="극저온밸브", visibility="TEASER"
    )
    address = f"{live_server.url}/needs/{teaser.pk}/"
    says = {
        "ko": ("상세 내용 요청", "무엇에 쓰시나요?", "서명하고 요청하기", "서명하기"),
        "en": ("Ask for the details", "What will you use it for?", "Sign and ask", "Sign"),
    }
    ask, purpose, sign_and_ask, sign = says[language]
    firm = sit_down(cast["supplier"], language, width)
    firm.goto(address)
    assert faults_of(firm) == []
    expect(firm.get_by_text("극저온밸브")).to_have_count(0)
    firm.get_by_role("link", name=ask).click()
    assert faults_of(firm) == []
    firm.get_by_label(purpose).fill("도입 검토")
    firm.get_by_role("button", name=sign_and_ask).click()
    expect(firm.get_by_role("heading", level=1)).to_contain_text("냉각 설비")
    assert faults_of(firm) == []

    buyer = sit_down(cast["manager"], language, width)
    buyer.goto(live_server.url)
    assert faults_of(buyer) == []
    buyer.get_by_role("link", name="냉각 설비").first.click()
    buyer.get_by_role("link", name=sign, exact=True).click()
    with buyer.expect_navigation():
        buyer.get_by_role("dialog").get_by_role("button", name=sign, exact=True).click()
    buyer.goto(f"{live_server.url}/ndas/")
    assert faults_of(buyer) == []

    firm.goto(address)
    expect(firm.get_by_text("극저온밸브")).to_be_visible()
    assert faults_of(firm) == []
