"""A stage is settled for itself while the project goes on, and what was allowed goes on with it."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from dure.apps.notices.models import Notice
from dure.apps.projects import operations, queries
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Recovery
from dure.apps.projects.operations import Line, Party
from dure.apps.projects.reasons import Reason
from dure.apps.projects.stages import ProjectStage
from dure.foundation.verdict import Refused
from tests.conftest import NOON
from tests.html import flat

pytestmark = pytest.mark.django_db

SLIP = ContentFile(b"%PDF-1.7", "전표.pdf")
STAGE_ENDS = date(2025, 12, 31)


def refused(act) -> Reason:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason


def spend(cast, project, year: int, materials: int) -> None:
    day = date(2024 + year, 3, 14)
    for line, won in (("materials", materials), ("travel", 22_000_000), ("indirect", 8_000_000)):
        cast.expense(
            project, key=f"{line}{year}", files=[SLIP], amount=won, spent_on=day,
            **({"purpose": "", "line": "indirect"} if line == "indirect" else {"purpose": line}),
        )  # fmt: skip
    cast.expense(
        project, key=f"kind{year}", files=[SLIP], amount=20_000_000, purpose="staff_pay",
        paid_by="in_kind", spent_on=day,
    )  # fmt: skip


@pytest.fixture
def staged(cast, made):
    """Two years of grant 60M, own cash 20M and in kind 20M each; a stage ends with the first year, in
    which 10M of materials are left."""
    plan = [
        line
        for year in (1, 2)
        for line in (
            Line(year, "materials", 50_000_000),
            Line(year, "activity", 22_000_000),
            Line(year, "indirect", 8_000_000),
            Line(year, "personnel", 20_000_000, is_in_kind=True),
        )
    ]
    project = operations.open_project(
        number="S-1", title="두 단계 과제", version=made.version, agreed_on=date(2025, 1, 1),
        begins_on=date(2025, 1, 1), ends_on=date(2026, 12, 31), officer=cast["officer"],
        parties=[
            Party(
                cast.supplier, MemberRole.LEAD, 120_000_000, 40_000_000, 40_000_000,
                plan=tuple(plan),
            ),
            Party(cast.buyer, MemberRole.DEMAND),
        ],
    )  # fmt: skip
    operations.name_accountant(project=project, firm=cast.rival, by=cast["officer"])
    operations.end_stage(project=project, ends_on=STAGE_ENDS, by=cast["officer"], at=NOON)
    spend(cast, project, 1, 40_000_000)
    project.refresh_from_db()
    return project


def ask(cast, project, amount, line="materials"):
    return operations.ask_carry_over(
        member=project.members.get(role=MemberRole.LEAD), ends_on=STAGE_ENDS, line=line,
        amount=amount, reason="장비 납기 지연", by=cast["supplier"], at=NOON,
    )  # fmt: skip


def allow(cast, asked, won):
    return operations.decide_carry_over(
        carry_over=asked, allowed=won, note="사유 인정", by=cast["officer"], at=NOON
    )


def settle(cast, project):
    settlement = operations.settle_stage(project=project, by=cast["officer"], at=NOON)
    operations.conclude(project=project, by=cast["officer"], at=NOON)
    settlement.refresh_from_db()
    return settlement


def test_what_is_left_of_a_stage_goes_back_but_for_what_was_allowed_to_go_on(cast, staged):
    asked = ask(cast, staged, 6_000_000)
    assert (asked.due_on, asked.allowed) == (date(2026, 12, 7), None)  # 15 days
    operations.settle_stage(project=staged, by=cast["officer"], at=NOON)
    conclude = {"project": staged, "by": cast["officer"], "at": NOON}
    assert refused(lambda: operations.conclude(**conclude)) == Reason.OPEN_CARRY_OVER
    allow(cast, asked, 4_000_000)

    first = operations.conclude(**conclude)

    # A 60M - 3M, B 20M - 1M, F 70M: X 0.75, G 6M, G1 4.5M, G2 1.5M
    carried = first.result["carried"]
    assert (carried["grant"], carried["own"]) == (3_000_000, 1_000_000)
    assert (first.result["returned"], first.result["recovered"]) == (1_500_000, 4_500_000)
    staged.refresh_from_db()
    assert staged.stage == ProjectStage.RUNNING
    recovery = Recovery.objects.get(project=staged)
    assert (recovery.amount, recovery.of_stage) == (4_500_000, 1)
    assert queries.grant_used(staged) == 115_500_000

    spend(cast, staged, 2, 54_000_000)
    operations.open_settlement(project=staged, by=cast["officer"], at=NOON)
    last = operations.conclude(**conclude)

    assert (last.result["grant"], last.result["own_cash"]) == (63_000_000, 21_000_000)
    assert (last.result["spent"], last.result["recovered"]) == (84_000_000, 0)
    assert queries.grant_used(staged) == 115_500_000
    staged.refresh_from_db()
    assert staged.stage == ProjectStage.SETTLED


def test_the_expenses_of_a_stage_stand_still_and_those_of_the_next_are_filed(cast, staged):
    operations.settle_stage(project=staged, by=cast["officer"], at=NOON)
    early, late = {"spent_on": STAGE_ENDS}, {"spent_on": STAGE_ENDS + timedelta(days=1)}

    assert refused(lambda: cast.expense(staged, key="x", **early)) == Reason.STAGE_IN_SETTLEMENT
    filed = cast.expense(staged, key="y", **late)
    change = {"expense": filed, "values": early, "by": cast["supplier"], "at": NOON}
    assert refused(lambda: operations.change_expense(**change)) == Reason.STAGE_IN_SETTLEMENT
    mark = {"amount": 5, "question": "?", "by": cast["rival"], "at": NOON}
    assert refused(lambda: operations.mark_row(expense=filed, **mark)) == Reason.NOT_SETTLED_HERE
    assert refused(
        lambda: operations.open_settlement(project=staged, by=cast["officer"], at=NOON)
    ) == (Reason.STILL_SETTLING)
    settled = staged.expenses.get(row_key="materials1")
    assert operations.mark_row(expense=settled, **mark).settlement.of_stage == 1


def test_only_direct_cash_that_is_left_goes_on_and_each_line_is_asked_for_once(cast, staged):
    assert refused(lambda: ask(cast, staged, 10_000_001)) == Reason.MORE_THAN_LEFT
    assert refused(lambda: ask(cast, staged, 1, line="indirect")) == Reason.NOT_CARRIED
    asked = ask(cast, staged, 10_000_000)
    assert refused(lambda: ask(cast, staged, 1)) == Reason.ASKED_ALREADY
    allow(cast, asked, 0)
    assert refused(lambda: allow(cast, asked, 5)) == Reason.DECIDED_ALREADY

    assert settle(cast, staged).result["recovered"] == 7_500_000
    assert refused(lambda: settle(cast, staged)) == Reason.NO_STAGE_OVER


def test_what_was_allowed_and_spent_meanwhile_does_not_go_on(cast, staged):
    allow(cast, ask(cast, staged, 10_000_000), 10_000_000)
    cast.expense(staged, key="late", files=[SLIP], amount=9_000_000, spent_on=date(2025, 11, 1))

    carried = settle(cast, staged).result["carried"]

    assert sum(carried["lines"].values()) == 1_000_000
    assert carried["grant"] + carried["own"] == 1_000_000


def test_a_later_change_of_the_agreement_comes_to_what_is_settled_next(cast, staged):
    assert settle(cast, staged).result["agreed"]["grant"] == 60_000_000
    staged.members.filter(role=MemberRole.LEAD).update(grant=130_000_000)
    operations.open_settlement(project=staged, by=cast["officer"], at=NOON)

    last = operations.conclude(project=staged, by=cast["officer"], at=NOON)

    assert last.result["grant"] == 70_000_000


def test_who_gives_a_project_up_pays_back_what_no_stage_took_back(cast, staged):
    settle(cast, staged)  # 7.5M go back
    operations.give_up(project=staged, reason="수요 없음", by=cast["supplier"], at=NOON)

    demanded = Recovery.objects.filter(project=staged).values_list("cause", "amount")
    assert set(demanded) == {("SETTLEMENT", 7_500_000), ("GIVE_UP", 112_500_000)}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_lead_from_asking_to_the_settlement_of_the_stage(as_role, cast, staged, language):
    headers = {"headers": {"accept-language": language}}
    plan = reverse("projects:plan", args=[staged.pk])
    member = staged.members.get(role=MemberRole.LEAD)
    wanted = {"member": member.pk, "ends_on": "2025-12-31", "line": "materials", "reason": "납기"}
    url = reverse("projects:carry_over", args=[staged.pk])
    assert as_role("supplier").post(url, {**wanted, "amount": "9천만"}).status_code == 422
    assert as_role("supplier").post(url, {**wanted, "amount": "600만"}).status_code == 302
    [asked] = member.carry_overs.all()
    decide = reverse("projects:decide_carry_over", args=[asked.pk])
    assert decide in as_role("officer").get(plan, **headers).content.decode()
    assert as_role("officer").post(decide, {"allowed": "400만", "note": "인정"}).status_code == 302

    page = flat(as_role("supplier").get(plan, **headers).content.decode())
    assert "4,000,000" in page
    assert as_role("officer").get(plan, {"format": "xlsx"}).content.startswith(b"PK")
    assert "10,000,000" in flat(as_role("officer").get(plan, {"year": "2"}).content.decode())

    as_role("officer").post(reverse("projects:settle_stage", args=[staged.pk]))
    shown = as_role("rival").get(reverse("projects:settlement", args=[staged.pk]), **headers)
    assert "3,000,000 + 1,000,000" in flat(shown.content.decode())
    assert Notice.objects.filter(recipient=cast["rival"]).exists()


@pytest.mark.parametrize("strange", ["²", "x", "0", "9" * 5000])
def test_a_year_or_stage_that_is_none_shows_the_whole(as_role, cast, staged, strange):
    allow(cast, ask(cast, staged, 6_000_000), 4_000_000)
    settle(cast, staged)
    reader = as_role("officer")

    plan = reader.get(reverse("projects:plan", args=[staged.pk]), {"year": strange})
    shown = reader.get(reverse("projects:settlement", args=[staged.pk]), {"stage": strange})

    assert (plan.status_code, plan.context["year"]) == (200, None)
    assert (shown.status_code, shown.context["settlement"]) == (200, staged.settlements.get())
