"""From a slip photographed with a phone to the settlement: bookkeeper, accounting firm, officer, auditor."""

import pytest
from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import expect

from dure.apps.projects.models import Expense, Mark, Project
from tests.accessibility import faults_at, faults_of
from tests.foundation.test_pictures import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def said(text, language, context=None):
    """What a button says in a language."""
    with translation.override(language):
        return pgettext(context, text) if context else gettext(text)


def files_an_expense(page, language, project, picture, address):
    """A photo, and five fields; what the rules say stands there before it is sent."""
    page.goto(address + project.get_absolute_url())
    page.get_by_role("link", name=said("File an expense", language)).first.click()
    expect(page.locator("#id_amount")).to_be_visible()
    assert faults_of(page) == []
    page.set_input_files("#id_files", picture)
    page.select_option("#id_kind", "receipt")
    page.fill("#id_amount", "110만원")
    page.fill("#id_payee", "두레상사")
    page.select_option("#id_purpose", "materials")
    page.fill("#id_spent_on", "2025-03-14")
    page.locator("#id_spent_on").blur()
    expect(page.locator("#findings")).to_contain_text("1,100,000", timeout=20_000)
    page.fill("#id_spent_on", "2026-03-14")
    page.get_by_role("button", name=said("File it", language, "expense"), exact=True).click()
    expect(page.locator(".evidence-picture img")).to_be_visible()
    assert page.locator(".evidence-picture img").evaluate("img => img.decode().then(() => true)")
    assert faults_of(page) == []


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_an_expense_is_filed_marked_answered_and_settled(
    cast, live_server, sit_down, tmp_path, language, width
):
    project, address = cast.project(), live_server.url
    picture = tmp_path / "IMG_0001.HEIC"
    picture.write_bytes(photo("HEIF"))
    bookkeeper = sit_down(cast["supplier"], language, width)
    files_an_expense(bookkeeper, language, project, picture, address)
    expense = Expense.objects.get()

    officer = sit_down(cast["officer"], language)
    assert faults_at(officer, address + project.get_absolute_url()) == []
    officer.get_by_role("button", name=said("Open the settlement", language)).click()
    settlement = f"{address}{project.get_absolute_url()}settlement/"
    officer.goto(settlement)
    expect(officer.locator("#sum")).to_be_visible()

    accountant = sit_down(cast["rival"], language)
    accountant.goto(address + expense.get_absolute_url())
    accountant.fill("#mark_question", "납품서를 주세요.")
    accountant.get_by_role("button", name=said("Mark it", language)).click()
    expect(accountant.get_by_role("link", name="납품서를 주세요.")).to_be_visible()
    mark = Mark.objects.get()

    assert faults_at(bookkeeper, settlement) == []
    bookkeeper.fill(f"#id_{mark.pk}_answer", "증빙에 붙였습니다.")
    bookkeeper.get_by_role("button", name=said("Answer", language), exact=True).click()
    expect(bookkeeper.get_by_text("증빙에 붙였습니다.")).to_be_visible()
    assert faults_of(bookkeeper) == []

    accountant.goto(settlement)
    accountant.select_option(f"#id_{mark.pk}_stage", "UPHELD")
    accountant.fill(f"#id_{mark.pk}_note", "납품서가 없음")
    accountant.get_by_role("button", name=said("Decide", language, "expense"), exact=True).click()
    expect(accountant.get_by_text("납품서가 없음")).to_be_visible()
    assert faults_of(accountant) == []

    officer.goto(settlement)
    officer.get_by_role("button", name=said("Conclude", language)).click()
    expect(officer.get_by_role("button", name=said("Conclude", language))).to_have_count(0)
    auditor = sit_down(cast["auditor"], language)
    assert faults_at(auditor, settlement) == []
    expect(auditor.locator("#sum")).to_contain_text("1,100,000")
    assert faults_at(auditor, f"{address}{project.get_absolute_url()}plan/") == []
    bookkeeper.goto(settlement)
    bookkeeper.get_by_role("link", name=said("Object to the settlement", language)).click()
    bookkeeper.fill("#id_grounds", "납품서를 이제 찾았습니다.")
    assert faults_of(bookkeeper) == []
    bookkeeper.get_by_role("button", name=said("Raise the objection", language)).click()
    expect(bookkeeper.locator("#objection")).to_contain_text("납품서를 이제 찾았습니다.")
    assert Project.objects.get().settlement.result["disallowed_cash"] == 1_100_000
