"""What projects post: every won of an agreement is followed from payer to project and back."""

from datetime import date, timedelta

import pytest

from dure.apps.agreements import operations as agreements
from dure.apps.agreements.stages import AgreementStage, InstalmentStage
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Entry
from dure.apps.ledger.queries import balances_of, budgets, trial_balance
from dure.apps.projects import operations
from dure.apps.projects.kinds import MemberRole, RecoveryCause
from dure.apps.projects.models import Project
from dure.apps.projects.stages import RecoveryStage
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=10)


@pytest.fixture
def agreement(cast):
    return cast.signed_agreement()


@pytest.fixture
def project(agreement) -> Project:
    [made] = operations.open_signed(at=NOON)
    return made


def won(agreement, kind, part=""):
    return balances_of([agreement.subject]).get((agreement.subject, kind, part), 0)


def pay(cast, agreement):
    """All cash that is due on the first day: 105M of the demand side, the year's public money."""
    first = agreement.instalments.filter(
        stage=InstalmentStage.CONFIRMED, due_on=agreement.starts_on
    )
    for instalment in sorted(
        first, key=lambda due_instalment: due_instalment.payer.role == "government"
    ):
        agreements.enter_payment(
            instalment=instalment, paid_on=LATER.date(), by=cast["officer"], at=LATER
        )


def whole(agreement):
    """The ledger balances, and its check finds nothing."""
    rows = trial_balance()
    assert sum(row.debit for row in rows) == sum(row.credit for row in rows)
    assert list(faults()) == []


def test_project_is_opened_once_with_the_parties_and_rules_of_the_agreement(agreement, project):
    assert operations.open_of_agreement(agreement) == project
    assert Project.objects.get().number == agreement.number
    assert project.agreed_on == agreement.agreed_on
    roles = {member.role: member for member in project.members.all()}
    assert set(roles) == {MemberRole.LEAD, MemberRole.DEMAND}
    lead, demand = roles[MemberRole.LEAD], roles[MemberRole.DEMAND]
    assert (lead.grant, lead.own_cash, lead.own_in_kind) == (210_000_000, 0, 35_000_000)
    assert (demand.grant, demand.own_cash) == (0, 105_000_000)


def test_costs_without_a_year_are_spread_by_the_months_of_each(cast):
    agreement = cast.signed_agreement(
        costs=[
            agreements.NewCost(2, "materials", "cash", 140),
            agreements.NewCost(2, "materials", "cash", 1_000, year=2),
            agreements.NewCost(2, "personnel", "in_kind", 15),
            agreements.NewCost(2, "personnel", "unpaid", 99),
        ]
    )

    [project] = operations.open_signed(at=NOON)

    lead = project.members.get(role=MemberRole.LEAD)
    assert agreement.months == 14
    assert {(budget_line.year, budget_line.line, budget_line.is_in_kind, budget_line.amount) for budget_line in lead.budget.all()} == {
        (1, "materials", False, 120), (2, "materials", False, 1_020),
        (1, "personnel", True, 13), (2, "personnel", True, 2),
    }  # fmt: skip


def test_whoever_listens_opens_it_when_the_last_one_signs(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        agreement = cast.signed_agreement()

    assert Project.objects.get().agreement == agreement


def test_what_is_laid_out_before_money_comes_in_is_paid_back_of_it(
    cast, agreement, project, django_capture_on_commit_callbacks
):
    spent = cast.expense(project, spent_on=date(2026, 12, 3))

    assert (won(agreement, "ADVANCED"), won(agreement, "CASH")) == (1_100_000, 0)
    assert Entry.objects.get(cause=spent.subject).day == date(2026, 12, 3)
    with django_capture_on_commit_callbacks(execute=True):
        pay(cast, agreement)
    came = sum(
        instalment.amount for instalment in agreement.instalments.filter(stage=InstalmentStage.PAID)
    )
    assert (won(agreement, "ADVANCED"), won(agreement, "CASH")) == (0, came - 1_100_000)
    assert Entry.objects.filter(kind="REIMBURSEMENT").count() == 1
    whole(agreement)


def test_an_expense_that_changes_or_goes_is_posted_by_its_difference(cast, agreement, project):
    part = f"member:{project.members.get(role=MemberRole.LEAD).pk}"
    spent = cast.expense(project)
    change = {"by": cast["supplier"], "at": LATER}

    operations.change_expense(expense=spent, values={"amount": 900_000}, **change)
    assert won(agreement, "SPENT", part) == won(agreement, "ADVANCED") == 900_000
    operations.change_expense(expense=spent, values={"paid_by": "in_kind"}, **change)
    assert (won(agreement, "ADVANCED"), won(agreement, "IN_KIND")) == (0, -900_000)
    operations.change_expense(expense=spent, values={"what": "시약"}, **change)
    assert Entry.objects.filter(cause=spent.subject).count() == 3
    cause = spent.subject
    operations.remove_expense(expense=spent, **change)
    assert won(agreement, "SPENT", part) == won(agreement, "IN_KIND") == 0
    assert Entry.objects.filter(cause=cause).count() == 4
    whole(agreement)


def test_a_project_given_up_claims_all_back_and_releases_what_was_not_paid(
    cast, agreement, project
):
    pay(cast, agreement)
    cast.expense(project, amount=100_000_000)
    operations.give_up(project=project, reason="경영난", by=cast["supplier"], at=LATER)
    recovery = project.recoveries.get(cause=RecoveryCause.GIVE_UP)
    part = recovery.subject

    assert won(agreement, "TO_RECOVER", part) == won(agreement, "CLAIMED", part) == 210_000_000
    cash = won(agreement, "CASH")  # less than what goes back: the rest is the firm's own
    operations.record_payment(
        recovery=recovery, paid_on=LATER.date(), amount=210_000_000, key="1",
        by=cast["officer"], at=LATER,
    )  # fmt: skip
    assert 0 < cash < 210_000_000
    assert (won(agreement, "CASH"), won(agreement, "PAID_IN")) == (0, 210_000_000 - cash)
    assert won(agreement, "RECOVERED") == 210_000_000
    assert won(agreement, "TO_RECOVER", part) == 0

    operations.close(project=project, by=cast["officer"], at=LATER)

    agreement.refresh_from_db()
    assert agreement.stage == AgreementStage.TERMINATED
    assert not agreement.instalments.exclude(
        stage__in=[InstalmentStage.PAID, InstalmentStage.CANCELLED]
    ).exists()
    assert {amount for (_, kind, _), amount in _all(agreement).items() if kind == "DUE"} == {0}
    budget = agreement.instalments.filter(appropriation__isnull=False).first().appropriation
    assert budgets([budget])[budget.pk].committed == 0
    whole(agreement)


def test_what_is_written_off_is_claimed_no_more(cast, agreement, project):
    operations.give_up(project=project, reason="폐업", by=cast["supplier"], at=LATER)
    recovery = project.recoveries.get()
    for stage in (RecoveryStage.DEMANDED, RecoveryStage.ENFORCED, RecoveryStage.WRITTEN_OFF):
        operations.move_recovery(
            recovery=recovery, stage=stage, note="재산이 없다", until=None, by=cast["officer"],
            at=LATER,
        )  # fmt: skip
        recovery.refresh_from_db()

    assert won(agreement, "TO_RECOVER", recovery.subject) == 0
    assert Entry.objects.filter(cause=recovery.subject).count() == 2
    whole(agreement)


def _all(agreement):
    return balances_of([agreement.subject])
