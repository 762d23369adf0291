"""In a real browser, each protection service as its file describes it: a firm asks, an expert is assigned, the
terms hold, a report is written, and the firm says how satisfied it is."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from dure.apps.support.kinds import services
from dure.apps.support.models import SupportRequest
from tests.accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROTECTION = [code for code, service in services().items() if service.theme == "protection"]
WON = {"cost": 10_000_000, "fee": 200_000, "sum_insured": 10_000_000, "premium": 1_000_000}
GRANT, TOO_MUCH = 100_000, 90_000_000
"""Within and over the terms of every service that pays."""


def fill(page, fields, grant=GRANT):
    """Fill in fields of a service, whichever they are."""
    for field in fields:
        box = page.locator(f"#id_value_{field.id}")
        if field.kind == "choice":
            box.select_option(field.choices[0].id)
        elif field.kind == "won":
            box.fill(str(WON.get(field.id, grant)))
        elif field.kind == "number":
            box.fill("3")
        else:
            box.fill("2026-12-15" if field.kind == "day" else "배터리 셀 가스 감지 센서")


def send(page):
    page.locator("main form.stack-wide button[type=submit]").first.click()


def step_to(page, url, service, step):
    """Bring a request to a step; what is over the terms is refused first."""
    page.goto(f"{url}steps/{step.id}/")
    asked = [service.field(name) for name in step.asks]
    if step.closes:
        page.select_option(
            "#id_outcome", next(outcome.id for outcome in service.outcomes if outcome.good)
        )
    if "grant" in step.asks:
        fill(page, asked, grant=TOO_MUCH)
        send(page)
        expect(page.locator(".form-hint-invalid, .krds-alert").first).to_be_visible()
    fill(page, asked)
    send(page)
    expect(page).to_have_url(url)


@pytest.mark.parametrize("code", PROTECTION)
def test_from_the_request_to_the_firms_satisfaction(cast, live_server, sit_down, code):
    service = services()[code]
    language, width = ("ko", 390) if PROTECTION.index(code) % 2 else ("en", 1280)
    cast.support_body(code)

    firm = sit_down(cast["supplier"], language, width)
    firm.goto(f"{live_server.url}/support/ask/{code}/")
    firm.fill("#id_title", "가스 센서 기술 보호")
    fill(firm, service.asked_at_first)
    assert faults_of(firm) == []
    send(firm)
    expect(firm.locator("h1")).to_contain_text("가스 센서 기술 보호")
    made = SupportRequest.objects.get()
    url = live_server.url + made.get_absolute_url()

    expert = sit_down(cast["matcher"], language)
    expert.goto(f"{url}take-on/")
    send(expert)
    expect(expert).to_have_url(url)
    if service.taking_on.proposes:
        made.refresh_from_db()
        cast.agreed_partner(made, cast.partner_profile(), role="현장 진단")
        expert.goto(url)
        expect(expert.locator("#partners")).to_contain_text("김가온")

    step = service.taking_on
    while not step.closes:
        step = service.step(
            next(name for name in step.next if name not in ("declined", "withdrawn"))
        )
        if "visit" in step.needs:
            expert.goto(f"{url}visit/")
            expert.fill("#id_hours", "3")
            expert.fill("#id_text", "현장을 살폈어요.")
            send(expert)
            expect(expert.locator("#visits")).to_contain_text("현장을 살폈어요.")
        if "report" in step.needs:
            expert.goto(f"{url}report/")
            expert.fill("#id_text", "막을 곳과 고칠 점을 적었어요.")
            send(expert)
            expect(expert.locator("#report")).to_contain_text("막을 곳")
        step_to(expert, url, service, step)

    firm.goto(f"{url}rate/")
    firm.select_option("#id_satisfaction", "5")
    send(firm)
    expect(firm.locator("#asked")).to_contain_text("5/5")
    assert faults_of(firm) == []
    made.refresh_from_db()
    assert (made.closed_at is not None, made.satisfaction) == (True, 5)
    assert made.edition_from == service.edition_of(localdate(made.asked_at)).valid_from
