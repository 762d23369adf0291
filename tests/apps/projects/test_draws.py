"""Which small projects of a month are settled row by row, drawn again by anyone; late interest."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from dure.apps.projects import adapter, operations
from dure.apps.projects.kinds import RecoveryCause
from dure.apps.projects.models import Recovery
from dure.apps.projects.reasons import Reason
from dure.apps.projects.stages import RecoveryStage
from dure.foundation import programmes
from dure.foundation.programmes import rule_sets
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

SLIP = ContentFile(b"%PDF-1.7", "전표.pdf")
MONTH = date(2026, 10, 1)


def refused(act) -> Reason:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason


@pytest.fixture
def small(cast):
    """Fourteen small projects that ended in October; against an expense of one a rule speaks."""
    made = []
    for number in range(14):
        project = cast.project(f"S-{number:02}", ends_on=date(2026, 10, 31))
        project.members.filter(role="LEAD").update(grant=20_000_000, own_cash=0)
        cast.expense(project, key="1", files=[SLIP] if number else [], amount=1_000_000 + number)
        made.append(project)
    cast.project("BIG", ends_on=date(2026, 10, 31))
    return made


def test_of_the_small_projects_of_a_month_a_part_is_settled_row_by_row(as_role, cast, small):
    draw = {"month": MONTH, "by": cast["officer"], "at": NOON}

    drawn = operations.draw_month(**draw)

    why = dict(drawn.projects.values_list("project__number", "why"))
    assert len(why) == 14  # not the large one
    assert why["S-00"] == "BROKEN"
    assert len([reason for reason in why.values() if reason]) == 2  # 15 % of 14
    assert drawn.seed == adapter.seed_of_month(MONTH, small)
    assert refused(lambda: operations.draw_month(**draw)) == Reason.DECIDED_ALREADY
    assert refused(
        lambda: operations.draw_month(month=date(2026, 11, 1), by=cast["officer"], at=NOON)
    ) == (Reason.MONTH_NOT_OVER)

    left = next(project for project in small if not why[project.number])
    settlement = operations.open_settlement(project=left, by=cast["officer"], at=NOON)
    assert (settlement.is_sampled, settlement.sample.count()) == (True, 0)
    expense = left.expenses.get()
    ask = {"amount": 5, "question": "?", "by": cast["rival"], "at": NOON}
    assert refused(lambda: operations.mark_row(expense=expense, **ask)) == Reason.NOT_IN_SAMPLE
    broken = operations.open_settlement(project=small[0], by=cast["officer"], at=NOON)
    assert broken.sample.exists()

    page = as_role("auditor").get(reverse("projects:draws"))
    assert drawn.seed in page.content.decode()
    assert as_role("supplier").get(reverse("projects:draws")).status_code == 404
    assert as_role("officer").post(
        reverse("projects:draw"), {"month": "2026-10-05"}
    ).status_code == (422)


@pytest.fixture
def with_interest(monkeypatch):
    """The settlement rules with 5 percent of late interest a year."""
    shipped = rule_sets()
    changed = tuple(
        rules.model_copy(update={"interest_percent": Decimal(5)})
        if rules.kind == "settlement"
        else rules
        for rules in shipped.rule_sets
    )
    fitted = type(shipped)(changed)
    monkeypatch.setattr(programmes, "rule_sets", lambda: fitted)


@pytest.fixture
def recovery(cast, made):
    return Recovery.objects.create(
        project=made, organisation=cast.supplier, cause=RecoveryCause.VERDICT, amount=1_000_000,
        notified_on=date(2026, 8, 1), due_on=date(2026, 8, 31),
    )  # fmt: skip


def pay(cast, recovery, day, won):
    return operations.record_payment(
        recovery=recovery, paid_on=day, amount=won, key=f"{day}", by=cast["officer"], at=NOON
    )


def test_interest_runs_on_what_is_late_and_is_demanded_once(as_role, cast, recovery, with_interest):
    pay(cast, recovery, date(2026, 9, 10), 400_000)
    assert adapter.interest_on(recovery, date(2026, 9, 30)) == 3013  # 400k x 10 + 600k x 30 days
    charge = {"recovery": recovery, "by": cast["officer"], "at": NOON}
    assert refused(lambda: operations.charge_interest(**charge)) == Reason.STAGE_CLOSED
    pay(cast, recovery, date(2026, 9, 30), 600_000)
    recovery.refresh_from_db()

    page = as_role("supplier").get(reverse("projects:recovery", args=[recovery.pk]))
    assert "3,013" in page.content.decode()
    answer = as_role("officer").post(reverse("projects:interest", args=[recovery.pk]))

    interest = recovery.interest
    assert answer["Location"] == reverse("projects:recovery", args=[interest.pk])
    assert (interest.amount, interest.cause) == (3013, RecoveryCause.INTEREST)
    assert interest.stage == RecoveryStage.NOTIFIED
    assert refused(lambda: operations.charge_interest(**charge)) == Reason.DECIDED_ALREADY
    assert adapter.interest_on(interest, date(2030, 1, 1)) == 0  # none on interest


def test_without_a_rule_there_is_no_interest(cast, recovery):
    pay(cast, recovery, date(2026, 10, 31), 1_000_000)
    recovery.refresh_from_db()
    charge = {"recovery": recovery, "by": cast["officer"], "at": NOON}
    assert refused(lambda: operations.charge_interest(**charge)) == Reason.NO_INTEREST


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_project_in_special_evaluation_has_its_page(as_role, cast, made, language):
    operations.open_special(project=made, cause="책임자 공백", by=cast["officer"], at=NOON)

    page = as_role("officer").get(made.get_absolute_url(), headers={"accept-language": language})

    assert page.status_code == 200
