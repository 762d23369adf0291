"""An auditor screens files and a project, a firm answers, an officer sees that a payment waits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import run as work
from dure.apps.projects import operations as project_operations
from dure.apps.projects.models import Project
from dure.apps.screening.models import Question, RuleSet
from tests.accessibility import faults_at, faults_of
from tests.apps.screening.test_files import EXPENSES, PROJECTS
from tests.conftest import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def homes(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.DURE_KEYS = str(tmp_path / "keys")


def beside(act, *given):
    """Do something in a thread of its own: Playwright has a loop in this one."""

    def closing():
        try:
            return act(*given)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(closing).result()


def agreed(cast):
    cast.signed_agreement()
    project_operations.open_signed(at=NOON)
    project = Project.objects.get()
    cast.claimed_twice(project)
    cast.screening()
    return project


def test_from_a_signal_to_an_answer_while_the_payment_waits(cast, sit_down, live_server):
    project = beside(agreed, cast)
    auditor = sit_down(cast["auditor"])
    auditor.goto(f"{live_server.url}/screening/")
    auditor.get_by_role("link", name=project.title).click()
    assert faults_of(auditor) == []
    auditor.get_by_text("표로 보기").nth(1).click()
    auditor.get_by_role("row").filter(has_text="신호가 있음").first.wait_for()
    auditor.get_by_role("button", name="점검 시작").click()
    auditor.get_by_role("link", name="다음 지급 멈추기").click()
    auditor.locator("[name=reason]").fill("같은 증빙을 확인하고 있어요.")
    auditor.get_by_role("button", name="멈추기").click()
    auditor.get_by_text("같은 증빙을 확인하고 있어요.").wait_for()
    assert faults_of(auditor) == []
    auditor.get_by_role("link", name="기업에 질문하기").first.click()
    auditor.locator(".btn-group button[type=submit]").click()
    auditor.get_by_text("기업에 질문을 보냈어요.").wait_for()

    question = Question.objects.get()
    firm = sit_down(cast["supplier"], width=390)
    address = f"{live_server.url}{question.get_absolute_url()}"
    assert faults_at(firm, address) == []
    firm.locator("[name=text]").fill("두 번 등록했습니다. 한 건을 지우겠습니다.")
    firm.locator("#answer button[type=submit]").click()
    firm.get_by_text("두 번 등록했습니다.").wait_for()

    officer = sit_down(cast["officer"], language="en")
    officer.goto(f"{live_server.url}/agreements/{project.agreement_id}/")
    officer.get_by_text("It waits until a question is cleared up.").first.wait_for()


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_files_handed_in_on_a_page(cast, sit_down, live_server, tmp_path, language, width):
    for name, text in (("e.csv", EXPENSES), ("p.csv", PROJECTS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    auditor = sit_down(cast["auditor"], language=language, width=width)
    address = f"{live_server.url}{reverse('screening:files')}"
    assert faults_at(auditor, address) == []
    auditor.set_input_files("[name=expenses]", tmp_path / "e.csv")
    auditor.set_input_files("[name=projects]", tmp_path / "p.csv")
    auditor.locator("form[enctype] button[type=submit]").click()
    auditor.wait_for_url("**/screening/files/*/")
    job = str(Job.objects.get().pk)
    beside(lambda: work(job_id=job, clock=lambda: NOON))

    assert faults_of(auditor) == []
    auditor.get_by_role("link", name="A", exact=True).click()
    auditor.get_by_text("1,230,450").first.wait_for()
    assert faults_of(auditor) == []


def test_pages_of_parameters_and_rates_are_clean(cast, sit_down, live_server):
    beside(cast.drafted_rules)
    for language in ("ko", "en"):
        auditor = sit_down(cast["auditor"], language=language, width=390)
        for route in ("rules", "rates", "list", "cases"):
            address = f"{live_server.url}{reverse(f'screening:{route}')}"
            assert faults_at(auditor, address) == []
    assert RuleSet.objects.get().effect == {}
