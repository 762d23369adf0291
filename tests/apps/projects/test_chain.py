"""The whole chain: an application, its decision, agreement, project, spending, settlement, closing."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from dure.apps.agreements import operations as agreements
from dure.apps.agreements.models import Agreement
from dure.apps.agreements.stages import AgreementStage, InstalmentStage
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Entry
from dure.apps.ledger.queries import balances_of, trial_balance
from dure.apps.projects import operations, queries
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Project
from dure.apps.projects.stages import ProjectStage
from dure.foundation import programmes
from tests.apps.agreements.cast import agency
from tests.apps.agreements.chain import DECIDED, decided

pytestmark = pytest.mark.django_db
SLIP = b"%PDF-1.7"
# No panel decides on public money where there is none, and workers stand in no application: those two
# run to their first payment in tests/apps/agreements and tests/apps/instruments, test_programmes.py.
WITHOUT_CALL = {"smart-factory-guarantee", "young-worker-savings"}
SLUGS = sorted(
    slug
    for slug in programmes.shipped()
    if slug not in WITHOUT_CALL and any(sample.passes for sample in programmes.samples(slug))
)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def signed(cast, slug) -> Agreement:
    """Decided, drawn up by itself, revised, signed by everybody."""
    agency(cast)
    decision = decided(cast, slug)
    [made] = agreements.draft_decided(at=DECIDED)
    for organisation, who in (
        (cast.supplier, "supplier"), (cast.buyer, "manager"), (cast.rival, "rival"),
    ):  # fmt: skip
        agreements.set_particulars(
            organisation=organisation, representative="김대표", bank="기업은행",
            account_number=f"1-{organisation.pk}", account_holder=str(organisation),
            by=cast[who], at=DECIDED,
        )  # fmt: skip
    agreements.replan(
        agreement=made, money={}, costs={}, note="줄인 것이 없다", by=cast["supplier"], at=DECIDED
    )
    at = noon(decision.objections_until + timedelta(days=1))
    cast.appropriation(slug=slug, amount=10**12, year=at.year)
    agreements.open_for_signing(
        agreement=made,
        sign_by=timezone.localdate(at) + timedelta(days=14),
        by=cast["officer"],
        at=at,
    )
    return cast.sign_all(made, at)


def pay_first(cast, agreement) -> None:
    """What is due on the first day comes in, own cash before public money."""
    first = agreement.instalments.order_by("due_on").first().due_on
    due = agreement.instalments.filter(due_on=first, stage=InstalmentStage.CONFIRMED)
    for instalment in sorted(
        due, key=lambda due_instalment: due_instalment.payer.role == "government"
    ):
        agreements.enter_payment(
            instalment=instalment, paid_on=first, by=cast["officer"], at=noon(first)
        )


def spend(cast, project, won, **more):
    day = project.begins_on + timedelta(days=40)
    return operations.file_expense(
        member=project.members.get(role=MemberRole.LEAD),
        values={
            "purpose": "materials", "line": "materials", "spent_on": day, "amount": won, "vat": 0,
            "payee": "두레상사", "paid_by": "project_card", "relation": "other", "answers": {
                "owed_and_delivered_inside": True, "related": True, "vat_refundable": False,
            },
        } | more,
        key=f"{won}", files=[ContentFile(SLIP, "전표.pdf")], kind="card_slip",
        by=cast["supplier"], at=noon(day),
    )  # fmt: skip


def settle_and_close(cast, project) -> Project:
    after = noon(project.ends_on + timedelta(days=1))
    if not queries.names_rules(project, "settlement"):
        return operations.close(project=project, by=cast["officer"], at=after)
    operations.name_accountant(project=project, firm=cast.sister, by=cast["officer"])
    operations.open_settlement(project=project, by=cast["officer"], at=after)
    operations.conclude(project=project, by=cast["officer"], at=after)
    for recovery in project.recoveries.all():
        operations.record_payment(
            recovery=recovery, paid_on=recovery.due_on, amount=recovery.amount,
            key=f"{recovery.pk}", by=cast["officer"], at=noon(recovery.due_on),
        )  # fmt: skip
    operations.judge_project(
        project=project, score=80, is_sincere=True, reliefs=[], note="목표 달성",
        by=cast["officer"], at=after,
    )  # fmt: skip
    return operations.close(project=project, by=cast["officer"], at=after)


@pytest.mark.parametrize("slug", SLUGS)
def test_programme_runs_from_its_application_to_the_closing(cast, slug):
    agreement = signed(cast, slug)
    [project] = operations.open_signed(at=noon(agreement.agreed_on))
    assert operations.open_signed(at=noon(agreement.agreed_on)) == []
    promised = sum(
        contribution.amount
        for contribution in agreement.contributions.all()
        if contribution.kind == "cash"
        and contribution.instrument not in ("equity", "loan", "guarantee")
    )
    members = list(project.members.all())
    assert sum(member.grant + member.own_cash for member in members) == promised
    assert sum(line.amount for member in members for line in member.budget.all()) == sum(
        cost.amount for cost in agreement.costs.all()
    )
    assert project.agreed_on == agreement.agreed_on

    pay_first(cast, agreement)
    subject = agreement.subject
    came_in = balances_of([subject]).get((subject, "CASH", ""), 0)
    spent = spend(cast, project, 1_100_000)
    lead = project.members.get(role=MemberRole.LEAD)
    won = balances_of([subject])
    advanced = won.get((subject, "ADVANCED", ""), 0)
    assert won.get((subject, "CASH", ""), 0) - advanced == came_in - 1_100_000
    assert won[subject, "SPENT", f"member:{lead.pk}"] == 1_100_000
    assert Entry.objects.get(cause=spent.subject).kind == "EXPENSE"

    closed = settle_and_close(cast, project)

    agreement.refresh_from_db()
    assert (closed.stage, agreement.stage) == (ProjectStage.CLOSED, AgreementStage.COMPLETED)
    won = balances_of([subject])
    if queries.names_rules(project, "settlement"):
        result = project.settlement.result
        assert won.get((subject, "RETURNED", ""), 0) == result["returned"]
        assert won.get((subject, "RECOVERED", ""), 0) == result["recovered"] + result["to_pay"]
    assert all(not amount for (_, kind, _), amount in won.items() if kind in ("TO_RECOVER", "DUE"))
    rows = trial_balance()
    assert sum(row.debit for row in rows) == sum(row.credit for row in rows)
    assert list(faults()) == []
