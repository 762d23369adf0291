"""A small plan of the cast, and somebody who keeps its figures."""

from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from dure.apps.indicators import operations
from dure.apps.indicators.models import Indicator, Plan, Revision, YearPlan
from dure.apps.indicators.roles import Role
from dure.apps.people.models import Appointment, User
from tests.cast import Cast
from tests.conftest import NOON

PLAN = """
id = "small"
name = { ko = "작은 계획", en = "Small plan" }
first_year = 2024
last_year = 2026
source = "A test"

[[strategies]]
id = "S1"
name = { ko = "전략", en = "Strategy" }

[[tasks]]
id = "1-1"
strategy = "S1"
name = { ko = "과제", en = "Task" }

[[indicators]]
id = "factories"
strategy = "S1"
name = { ko = "공장", en = "Factories" }
unit = "factories"
adds_up = "latest"
targets = { 2026 = 100 }
actuals = { 2024 = 40 }

[[indicators]]
id = "needs"
task = "1-1"
name = { ko = "등록 수요", en = "Needs" }
unit = "needs"
adds_up = "sum"
targets = { 2026 = 4 }

[indicators.measured]
fact = "needs"
adds_up = "count"
by = ["field", "region"]
"""


def small_plan(cast: Cast) -> Plan:
    """A plan with one reported and one measured indicator."""
    plan, _is_new = operations.load(PLAN.encode(), at=NOON)
    return plan


def indicator(cast: Cast, code: str) -> Indicator:
    """An indicator of the small plan."""
    return small_plan(cast).indicators.get(code=code)


def analyst(cast: Cast) -> User:
    """Somebody who keeps figures and runs no programme."""
    user, is_new = User.objects.get_or_create(email="analyst@example.org", name="분석관")
    if is_new:
        Appointment.objects.create(user=user, role=Role.ANALYST)
    return user


def drafted_figure(cast: Cast, period: str = "2025", value: int = 60) -> Revision:
    """A figure that the officer drafted."""
    return operations.draft_reported(
        indicator=indicator(cast, "factories"), period=period, value=value,
        evidence="보고서 3쪽", reason="", by=cast["officer"], at=NOON,
    )  # fmt: skip


def published_figure(cast: Cast, revision: Revision | None = None) -> Revision:
    """A figure that a second person confirmed and published."""
    revision = revision or drafted_figure(cast)
    for stage in ("CONFIRMED", "PUBLISHED"):
        revision = operations.move(revision=revision, stage=stage, by=cast["officer2"], at=NOON)
    return revision


def text_file(
    cast: Cast, name: str = "근거.txt", content: bytes = b"table 3"
) -> SimpleUploadedFile:
    """A file as somebody sends it."""
    return SimpleUploadedFile(name, content)


def year_plan(cast: Cast, year: int = 2026) -> YearPlan:
    """A year's plan that the officer drafted, with one action."""
    begun = operations.begin_year_plan(
        plan=small_plan(cast), year=year, by=cast["officer"], at=NOON
    )
    operations.write_action(
        year_plan=begun, task="1-1", name="수요 조사", body="전담기관",
        starts_on=date(year, 3, 1), ends_on=date(year, 6, 30), budget_before=0,
        budget=10**8, indicator=indicator(cast, "needs"), target=Decimal(10), by=cast["officer"],
    )  # fmt: skip
    return begun
