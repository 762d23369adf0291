"""An objection to a settlement: once, in time, heard by a panel, and what it changes to the won."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from dure.apps.projects import operations
from dure.apps.projects.kinds import ObjectionDecision
from dure.apps.projects.models import Objection, Recovery
from dure.apps.projects.reasons import Reason
from dure.apps.projects.stages import MarkStage, RecoveryStage
from dure.apps.records.queries import entries_about
from dure.foundation.verdict import Refused
from tests.conftest import NOON
from tests.html import flat

SLIP = ContentFile(b"%PDF-1.7", "전표.pdf")
PANEL = ["김가나, 두레대학교", "이다라, 한빛회계법인", "박마바, 시험원"]


def refused(act) -> Reason:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason


@pytest.fixture
def settled(cast, made):
    """A 60M, B 20M, F 70M, of which 4M are disallowed: 10M recovered and 0.5M to pay in."""
    cast.expense(made, key="m", files=[SLIP], amount=50_000_000)
    cast.expense(made, key="a", files=[SLIP], amount=20_000_000, purpose="travel")
    cast.expense(
        made, key="k", files=[SLIP], amount=20_000_000, purpose="staff_pay", paid_by="in_kind"
    )
    operations.open_settlement(project=made, by=cast["officer"], at=NOON)
    mark = operations.mark_row(
        expense=made.expenses.get(row_key="m"), amount=4_000_000, question="납품서가 없습니다.",
        by=cast["rival"], at=NOON,
    )  # fmt: skip
    operations.judge_mark(
        mark=mark, stage=MarkStage.UPHELD, amount=4_000_000, note="없음", revision=0,
        by=cast["rival"], at=NOON,
    )  # fmt: skip
    return operations.conclude(project=made, by=cast["officer"], at=NOON)


def raise_it(cast, settlement, days=10):
    return operations.raise_objection(
        settlement=settlement, grounds="납품서를 냈습니다.", by=cast["supplier"],
        at=NOON + timedelta(days=days),
    )  # fmt: skip


def decide(cast, objection, rows, decision=ObjectionDecision.GRANTED, panel=PANEL, **more):
    return operations.decide_objection(
        **{
            "objection": objection, "decision": decision, "rows": rows, "panel": panel,
            "accountant": PANEL[1], "note": "심의 결과", "by": cast["officer"],
            "at": NOON + timedelta(days=20), **more,
        }
    )  # fmt: skip


@pytest.mark.django_db
def test_a_granted_objection_is_settled_anew_to_the_won(cast, settled):
    expense = settled.marks.get().expense_id
    objection = raise_it(cast, settled)

    decide(cast, objection, {expense: 1_000_000}, ObjectionDecision.IN_PART)

    # H 1M: H1 0.75M, S 2.5M - 0.75M
    settled.refresh_from_db()
    result = settled.result
    assert (result["returned"], result["to_pay"], result["recovered"]) == (1_750_000, 0, 8_250_000)
    assert objection.settlement.marks.get().amount == 1_000_000
    recovery = Recovery.objects.get()
    assert (recovery.amount, recovery.open) == (8_250_000, 8_250_000)
    objection.refresh_from_db()
    assert objection.before["recovered"] == 10_000_000
    assert len(entries_about(f"project:{settled.project_id}")) == 2


@pytest.mark.django_db
def test_it_is_raised_once_and_in_time_and_the_project_stays_open_meanwhile(cast, settled):
    assert refused(lambda: raise_it(cast, settled, days=31)) == Reason.TOO_LATE
    objection = raise_it(cast, settled, days=30)
    assert refused(lambda: raise_it(cast, settled)) == Reason.OBJECTED_ALREADY
    operations.judge_project(
        project=settled.project, score=80, is_sincere=True, reliefs=[], note="좋음",
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    close = {"project": settled.project, "by": cast["officer"], "at": NOON}
    assert refused(lambda: operations.close(**close)) == Reason.OPEN_OBJECTION
    decide(cast, objection, {}, ObjectionDecision.DENIED)
    settled.refresh_from_db()
    assert settled.result["recovered"] == 10_000_000
    operations.close(**close)


@pytest.mark.django_db
def test_a_panel_has_three_members_and_one_accountant(cast, settled):
    expense = settled.marks.get().expense_id
    objection = raise_it(cast, settled)

    few, twice = PANEL[:2], [PANEL[0], *PANEL[:2]]
    for panel, accountant in ((few, PANEL[1]), (twice, PANEL[1]), (PANEL, "없는 사람")):
        act = {"rows": {expense: 0}, "panel": panel, "accountant": accountant}
        assert refused(lambda act=act: decide(cast, objection, **act)) == Reason.PANEL_TOO_SMALL
    assert refused(lambda: decide(cast, objection, {})) == Reason.NOTHING_CHANGES
    assert refused(lambda: decide(cast, objection, {expense: 5_000_000})) == Reason.OUT_OF_RANGE


@pytest.mark.django_db
def test_what_was_paid_beyond_it_leaves_nothing_open(cast, settled):
    recovery = Recovery.objects.get()
    operations.record_payment(
        recovery=recovery, paid_on=date(2026, 11, 30), amount=9_000_000, key="p",
        by=cast["officer"], at=NOON,
    )  # fmt: skip

    decide(cast, raise_it(cast, settled), {settled.marks.get().expense_id: 0})

    recovery.refresh_from_db()
    assert (recovery.amount, recovery.open, recovery.stage) == (7_500_000, 0, RecoveryStage.PAID)
    assert settled.marks.get().stage == MarkStage.DROPPED


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_decide_at_once_one_decision_stands(cast, settled):
    expense = settled.marks.get().expense_id
    objection = raise_it(cast, settled)

    def act(stays):
        try:
            decide(cast, Objection.objects.get(pk=objection.pk), {expense: stays})
        except Refused as refusal:
            return refusal.reason
        finally:
            connection.close()
        return stays

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(act, (0, 1_000_000)))

    assert outcomes.count(Reason.DECIDED_ALREADY) == 1
    [stood] = [outcome for outcome in outcomes if outcome != Reason.DECIDED_ALREADY]
    settled.refresh_from_db()
    assert settled.result["disallowed_cash"] == stood


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_lead_from_the_objection_to_the_new_sum(as_role, cast, settled, language):
    headers = {"headers": {"accept-language": language}}
    type(settled).objects.filter(pk=settled.pk).update(concluded_at=timezone.now())
    page = reverse("projects:settlement", args=[settled.project_id])
    url = reverse("projects:raise_objection", args=[settled.pk])
    assert url in as_role("supplier").get(page, **headers).content.decode()
    assert as_role("rival").get(url).status_code == 404
    assert as_role("supplier").post(url, {"grounds": ""}).status_code == 422
    assert as_role("supplier").post(url, {"grounds": "납품서를 냈습니다."}).status_code == 302
    objection = Objection.objects.get()
    decide_url = reverse("projects:decide_objection", args=[objection.pk])
    assert decide_url in as_role("officer").get(page, **headers).content.decode()
    row = f"row_{settled.marks.get().expense_id}"
    sent = {
        "panel": "\n".join(PANEL), "accountant": PANEL[1], "decision": "GRANTED", "note": "인정",
        row: "0",
    }  # fmt: skip
    assert as_role("supplier").get(decide_url).status_code == 404
    assert as_role("officer").post(decide_url, {**sent, "panel": PANEL[1]}).status_code == 422
    assert as_role("officer").post(decide_url, sent).status_code == 302
    assert "7,500,000" in flat(as_role("supplier").get(page, **headers).content.decode())
