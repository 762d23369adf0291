"""Projects of the demonstration: one closed after three years, one under way, one in settlement, one
with stages, and small ones of which a part is drawn.

What they are called and what they buy is in `demo/projects.toml`; everything goes through the
operations that people use, with the dates it would have had.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any

import pghistory
from dateutil.relativedelta import relativedelta
from django.core.files.base import ContentFile
from django.utils import timezone

from dure.apps.people.demo import officers, take_part
from dure.apps.people.models import OrganisationKind, User
from dure.apps.people.queries import organisations_visible_to, people_of
from dure.apps.programmes.queries import programmes
from dure.apps.projects import operations
from dure.apps.projects.kinds import MemberRole, PromiseKept, Success
from dure.apps.projects.models import Member, Project
from dure.apps.projects.operations import Line, Party
from dure.apps.projects.stages import MarkStage
from dure.foundation.demo import Demonstration, demonstrates
from dure.foundation.sheets import workbook

PROGRAMME = "challenge"
GRANT, OWN_CASH, IN_KIND = 60_000_000, 20_000_000, 25_000_000  # a year
DAY_OF_MONTH = 12


@demonstrates("projects")
def load(demonstration: Demonstration) -> None:
    """Load the projects, unless they are there; those of agreements open by themselves."""
    if Project.objects.filter(agreement=None).exists():
        return
    script = tomllib.loads((demonstration.folder / "projects.toml").read_text(encoding="utf-8"))
    accountant = take_part(demonstration, script["accountant"])
    examiner = people_of(accountant)[0]
    demonstration.sign_ins[examiner.email] = f"{examiner.name}  {accountant}"
    officer, _second = officers()
    firms = [
        firm
        for firm in organisations_visible_to(officer).filter(
            kind__in=(OrganisationKind.SME, OrganisationKind.STARTUP), is_invented=True
        )
        if people_of(firm)
    ]
    buyers = organisations_visible_to(officer).filter(
        kind__in=(OrganisationKind.LARGE, OrganisationKind.PUBLIC), is_invented=True
    )
    if not firms or not buyers:
        return
    version = next(programme for programme in programmes() if programme.slug == PROGRAMME).current
    stories = {
        "closed": _closes, "running": _runs, "settling": _is_settled, "staged": _goes_by_stages,
    }  # fmt: skip
    demonstration.say(f"{len(script['projects'])} projects")
    for entry, firm, buyer in zip(script["projects"], cycle(firms), cycle(buyers), strict=False):
        today = timezone.localdate()
        ends = today - timedelta(days=entry["ended"])
        begins = ends - relativedelta(years=entry["years"]) + timedelta(days=1)
        with pghistory.context(user=officer.pk):
            project = operations.open_project(
                number=entry["number"],
                title=entry["title"],
                version=version,
                agreed_on=begins - timedelta(days=10),
                begins_on=begins,
                ends_on=ends,
                officer=officer,
                parties=[_lead(firm, entry["years"]), Party(buyer, MemberRole.DEMAND)],
                milestones=[
                    (title, begins + relativedelta(months=months))
                    for title, months in entry["milestones"]
                ],
            )
            operations.name_accountant(project=project, firm=accountant, by=officer)
        project.refresh_from_db()
        lead = people_of(firm)[0]
        demonstration.sign_ins.setdefault(lead.email, f"{lead.name}  {firm}")
        _spends(project, script["habits"], lead, min(ends, today))
        buyer_person = people_of(buyer).first() or officer
        stories[entry["story"]](project, lead, buyer_person, examiner, officer)
    _load_small(script["small"], firms, version, officer)


def _load_small(script: Mapping[str, Any], firms: Any, version: Any, officer: User) -> None:
    """Small projects that ended last month, and the draw of those that are settled row by row."""
    first = timezone.localdate().replace(day=1)
    month, ends = first - relativedelta(months=1), first - timedelta(days=1)
    for number, (title, firm) in enumerate(zip(script["titles"], cycle(firms), strict=False), 1):
        lead = people_of(firm)[0]
        with pghistory.context(user=officer.pk):
            project = operations.open_project(
                number=script["numbers"] % number, title=title, version=version,
                agreed_on=ends - timedelta(days=370), begins_on=ends - timedelta(days=364),
                ends_on=ends, officer=officer,
                parties=[
                    Party(
                        firm, MemberRole.LEAD, 20_000_000, 5_000_000,
                        plan=(Line(1, "materials", 25_000_000),),
                    )
                ],
            )  # fmt: skip
        values = {
            "purpose": "materials", "payee": "한누리시약", "paid_by": "transfer", "what": "시험 재료",
            "amount": 18_000_000 + 300_000 * number, "spent_on": ends - timedelta(days=60),
            "relation": "other", "answers": {},
        }  # fmt: skip
        _as(
            lead, operations.file_expense, key="demo:small", values=values, kind="e_tax_invoice",
            member=Member.objects.get(project=project, role=MemberRole.LEAD),
            files=[_paper("한누리시약", values["amount"])], at=_noon(values["spent_on"]),
        )  # fmt: skip
    _as(officer, operations.draw_month, month=month, at=timezone.now())


def _lead(firm: Any, years: int) -> Party:
    plan = [
        line
        for year in range(1, years + 1)
        for line in (
            Line(year, "materials", 46_000_000),
            Line(year, "activity", 14_000_000),
            Line(year, "external_technology", 13_000_000),
            Line(year, "indirect", 7_000_000),
            Line(year, "personnel", IN_KIND, is_in_kind=True),
        )
    ]
    return Party(
        firm, MemberRole.LEAD, GRANT * years, OWN_CASH * years, IN_KIND * years, plan=tuple(plan)
    )


def _spends(project: Project, habits: list[Mapping[str, Any]], lead: User, until: date) -> None:
    """Month by month, with evidence; the people's time too."""
    member = Member.objects.get(project=project, role=MemberRole.LEAD)
    month = 0
    while (day := project.begins_on + relativedelta(months=month, day=DAY_OF_MONTH)) <= until:
        for number, habit in enumerate(habits):
            if month % habit["every"] or day < project.begins_on:
                continue
            values = {name: habit[name] for name in ("purpose", "payee", "paid_by", "what")}
            values |= {
                "amount": habit["amount"] + 10_000 * (month % 5),
                "vat": habit.get("vat"),
                "spent_on": day + timedelta(days=number),
                "spent_at": time(11, 20),
                "relation": habit.get("relation", "other"),
                "answers": habit.get("answers", {}),
            }
            kind = {"transfer": "e_tax_invoice", "in_kind": "in_kind_certificate"}
            _as(
                lead,
                operations.file_expense,
                member=member,
                values=values,
                key=f"demo:{month}:{number}",
                files=[_paper(habit["payee"], values["amount"])],
                kind=kind.get(habit["paid_by"], "card_slip"),
                at=_noon(day + timedelta(days=number)),
            )
        for name, researcher, percent in (("서가온", "R-20417", 40), ("문다솜", "R-31882", 30)):
            if project.number.endswith("0117") or percent < 40:
                _as(
                    lead, operations.name_share, member=member, researcher=researcher, name=name,
                    month=day, percent=percent, month_pay=3_600_000,
                )  # fmt: skip
        month += 1


def _closes(project: Project, lead: User, buyer: User, examiner: User, officer: User) -> None:
    """Settled with a return, recovered in instalments, judged good, followed up after a year."""
    at = _noon(project.ends_on + timedelta(days=20))
    for milestone in project.milestones.all():
        _reaches(milestone, lead, buyer)
    _hands_in(project, lead)
    expenses = list(project.expenses.filter(purpose="meeting").order_by("spent_on")[:2])
    _as(officer, operations.open_settlement, project=project, at=at)
    for expense, stage in zip(expenses, (MarkStage.UPHELD, MarkStage.DROPPED), strict=True):
        mark = _as(
            examiner, operations.mark_row, expense=expense, amount=expense.amount,
            question="회의록에 적힌 참석자와 인원이 다릅니다. 참석자 명단을 주세요.",
            at=at + timedelta(days=3),
        )  # fmt: skip
        mark = _as(
            lead, operations.answer_mark, mark=mark, revision=mark.revision,
            answer="참석자 명단을 증빙에 붙였습니다.", at=at + timedelta(days=6),
        )  # fmt: skip
        _as(
            examiner, operations.judge_mark, mark=mark, stage=stage, amount=expense.amount,
            note="명단으로 확인" if stage == MarkStage.DROPPED else "외부 참석자를 확인할 수 없음",
            revision=mark.revision, at=at + timedelta(days=9),
        )  # fmt: skip
    concluded = at + timedelta(days=60)
    _as(officer, operations.conclude, project=project, at=concluded)
    recovery = project.recoveries.get()
    part = recovery.amount // 3
    days = [recovery.due_on + timedelta(days=30 * n) for n in range(3)]
    amounts = [part, part, recovery.amount - 2 * part]
    _as(
        officer, operations.agree_instalments, recovery=recovery,
        parts=list(zip(days, amounts, strict=True)),
    )  # fmt: skip
    for number in range(2):
        _as(
            officer, operations.record_payment, recovery=recovery, paid_on=days[number],
            amount=amounts[number], key=f"demo-{number}", at=_noon(days[number]),
        )  # fmt: skip
    _as(
        officer, operations.judge_project, project=project, score=76, is_sincere=True, reliefs=[],
        note="목표 회수율을 달성했고 현장 적용이 시작되었습니다.",
        at=concluded + timedelta(days=15),
    )  # fmt: skip
    _as(officer, operations.close, project=project, at=concluded + timedelta(days=30))
    operations.ask_follow_ups(at=timezone.now())
    follow_up = project.follow_ups.get(year=1)
    operations.answer_follow_up(
        follow_up=follow_up,
        values={
            "answered_as": lead.name,
            "sales": 340_000_000,
            "jobs": 3,
            "successes": [Success.SALES, Success.SAVING],
            "promise": PromiseKept.IN_PART,
            "promise_reason": "두 번째 공장 투자가 내년으로 미뤄졌습니다.",
            "text": "창원 제2공장에 두 대를 공급했습니다.",
        },
        at=timezone.now() - timedelta(days=2),
    )


def _runs(project: Project, lead: User, buyer: User, examiner: User, officer: User) -> None:
    """A milestone to confirm, an expense to decide, a risk raised."""
    now = timezone.now()
    _reaches(project.milestones.first(), lead, None)
    member = project.members.get(role=MemberRole.LEAD)
    bare = _as(
        lead, operations.file_expense, member=member, key="demo:dinner", at=now,
        values={
            "purpose": "meeting", "payee": "별빛가든", "amount": 420_000, "vat": 38_181,
            "spent_on": timezone.localdate() - timedelta(days=6), "spent_at": time(19, 40),
            "paid_by": "project_card", "what": "실증 점검 회의",
            "answers": {"attendees": 7, "outsiders": 2, "minutes": True, "alcohol": False},
        },
    )  # fmt: skip
    _as(
        lead, operations.justify, expense=bare, at=now,
        text="회의가 길어져 저녁 식사까지 이어졌습니다. 전표는 카드사에 다시 요청했습니다.",
    )  # fmt: skip
    _as(
        lead, operations.write, project=project, is_risk=True, files=[], at=now,
        text="카메라 모듈 납기가 6주 밀렸습니다. 대체품을 시험하고 있습니다.",
    )  # fmt: skip
    _as(
        buyer, operations.write, project=project, is_risk=False, files=[], at=now,
        text="확인했습니다. 다음 주 라인 정지 때 대체품을 걸어 볼 수 있습니다.",
    )  # fmt: skip


def _is_settled(project: Project, lead: User, buyer: User, examiner: User, officer: User) -> None:
    """Two rows: one waits for the firm, one for the accountant."""
    now = timezone.now()
    _reaches(project.milestones.first(), lead, buyer)
    rows = list(project.expenses.filter(purpose="prototype").order_by("spent_on")[:2])
    _as(officer, operations.open_settlement, project=project, at=now - timedelta(days=9))
    for number, expense in enumerate(rows):
        mark = _as(
            examiner, operations.mark_row, expense=expense, amount=expense.amount,
            question="납품서와 검수 사진을 주세요.", at=now - timedelta(days=4),
        )  # fmt: skip
        if number:
            _as(
                lead, operations.answer_mark, mark=mark, revision=mark.revision,
                answer="검수 사진을 증빙에 붙였습니다.", at=now - timedelta(days=1),
            )  # fmt: skip


def _goes_by_stages(
    project: Project, lead: User, buyer: User, examiner: User, officer: User
) -> None:
    """The first stage is settled with a carry-over, and the firm objects; of the second, which is
    over, money is asked to go on."""
    now = timezone.now()
    first, second = (
        project.begins_on + relativedelta(months=months) - timedelta(days=1) for months in (8, 16)
    )
    _reaches(project.milestones.first(), lead, buyer)
    for day in (first, second):
        _as(officer, operations.end_stage, project=project, ends_on=day, at=_noon(day))
    member = project.members.get(role=MemberRole.LEAD)

    def ask(day: date, won: int, at: datetime) -> Any:
        return _as(
            lead, operations.ask_carry_over, member=member, ends_on=day, line="activity", amount=won,
            reason="현장 시험 일정이 다음 단계로 밀려 출장비가 남았습니다.", at=at,
        )  # fmt: skip

    asked = ask(first, 6_000_000, now - timedelta(days=110))
    _as(
        officer, operations.decide_carry_over, carry_over=asked, allowed=4_500_000,
        note="시험 계획서로 확인한 금액만 인정", at=now - timedelta(days=104),
    )  # fmt: skip
    _as(officer, operations.settle_stage, project=project, at=now - timedelta(days=100))
    expense = project.expenses.filter(purpose="meeting").order_by("spent_on").first()
    mark = _as(
        examiner, operations.mark_row, expense=expense, amount=expense.amount,
        question="참석자 명단을 주세요.", at=now - timedelta(days=90),
    )  # fmt: skip
    _as(
        examiner, operations.judge_mark, mark=mark, stage=MarkStage.UPHELD, amount=expense.amount,
        note="답이 없어 외부 참석자를 확인할 수 없음", revision=mark.revision,
        at=now - timedelta(days=70),
    )  # fmt: skip
    settlement = _as(officer, operations.conclude, project=project, at=now - timedelta(days=12))
    _as(
        lead, operations.raise_objection, settlement=settlement, at=now - timedelta(days=2),
        grounds="담당자가 바뀌어 답이 늦었습니다. 참석자 명단과 방명록이 있습니다.",
    )  # fmt: skip
    ask(second, 3_000_000, now - timedelta(days=3))


def _reaches(milestone: Any, lead: User, buyer: User | None) -> None:
    at = _noon(min(milestone.due_on, timezone.localdate() - timedelta(days=2)))
    _as(
        lead, operations.report_milestone, milestone=milestone, at=at,
        text="시험 성적서를 붙였습니다.", files=[_paper(str(milestone), 0)],
    )  # fmt: skip
    is_demand = buyer is not None and buyer != milestone.project.officer
    if is_demand:
        _as(buyer, operations.confirm_milestone, milestone=milestone, at=at + timedelta(days=3))


def _hands_in(project: Project, lead: User) -> None:
    for report in project.reports.all():
        _as(
            lead, operations.submit_report, report=report, problems="", facts={},
            text="계획한 범위를 수행했고 결과를 현장에 적용했습니다.",
            at=_noon(min(report.due_on, timezone.localdate())),
        )  # fmt: skip


def _paper(name: str, amount: int) -> ContentFile:
    return ContentFile(workbook(name, ["거래처", "금액"], [[name, amount]]), f"{name} 증빙.xlsx")


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _as(person: User, act: Callable[..., Any], **arguments: Any) -> Any:
    with pghistory.context(user=person.pk):
        return act(by=person, **arguments)
