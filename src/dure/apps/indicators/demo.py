"""Plans of the demonstration, and a year measured from its own chain, published by two people."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

import pghistory
from django.core.files.base import ContentFile
from django.utils import timezone

from dure.apps.indicators import operations, queries
from dure.apps.indicators.models import Plan
from dure.apps.indicators.roles import Role
from dure.apps.indicators.stages import RevisionStage
from dure.apps.people.demo import officers, person
from dure.apps.people.models import User
from dure.apps.people.operations import appoint
from dure.foundation import promotion_plans
from dure.foundation.demo import Demonstration, demonstrates

WRITTEN_FOR = 2026
"""The year of the targets in `demo/promotion-plan.toml`."""
ANALYST = "analyst@dure.example"
# Task, what is done, who does it, first and last month, budget in won, indicator and its target.
ACTIONS = [
    ("1-1", "대·중견기업 수요기술 발굴 조사", "혁신센터", 2, 6, 420_000_000, "needs", 900),
    ("1-2", "수요·공급 매칭과 당사자 소개", "전담기관", 1, 12, 180_000_000, "introductions", 20),
    ("2-1", "기술협력 상담회 개최", "전담기관", 9, 11, 650_000_000, "consultations", 150),
    ("2-2", "비밀유지계약 체결 지원", "대·중소기업·농어업협력재단", 1, 12, 90_000_000, "ndas", 10),
    ("3-1", "상생협력 도전과제 발굴", "혁신센터", 3, 7, 310_000_000, "challenges", 40),
    ("4-1", "공동투자형 기술개발 협약", "전담기관", 8, 12, 5_000_000_000, "agreements", 10),
    ("5-1", "구매·매출 성과 확인", "전담기관", 1, 12, 120_000_000, "outcomes", 20),
]
RESULT = "상반기에 조사표를 보내고 기업을 찾아가 수요를 구체화했습니다."
ROLL = "교육 과정,수료 인원\n스마트제조 기초,52\n구매상담 실무,45\n"
TEXTS = {
    "": "수요기관이 등록한 수요기술을 중심으로 상담회와 도전과제 발굴, 선정과 협약이 이어졌습니다.\n\n"
    "실적은 모두 이 플랫폼의 기록에서 계산했습니다.",
    "1": "대기업과 공공기관이 등록한 수요기술을 공급기술과 맞추어 당사자를 소개했습니다.",
    "2": "기술협력 박람회에서 1:1 상담을 열고, 상담마다 결과와 다음 단계를 남겼습니다.",
    "3": "혁신센터가 후보 과제를 모으고, 공고와 선정 평가를 거쳐 수행 기업을 골랐습니다.",
    "4": "정부, 수요기관, 중소기업이 사업비를 함께 부담하는 협약을 맺었습니다.",
    "5": "계약, 구매, 고용 같은 성과를 확인하고 그 성과가 어느 수요에서 왔는지 이었습니다.",
}

TEXTS_EN = {
    "": "Needs that demand organisations registered led to meetings, challenges, selection and agreements.\n\n"
    "All figures are computed from the records of this platform.",
    "1": "Needs of large firms and public bodies were matched with technologies, and the two introduced.",
    "2": "One-to-one consultations were held at technology fairs, each with its result and next step.",
    "3": "Centres gathered candidate challenges; calls and reviews chose the firms that carry them out.",
    "4": "Government, demand organisations and small firms signed agreements that share the money.",
    "5": "Contracts, purchases and jobs were confirmed and traced to the needs that they came from.",
}


@demonstrates("indicators")
def load(demonstration: Demonstration) -> None:
    """Load the plans, measure this year and publish what came out, unless it is done."""
    load_year(demonstration, timezone.localdate().year)


def load_year(demonstration: Demonstration, year: int) -> None:
    """As `load`, with the figures, the report and the plans of a year."""
    now = timezone.now()
    files = [path.read_bytes() for path in promotion_plans.shipped().values()]
    files.append(_plan_of(demonstration, year))
    plans = [operations.load(content, at=now) for content in files]
    demonstration.say(f"{len(plans)} promotion plans")
    plan, is_new = plans[-1]
    analyst, officer = _analyst(demonstration), officers()[0]
    if is_new:
        _measure(plan, year, analyst, officer)
        _report(plan, year, analyst, officer)
        _report_from_outside(plan, year, officer)
        _ask_for_tables(analyst)
        _plan_years(plan, year, analyst, officer)


def _plan_of(demonstration: Demonstration, year: int) -> bytes:
    """The demonstration's own plan with its targets in this year: its chain is always of today."""
    text = (demonstration.folder / "promotion-plan.toml").read_text(encoding="utf-8")
    ahead = year - WRITTEN_FOR
    return re.sub(r"\b20\d\d\b", lambda written: str(int(written[0]) + ahead), text).encode()


def _analyst(demonstration: Demonstration) -> User:
    """The ministry's analyst, who can sign in."""
    analyst = person(demonstration, ANALYST, "서지표")
    appoint(user=analyst, role=Role.ANALYST, by=None)
    demonstration.sign_ins[ANALYST] = f"{analyst.name}  {Role.ANALYST.label}"
    return analyst


def _measure(plan: Plan, year: int, analyst: User, officer: User) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    with pghistory.context(user=analyst.pk):
        operations.measure_year(plan=plan, year=year, as_of=today, reason="", by=analyst, at=now)
    with pghistory.context(user=officer.pk):
        for stage in (RevisionStage.CONFIRMED, RevisionStage.PUBLISHED):
            waiting = queries.drafts() if stage == RevisionStage.CONFIRMED else queries.to_publish()
            for revision in waiting.filter(figure__indicator__plan=plan):
                operations.move(revision=revision, stage=stage, by=officer, at=now)


def _report(plan: Plan, year: int, analyst: User, officer: User) -> None:
    """The report of a year: written by the analyst, released by an officer."""
    now = timezone.now()
    with pghistory.context(user=analyst.pk):
        report = operations.begin_report(plan=plan, year=year, by=analyst, at=now)
        for place, text in TEXTS.items():
            operations.write_block(
                report=report, place=place, text=text, text_en=TEXTS_EN[place], by=analyst, at=now
            )
    with pghistory.context(user=officer.pk):
        operations.release_report(report=report, by=officer, at=now)


def _report_from_outside(plan: Plan, year: int, officer: User) -> None:
    """A figure that no record of the platform knows: reported with its file, for a second person."""
    now = timezone.now()
    indicator = queries.indicators_of(plan).get(code="staff-trained")
    with pghistory.context(user=officer.pk):
        operations.draft_reported(
            indicator=indicator, period=str(year), value=Decimal(97),
            evidence="연구인력 교육 수료 명부 1쪽", reason="", by=officer, at=now,
            files=[ContentFile(ROLL.encode(), "연구인력 교육 수료 명부.csv")],
        )  # fmt: skip


def _ask_for_tables(analyst: User) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    with pghistory.context(user=analyst.pk):
        operations.save_request(
            name="지역별·분야별 등록 수요기술", asked_by="국회 산업통상자원중소벤처기업위원회",
            measure="needs", by=["region", "field"], first_on=today.replace(month=1, day=1),
            last_on=today, as_of=today, who=analyst, at=now,
        )  # fmt: skip


def _plan_years(plan: Plan, year: int, analyst: User, officer: User) -> None:
    """The year's plan, resolved and measured, and the next one's, still a draft."""
    now = timezone.now()
    indicators = {indicator.code: indicator for indicator in queries.indicators_of(plan)}
    with pghistory.context(user=analyst.pk):
        this_year = operations.begin_year_plan(plan=plan, year=year, by=analyst, at=now)
        for task, name, body, first, last, won, indicator, target in ACTIONS:
            operations.write_action(
                year_plan=this_year, task=task, name=name, body=body,
                starts_on=date(year, first, 1), ends_on=date(year, last, monthrange(year, last)[1]),
                budget_before=won * 9 // 10, budget=won, indicator=indicators[indicator],
                target=Decimal(target), by=analyst,
            )  # fmt: skip
    with pghistory.context(user=officer.pk):
        this_year = operations.resolve(year_plan=this_year, by=officer, at=now)
        first_action = queries.actions_of(this_year).first()
        if first_action:
            operations.add_result(action=first_action, result=RESULT, by=officer)
    with pghistory.context(user=analyst.pk):
        operations.begin_year_plan(plan=plan, year=year + 1, by=analyst, at=now)
