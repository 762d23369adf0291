"""A voucher is spent on two phones; a month of savings is collected from an Excel list."""

from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from dure.apps.instruments import adapter, queries
from dure.apps.instruments.kinds import Payer, SchemeKind
from dure.apps.instruments.models import Movement, Stake
from dure.apps.jobs import operations as jobs
from dure.apps.jobs.models import Job
from dure.apps.ledger.adapter import faults as faults_of_the_ledger
from dure.apps.ledger.models import Entry
from tests.accessibility import faults_at, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_firm_asks_for_a_voucher_and_spends_it_at_an_institution_on_phones(
    cast, sit_down, live_server
):
    scheme = cast.scheme(SchemeKind.VOUCHER, institutions=[cast.rival])
    cast.appropriation(slug="equipment-voucher", amount=100_000_000)
    address = f"{live_server.url}{scheme.get_absolute_url()}"

    firm = sit_down(cast["supplier"], width=390)
    firm.goto(address)
    firm.get_by_role("link", name="바우처 신청").click()
    firm.locator("[name=trl]").fill("4")
    firm.locator("[name=amount]").fill("2천만")
    firm.locator("form [type=submit]").last.click()
    firm.get_by_text("신청했어요").first.wait_for()
    assert faults_at(firm, address) == []
    stake = Stake.objects.get()

    office = sit_down(cast["officer"], language="en")
    office.goto(address)
    office.get_by_role("button", name="Issue 1 in line").click()
    office.get_by_text("1 voucher issued.").first.wait_for()
    assert faults_at(office, address) == []

    institution = sit_down(cast["rival"], width=390)
    institution.goto(f"{address}use/")
    assert faults_at(institution, f"{address}use/") == []
    institution.locator("[name=stake]").fill(stake.number)
    institution.locator("[name=what]").fill("전자현미경 8시간")
    institution.locator("[name=amount]").fill("300만")
    institution.locator("form [type=submit]").last.click()
    institution.get_by_text("입력했어요").first.wait_for()

    own = f"{live_server.url}{stake.get_absolute_url()}"
    firm.goto(own)
    assert faults_at(firm, own) == []
    firm.get_by_role("button", name="확인").first.click()
    firm.get_by_text("확인했어요").first.wait_for()
    assert queries.figures_of([stake])[stake.pk].given == 3_000_000
    assert Entry.objects.filter(kind="VOUCHER").count() == 2
    assert list(faults_of_the_ledger()) == []


def filled_in(template, stake, month, *, is_short=False):
    """The list of the office filled in for one saver, from its own template."""
    book = load_workbook(template)
    sheet = book.worksheets[0]
    [head] = [row[0].row for row in sheet.iter_rows() if row[0].value == "가입번호"] or [1]
    sheet.delete_rows(head + 1, sheet.max_row)
    due = adapter.part_of(stake, month)
    for place, payer in enumerate(("근로자", "기업", "정부")):
        won = due - 1 if is_short and payer == "기업" else due
        values = (stake.number, payer, month.strftime("%Y-%m"), won, month.strftime("%Y-%m-25"))
        for column, value in enumerate(values, start=1):
            sheet.cell(head + 1 + place, column, value)
    made = BytesIO()
    book.save(made)
    return {"name": "납입.xlsx", "mimeType": "application/octet-stream", "buffer": made.getvalue()}


def _taken_in(office):
    """The list is handed in, a worker takes it in, and the officer looks again."""
    office.locator("form [type=submit]").last.click()
    office.wait_for_url("**/collections/*/")
    jobs.run(job_id=str(Job.objects.latest("requested_at").pk), clock=timezone.now)
    office.reload()


def test_an_officer_collects_a_month_from_a_list_and_the_firm_sees_it(
    cast, sit_down, live_server, tmp_path
):
    stake = cast.saver()
    cast.appropriation(slug="young-worker-savings", amount=100_000_000)
    month = stake.starts_on.replace(day=1)
    address = f"{live_server.url}{stake.scheme.get_absolute_url()}"

    office = sit_down(cast["officer"])
    office.goto(address)
    office.get_by_role("link", name="월 납입").click()
    with office.expect_download() as download:
        office.get_by_role("link", name="서식 내려받기").click()
    template = tmp_path / "template.xlsx"
    download.value.save_as(template)
    office.set_input_files("[name=file]", filled_in(template, stake, month, is_short=True))
    _taken_in(office)
    office.get_by_text("166,667").first.wait_for()  # what the firm owes for the month
    assert faults_of(office) == []
    assert not Movement.objects.exists()
    office.goto(f"{address}collect/")
    office.set_input_files("[name=file]", filled_in(template, stake, month))
    _taken_in(office)
    office.get_by_text("납입을 입력하고 장부에 기록했어요.").first.wait_for()
    assert faults_of(office) == []
    assert faults_at(office, address) == []
    assert faults_at(office, f"{address}collect/") == []

    firm = sit_down(cast["supplier"], language="en", width=390)
    firm.goto(address)
    firm.get_by_role("link", name="이청년").click()
    firm.get_by_text("Payers").first.wait_for()
    assert faults_at(firm, f"{live_server.url}{stake.get_absolute_url()}") == []
    assert set(Movement.objects.values_list("part", flat=True)) == set(Payer.values)
    assert list(faults_of_the_ledger()) == []
